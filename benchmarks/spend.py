"""Runs one command and writes down what it cost. Needs nothing but Python's own library.

Run by itself, in a process that is small: Linux hands the most memory that a process ever had on to what it
starts, so that a large one could not say what a small child took.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """`spend.py RESULT COMMAND…`: seconds and MiB into RESULT as JSON; the exit status is the command's."""
    result, *command = sys.argv[1:]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    per_mib = 1024**2 if sys.platform == "darwin" else 1024
    spent = {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mib": used.ru_maxrss / per_mib,
    }
    Path(result).write_text(json.dumps(spent), encoding="utf-8")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
