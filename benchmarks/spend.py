"""Runs one command and writes down what it cost. Needs nothing but Python's own library.

Run by itself, in a process that is small: Linux hands the most memory that a process ever had on to what it
starts, so that a large one could not say what a small child took.
"""

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

# What Linux calls PR_SET_CHILD_SUBREAPER.
_ADOPT_WHAT_IS_LEFT = 36
# Seconds for what the command left behind to end by itself, as Spark's Java machine does.
_PATIENCE = 120


def main() -> int:
    """`spend.py RESULT COMMAND…`: seconds and MiB into RESULT as JSON; the exit status is the command's.

    Processes that the command started and did not wait for are waited for and counted, on Linux: Spark's Java
    machine is one, and does nearly all of its work. The clock stops when the command itself ends.
    """
    result, *command = sys.argv[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_WHAT_IS_LEFT, 1, 0, 0, 0)
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    all_used = [used, *_left_behind()]
    per_mib = 1024**2 if sys.platform == "darwin" else 1024
    spent = {
        "seconds": seconds,
        "cpu_seconds": sum(each.ru_utime + each.ru_stime for each in all_used),
        "peak_mib": max(each.ru_maxrss for each in all_used) / per_mib,
    }
    Path(result).write_text(json.dumps(spent), encoding="utf-8")
    return os.waitstatus_to_exitcode(status)


def _left_behind() -> list[resource.struct_rusage]:
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_PATIENCE)
    used = []
    while True:
        try:
            used.append(os.wait4(-1, 0)[2])
        except ChildProcessError:
            signal.alarm(0)
            return used


def _too_long(*_: object) -> None:
    sys.exit(f"What the command left behind had not ended {_PATIENCE} seconds after it.")


if __name__ == "__main__":
    sys.exit(main())
