"""Runs the blocks of a page as a reader would, where `warehouse/` is a home, and keeps what each printed.

Bash blocks run one by one where they stand and hand their exported variables on. The blocks of every other
language run together, in one session, where the first of them stands: a later block goes on with what an
earlier one made.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from clients.blocks import Block

PAGE_SECONDS = 600
_MARK = "\x1e"
_STATE = ".exported"

# Each block is compiled under the page's name and at its own line: a traceback names the guide's line.
_PYTHON_SESSION = """
import json, pathlib, sys
names = {"__name__": "__main__"}
for block in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
    print("\\x1e" + str(block["line"]), flush=True)
    code = compile("\\n" * block["line"] + block["text"], block["page"], "exec")
    exec(code, names)
    sys.stdout.flush()
"""


class GuideFailed(Exception):
    """A block did not end well: page, line, and the end of what it printed."""


@dataclass
class Bench:
    """Where a page is run and with what.

    Attributes:
        folder: the working folder; `warehouse/` in it is the home that the guides name.
        programs: folders that come first on PATH, such as an environment's `bin`.
        servers: what `serve` blocks started; stopped by `at_bench`.
    """

    folder: Path
    programs: Sequence[Path] = ()
    servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        """The caller's variables, the bench's programs first, and no trace of another Python environment."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
        }
        path = os.pathsep.join([*map(str, self.programs), os.environ["PATH"]])
        return kept | {"PATH": path, "LC_ALL": "C.UTF-8"}

    def exported(self, name: str) -> str:
        """A variable that a bash block of the page exported."""
        return _run(_in_bash(f'printf %s "${name}"'), self).stdout


@contextmanager
def at_bench(folder: Path, programs: Sequence[Path] = ()) -> Iterator[Bench]:
    """A bench whose servers end with it."""
    bench = Bench(folder, programs)
    try:
        yield bench
    finally:
        for server in bench.servers:
            _stop(server)


def run_page(blocks: Sequence[Block], bench: Bench) -> dict[Block, str]:
    """Run what the page says to run, in its order.

    Args:
        blocks: all blocks of one page.
        bench: the working folder and the programs.

    Returns:
        What each `run` block printed on standard output.

    Raises:
        GuideFailed: a block ended with an error.
    """
    printed: dict[Block, str] = {}
    sessions_run: set[str] = set()
    for block in blocks:
        if block.mark == "file":
            (bench.folder / block.name).write_text(block.text, encoding="utf-8")
        elif block.mark == "serve":
            _serve(block, bench)
        elif block.mark != "run":
            continue
        elif block.language == "bash":
            printed[block] = _outcome([block], _bash(block, bench))[block]
        elif block.language not in sessions_run:
            sessions_run.add(block.language)
            together = [each for each in blocks if each.mark == "run" and each.language == block.language]
            printed |= _outcome(together, _session(together, bench))
    return printed


def _bash(block: Block, bench: Bench) -> subprocess.CompletedProcess[str]:
    script = f"trap 'export -p > {_STATE}' EXIT\nprintf '{_MARK}{block.line}\\n'\n{block.text}"
    return _run(_in_bash(script), bench)


def _in_bash(script: str) -> list[str]:
    """A command in which the variables that earlier blocks exported are set."""
    return ["bash", "-euo", "pipefail", "-c", f"touch {_STATE}; . ./{_STATE}\n{script}"]


def _session(blocks: Sequence[Block], bench: Bench) -> subprocess.CompletedProcess[str]:
    page = blocks[0].page.removesuffix(".md")
    if blocks[0].language == "python":
        driver, given = bench.folder / ".session.py", bench.folder / f".{page}.json"
        driver.write_text(_PYTHON_SESSION, encoding="utf-8")
        given.write_text(json.dumps([block.__dict__ for block in blocks]), encoding="utf-8")
        return _run(_in_bash(f"exec python {driver.name} {given.name}"), bench)
    says, suffix, program = {
        "javascript": ("console.log('{}');", ".mjs", "node"),
        "r": ("cat('{}\\n')", ".R", "Rscript --vanilla"),
    }[blocks[0].language]
    script = bench.folder / f"{page}{suffix}"
    parts = [f"{says.format(f'{_MARK}{block.line}')}\n{block.text}" for block in blocks]
    script.write_text("\n".join(parts), encoding="utf-8")
    return _run(_in_bash(f"exec {program} {script.name}"), bench)


def _run(command: Sequence[str], bench: Bench) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=bench.folder,
        env=bench.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=PAGE_SECONDS,
        check=False,
    )


def _outcome(blocks: Sequence[Block], ended: subprocess.CompletedProcess[str]) -> dict[Block, str]:
    """What each block printed; a session that ended early is a failure at the block it had reached."""
    by_line = {str(block.line): block for block in blocks}
    printed: dict[Block, str] = {}
    reached = blocks[0]
    for part in ended.stdout.split(_MARK)[1:]:
        line, _, text = part.partition("\n")
        reached = by_line[line.strip()]
        printed[reached] = text
    if ended.returncode != 0 or len(printed) != len(blocks):
        tail = (ended.stdout[-1500:] + ended.stderr[-3000:]).replace(_MARK, "line ").strip()
        raise GuideFailed(f"{reached.place}: ended with status {ended.returncode}\n{tail}")
    return printed


def _serve(block: Block, bench: Bench) -> None:
    with (bench.folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            _in_bash(f"exec {block.text.strip()}"),
            cwd=bench.folder,
            env=bench.environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    bench.servers.append(server)


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server and what it started, all of them in its own process group."""
    try:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)
    except ProcessLookupError:
        pass
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
