"""The one place that knows how an operating system holds a process to its limits."""

import subprocess
import sys
from dataclasses import dataclass

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: seconds of waiting, and mebibytes of memory."""

    seconds: float = 60.0
    memory: int = 1024


if sys.platform == "win32":  # written for the users' Windows 11, and untried: there is none where this is built
    import ctypes
    from ctypes import wintypes

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x100
    _DIE_ON_UNHANDLED = 0x400

    HIDDEN = subprocess.CREATE_NO_WINDOW

    def hold_to(limits: Limits) -> None:
        """Hold this process to its memory; its parent sees to the time."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        told = _Extended()
        told.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY | _DIE_ON_UNHANDLED
        told.ProcessMemoryLimit = limits.memory * _MEBIBYTE
        kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(told), ctypes.sizeof(told))
        kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))

else:
    import resource

    HIDDEN = 0

    def hold_to(limits: Limits) -> None:
        """Hold this process to its memory and processor time, and keep it from writing files or leaving a core."""
        memory = limits.memory * _MEBIBYTE
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        # The wall clock is the parent's; this one ends a child whose parent has gone.
        seconds = int(limits.seconds) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
