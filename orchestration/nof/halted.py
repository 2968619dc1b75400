"""What stops a command from outside, said in words: a full disk, no permission, no memory, a signal.

A fault of the program itself keeps its traceback: whoever mends it needs that.
"""

import atexit
import errno
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from nof.errors import NofError


class Halted(NofError):
    """The machine did not let a command go on (exit status 1)."""

    consequence = (
        "No release was harmed: the next command finishes what was begun, or takes it back. Then do it again."
    )


class Stopped(BaseException):
    """Somebody has told the command to end: no `except Exception` on the way may take it for an error."""


# What the signal that came says: a library may turn the exception of its handler into one of its own.
_told_to_stop: list[str] = []


# By number of the system: what is in the way, and what to do about it.
_REMEDIES = {
    errno.ENOSPC: "Make room on the disk (`nof prune` says what a home lets go), and run again.",
    errno.EDQUOT: "Make room (`nof prune` says what a home lets go) or have the quota raised; run again.",
    errno.EFBIG: "Raise the limit on the size of a file (`ulimit -f`), and run again.",
    errno.EMFILE: "Raise the limit on open files (`ulimit -n`; 256 are enough), and run again.",
    errno.ENFILE: "The whole machine has too many files open: end what holds them, and run again.",
    errno.EACCES: "Give the user that runs this the right to it, and run again.",
    errno.EPERM: "Give the user that runs this the right to change it, and run again.",
    errno.EROFS: "Mount it so that it can be written to, or name another home (--home), and run again.",
    errno.EXDEV: "The folders of a home lie on one file system: put them there, and run again.",
    errno.EIO: "The disk fails: check it, and put back from a copy what `nof verify --all` finds harmed.",
    errno.ENOENT: "Something has taken it away meanwhile: see what else works in this folder, and run again.",
    errno.ENOTDIR: "A file stands where a folder belongs: move it away, and run again.",
    errno.ESTALE: "The network drive has gone: connect it again, and run again.",
    errno.ENOMEM: "End other programs, or give this one more memory, and run again.",
}


def in_words(error: BaseException) -> Halted | None:
    """What stopped the command and what to do about it; None where the program itself is at fault."""
    if _told_to_stop:
        return Halted(_told_to_stop[0])
    if isinstance(error, MemoryError):
        return Halted(f"There is not enough memory. {_REMEDIES[errno.ENOMEM]}")
    if isinstance(error, OSError):
        return _of_system(error)
    database = sys.modules.get("duckdb")
    if database is not None and isinstance(error, database.OutOfMemoryException):
        return Halted(f"There is not enough memory: {_first_line(error)}. {_REMEDIES[errno.ENOMEM]}")
    if database is not None and isinstance(error, database.Error):
        return _of_database(error)
    return None


@contextmanager
def said_in_words() -> Iterator[None]:
    """Turn what the machine does to a command into a refusal with a remedy.

    Raises:
        Halted: instead of an error of the system.
    """
    try:
        yield
    except (Exception, Stopped) as error:  # what has no words here goes on as it is
        halted = in_words(error)
        if halted is None:
            raise
        raise halted from error


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """While it lasts, Ctrl-C and a request to end raise `Stopped` where the program is, so that it tidies up.

    Raises:
        Stopped: from the program's place.
    """
    _told_to_stop.clear()
    if threading.current_thread() is not threading.main_thread():  # which alone may be told
        yield
        return
    before = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    del frame
    by = "Ctrl-C" if number == signal.SIGINT else "a request to end (SIGTERM)"
    _told_to_stop.append(f"Stopped by {by}.")
    raise Stopped(_told_to_stop[0])


def leave_if_stopped(status: int) -> None:
    """End the process where it was told to, without waiting for what threads of a library still do."""
    if _told_to_stop:
        atexit._run_exitfuncs()  # semaphores of libraries, or their keeper complains
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _of_system(error: OSError) -> Halted | None:
    """An error with a number; that of a tree that was copied has it in its words only."""
    for number, remedy in _REMEDIES.items():
        if error.errno == number:
            place = f"{error.filename}: " if error.filename else ""
            return Halted(f"{place}{error.strerror}. {remedy}")
        if isinstance(error, shutil.Error) and f"[Errno {number}]" in str(error):
            return Halted(f"{os.strerror(number)}. {remedy}")
    return None


def _of_database(error: BaseException) -> Halted | None:
    """An error of the database that comes from the disk: it gives no number, only words."""
    said = _first_line(error)
    if "space left" in said or "File too large" in said:
        number = errno.ENOSPC if "space left" in said else errno.EFBIG
        return Halted(f"{said}. {_REMEDIES[number]}")
    if said.startswith(("IO Error", "Fatal Error", "Internal Error", "Serialization Error")):
        return Halted(
            f"{said}. The database file was harmed while the command was working, or cannot be read: run "
            "again, it is made anew. If it stays so, check the disk and its memory."
        )
    return None


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
