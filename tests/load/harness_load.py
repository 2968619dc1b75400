"""Readers in processes of their own, and releases made quickly one after the other."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from load.marks import MARKING
from nof.files import remove_tree
from nof.home import Home
from nof.release import Candidate, promote, seal_candidate
from nof.release.seal import read_manifest

READER = Path(__file__).with_name("reader.py")
LEFT_OUT = ("manifest.json", "SUCCESS", "csv", "dictionary", "difference", "workbook", "site")


@dataclass
class Readers:
    """What a number of readers met.

    Attributes:
        stop_file: they stop when it is there.
        processes: each reader.
        found: what each of them says at its end.
    """

    stop_file: Path
    processes: list["subprocess.Popen[str]"] = field(default_factory=list)
    found: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sets(self) -> int:
        """Query sets that worked."""
        return sum(each["sets"] for each in self.found)

    @property
    def errors(self) -> list[str]:
        return [f"{each['kind']}: {error}" for each in self.found for error in each["errors"]]

    @property
    def mixed(self) -> list[str]:
        return [f"{each['kind']}: {mixed}" for each in self.found for mixed in each["mixed"]]

    @property
    def longest(self) -> float:
        """The longest query set of any reader, opening included, seconds."""
        return float(max(each["longest"] for each in self.found))

    def assert_exact(self, *, last: int, at_least_seen: int) -> None:
        """No error, one release in each query set, several in their order, and at the end the last."""
        assert not self.errors, self.errors[:3]
        assert not self.mixed, self.mixed[:3]
        for each in self.found:
            assert each["seen"] == sorted(set(each["seen"])), f"{each['kind']} went back: {each['seen']}"
            assert each["seen"][-1] == last, each
            assert len(each["seen"]) >= at_least_seen, each


@contextmanager
def readers(
    kinds: Sequence[str], place: str, scratch: Path, *, lock_milliseconds: int = 0, pause_seconds: float = 0.5
) -> Iterator[Readers]:
    """Readers at work as long as the block lasts; each has read once before it begins.

    Args:
        kinds: the kind of each, as reader.py has them.
        place: the folder of releases, or the URL of the database.
        scratch: where a file tells them to stop.
        lock_milliseconds: after which a client takes a wait for a lock as an error; 0 for never.
        pause_seconds: the longest pause between two query sets: readers and publisher share two cores.
    """
    made = Readers(scratch / f"stop-{time.monotonic_ns()}")
    numbers = (str(lock_milliseconds), str(pause_seconds))
    try:
        for kind in kinds:
            made.processes.append(
                subprocess.Popen(
                    [sys.executable, str(READER), kind, place, str(made.stop_file), *numbers],
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
        for process in made.processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        yield made
        made.stop_file.touch()
        for process in made.processes:
            said, _ = process.communicate(timeout=60)
            made.found.append(json.loads(said.splitlines()[-1]))
            assert process.returncode == 0
    finally:
        for process in made.processes:
            if process.poll() is None:
                process.kill()
                process.communicate()


@dataclass
class Line:
    """Releases in a row in one home, each with its number in every row of several tables.

    Attributes:
        base: a whole release; its tables, with other marks.
        home: where they are released.
        number: of the last one.
        promoting: how long each promotion took, seconds.
    """

    base: Path
    home: Home
    number: int = 0
    promoting: list[float] = field(default_factory=list)

    def make(self, *, change: Sequence[str] = ()) -> Path:
        """The next release: the base with new marks, sealed and promoted as a run does it.

        Args:
            change: statements run on its database.
        """
        self.number += 1
        manifest = read_manifest(self.base)
        candidate = Candidate(
            folder=self.home.build / str(self.number) / "candidate",
            release_id=f"{self.number:016d}",
            framework_id=manifest["framework_id"],
            quarter_id=manifest["quarter_id"],
            inputs=(),
        )
        shutil.copytree(
            self.base,
            candidate.folder,
            ignore=shutil.ignore_patterns(*LEFT_OUT),
            copy_function=shutil.copyfile,
        )
        for folder in (candidate.folder, *candidate.folder.rglob("*/")):
            folder.chmod(0o755)
        with duckdb.connect(candidate.database) as connection:
            for table, marking in MARKING.items():
                words = marking.format(number=self.number)
                connection.execute(f"update publication.{table} set {words}")
                parquet = candidate.folder / "parquet" / f"{table}.parquet"
                connection.execute(f"copy publication.{table} to '{parquet}' (format parquet)")
            for statement in change:
                connection.execute(statement)
        seal_candidate(candidate)
        began = time.perf_counter()
        released = promote(
            candidate=candidate.folder,
            home=self.home,
            quarter_id=candidate.quarter_id,
            release_id=candidate.release_id,
            framework_is_in_force=True,
        )
        self.promoting.append(time.perf_counter() - began)
        return released

    def remove(self) -> None:
        """Take the home away: twenty whole releases are a gigabyte."""
        if self.home.root.exists():
            remove_tree(self.home.root)
