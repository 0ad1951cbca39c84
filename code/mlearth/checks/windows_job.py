"""On Windows, a job object: when it is closed, all that a process started ends.

Elsewhere a process group and the adoption of orphans do the same; see `process`.
"""

from __future__ import annotations

import ctypes
import subprocess
from ctypes import wintypes

KILL_ON_CLOSE = 0x2000
EXTENDED_LIMITS = 9


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION, field by field."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("counters", ctypes.c_ulonglong * 6),
        ("memory", ctypes.c_size_t * 4),
    )


class Job:
    """Holds a process and its descendants, whichever of them still has a parent.

    Parameters
    ----------
    popen : subprocess.Popen
        A process that has just begun.
    """

    def __init__(self, popen: subprocess.Popen):
        self._kernel = ctypes.WinDLL("kernel32")
        self._kernel.CreateJobObjectW.restype = wintypes.HANDLE
        self._job = wintypes.HANDLE(self._kernel.CreateJobObjectW(None, None))
        limits = ExtendedLimits()
        limits.basic.flags = KILL_ON_CLOSE
        self._kernel.SetInformationJobObject(
            self._job, EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        handle = wintypes.HANDLE(int(popen._handle))
        self._kernel.AssignProcessToJobObject(self._job, handle)

    def close(self) -> None:
        """End the process and all that it started."""
        self._kernel.CloseHandle(self._job)
