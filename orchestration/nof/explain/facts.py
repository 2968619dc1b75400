"""What an explanation is made from: the rows of a release that concern one trust in one quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nof.errors import NofError, UsageRefused
from nof.explain.ask import find_quarter, find_trust
from nof.explain.method import Method, read_method

if TYPE_CHECKING:
    import duckdb

Row = Mapping[str, Any]

# How many of the same ranked part stand before the trust, and how many share its rank.
_POOL_PLACES = """
    select
        mine.metric_id,
        count(*) filter (where other.pool_rank < mine.pool_rank) as before_count,
        count(*) filter (where other.pool_rank = mine.pool_rank) - 1 as tied_count
    from publication.fct_metric as mine
    inner join publication.fct_metric as other
        on
            mine.framework_id = other.framework_id
            and mine.quarter_id = other.quarter_id
            and mine.metric_id = other.metric_id
            and mine.pool_partition_id = other.pool_partition_id
    where
        mine.framework_id = ? and mine.quarter_id = ? and mine.trust_code = ?
        and mine.pool_rank is not null and other.pool_rank is not null
    group by mine.metric_id
"""
_LEAGUE_PLACE = """
    select
        count(*) filter (where other.adjusted_segment < mine.adjusted_segment) as better_segment_count,
        count(*) filter (
            where other.adjusted_segment = mine.adjusted_segment
            and other.average_metric_score < mine.average_metric_score
        ) as better_score_count,
        count(*) filter (
            where other.adjusted_segment = mine.adjusted_segment
            and other.average_metric_score = mine.average_metric_score
        ) - 1 as tied_count
    from publication.fct_segment as mine
    inner join publication.fct_segment as other
        on
            mine.framework_id = other.framework_id
            and mine.quarter_id = other.quarter_id
            and mine.trust_type_id = other.trust_type_id
    where mine.framework_id = ? and mine.quarter_id = ? and mine.trust_code = ?
"""
_METRICS = """
    select fct_metric.*, dim_metric.metric_label, dim_metric.polarity, dim_metric.pool_label,
        dim_metric.threshold_comparator
    from publication.fct_metric
    inner join publication.dim_metric using (framework_id, metric_id)
    where framework_id = ? and quarter_id = ? and trust_code = ?
    order by fct_metric.domain_id, fct_metric.metric_id
"""
_DOMAINS = """
    select fct_domain.*, dim_domain.domain_label
    from publication.fct_domain
    inner join publication.dim_domain using (framework_id, domain_id)
    where framework_id = ? and quarter_id = ? and trust_code = ?
    order by dim_domain.display_order
"""
_CUT_POINTS = """
    select * from publication.fct_cut_point
    where framework_id = ? and quarter_id = ? and cut_partition_id in ('all', ?)
    order by score_id, segment
"""
_RECONCILIATION = """
    select * from publication.fct_reconciliation
    where framework_id = ? and quarter_id = ? and trust_code in (?, ?)
    order by figure_kind, measure_id
"""
_CORE_VALUES = """
    select metric_id, trust_code, value is not null as has_value
    from publication.fct_metric
    where framework_id = ? and quarter_id = ? and trust_type_id = ?
    order by metric_id, trust_code
"""


@dataclass(frozen=True)
class Facts:
    """The rows of one trust and quarter, and the rows it was compared with."""

    method: Method
    framework_id: str
    quarter: Row
    trust: Row
    segment: Row
    completeness: Row
    metrics: tuple[Row, ...]
    domains: tuple[Row, ...]
    cut_points: tuple[Row, ...]
    reconciliation: tuple[Row, ...]
    files: tuple[Row, ...]
    pool_places: Mapping[str, Row]
    league_place: Row
    type_values: tuple[Row, ...]


def read_facts(database: Path, trust: str, quarter: str, framework_id: str | None) -> Facts:
    """Read what the release holds about a trust in a quarter; the file is opened read-only and closed again.

    Args:
        database: nof.duckdb of a release.
        trust: trust code, or a piece of the name.
        quarter: the quarter as a person writes it.
        framework_id: needed only where the release holds several.

    Raises:
        NofError: there is no such file.
        UsageRefused: trust, quarter or framework is not in the release.
    """
    import duckdb  # noqa: PLC0415

    if not database.is_file():
        raise NofError(f"{database} is not there. Make a release with `nof run` first.")
    with duckdb.connect(str(database), read_only=True) as connection:
        framework = _find_framework(connection, framework_id)
        quarters = _all(connection, "select * from publication.dim_quarter where framework_id = ?", framework)
        labels = {row["quarter_id"]: row["quarter_label"] for row in quarters}
        quarter_id = find_quarter(quarter, labels)
        trusts = _all(connection, "select * from publication.dim_trust where framework_id = ?", framework)
        code = find_trust(trust, {row["trust_code"]: row["trust_name"] for row in trusts})
        described = next(row for row in trusts if row["trust_code"] == code)
        key = (framework, quarter_id, code)
        segment = _segment(connection, key, described)
        trust_type_id = segment["trust_type_id"]
        completeness = _all(
            connection,
            "select * from publication.fct_completeness"
            " where framework_id = ? and quarter_id = ? and trust_type_id = ?",
            framework, quarter_id, trust_type_id,
        )  # fmt: skip
        return Facts(
            method=read_method(connection, framework),
            framework_id=framework,
            quarter=next(row for row in quarters if row["quarter_id"] == quarter_id),
            trust=described,
            segment=segment,
            completeness=completeness[0],
            metrics=_all(connection, _METRICS, *key),
            domains=_all(connection, _DOMAINS, *key),
            cut_points=_all(connection, _CUT_POINTS, framework, quarter_id, trust_type_id),
            reconciliation=_all(connection, _RECONCILIATION, *key, trust_type_id),
            files=_all(connection, "select * from publication.dim_file order by file_name, file_id"),
            pool_places={row["metric_id"]: row for row in _all(connection, _POOL_PLACES, *key)},
            league_place=_all(connection, _LEAGUE_PLACE, *key)[0],
            type_values=_all(connection, _CORE_VALUES, framework, quarter_id, trust_type_id),
        )


def _find_framework(connection: "duckdb.DuckDBPyConnection", asked: str | None) -> str:
    found = [
        row["framework_id"]
        for row in _all(connection, "select distinct framework_id from publication.dim_quarter order by all")
    ]
    if asked is None and len(found) == 1:
        return str(found[0])
    if asked in found:
        return str(asked)
    if asked is None:
        raise UsageRefused(f"The release holds several frameworks; name one: {', '.join(found)}.")
    raise UsageRefused(f"The release holds no framework {asked!r}. It holds {', '.join(found)}.")


def _segment(connection: "duckdb.DuckDBPyConnection", key: tuple[str, str, str], trust: Row) -> Row:
    rows = _all(
        connection,
        "select * from publication.fct_segment where framework_id = ? and trust_code = ? order by quarter_id",
        key[0], key[2],
    )  # fmt: skip
    found = [row for row in rows if row["quarter_id"] == key[1]]
    if not found:
        raise UsageRefused(
            f"{trust['trust_code']} {trust['trust_name']} has no rows in {key[1]}. It is in hand for "
            f"{', '.join(row['quarter_id'] for row in rows)}."
        )
    return found[0]


def _all(connection: "duckdb.DuckDBPyConnection", query: str, *parameters: object) -> tuple[Row, ...]:
    result = connection.execute(query, parameters)
    names = [column[0] for column in result.description]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())
