"""Which test of the project notices a changed query: the cheapest is asked first."""

from collections.abc import Callable

import duckdb
from harness_stand_on import differing

from mutants.forked import in_child
from mutants.killed import AGREEMENT, DATA, ERROR, STANDS, UNIT, Killed
from mutants.nations import Nation, SideBySide
from mutants.project import Project, asked_of
from mutants.sql import SqlMutant


class SqlKillers:
    """The tests of the scoring models over one database."""

    def __init__(self, project: Project, nations: list[Nation]) -> None:
        self.project = project
        self.nations = nations
        self.connection: duckdb.DuckDBPyConnection = nations[-1].sql.connection
        # What stands on models beyond the scored ones is not made here.
        models = {each for test in project.data_tests for each in test.reads if each.startswith("model.")}
        beyond = {each for each in models if each.rsplit(".", 1)[-1] not in nations[-1].kept}
        self.data_tests = [test for test in project.data_tests if not test.reads & beyond]

    def of(self, mutant: SqlMutant) -> Killed | None:
        """The first test that fails on a mutant."""
        return self.of_query(mutant.model, mutant.text(self.project.queries[mutant.model]))

    def of_query(self, model: str, query: str) -> Killed | None:
        """The first test that fails when a model has another query."""
        quick = self.run(lambda: self.unit_test(model, query) or self.stands(model, query))
        # In a process of its own: tables are made anew there.
        return quick or in_child(lambda: self.run(lambda: self.nation(model, query)))

    @staticmethod
    def run(ask: Callable[[], Killed | None]) -> Killed | None:
        """A query that the engine refuses is noticed too."""
        try:
            return ask()
        except duckdb.Error as error:
            return Killed(ERROR, str(error).splitlines()[0])

    def unit_test(self, model: str, query: str) -> Killed | None:
        """The unit tests of the model itself."""
        for test in self.project.unit_tests:
            if test.model == model and not test.passes(self.connection, query):
                return Killed(UNIT, test.name)
        return None

    def stands(self, model: str, query: str) -> Killed | None:
        """What is left of a model's rows when one of the tables that it reads is empty."""
        both = next(nation for nation in self.nations if isinstance(nation, SideBySide))
        if model not in both.asked:
            return None
        try:
            tables = differing(both.sql.connection, model, asked_of(both.schema, both.kept, query))
        except ValueError as error:
            tables = [str(error)]
        return Killed(STANDS, f"without {tables[0]}") if tables else None

    def nation(self, model: str, query: str) -> Killed | None:
        """Every nation that the change reaches, and the data tests of the last one."""
        for nation in self.nations:
            if not nation.is_reached(model, query):
                continue
            nation.remake(self.project, model)
            if lines := nation.differing():
                return Killed(nation.kind, f"{nation.schema}: {lines[0]}")
            if nation is self.nations[-1] and (name := self.data_test(nation)):
                return Killed(DATA, name)
        return None

    def data_test(self, nation: Nation) -> str | None:
        """The data test that hands back rows of a nation."""
        for test in self.data_tests:
            if self.connection.execute(asked_of(nation.schema, nation.kept, test.query)).fetchall():
                return test.name
        return None

    def problems(self) -> list[str]:
        """What fails although nothing was changed: then no verdict would mean anything."""
        found = [
            f"{test.name} fails without any change"
            for test in self.project.unit_tests
            if not test.passes(self.connection, self.project.queries[test.model])
        ]
        for nation in self.nations:
            found += [
                f"{model} is made otherwise in {nation.schema} without any change"
                for model, query in self.project.queries.items()
                if nation.is_reached(model, query)
            ]
            found += nation.differing() if nation.kind == AGREEMENT else []
        failing = self.data_test(self.nations[-1])
        return [*found, f"{failing} fails without any change"] if failing else found
