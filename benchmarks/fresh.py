"""Work in a fresh process: what it gave, and what it cost."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measured import ROOT


@dataclass(frozen=True)
class Spent:
    """What a process cost, from its start to its end.

    Attributes:
        seconds: by the clock.
        cpu_seconds: of all its threads and of the processes that it started, waited for or not.
        peak_mib: the most memory it had at a time (resident); of the largest of several processes.
        result: what the function gave back; None of a command.
    """

    seconds: float
    cpu_seconds: float
    peak_mib: float
    result: Any = None


class ChildFailed(Exception):
    """A measured process ended with an error: there is no figure then."""


def command(arguments: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command and wait for it.

    Args:
        arguments: the program and what it is given.
        environment: variables beside those of this process.

    Raises:
        ChildFailed: it did not end with status 0; the message has the end of what it said.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "spent.json"
        spend = str(Path(__file__).with_name("spend.py"))
        done = subprocess.run(
            [sys.executable, "-I", "-S", spend, str(result), *arguments],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0 or not result.is_file():
            said = (done.stdout + done.stderr)[-2000:]
            raise ChildFailed(f"{' '.join(arguments)[:200]} ended with status {done.returncode}:\n{said}")
        return Spent(**json.loads(result.read_text(encoding="utf-8")))


def child(target: str, *arguments: Any, environment: Mapping[str, str] | None = None) -> Spent:
    """Call a function in a fresh process; start and imports of that process are in the figures.

    Args:
        target: `package.module:function`.
        arguments: what it is given: plain values that JSON can hold.
        environment: variables beside those of this process.

    Raises:
        ChildFailed: the function raised.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        call = [sys.executable, "-m", "benchmarks.call", str(result), target, json.dumps(arguments)]
        spent = command(call, environment=environment)
        given = json.loads(result.read_text(encoding="utf-8"))
    return Spent(spent.seconds, spent.cpu_seconds, spent.peak_mib, given)
