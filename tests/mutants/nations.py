"""The nations on which the SQL and the plain statement of the rules agree, kept to be asked again.

The project's own tests of the agreement are run once, over a database that notes what they score. The tables
of each nation stay in a schema of their own; a changed query is asked of these.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import test_random_nations
import test_two_statements
from harness_by_hand import SEEDS
from harness_figures import Figures, differences, sql_figures
from harness_side_by_side import ALONE, BOTH, score_side_by_side
from harness_sql import SqlScoring

from mutants.killed import AGREEMENT, APART
from mutants.project import ROOM, Project, asked_of
from plain_rules import Entry, Method, Row


class Nation:
    """What one nation was scored to, and the tables to ask again."""

    kind = AGREEMENT

    def __init__(self, sql: SqlScoring, schema: str, method: Method, kept: Sequence[str]) -> None:
        self.sql = sql
        self.schema = schema
        self.method = method
        self.kept = frozenset(kept)
        self.figures: Figures = {}

    def read(self, relation: str, names: Sequence[str]) -> list[dict[str, Any]]:
        """As the database of the tests reads a relation, from the nation's own tables."""
        return self.sql.read(f"{self.schema}.{relation.removeprefix(f'{ROOM}.')}", names)

    def is_reached(self, model: str, query: str) -> bool:
        """Whether the changed query makes other rows than the model's own; they are then in their place."""
        connection = self.sql.connection
        own = f'"build"."{self.schema}"."{model}"'
        connection.execute(
            f"create or replace temp table changed as {asked_of(self.schema, self.kept, query)}"
        )
        more = f"select 1 from (from changed except all from {own})"
        fewer = f"select 1 from (from {own} except all from changed)"
        if not connection.execute(f"{more} union all {fewer} limit 1").fetchall():
            return False
        connection.execute(f"create or replace table {own} as from changed")
        return True

    def remake(self, project: Project, model: str) -> None:
        """Make anew what stands on a model."""
        for name in project.descendants(model):
            query = asked_of(self.schema, self.kept, project.queries[name])
            self.sql.connection.execute(
                f'create or replace table "build"."{self.schema}"."{name}" as {query}'
            )

    def differing(self) -> list[str]:
        """The figures that are not those of the plain statement."""
        return differences(self.figures, sql_figures(self, self.method))  # type: ignore[arg-type]


class SideBySide(Nation):
    """The rows of two frameworks in one set of tables: making other rows of them mixes the two."""

    kind = APART

    def __init__(self, project: Project) -> None:
        sql = SqlScoring(project.compiled)
        self.asked = score_side_by_side(sql, project.compiled)
        kept = {parent for name in self.asked for parent in project.compiled.models[name].parents}
        super().__init__(sql, BOTH, SEEDS, [*kept, *self.asked])

    def is_reached(self, model: str, query: str) -> bool:
        """Whether the changed query makes other rows of both than of each alone."""
        if model not in self.asked:
            return False
        connection = self.sql.connection
        for schema in (BOTH, *ALONE):
            text = asked_of(schema, self.kept, query)
            connection.execute(f"create or replace temp table changed_{schema} as {text}")
        each = " union all ".join(f"from changed_{schema}" for schema in ALONE)
        more = f"select 1 from (from changed_{BOTH} except all ({each}))"
        fewer = f"select 1 from (({each}) except all from changed_{BOTH})"
        return bool(connection.execute(f"{more} union all {fewer} limit 1").fetchall())

    def remake(self, project: Project, model: str) -> None:
        """Any other row is enough."""

    def differing(self) -> list[str]:
        return ["other rows are made of two frameworks together than of each alone"]


class Recorder(SqlScoring):
    """The tests' database, with a copy of each nation's tables kept."""

    def __init__(self, project: Project) -> None:
        super().__init__(project.compiled)
        models = project.compiled.models
        # Compared as sqlglot writes them: the run without any change shows that it writes them rightly.
        texts = {models[name].relation: query for name, query in project.queries.items()}
        self.models = [(relation, texts.get(relation, query)) for relation, query in self.models]
        self.nations: list[Nation] = []
        names = set(project.queries)
        sources = {each.split(".")[-1] for name in names for each in models[name].reads if "source." in each}
        parents = {parent for name in names for parent in models[name].parents if parent in models}
        self.rooms = {name: models[name].room for name in parents | names} | dict.fromkeys(sources, "landing")

    def score(
        self, method: Method, replaced: Sequence[str], rows: Sequence[Row], entries: Sequence[Entry] = ()
    ) -> None:
        super().score(method, replaced, rows, entries)
        nation = Nation(self, f"nation_{len(self.nations)}", method, [*self.rooms, *replaced])
        self.connection.execute(f"create schema {nation.schema}")
        for name in nation.kept:
            room = self.rooms.get(name, "framework")
            self.connection.execute(f"create table {nation.schema}.{name} as from {room}.{name}")
        nation.figures = {key: exactly(value) for key, value in sql_figures(self, method).items()}
        self.nations.append(nation)


def exactly(value: Any) -> Any:
    """A number as a fraction, so that the comparison allows for the last decimals that the SQL keeps."""
    return Fraction(value) if isinstance(value, Decimal | float) else value


def recorded(project: Project, *, whole: bool = True) -> list[Nation]:
    """Run the tests of the agreement and keep their nations: the small ones first, then the whole ones."""
    sql = Recorder(project)
    test_random_nations.test_the_sql_makes_of_every_small_nation_what_the_rules_say(sql)
    test_two_statements.test_a_rule_that_one_of_the_two_applies_in_another_way_is_seen(sql)
    if whole:
        test_two_statements.test_they_agree_on_the_published_files_under_the_framework_in_force_and_the_draft(
            sql
        )
        test_two_statements.test_they_agree_on_the_bundled_nation_under_the_draft_which_segments_its_icbs(sql)
        # Last, so that this nation is what the data tests are asked of.
        test_two_statements.test_they_agree_on_the_bundled_nation_under_the_framework_in_force(sql)
    return [SideBySide(project), *sql.nations]
