"""One mutant in a process of its own: what it changes, breaks or fills goes with it."""

import json
import os
import resource
import signal
import traceback
from collections.abc import Callable
from dataclasses import asdict

from mutants.killed import ERROR, Killed

SECONDS = 120


def in_child(verdict: Callable[[], Killed | None]) -> Killed | None:
    """What a verdict comes to in a copy of this process; one that does not come to an end is a failed test.

    Raises:
        RuntimeError: the verdict itself broke down, which says nothing about the mutant.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            found = verdict()
            with os.fdopen(write, "w", encoding="utf-8") as pipe:
                json.dump(asdict(found) if found else None, pipe)
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            # Not a second end of the session that started this process.
            os._exit(status)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGKILL}:
        return Killed(ERROR, f"not done in {SECONDS} seconds")
    if status or not text:
        raise RuntimeError(f"a verdict broke down: status {status}")
    said = json.loads(text)
    return Killed(**said) if said else None
