"""Whether there is a screen to open a window on."""

import os
import re
import socket
import sys

_LOCAL = re.compile(r":(\d+)(\.\d+)?")


def has_display() -> bool:
    """Tell whether a window can be opened; Qt itself would end the process where an X display does not answer."""
    if sys.platform in ("win32", "darwin"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    local = _LOCAL.fullmatch(display)
    return _answers(int(local[1])) if local else bool(display)


def _answers(number: int) -> bool:
    """Knock at the socket of a local X display, in the file system and in the abstract space of Linux."""
    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):  # noqa: S108  where X itself puts it
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as knock:
            knock.settimeout(2)
            if knock.connect_ex(address) == 0:
                return True
    return False
