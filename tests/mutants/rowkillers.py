"""Which test of the project notices a changed row of the method.

The SQL and the plain statement of the rules read the same seeds, so their agreement says nothing here: the
tables that were typed from the rules are asked first, then what was given, expected or published.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import harness_stated
import test_catalogue_as_stated
import test_draft_as_stated
import test_plain_rules
import test_reference_as_stated
import test_rules_as_stated
from harness_published import (
    ACUTE_Q3,
    MENTAL_HEALTH,
    MENTAL_HEALTH_Q4,
    ROOT,
    published_folder,
    read_csv,
    statement_rows,
)

from mutants.killed import BACKTEST, DATA, STATED, UNIT, Killed
from mutants.project import Project
from mutants.rows import RowMutant, Rows, read_seeds, room_of
from plain_rules import Method, read_method_tables, work_out

SEEDS = ROOT / "seeds"
STATED_IN = (test_rules_as_stated, test_catalogue_as_stated, test_draft_as_stated, test_reference_as_stated)


class RowKillers:
    """The tests that hold the rows of the method."""

    def __init__(self, project: Project | None = None, folder: Path = SEEDS) -> None:
        self.project = project
        self.connection = project.compiled.new_database() if project else None
        self.seeds = read_seeds(folder)
        self.stated_tests: list[Callable[[], None]] = [
            found for module in STATED_IN for name, found in vars(module).items() if name.startswith("test_")
        ]

    def of(self, mutant: RowMutant, *, without_stated: bool = False) -> Killed | None:
        """The first test that fails on a mutant."""
        return self.of_rows(mutant.seed, mutant.rows(self.seeds[mutant.seed]), without_stated=without_stated)

    def of_rows(self, seed: str, rows: Rows, *, without_stated: bool = False) -> Killed | None:
        """The first test that fails when a seed has these rows."""
        if not without_stated and (killed := self.stated(seed, rows)):
            return killed
        return (self.in_database(seed, rows) or self.published(seed, rows)) if self.project else None

    def stated(self, seed: str, rows: Rows) -> Killed | None:
        """The tables that were typed from the rules."""
        with instead(seed, rows):
            for test in self.stated_tests:
                try:
                    test()
                except (AssertionError, LookupError):
                    return Killed(STATED, test.__name__)
        return None

    def in_database(self, seed: str, rows: Rows) -> Killed | None:
        """What dbt asks of the seeds, and unit tests that are given the method's own rows."""
        assert self.project and self.connection
        self.connection.execute("begin")
        try:
            self.fill(seed, rows)
            for test in self.project.seed_tests:
                if self.connection.execute(test.query).fetchall():
                    return Killed(DATA, test.name)
            for unit_test in self.project.unit_tests:
                if not unit_test.passes(self.connection, self.project.queries[unit_test.model]):
                    return Killed(UNIT, unit_test.name)
        except duckdb.Error as error:
            return Killed(DATA, str(error).splitlines()[0])
        finally:
            self.connection.execute("rollback")
        return None

    def fill(self, seed: str, rows: Rows) -> None:
        """Put rows in the place of a seed's; empty text is null, as dbt has it."""
        assert self.connection
        table = f"{room_of(seed)}.{seed}"
        self.connection.execute(f"delete from {table}")
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            cells = [text or None for text in row.values()]
            self.connection.execute(f"insert into {table} ({names}) values ({marks})", cells)

    def published(self, seed: str, rows: Rows) -> Killed | None:
        """NHS England's own figures, reproduced by the plain statement under the changed method."""
        tables = read_method_tables(SEEDS / "framework", SEEDS / "reference")
        method = Method({**tables, seed: rows}, harness_stated.IN_FORCE)
        folder = published_folder()
        names = (MENTAL_HEALTH, MENTAL_HEALTH_Q4, ACUTE_Q3)
        figures = [row for name in names for row in statement_rows(read_csv(folder / name))]
        try:
            made = work_out(method, figures)
            test_plain_rules.test_every_published_result_is_reproduced(method, made, figures)
            test_plain_rules.test_benchmarks_are_equal_or_one_hundredth_off(made)
            test_plain_rules.test_the_league_table_of_the_fourth_quarter_is_reproduced(made)
        except Exception as error:
            return Killed(BACKTEST, str(error).splitlines()[0] if str(error) else type(error).__name__)
        return None

    def problems(self) -> list[str]:
        """What fails although nothing was changed."""
        seed, rows = next(iter(self.seeds.items()))
        killed = self.of_rows(seed, rows)
        return [f"{killed.test} fails without any change"] if killed else []


@contextmanager
def instead(seed: str, rows: Rows) -> Iterator[None]:
    """Let the tests read these rows where they read a seed."""
    read = harness_stated.seed

    def changed(name: str) -> Rows:
        return rows if name == seed else read(name)

    readers = (harness_stated, test_rules_as_stated)
    for module in readers:
        vars(module)["seed"] = changed
    try:
        yield
    finally:
        for module in readers:
            vars(module)["seed"] = read
