"""Steps in processes of their own that can be killed: at a moment, or at one of their operations on files.

`python harness_mortal.py` is the parent of them: it has loaded what they need, opens nothing itself, and
forks one child for each step. `Forge` is the test's end of it.
"""

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

# What a step can do to the disk, as Python tells it to an audit hook just before. What DuckDB writes is not
# among it: there only moments can be chosen.
CHANGES = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.symlink",
    "os.link",
    "os.truncate",
)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
LONGEST_SECONDS = 1200.0
LONGEST_SAID = 20_000  # a pipe that nobody reads yet takes 64 KiB


@dataclass(frozen=True)
class Kill:
    """When a step gets its SIGKILL.

    Attributes:
        after_seconds: so long after it began; None to kill it at an operation.
        at_operation: just before its n-th change of the disk below the home, the first being 0.
    """

    after_seconds: float | None = None
    at_operation: int | None = None


@dataclass(frozen=True)
class End:
    """How a step ended.

    Attributes:
        was_killed: SIGKILL ended it, seen by who waited for it.
        status: its exit status; the negative number of the signal where one ended it.
        seconds: from its beginning to its end.
        operations: changes of the disk that Python made below the home; 0 where it was killed.
        answer: what the step handed back; None where it did not come so far.
        said: the error that stopped it, or what it printed.
    """

    was_killed: bool
    status: int
    seconds: float
    operations: int
    answer: Any
    said: str


@dataclass
class Forge:
    """Starts steps by name (`module:function`) in children of one warm process.

    Attributes:
        warm: modules to load before the first child.
        environment: beside that of the test.
    """

    warm: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    _process: "subprocess.Popen[str] | None" = field(default=None, init=False)

    def __enter__(self) -> "Forge":
        here = Path(__file__).resolve().parent
        paths = [str(here), str(here.parent), os.environ.get("PYTHONPATH", "")]
        self._process = subprocess.Popen(
            [sys.executable, __file__, *self.warm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))} | dict(self.environment),
        )
        return self

    def __exit__(self, *about: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def memory_bytes(self) -> int:
        """What the process that starts the steps has mapped: each child begins with as much."""
        assert self._process is not None
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[0])
        return pages * resource.getpagesize()

    def run(
        self,
        step: str,
        home: Path,
        *,
        kill: Kill | None = None,
        limits: Mapping[str, int] | None = None,
        user: int | None = None,
        is_inside: bool = False,
        **arguments: Any,
    ) -> End:
        """Run one step to its end, whichever that is.

        Args:
            step: `module:function`; called with the home's folder and the arguments.
            home: the folder below which changes of the disk count.
            kill: when to kill it.
            limits: of the operating system, by name (`RLIMIT_FSIZE`), for the child alone.
            user: whose rights it has; the test's own if None.
            is_inside: run it in the process that starts the children, for what all of them are to know; it
                must not start threads.
            arguments: of the step, as JSON can hold them.
        """
        assert self._process is not None
        assert self._process.stdin is not None and self._process.stdout is not None
        asked = {
            "step": step,
            "home": str(home),
            "after": kill.after_seconds if kill else None,
            "at": kill.at_operation if kill else None,
            "limits": dict(limits or {}),
            "user": user,
            "is_inside": is_inside,
            "arguments": arguments,
        }
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the process that starts the steps has ended"
        return End(**json.loads(line))


def _serve() -> None:
    """Read requests, one a line, and answer each with how the step ended."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    for name in sys.argv[1:]:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        answers.write(json.dumps(_one(asked)) + "\n")
        answers.flush()


def _one(asked: dict[str, Any]) -> dict[str, Any]:
    if asked["is_inside"]:
        answer = _step(asked)(Path(asked["home"]), **asked["arguments"])
        return asdict(End(was_killed=False, status=0, seconds=0.0, operations=0, answer=answer, said=""))
    told, tell = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        os.close(told)
        _child(asked, tell)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        pipe.read(1)  # it begins
        began = time.monotonic()
        if asked["after"] is not None:
            _wait(pid, began + asked["after"])
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
        else:
            status = _wait_long(pid, began)
        seconds = time.monotonic() - began
        text = pipe.read().decode()
    told_back = json.loads(text) if text.endswith("}") else {}
    code = os.waitstatus_to_exitcode(status)
    return {
        "was_killed": code == -signal.SIGKILL,
        "status": code,
        "seconds": seconds,
        "operations": told_back.get("operations", 0),
        "answer": told_back.get("answer"),
        "said": told_back.get("said", ""),
    }


def _wait(pid: int, until: float) -> None:
    """Wait for a moment, or for the end of the child: it stays a zombie, so that the kill meets no other."""
    while (left := until - time.monotonic()) > 0:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(min(left, 0.002))


def _wait_long(pid: int, began: float) -> int:
    """The wait status of a child; one that does not end is a failure, and is ended."""
    while time.monotonic() < began + LONGEST_SECONDS:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return status
        time.sleep(0.002)
    os.kill(pid, signal.SIGABRT)
    return os.waitpid(pid, 0)[1]


def _child(asked: dict[str, Any], tell: int) -> None:
    status, answer, said = 0, None, ""
    counted = _Counted(Path(asked["home"]), asked["at"])
    try:
        step = _step(asked)
        if asked["user"] is not None:
            os.setuid(asked["user"])
        for limit, value in asked["limits"].items():
            which = getattr(resource, limit)
            resource.setrlimit(which, (value, resource.getrlimit(which)[1]))
        os.write(tell, b"!")
        sys.addaudithook(counted)
        answer = step(Path(asked["home"]), **asked["arguments"])
    except BaseException as error:  # how it ended is what the test asks
        status = int(getattr(error, "exit_status", 70))
        said = str(error) if hasattr(error, "exit_status") else traceback.format_exc()
    finally:
        counted.is_on = False
        told = {"operations": counted.count, "answer": answer, "said": said[-LONGEST_SAID:]}
        os.write(tell, json.dumps(told, default=str).encode())
        os._exit(status)


def _step(asked: dict[str, Any]) -> Callable[..., Any]:
    module, _, name = asked["step"].partition(":")
    step: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return step


class _Counted:
    """An audit hook that counts changes below a folder, and ends the process before one of them."""

    def __init__(self, root: Path, at: int | None) -> None:
        self.root, self.at, self.count, self.is_on = f"{root}{os.sep}", at, 0, True

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_on or not self._counts(event, arguments):
            return
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def _counts(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            if not flags & WRITING:
                return False
        elif event not in CHANGES:
            return False
        named = [os.fspath(each) for each in arguments if isinstance(each, str | bytes | os.PathLike)]
        texts = [each.decode() if isinstance(each, bytes) else each for each in named]
        # Taking a tree away names its entries below an open folder.
        below = event in {"os.remove", "os.rmdir"} and isinstance(arguments[-1], int) and arguments[-1] >= 0
        return below or any(text.startswith(self.root) for text in texts)


if __name__ == "__main__":
    _serve()
