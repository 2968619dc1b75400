"""The distance to the next segment, held to what a changed landing makes of the nation: the stated value moves the
segment, and a step less does not."""

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pytest
from harness_compiled import CompiledProject, compiled_project

FRAMEWORK = "nof-2025-26"
MODELS = ("segment_distances", "average_distances", "segments")


class Move(NamedTuple):
    """A cell of one quarter and what is put into it: a number or a label."""

    quarter_id: str
    trust_code: str
    metric_id: str
    text: str


def put(project: CompiledProject, move: Move) -> None:
    """Change one landed cell, and void what it voids: ranks and adopted scores of its pool, a finance part's flag."""
    run = project.connection.execute
    one = run(
        "select quarters.quarter_label, metrics.score_id, metrics.pool_id,"
        " coalesce(metrics.companion_unit_label, ''), organisations.trust_type_id"
        " from framework.metrics join reference.quarters on quarters.quarter_id = $quarter"
        " join scoring.trust_quarters as organisations"
        " on organisations.quarter_id = $quarter and organisations.framework_id = metrics.framework_id"
        " where metrics.framework_id = $framework and metrics.metric_id = $metric and organisations.trust_code = $trust",
        {
            "quarter": move.quarter_id,
            "framework": FRAMEWORK,
            "metric": move.metric_id,
            "trust": move.trust_code,
        },
    ).fetchone()
    assert one is not None
    label, score_id, pool_id, companion, trust_type = one
    # Those that share the pool: the type itself is written in more than one way.
    pool = [
        code
        for (code,) in run(
            "select trust_code from scoring.trust_quarters join framework.pool_trust_types as theirs"
            " using (framework_id, trust_type_id) join framework.pool_trust_types as own"
            " using (framework_id, pool_id, pool_partition_id)"
            " where framework_id = ? and quarter_id = ? and pool_id = ? and own.trust_type_id = ?",
            [FRAMEWORK, move.quarter_id, pool_id, trust_type],
        ).fetchall()
    ]
    run(
        "update landing.oversight_data set rank = '' where quarter = ? and metric_id = ? and list_contains(?, trust_code)",
        [label, move.metric_id, pool],
    )
    parts = [
        cell
        for (cell,) in run(
            "select distinct metrics.score_id from framework.matrix_cells join framework.metrics using (framework_id, metric_id)"
            " where framework_id = ? and ? in (row_metric_id, column_metric_id)",
            [FRAMEWORK, move.metric_id],
        ).fetchall()
    ]
    run(
        "delete from landing.oversight_data where quarter = ? and metric_id = ? and list_contains(?, trust_code)",
        [label, score_id, pool],
    )
    for measure in [*parts, "OF5004"] if parts else []:
        run(
            "delete from landing.oversight_data where quarter = ? and metric_id = ? and trust_code = ?",
            [label, measure, move.trust_code],
        )
    changed = run(
        "update landing.oversight_data set value = ? where quarter = ? and metric_id = ? and trust_code = ?"
        " and coalesce(units, '') <> ? returning 1",
        [move.text, label, move.metric_id, move.trust_code, companion or "-"],
    ).fetchall()
    if not changed:
        run(
            "insert into landing.oversight_data by name select * replace"
            " (? as metric_id, ? as value, '' as rank, '-1' as row_number) from landing.oversight_data"
            " where quarter = ? and trust_code = ? limit 1",
            [move.metric_id, move.text, label, move.trust_code],
        )
