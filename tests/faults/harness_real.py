"""The steps of a whole run on the bundled nation's files, each to be killed from where it begins.

The home holds a release of the nation without its restated file; the run that is killed lands that file.
"""

import os
import shutil
import signal
import threading
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from harness_steps import digest_of

from nof import steps
from nof.halted import said_in_words
from nof.home import Home
from nof.release.seal import named
from nof.run import run
from nof.sample import write_sample

FIRST_DAY, SECOND_DAY = date(2026, 7, 1), date(2026, 7, 8)
# What a build holds where a step begins, in the order of the run.
BUILT, ASSEMBLED, TOLD, WHOLE = "built", "assembled", "told", "whole"
# What was prepared for a home: by the process that starts the children, so that each begins at its step.
_PREPARED: dict[str, steps.Prepared] = {}


def lay_out(root: Path) -> dict[str, Any]:
    """Make the nation's first release, and its second one step by step, each state kept beside the home.

    Returns:
        What an undisturbed run leaves: the names of both releases, and a hash over the files of each and of
        what the second one is made from on its way.
    """
    write_sample(root / "files")
    for path in (root / "files").iterdir():
        inbox = root / ("second" if path.stem.endswith("-v2") else "first")
        inbox.mkdir(exist_ok=True)
        shutil.move(path, inbox)
    home = Home(root / "home")
    first = _run(home, root / "first", FIRST_DAY, None)
    shutil.copytree(home.root, root / "finished", symlinks=True)
    finished = Home(root / "finished")
    second = _run(finished, root / "second", SECOND_DAY, root)
    return {
        "first": named(first),
        "second": named(second),
        "digests": {named(first): digest_of(first), named(second): digest_of(second)},
        ASSEMBLED: digest_of(root / ASSEMBLED / second.name / "candidate"),
        TOLD: digest_of(root / TOLD / second.name / "candidate"),
        WHOLE: digest_of(root / WHOLE / second.name / "candidate"),
        "register": sha256(finished.register.read_bytes()).hexdigest(),
    }


def _run(home: Home, inbox: Path, today: date, keep: Path | None) -> Path:
    """A run as `nof.run` has it, its build kept where a step begins."""

    def kept(state: str) -> None:
        if keep is not None:
            shutil.copytree(home.build, keep / state)

    with steps.hold(home):
        prepared = steps.prepare(steps.Request(home, (inbox,)), today=today)
        steps.write_landing(prepared)
        warehouse = steps.new_warehouse(prepared)
        warehouse.build("staged")
        steps.pass_gate(prepared, "landed", today=today)
        warehouse.build("scoring")
        steps.pass_gate(prepared, "scored", today=today)
        warehouse.build("publication")
        kept(BUILT)
        steps.assemble(prepared)
        kept(ASSEMBLED)
        steps.make_companions(prepared, lambda _: None)
        kept(TOLD)
        steps.make_site(prepared)
        kept(WHOLE)
        return steps.publish(prepared)


def remember(root: Path, inbox: str) -> str:
    """Decide what the run stands on, once for all children."""
    request = steps.Request(Home(root), (Path(inbox),))
    _PREPARED[str(root)] = steps.prepare(request, today=SECOND_DAY)
    return _PREPARED[str(root)].release_id


def prepare(root: Path, inbox: str) -> str:
    """The first step: landing, without writing."""
    return steps.prepare(steps.Request(Home(root), (Path(inbox),)), today=SECOND_DAY).release_id


def write_landing(root: Path, inbox: str) -> None:
    del inbox
    steps.write_landing(_PREPARED[str(root)])


def assemble(root: Path, inbox: str) -> None:
    del inbox
    with said_in_words():
        steps.assemble(_PREPARED[str(root)])


def make_companions(root: Path, inbox: str) -> None:
    del inbox
    steps.make_companions(_PREPARED[str(root)], lambda _: None)


def make_site(root: Path, inbox: str) -> None:
    del inbox
    steps.make_site(_PREPARED[str(root)])


def publish(root: Path, inbox: str) -> None:
    """The last step: looked over, sealed, registered, promoted."""
    del inbox
    home = Home(root)
    with said_in_words(), home.lock():
        steps.publish(_PREPARED[str(root)])


def again(root: Path, inbox: str, which: str, state: str) -> str:
    """The same step in the next run: the home put right, all decided anew, the build as that run makes it.

    Returns:
        A hash over what the step has made; the release's, where it is the last one.
    """
    home = Home(root)
    with steps.hold(home):
        prepared = steps.prepare(steps.Request(home, (Path(inbox),)), today=SECOND_DAY)
        if not prepared.is_released:
            if state:
                shutil.copytree(state, home.build, dirs_exist_ok=True)
            {
                "write_landing": steps.write_landing,
                "assemble": steps.assemble,
                "make_companions": lambda each: steps.make_companions(each, lambda _: None),
                "make_site": steps.make_site,
                "publish": steps.publish,
            }[which](prepared)
        if which == "publish":
            return digest_of(prepared.released)
        if which == "write_landing":
            return _rows(prepared.database)
        return digest_of(prepared.candidate.folder)


def run_whole(root: Path, inbox: str, die_at: str = "", after_seconds: float = 0.0) -> str:
    """A whole run; it kills itself when it says that a step begins, or so long afterwards.

    Returns:
        A hash over the release, where it came so far.
    """

    def progress(text: str) -> None:
        if text == die_at and after_seconds:
            threading.Timer(after_seconds, os.kill, (os.getpid(), signal.SIGKILL)).start()
        elif text == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    request = steps.Request(Home(root), (Path(inbox),))
    return digest_of(run(request, today=SECOND_DAY, progress=progress).release)


def _rows(database: Path) -> str:
    """One hash over every row of every table, in the order of the tables' names."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute(
            "select schema_name || '.' || table_name from duckdb_tables() order by 1"
        ).fetchall()
        rows = [connection.execute(f"select * from {name} order by all").fetchall() for (name,) in names]
    return sha256(repr(rows).encode()).hexdigest()
