"""What an explanation is made from: the rows of a release that concern one organisation in one quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nof.errors import NofError, UsageRefused
from nof.explain.ask import find_quarter
from nof.explain.changes import change_words
from nof.explain.facts_beside import BesideFacts, read_beside
from nof.explain.method import Method, read_method
from nof.explain.organisations import Known, find_organisation, read_known
from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb

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
    select fct_metric.*, dim_metric.metric_label, dim_metric.unit_label as metric_unit_label,
        dim_metric.polarity, dim_metric.pool_label,
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


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """The rows of one organisation and quarter that there are whether it is segmented or not.

    Attributes:
        first_day: the first day of the first quarter of the release.
        trust: code, name, type, subtype and region, under the names of dim_trust.
        kind: provider, or icb.
        noun: what to call it: trust, or ICB.
    """

    method: Method
    framework_id: str
    first_day: date
    quarter: Row
    trust: Row
    kind: str
    noun: str
    beside: BesideFacts
    files: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Facts(OrganisationFacts):
    """The rows of one segmented organisation and quarter, and the rows it was compared with."""

    segment: Row
    completeness: Row
    metrics: tuple[Row, ...]
    domains: tuple[Row, ...]
    cut_points: tuple[Row, ...]
    reconciliation: tuple[Row, ...]
    pool_places: Mapping[str, Row]
    league_place: Row
    type_values: tuple[Row, ...]
    ages: tuple[Row, ...]


def read_facts(
    database: Path, trust: str, quarter: str, framework_id: str | None
) -> Facts | OrganisationFacts:
    """Read what the release holds about an organisation in a quarter; the file is opened read-only.

    Args:
        database: nof.duckdb of a release.
        trust: code of a trust or ICB, or a piece of the name.
        quarter: the quarter as a person writes it.
        framework_id: needed only where the release holds several.

    Returns:
        Facts where the framework segments the organisation, otherwise only what stands beside.

    Raises:
        NofError: there is no such file.
        UsageRefused: organisation, quarter or framework is not in the release.
    """
    import duckdb  # noqa: PLC0415

    if not database.is_file():
        raise NofError(f"{database} is not there. Make a release with `nof run` first.")
    with duckdb.connect(str(database), read_only=True) as connection:
        framework = _find_framework(connection, framework_id)
        quarters = all_rows(
            connection, "select * from publication.dim_quarter where framework_id = ?", framework
        )
        labels = {row["quarter_id"]: row["quarter_label"] for row in quarters}
        quarter_id = find_quarter(quarter, labels)
        known = find_organisation(trust, read_known(connection, framework))
        key = (framework, quarter_id, known.code)
        beside = read_beside(connection, key)
        segment = _segment(connection, key)
        if segment is None and not beside.is_in_hand:
            raise UsageRefused(_not_in_quarter(known, quarter_id, beside))
        common = OrganisationFacts(
            method=read_method(connection, framework),
            framework_id=framework,
            first_day=min(row["start_date"] for row in quarters),
            quarter=next(row for row in quarters if row["quarter_id"] == quarter_id),
            trust=known.described,
            kind=known.kind,
            noun=known.noun,
            beside=beside,
            files=all_rows(connection, "select * from publication.dim_file order by file_name, file_id"),
        )
        return common if segment is None else _segmented(connection, key, segment, common)


def _segmented(
    connection: "duckdb.DuckDBPyConnection",
    key: tuple[str, str, str],
    segment: Row,
    common: OrganisationFacts,
) -> Facts:
    framework, quarter_id, _ = key
    trust_type_id = segment["trust_type_id"]
    completeness = all_rows(
        connection,
        "select * from publication.fct_completeness"
        " where framework_id = ? and quarter_id = ? and trust_type_id = ?",
        framework, quarter_id, trust_type_id,
    )  # fmt: skip
    return Facts(
        **vars(common),
        segment=segment,
        completeness=completeness[0],
        metrics=all_rows(connection, _METRICS, *key),
        domains=all_rows(connection, _DOMAINS, *key),
        cut_points=all_rows(connection, _CUT_POINTS, framework, quarter_id, trust_type_id),
        reconciliation=all_rows(connection, _RECONCILIATION, *key, trust_type_id),
        pool_places={row["metric_id"]: row for row in all_rows(connection, _POOL_PLACES, *key)},
        league_place=all_rows(connection, _LEAGUE_PLACE, *key)[0],
        type_values=all_rows(connection, _CORE_VALUES, framework, quarter_id, trust_type_id),
        ages=_ages(connection, key),
    )


def _find_framework(connection: "duckdb.DuckDBPyConnection", asked: str | None) -> str:
    found = [
        row["framework_id"]
        for row in all_rows(
            connection, "select distinct framework_id from publication.dim_quarter order by all"
        )
    ]
    if asked is None and len(found) == 1:
        return str(found[0])
    if asked in found:
        return str(asked)
    if asked is None:
        raise UsageRefused(f"The release holds several frameworks; name one: {', '.join(found)}.")
    raise UsageRefused(f"The release holds no framework {asked!r}. It holds {', '.join(found)}.")


def _segment(connection: "duckdb.DuckDBPyConnection", key: tuple[str, str, str]) -> Row | None:
    rows = all_rows(
        connection,
        "select * from publication.fct_segment where framework_id = ? and quarter_id = ? and trust_code = ?",
        *key,
    )
    return rows[0] if rows else None


def _ages(connection: "duckdb.DuckDBPyConnection", key: tuple[str, str, str]) -> tuple[Row, ...]:
    """How old its values are; a release from before that was asked does not say it."""
    if not all_rows(connection, "from duckdb_tables() where table_name = 'fct_data_age'"):
        return ()
    return all_rows(
        connection,
        "select * from publication.fct_data_age where framework_id = ? and quarter_id = ? and trust_code = ?",
        *key,
    )


def _not_in_quarter(known: Known, quarter_id: str, beside: BesideFacts) -> str:
    told = [f"{known.code} {known.name} has no rows in {quarter_id}."]
    if known.quarter_ids:
        told.append(f"It is in hand for {', '.join(known.quarter_ids)}.")
    told += [f"{change_words(row, known.code, beside.names)}." for row in beside.changes]
    return " ".join(told)
