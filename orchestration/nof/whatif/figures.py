"""The figures of a scored quarter, by what they are of, each with what it stands on."""

from collections.abc import Iterable
from decimal import Decimal

import duckdb

from nof.whatif.facts import Facts
from nof.whatif.model import Cell, Key, Value

# Of the metrics asked only: the scores of a pool do not depend on another metric's values.
_METRICS = """
select
    metric_values.trust_code,
    metric_values.metric_id,
    metric_scores.score_id,
    metric_values.value_label,
    metric_values.value_number,
    metric_values.cell_status,
    metric_scores.metric_score_rounded,
    metric_scores.score_basis,
    case when metric_scores.is_pool_complete then metric_scores.pool_rank end as pool_rank,
    metric_scores.rank_origin,
    value_ranks.value_rank,
    value_ranks.value_rank_origin
from scoring.metric_values
inner join scoring.metric_scores using (trust_code, metric_id)
left join scoring.value_ranks using (trust_code, metric_id)
where list_contains($metrics, metric_values.metric_id)
"""
_DOMAINS = """
select
    domain_scores.trust_code,
    domain_scores.domain_id,
    domain_scores.domain_score,
    domain_scores.domain_score_basis,
    score_segments.segment,
    score_segments.segment_basis,
    score_segments.score_rank
from scoring.domain_scores
left join scoring.score_segments
    on
        domain_scores.trust_code = score_segments.trust_code
        and domain_scores.domain_id = score_segments.score_id
"""
_TRUSTS = """
select
    segments.trust_code,
    delivery_scores.average_metric_score,
    delivery_scores.average_basis,
    segments.average_score_rank,
    segments.unadjusted_segment,
    segments.segment_basis,
    segments.has_financial_override,
    segments.override_basis,
    segments.adjusted_segment,
    segments.final_segment,
    segments.final_segment_basis,
    segments.league_rank,
    segments.league_rank_basis
from scoring.segments
inner join scoring.delivery_scores using (trust_code)
"""
# Scores, cut points and benchmarks are given with two places at least.
_PLACES = 2
_CUTS = "select score_id, cut_partition_id, boundary, cut_point, cut_point_basis from scoring.cut_points"
_BENCHMARKS = """
select
    metric_id, trust_type_id, lower_quartile_value, median_value, upper_quartile_value, benchmark_basis
from scoring.benchmarks
where list_contains($metrics, metric_id)
"""


def read_figures(
    connection: duckdb.DuckDBPyConnection, facts: Facts, metrics: Iterable[str]
) -> dict[Key, Value]:
    """Every figure that changes of these metrics can move.

    Args:
        connection: the private database of one quarter and framework, scored.
        facts: of the same.
        metrics: the metrics that are changed, and those made of them.

    Returns:
        The figures; one that is not there is there as None, with an empty basis.
    """
    found: dict[Key, Value] = {}

    def keep(key: Key, value: Cell, basis: str | None = "") -> None:
        found[key] = Value(_short(value, _PLACES), (basis or "") if value is not None else "")

    asked = {"metrics": list(metrics)}
    for trust, metric, score, *rest in connection.execute(_METRICS, asked).fetchall():
        label, number, status, points, basis, pool_rank, origin, value_rank, value_origin = rest
        found[Key("value", trust, metric)] = Value(label if label is not None else _short(number, 0))
        keep(Key("cell_status", trust, metric), status)
        keep(Key("metric_score", trust, score), points, basis)
        keep(Key("pool_rank", trust, metric), pool_rank, origin)
        keep(Key("value_rank", trust, metric), value_rank, value_origin)
    for trust, domain, points, basis, segment, segment_basis, rank in connection.execute(_DOMAINS).fetchall():
        keep(Key("domain_score", trust, domain), points, basis)
        keep(Key("domain_segment", trust, facts.domain_segments[domain]), segment, segment_basis)
        keep(Key("domain_rank", trust, domain), rank)
    average = facts.summary["average_metric_score"]
    of_role = {role: facts.summary.get(role, "") for role in _ROLES}
    for trust, points, basis, rank, *rest in connection.execute(_TRUSTS).fetchall():
        unadjusted, segment_basis, flag, flag_basis, adjusted, final, final_basis, league, league_basis = rest
        keep(Key("average_metric_score", trust, average), points, basis)
        keep(Key("average_rank", trust, average), rank)
        keep(Key("unadjusted_segment", trust, of_role["unadjusted_segment"]), unadjusted, segment_basis)
        keep(Key("financial_override", trust, of_role["financial_override"]), flag, flag_basis)
        keep(Key("adjusted_segment", trust, of_role["adjusted_segment"]), adjusted, segment_basis)
        keep(Key("final_segment", trust, of_role["final_segment"]), final, final_basis)
        keep(Key("league_rank", trust, of_role["adjusted_segment"]), league, league_basis)
    for score, partition, boundary, cut, basis in connection.execute(_CUTS).fetchall():
        keep(Key("cut_point", "", score, cut_place(boundary, partition)), cut, basis)
    for metric, kind, low, middle, high, basis in connection.execute(_BENCHMARKS, asked).fetchall():
        keep(Key("lower_quartile", "", metric, kind), low, basis)
        keep(Key("median", "", metric, kind), middle, basis)
        keep(Key("upper_quartile", "", metric, kind), high, basis)
    return found


_ROLES = ("unadjusted_segment", "financial_override", "adjusted_segment", "final_segment")


def cut_place(boundary: str, partition: str) -> str:
    """How a cut point is told from the others of its score."""
    return f"{boundary} {partition}"


def _short(value: Cell, least: int) -> Cell:
    """A decimal without the noughts that only the type of its column gives it, but for so many places."""
    if not isinstance(value, Decimal):
        return value
    places = -int(value.normalize().as_tuple().exponent)
    return value.quantize(Decimal(1).scaleb(-max(places, least)))
