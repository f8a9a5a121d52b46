"""What is said when the office cannot be reached or will not answer; none of it names a child, a case or a path."""

import errno
import socket
import ssl
from collections.abc import Iterator

import httpx

from send_desk.domain.errors import Cannot
from send_desk.services.office import Barred, Busy, NotTaken, Offline, SignInNeeded, Untrusted
from send_desk.wire import refusals
from send_desk.wire.messages import Trouble

_KEPT = "Everything you wrote is saved on this laptop; sync again later."

STOPPED = f"The sync was stopped. {_KEPT}"
STILL = f"Connected, but nothing has moved for a minute. {_KEPT}"
CUT = f"The connection to the office was cut. What came before is kept. {_KEPT}"
STRANGER = (
    "Something between this laptop and the office answered instead of it: perhaps the sign-in page of this network. "
    f"Open a web page to see what it wants. {_KEPT}"
)
OLDER_HUB = (
    "The office's hub is older than this program, so they do not understand one another. Everything you wrote is saved "
    "on this laptop. Please tell those who look after the hub; it is brought up to date before the laptops."
)
SIGN_IN = (
    "The office does not know this laptop any more, so it asks you to sign in. Everything you wrote is saved on it. "
    "Connect it again with your name and password (send-desk enrol)."
)
LAPSED = (
    "This laptop has not been in touch with the office for 14 days, so the office asks for your name and password "
    "once. Everything you wrote is saved on this laptop. Sign in with them (send-desk enrol)."
)
BARRED = "The office has barred this laptop."
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN)


def of_network(error: Exception) -> Cannot:
    """Return what is said of a fault of the network."""
    causes = list(_causes(error))
    for cause in causes:
        match cause:
            case ssl.SSLCertVerificationError():
                return Untrusted(
                    "The office's certificate is not trusted by this laptop, so nothing was sent. Please ask those who "
                    "look after SEND Desk at your authority: where it makes its certificates itself, they give you a "
                    "file to connect with (on the command line: --ca FILE). Everything you wrote is saved on this "
                    "laptop."
                )
            case ssl.SSLError():
                return Offline(f"The office did not answer in a secure way, so nothing was sent. {_KEPT}")
            case socket.gaierror():
                return Offline(
                    "The office's address was not found: this laptop is offline, or the address is not right here "
                    f"(some networks want the VPN first). {_KEPT}"
                )
            case OSError() if cause.errno in _UNREACHABLE:
                return Offline(f"This laptop has no network just now. {_KEPT}")
            case ConnectionRefusedError():
                return Offline(f"The office's hub does not answer at its address just now. {_KEPT}")
    match error:
        case httpx.ProxyError() if "407" in str(error):
            return Offline(f"The proxy of this network wants a name and password of its own. Ask your IT. {_KEPT}")
        case httpx.ProxyError():
            return Offline(f"The proxy of this network does not let this laptop through. Ask your IT. {_KEPT}")
        case httpx.ConnectTimeout() | httpx.ConnectError() | httpx.PoolTimeout():
            return Offline(f"The office could not be reached. {_KEPT}")
        case httpx.TimeoutException():
            return Offline(STILL)
        case _:
            return Offline(CUT)


def of_refusal(status: int, trouble: Trouble | None) -> Cannot:
    """Return what is said of a call that was refused with this status; `trouble` is None where no hub said why."""
    if trouble is None:
        return _without_words(status)
    words = trouble.words
    match trouble.code:
        case refusals.SIGN_IN:
            return SignInNeeded(SIGN_IN)
        case refusals.LAPSED:
            return SignInNeeded(LAPSED)
        case refusals.WRONG_PASSWORD:
            return SignInNeeded(words or "This name and password do not fit. Nothing was changed. Try again.")
        case refusals.LOCKED_OUT:
            return SignInNeeded(words or "Too many wrong passwords were given. Try again in a quarter of an hour.")
        case refusals.BARRED:
            return Barred(words or BARRED)
        case refusals.NEWER:
            return Cannot(OLDER_HUB)
        case refusals.BUSY:
            return Busy(f"The office is busy just now. {_KEPT}")
        case code if status < 500:
            return NotTaken(words or refusals.WORDS.get(code, "The office did not take this."), code=code)
        case _:
            return Busy(f"The office's hub has a fault of its own just now. {_KEPT}")


def _without_words(status: int) -> Cannot:
    if status == 407:
        return Offline(f"The proxy of this network wants a name and password of its own. Ask your IT. {_KEPT}")
    if status in (429, 502, 503, 504):
        return Busy(f"The office is busy just now. {_KEPT}")
    return Offline(STRANGER)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
