"""The nation's home as scenes: each step of a run, killed from where it begins."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness_mortal import End
from harness_real import ASSEMBLED, BUILT, TOLD, WHOLE
from harness_scenes import WARM as SMALL
from harness_trials import Scene

REAL = "harness_real"
WARM = (
    *SMALL,
    *(REAL, "dbt.cli.main", "dbt.adapters.duckdb.connections", "great_expectations", "nof.run"),
    *(f"nof.companions.{name}" for name in ("dictionary", "difference", "workbook", "semantic")),
)
# Where each step begins: the state of the build before it.
STATES = {
    "prepare": "",
    "write_landing": "",
    "assemble": BUILT,
    "make_companions": ASSEMBLED,
    "make_site": TOLD,
    "publish": WHOLE,
}


@dataclass(frozen=True)
class Nation:
    """What `harness_real.lay_out` has made.

    Attributes:
        folder: with the home, the files to land and the states of the build.
        answer: the names and hashes of an undisturbed run.
    """

    folder: Path
    answer: dict[str, Any]

    @property
    def inbox(self) -> Path:
        """With the file that the run lands."""
        return self.folder / "second"

    def scene(self, step: str, wanted: str) -> Scene:
        """A step of the run, from where it begins.

        Args:
            step: a function of `harness_real`.
            wanted: hash over what an undisturbed step makes.
        """
        first, second = self.answer["first"], self.answer["second"]
        state = STATES[step]
        is_last = step == "publish"

        def lay(template: Path, home: Path) -> None:
            shutil.copytree(template, home, symlinks=True)
            if state:
                shutil.copytree(self.folder / state, home / "build", dirs_exist_ok=True)

        def finished(home: Path, end: End) -> None:
            assert end.answer == wanted
            if is_last:
                assert (home / "landed" / "register.csv").read_bytes() == (
                    self.folder / "finished" / "landed" / "register.csv"
                ).read_bytes()

        return Scene(
            step=f"{REAL}:{step}",
            arguments={"inbox": str(self.inbox)},
            again=f"{REAL}:prepare" if step == "prepare" else f"{REAL}:again",
            again_arguments={"inbox": str(self.inbox)}
            | (
                {}
                if step == "prepare"
                else {"which": step, "state": str(self.folder / state) if state else ""}
            ),
            template=self.folder / "home",
            good={first: self.answer["digests"][first]},
            may_come={second: self.answer["digests"][second]} if is_last else {},
            may_be_current=frozenset({first, second} if is_last else {first}),
            current=second if is_last else first,
            lay=lay,
            finished=finished,
        )
