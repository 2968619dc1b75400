"""One quarter of the nation in a database in memory: scored as released, and again with rows edited."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow

from nof.landing.columns import LANDING_TABLES, PUBLISHED_COLUMNS
from nof.whatif.bounds import find_beyond
from nof.whatif.compiled import TYPED_ROWS, Compiled
from nof.whatif.edits import Edits
from nof.whatif.facts import read_facts
from nof.whatif.figures import read_figures
from nof.whatif.model import Figures
from nof.whatif.rows import COLUMNS, QuarterRows

# The name that compiled queries give the database.
DATABASE = "build"
_SEEDS = ("framework", "reference")
_OVERRIDES = "financial_overrides"
_POOLS = "metric_pools"


@dataclass(frozen=True)
class Pool:
    """A pool that a metric ranks in: how many are in hand, and how many belong to it (None: not recorded)."""

    pool_id: str
    in_hand: int
    expected: int | None
    is_complete: bool


@dataclass(frozen=True)
class Override:
    """What the financial override of a trust rests on.

    Attributes:
        flag: set, not set, or unknown.
        derived: what plan, variance and deficit support in hand come to, whatever is published.
        basis: published, derived or unknown.
        reason: in words.
    """

    flag: bool | None
    derived: bool | None
    basis: str
    reason: str


@dataclass(frozen=True)
class State:
    """The quarter as one way to score it has it.

    Attributes:
        pools: by metric and partition.
        overrides: of the trusts asked for.
        unknown_overrides: trusts whose override cannot be told, with the reason.
    """

    figures: Figures
    pools: Mapping[tuple[str, str], Pool]
    overrides: Mapping[str, Override]
    unknown_overrides: Mapping[str, str]


class Quarter:
    """A private database with one quarter of a release in it.

    Attributes:
        facts: what the method says of its metrics, pools and trusts.
        rows: its rows as files have them.
    """

    def __init__(self, seeded: Path, compiled: Compiled, *, framework_id: str, quarter_id: str) -> None:
        """Copy the seeds and the rows of the quarter, and score them.

        Args:
            seeded: database file with the seeds and with the landing tables of the release.
            compiled: the models.
            framework_id: the framework of the release.
            quarter_id: a quarter that is in hand.
        """
        self._compiled = compiled
        # One thread: on tables this small a second one only costs.
        self._connection = duckdb.connect(config={"threads": 1})
        self._execute(f"attach ':memory:' as {DATABASE}")
        self._execute(f"use {DATABASE}")
        self._execute(f"attach '{seeded}' as seeded (read_only)")
        for schema in ("landing", "sample", "staging", "measures", "scoring", "kept", *_SEEDS):
            self._execute(f"create schema {schema}")
        label = self._copy(framework_id, quarter_id)
        self._execute("detach seeded")
        for model in compiled.all:
            self._execute(model.statement)
        self._execute(f"create table kept.typed as from {compiled.named(TYPED_ROWS).relation}")
        self._execute("create table kept.pools as from scoring.metric_pools")
        self.rows = QuarterRows(
            self._execute(f"select {', '.join(COLUMNS)} from landing.oversight_data").fetchall()
        )
        self.facts = read_facts(
            self._connection, framework_id=framework_id, quarter_id=quarter_id, quarter_label=label
        )
        self._is_as_released = True
        self.released_pools = self._pools()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def released(self, metrics: Iterable[str], trusts: Iterable[str]) -> State:
        """The quarter as the release has it; only before anything was edited."""
        assert self._is_as_released
        return self._state(metrics, trusts, {})

    def edited(
        self,
        edits: Edits,
        metrics: Iterable[str],
        *,
        trusts: Iterable[str] = (),
        published_flags: Mapping[str, Override] | None = None,
    ) -> State:
        """The quarter scored with rows edited; what an earlier question edited is forgotten.

        Args:
            edits: the rows that differ.
            metrics: whose figures are read.
            trusts: whose override is read.
            published_flags: of trusts whose published flag is void, what it was.

        Raises:
            BeyondBounds: a changed value is none that the landed gate would take.
        """
        self._is_as_released = False
        self._write(
            "landing.oversight_data", [tuple(row[name] for name in COLUMNS) for row in edits.rows], COLUMNS
        )
        # Changed rows go the way of all rows: through the typed views, and by the bounds of the landed gate.
        typed = self._compiled.named(TYPED_ROWS)
        for name in (*sorted(typed.parents), TYPED_ROWS):
            self._execute(self._compiled.named(name).statement)
        beyond = find_beyond(self._connection)
        if beyond:
            raise BeyondBounds(beyond)
        self._write("kept.touched", sorted(edits.touched), ("file_id", "row_number"))
        self._execute(
            f"insert into {typed.relation} select * from kept.typed where not exists ("
            "select 1 from kept.touched where touched.file_id = typed.file_id "
            "and touched.row_number = cast(typed.row_number as varchar))"
        )
        unknown: dict[str, str] = {}
        for model in self._compiled.moving:
            self._execute(model.statement)
            if model.name == _POOLS:
                self._keep_completeness()
            if model.name == _OVERRIDES:
                unknown = self._leave_open(published_flags or {})
        return self._state(metrics, trusts, unknown)

    def _copy(self, framework_id: str, quarter_id: str) -> str:
        """Seeds, registers and the rows of the quarter; the quarter's label."""
        for schema, table in self._execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'seeded'"
        ).fetchall():
            if schema in _SEEDS:
                self._execute(f"create table {schema}.{table} as from seeded.{schema}.{table}")
        found = self._execute(
            "select quarter_label from reference.quarters where quarter_id = ?", [quarter_id]
        ).fetchone()
        assert found is not None
        is_bundled = not self._execute("select count(*) from seeded.landing.files").fetchall()[0][0]
        for table, columns in LANDING_TABLES.items():
            self._execute(f"create table landing.{table} ({' varchar, '.join(columns)} varchar)")
            source = f"seeded.landing.{table}"
            if table in (*PUBLISHED_COLUMNS, "files"):
                self._execute(
                    f"create table sample.sample_{table} as from seeded.sample.sample_{table} limit 0"
                )
                source = f"seeded.sample.sample_{table}" if is_bundled else source
                wanted = (
                    "is_current_vintage = 'true' and lower(trim(replace(quarter, chr(160), ' '))) = lower(?)"
                    if table == "oversight_data"
                    else "? is not null"
                )
                self._execute(f"insert into landing.{table} by name from {source} where {wanted}", [found[0]])
        self._execute("insert into landing.run_settings values (?, ?)", [framework_id, quarter_id])
        return str(found[0])

    def _keep_completeness(self) -> None:
        """A pool is as complete as what is in hand was: asking makes it neither whole nor short.

        A recorded size is that of the published pool, so it moves with the trusts that the question moves
        into the ranked part or out of it.
        """
        self._execute(
            "update scoring.metric_pools set "
            "is_pool_complete = kept_pools.is_pool_complete, "
            "expected_pool_size = kept_pools.expected_pool_size + metric_pools.ranked_count "
            "+ metric_pools.excluded_count - kept_pools.ranked_count - kept_pools.excluded_count "
            "from kept.pools as kept_pools where metric_pools.metric_id = kept_pools.metric_id "
            "and metric_pools.pool_partition_id = kept_pools.pool_partition_id"
        )

    def _leave_open(self, published: Mapping[str, Override]) -> dict[str, str]:
        """Leave an override open where what is in hand did not give the published flag either.

        Where the derivation gives for the unchanged inputs what was published, it is taken for the changed
        ones. Where it does not, something that is not in hand decided, deficit support above all: the flag is
        then known only if the changed inputs give what was published.
        """
        unknown = {}
        for trust, now in self._overrides(published).items():
            before = published[trust]
            if before.flag not in (before.derived, now.derived):
                unknown[trust] = (
                    f"the published flag is {'set' if before.flag else 'not set'}, and plan and variance "
                    f"before the change do not say so ({_words(before.derived)}): what else it rested on is "
                    "not in hand"
                )
                self._execute(
                    "update scoring.financial_overrides set has_financial_override = null, "
                    "override_basis = 'unknown', override_reason = ? where trust_code = ?",
                    [unknown[trust], trust],
                )
        return unknown

    def _state(self, metrics: Iterable[str], trusts: Iterable[str], unknown: Mapping[str, str]) -> State:
        return State(
            figures=read_figures(self._connection, self.facts, metrics),
            pools=self._pools(),
            overrides=self._overrides(trusts),
            unknown_overrides=unknown,
        )

    def _pools(self) -> dict[tuple[str, str], Pool]:
        return {
            (metric, partition): Pool(pool, in_hand, expected, is_complete)
            for metric, partition, pool, in_hand, expected, is_complete in self._execute(
                "select metric_id, pool_partition_id, pool_id, ranked_count + excluded_count, "
                "expected_pool_size, is_pool_complete from scoring.metric_pools"
            ).fetchall()
        }

    def _overrides(self, trusts: Iterable[str]) -> dict[str, Override]:
        return {
            trust: Override(
                flag=flag,
                derived=True if is_deficit or has_support else is_deficit,
                basis=basis,
                reason=reason,
            )
            for trust, flag, basis, reason, is_deficit, has_support in self._execute(
                "select trust_code, has_financial_override, override_basis, override_reason, is_in_deficit, "
                "has_deficit_support from scoring.financial_overrides where list_contains(?, trust_code)",
                [list(trusts)],
            ).fetchall()
        }

    def _write(self, table: str, rows: Sequence[Sequence[str | None]], columns: Sequence[str]) -> None:
        """Make a table of text anew; through Arrow, as a row at a time takes long."""
        self._execute(f"create or replace table {table} ({' varchar, '.join(columns)} varchar)")
        if rows:
            arrays = [pyarrow.array(column, type=pyarrow.string()) for column in zip(*rows, strict=True)]
            self._connection.register("written", pyarrow.table(arrays, names=list(columns)))
            self._execute(f"insert into {table} from written")
            self._connection.unregister("written")

    def _execute(self, query: str, parameters: Sequence[object] | None = None) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(query, parameters)


class BeyondBounds(Exception):
    """Changed values that the landed gate would refuse.

    Attributes:
        found: trust, measure and what the gate says, for each.
    """

    def __init__(self, found: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(f"{len(found)} values")
        self.found = tuple(found)


def _words(derived: bool | None) -> str:
    return {True: "they give a deficit", False: "they give none", None: "one of them is missing"}[derived]
