"""The singular dbt tests as compiled queries, over the method's seeds and a hand-made nation of two trusts.

dbt seeds and compiles once; after that each test runs straight in an in-memory DuckDB, and what a case breaks
is rolled back.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from harness_dbt import Compiled
from harness_macros import ROOT

FOLDER = ROOT / "tests" / "dbt"

# Two trusts and two metrics, in the columns that the tests read. Each cut point has a trust on it.
NATION = """
create schema scoring; create schema insight; create schema landing;
create table landing.files (file_id varchar);
create table scoring.trust_quarters as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, trust_code
    from (values ('ZA0'), ('ZG4')) as trusts (trust_code);
create table insight.spine_counts as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, 2 as metric_count;
create table scoring.metric_values as
    select trusts.*, metric_id, domain_id
    from scoring.trust_quarters as trusts
    cross join (values ('OF0067', 'OF4002'), ('OF0082', 'OF4004')) as metrics (metric_id, domain_id);
create table scoring.metric_scores as
    select *, 'scored' as cell_status,
        case when trust_code = 'ZG4' and metric_id = 'OF0067' then 'published' else 'computed' end
            as score_basis
    from scoring.metric_values;
create table scoring.domain_scores as
    select framework_id, quarter_id, trust_code, domain_id, 'scored' as domain_status,
        score_basis as domain_score_basis
    from scoring.metric_scores;
create table scoring.delivery_scores as
    select framework_id, quarter_id, trust_code, cast(average as decimal(6, 2)) as average_metric_score,
        case when trust_code = 'ZG4' then 'published' else 'computed' end as average_basis
    from scoring.trust_quarters
    inner join (values ('ZA0', 2.1), ('ZG4', 2.4)) as averages (trust, average) on trust_code = trust;
create table scoring.cut_points as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, score_id, boundary,
        cast(cut_point as decimal(18, 6)) as cut_point, 'computed' as cut_point_basis
    from (
        values ('OF5002', '1/2', 2.1), ('OF5002', '2/3', 2.4), ('OF5002', '3/4', 2.4), ('OF4004', '1/2', 3.9)
    ) as points (score_id, boundary, cut_point);
"""


def topics() -> Iterator[ModuleType]:
    """The modules with the cases of one topic: `BREAKS`, and `NATION` where its tests read more tables."""
    for path in sorted(Path(__file__).parent.glob("harness_singular_*.py")):
        yield import_module(path.stem)


def broken_elsewhere() -> dict[str, list[str]]:
    """How the tests that have a module of their own are broken: statements by name of test."""
    breaks: dict[str, list[str]] = {}
    for topic in topics():
        twice = breaks.keys() & topic.BREAKS.keys()
        assert not twice, f"{topic.__name__} breaks what another module breaks: {twice}"
        breaks |= topic.BREAKS
    return breaks


class SingularTests:
    """One in-memory database with the seeds and the hand-made nation, and the queries to ask of it."""

    def __init__(self, project: Compiled) -> None:
        self.queries = {name: query.text for name, query in project.tests.items()}
        self.reads = {name: list(query.reads) for name, query in project.tests.items()}
        self.connection = project.new_database()
        self.connection.execute(NATION)
        for topic in topics():
            self.connection.execute(getattr(topic, "NATION", "select 1"))

    def problems(self, name: str, breaks: Sequence[str] = ()) -> list[Any]:
        """The rows that one test hands back once these statements have run; then they are undone."""
        self.connection.execute("begin")
        try:
            for statement in breaks:
                touched = self.connection.execute(statement).fetchone()
                assert touched != (0,), f"broke nothing: {statement}"
            return self.connection.execute(self.queries[name]).fetchall()
        finally:
            self.connection.execute("rollback")
