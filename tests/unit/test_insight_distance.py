"""The distance to the next segment, held to what a changed landing makes of the nation.

The stated value moves the trust to the stated segment, a step less does not: on small random nations by the
plain statement of the rules, on the bundled nation by scoring it anew.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

import pytest
from harness_compiled import CompiledProject, compiled_project
from harness_distance import average_distances_hold, distance_scoring, on_small_nations
from harness_nations import REPLACED, VALUES, SmallNation
from harness_sql import SqlScoring

from harness_some import some
from plain_rules import Row, work_out

FRAMEWORK = "nof-2025-26"
COLUMNS = (
    *("quarter_id", "trust_code", "metric_id", "direction", "distance_status", "unadjusted_segment"),
    *("reached_segment", "reached_adjusted_segment", "current_value", "needed_value", "needed_label"),
    *("average_then", "value_step", "lowest_value", "highest_value"),
)
SUFFICES = ("distance", "reranking_suffices")
FEW = 8


class Move(NamedTuple):
    """A cell of one quarter and what is put into it: a number or a label."""

    quarter_id: str
    trust_code: str
    metric_id: str
    text: str


def distances(connection: Any) -> list[dict[str, Any]]:
    """Every row of the distances, with the step of its metric."""
    lines = connection.execute(
        f"select {', '.join(COLUMNS)} from insight.segment_distances"
        " left join framework.value_steps using (framework_id, metric_id) order by all"
    ).fetchall()
    return [dict(zip(COLUMNS, line, strict=True)) for line in lines]


def text_of(number: Decimal) -> str:
    """A value as a file would have it."""
    return f"{number.normalize():f}"


def needed(row: dict[str, Any]) -> str:
    """What the row says is needed."""
    return row["needed_label"] or text_of(row["needed_value"])


def a_step_less(row: dict[str, Any]) -> str | None:
    """One step short of it; none where it is a label, or the value that is there."""
    if row["needed_label"] or row["needed_value"] == row["current_value"]:
        return None
    forward = row["needed_value"] > row["current_value"]
    text = text_of(row["needed_value"] - row["value_step"] * (1 if forward else -1))
    return text if can_be(row, text) else None


def can_be(row: dict[str, Any], text: str) -> bool:
    """Whether a value could be published: in the steps of the metric and between its limits."""
    if row["value_step"] is None:
        return True
    low, high, value = row["lowest_value"], row["highest_value"], Decimal(text)
    return (
        value % row["value_step"] == 0 and (low is None or value >= low) and (high is None or value <= high)
    )


def is_further(row: dict[str, Any], text: str, *, is_lower_better: bool) -> bool:
    """Whether a value is further in the direction of the row; a worse one can better a segment, too."""
    if row["value_step"] is None:  # a label
        return True
    gain = row["current_value"] - Decimal(text)
    return (gain if is_lower_better else -gain) * (1 if row["direction"] == "better" else -1) >= 0


def suffices(row: dict[str, Any], segment: int) -> bool:
    """Whether a segment is further in the direction of the row than the one as it stands."""
    better = row["direction"] == "better"
    return segment < row["unadjusted_segment"] if better else segment > row["unadjusted_segment"]


def with_move(nation: SmallNation, move: Move) -> list[Row]:
    """The rows of a small nation with one cell changed, and what the change voids left out."""
    method, kinds = nation.method, {row.trust_code: row.trust_type_id for row in nation.rows}
    metric, kind = method.metrics[move.metric_id], kinds[move.trust_code]
    # Where nothing is ranked a value is nobody else's matter.
    pool = {move.trust_code}
    if method.families[metric.family].has_ranked_part:
        part = method.partition(metric, kind)
        pool |= {code for code, other in kinds.items() if method.partition(metric, other) == part}
    cells = [
        r
        for r in method.rows("matrix_cells")
        if move.metric_id in (r["row_metric_id"], r["column_metric_id"])
    ]
    own = {method.metrics[cell["metric_id"]].score_id for cell in cells}
    if move.metric_id in {row["metric_id"] for row in method.rows("override_inputs")}:
        own.add(method.measure_ids["financial_override"])
    found, is_put = [], False
    for row in nation.rows:
        is_own = row.trust_code == move.trust_code
        if row.quarter_id != move.quarter_id or row.trust_code not in pool:
            found.append(row)
        elif row.measure_id == metric.score_id or (is_own and row.measure_id in own):
            continue
        elif row.measure_id != metric.metric_id or row.unit_label == metric.companion_unit_label:
            found.append(row)
        else:
            value = move.text if is_own else row.value
            is_put = is_put or is_own
            found.append(replace(row, value=value, published_rank=None))
    if not is_put:
        found.append(Row(move.quarter_id, kind, move.trust_code, move.metric_id, "-", move.text))
    return found


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> SqlScoring:
    return distance_scoring(tmp_path_factory)


def test_every_distance_of_a_small_nation_is_what_the_rules_make_of_the_move(sql: SqlScoring) -> None:
    seen: Counter[str] = Counter()
    averages: Counter[str] = Counter()

    def compare(nation: SmallNation) -> None:
        sql.score(nation.method, REPLACED, nation.rows, nation.entries)
        averages.update(
            average_distances_hold(sql, nation, work_out(nation.method, nation.rows, nation.entries))
        )
        rows = distances(sql.connection)
        seen.update(row["distance_status"] for row in rows)

        def after(row: dict[str, Any], text: str) -> Any:
            move = Move(row["quarter_id"], row["trust_code"], row["metric_id"], text)
            said = work_out(nation.method, with_move(nation, move), nation.entries)
            return said.trusts[row["quarter_id"], row["trust_code"]]

        for row in [row for row in rows if row["distance_status"] in SUFFICES][:FEW]:
            said = after(row, needed(row))
            assert said.unadjusted == row["reached_segment"], row
            assert said.average.rounded == row["average_then"], row
            if row["reached_adjusted_segment"] is not None:
                assert said.adjusted == row["reached_adjusted_segment"], row
            less = a_step_less(row)
            if less is not None:
                assert not suffices(row, after(row, less).unadjusted), (row, less)
                seen["a step less"] += 1
        for row in [row for row in rows if row["distance_status"] == "no_value_suffices"][:FEW]:
            is_lower_better = nation.method.metrics[row["metric_id"]].is_lower_better
            further = partial(is_further, row, is_lower_better=is_lower_better)
            for text in filter(further, filter(partial(can_be, row), VALUES[row["metric_id"]])):
                assert not suffices(row, after(row, text).unadjusted), (row, text)
                seen["a value tried"] += 1

    on_small_nations(compare, runs=2)
    met = {
        "distance",
        "no_value_suffices",
        "pool_incomplete",
        "no_segment",
        "not_scored",
        "already_best",
        "already_worst",
    }
    assert sorted(met - set(seen)) == []
    assert seen["a step less"] > 50
    assert seen["a value tried"] > 50
    assert {"distance", "already_best", "already_worst", "no_segment"} <= averages.keys()
    assert averages["distance"] > 50


def put(connection: Any, move: Move) -> None:
    """Change one landed cell of the bundled nation, and void what the change voids."""
    run, where = (
        connection.execute,
        "quarter = $label and metric_id = $measure and list_contains($pool, trust_code)",
    )
    given_row = {"framework": FRAMEWORK, "quarter": move.quarter_id, "metric": move.metric_id}
    label, score_id, companion, is_ranked = run(
        "select quarter_label, score_id, coalesce(companion_unit_label, '-'), has_ranked_part"
        " from framework.metrics join framework.scoring_families using (framework_id, scoring_family)"
        " cross join reference.quarters"
        " where framework_id = $framework and quarter_id = $quarter and metric_id = $metric",
        given_row,
    ).fetchone()
    # Those that share its part of the pool.
    pool = [
        code
        for (code,) in run(
            "with parts as ("
            " select trust_code, pool_partition_id from scoring.trust_quarters"
            " join framework.pool_trust_types using (framework_id, trust_type_id)"
            " join framework.metrics using (framework_id, pool_id)"
            " where framework_id = $framework and quarter_id = $quarter and metric_id = $metric)"
            " select trust_code from parts where pool_partition_id ="
            " (select pool_partition_id from parts where trust_code = $trust)",
            {**given_row, "trust": move.trust_code},
        ).fetchall()
        if is_ranked or code == move.trust_code
    ]
    parts = [
        cell
        for (cell,) in run(
            "select distinct score_id from framework.matrix_cells"
            " join framework.metrics using (framework_id, metric_id)"
            " where framework_id = ? and ? in (row_metric_id, column_metric_id)",
            [FRAMEWORK, move.metric_id],
        ).fetchall()
    ]
    cell = {"label": label, "measure": move.metric_id}
    run(f"update landing.oversight_data set rank = '' where {where}", {**cell, "pool": pool})
    run(f"delete from landing.oversight_data where {where}", {**cell, "measure": score_id, "pool": pool})
    for measure in [*parts, "OF5004"] if parts else []:
        run(
            f"delete from landing.oversight_data where {where}",
            {**cell, "measure": measure, "pool": [move.trust_code]},
        )
    changed = run(
        f"update landing.oversight_data set value = $text where {where} and units <> $companion returning 1",
        {**cell, "pool": [move.trust_code], "text": move.text, "companion": companion},
    ).fetchall()
    if not changed:
        run(
            "insert into landing.oversight_data by name select * replace"
            " (? as metric_id, ? as value, '' as rank, '-1' as row_number, 'rating' as units)"
            " from landing.oversight_data where quarter = ? and trust_code = ? limit 1",
            [move.metric_id, move.text, label, move.trust_code],
        )


class TestBundled:
    @pytest.fixture(scope="class")
    def project(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CompiledProject]:
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        project.build("average_distances", "contributions")
        # What the changes are undone from.
        project.connection.execute("create or replace table main.as_landed as from landing.oversight_data")
        project.connection.execute("create or replace table main.distances as from insight.segment_distances")
        yield project
        project.connection.execute("create or replace table landing.oversight_data as from main.as_landed")

    def after(self, project: CompiledProject, moves: list[Move]) -> list[tuple[Any, ...]]:
        """Unadjusted and adjusted segment and average of the trusts that moved, one in each quarter."""
        project.connection.execute("create or replace table landing.oversight_data as from main.as_landed")
        for move in moves:
            put(project.connection, move)
        project.build("segments")
        return [
            project.rows(
                "(select unadjusted_segment, adjusted_segment, average_metric_score from scoring.segments"
                " join scoring.delivery_scores using (framework_id, quarter_id, trust_code)"
                f" where quarter_id = '{move.quarter_id}' and trust_code = '{move.trust_code}')"
            )[0]
            for move in moves
        ]

    def test_the_needed_value_moves_the_segment_and_a_step_less_does_not(
        self, project: CompiledProject
    ) -> None:
        rows = [row for row in distances(project.connection) if row["distance_status"] == "distance"]
        chooser = random.Random(2025)
        quarters = sorted({row["quarter_id"] for row in rows})
        judged: list[dict[str, Any]] = []
        for direction in ("better", "worse", "better"):
            chosen = [
                chooser.choice(
                    [r for r in rows if (r["quarter_id"], r["direction"]) == (quarter_id, direction)]
                )
                for quarter_id in quarters
            ]
            moves = [Move(*(row[name] for name in COLUMNS[:3]), needed(row)) for row in chosen]
            for row, (segment, adjusted, average) in some(
                zip(chosen, self.after(project, moves), strict=True)
            ):
                assert (segment, average) == (row["reached_segment"], row["average_then"]), row
                assert row["reached_adjusted_segment"] in (None, adjusted), row
            short = [(row, a_step_less(row)) for row in chosen]
            moves = [
                Move(*(row[name] for name in COLUMNS[:3]), text) for row, text in short if text is not None
            ]
            less = [row for row, text in short if text is not None]
            for row, (segment, _, _) in zip(less, self.after(project, moves), strict=True):
                assert not suffices(row, segment), row
                judged.append(row)
        assert judged
