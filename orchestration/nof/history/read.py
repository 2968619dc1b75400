"""A history out of the tables of a release: which figures, their versions, and the reason of each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from nof.errors import UsageRefused
from nof.explain.ask import find_metric, find_quarter, find_trust
from nof.explain.rows import Row, all_rows
from nof.history.model import Cause, Figure, FileRow, History, Source, Version

if TYPE_CHECKING:
    import duckdb

# What makes versions those of one figure, in the order in which they are shown; text and rank of a published
# row are two figures of fct_revision and one row here.
_KEYS: Mapping[Source, tuple[str, ...]] = {
    "published": ("quarter_id", "measure_id", "unit_label", "trust_type_id"),
    "recomputed": ("quarter_id", "measure_id", "figure_kind"),
}
_TABLES: Mapping[Source, str] = {"published": "fct_published_version", "recomputed": "fct_figure_version"}
_TRUSTS = """
    select trust_code, max(trust_name) as trust_name
    from (
        select organisation_code as trust_code, organisation_name as trust_name from dim_organisation
        union all select trust_code, trust_name from dim_trust
        union all select trust_code, null from fct_figure_version
        union all select trust_code, null from fct_published_version
    ) as named
    group by trust_code
"""
_LABELS = """
    select metric_id as measure_id, metric_label as label from dim_metric
    union all select score_id, metric_label from dim_metric where score_id is not null
    union all select domain_id, domain_label from dim_domain
    union all select domain_segment_id, domain_label from dim_domain
    union all select measure_id, measure_label from method_summary_measures
"""


def read_history(
    database: Path, trust: str, *, quarter: str | None = None, metric: str | None = None
) -> History:
    """The versions of the figures of one trust.

    Args:
        database: the nof.duckdb of a release.
        trust: its code, or a piece of its name that only it has.
        quarter: one quarter, as `2025-26-Q3` or `Q3 2025/26`; None for all.
        metric: one metric by its identifier or that of its score, or another figure by its own; None for all.

    Raises:
        UsageRefused: there is no such trust, quarter or metric in the release, or it keeps no versions.
    """
    from nof.release.database import open_database  # noqa: PLC0415 - DuckDB

    with open_database(database) as connection:
        connection.execute("use publication")
        _refuse_earlier_layout(connection)
        names = {
            row["trust_code"]: row["trust_name"] or row["trust_code"] for row in all_rows(connection, _TRUSTS)
        }
        trust_code = find_trust(trust, names)
        labels = {row["measure_id"]: row["label"] for row in all_rows(connection, _LABELS)}
        figures = [*_figures(connection, "published", trust_code, labels)]
        figures += _figures(connection, "recomputed", trust_code, labels)
        if quarter is not None:
            quarter_id = _quarter(connection, quarter)
            figures = [figure for figure in figures if figure.quarter_id == quarter_id]
        if metric is not None:
            measures = _measures(connection, figures, metric)
            figures = [figure for figure in figures if figure.measure_id in measures]
        files = all_rows(connection, "select * from dim_file")
    return History(trust_code, names[trust_code], tuple(figures), files, is_narrowed=metric is not None)


def _refuse_earlier_layout(connection: "duckdb.DuckDBPyConnection") -> None:
    found = {row["table_name"] for row in all_rows(connection, "select table_name from duckdb_tables()")}
    missing = sorted({*_TABLES.values(), "fct_revision"} - found)
    if missing:
        raise UsageRefused(
            f"The release was made before versions were kept: it has no {', '.join(missing)}. "
            "Make a new one with `nof run`, or name another release (--release)."
        )


def _quarter(connection: "duckdb.DuckDBPyConnection", asked: str) -> str:
    rows = all_rows(connection, "select distinct quarter_id, quarter_label from dim_quarter")
    return find_quarter(asked, {row["quarter_id"]: row["quarter_label"] for row in rows})


def _measures(
    connection: "duckdb.DuckDBPyConnection", figures: Iterable[Figure], asked: str
) -> frozenset[str]:
    """A metric stands for its value and its score; any other figure for itself."""
    known = {figure.measure_id: figure.measure_id for figure in figures}
    for row in all_rows(connection, "select metric_id, score_id from dim_metric"):
        known |= {name: row["metric_id"] for name in (row["metric_id"], row["score_id"]) if name}
    chosen = find_metric(asked, known)
    return frozenset(name for name, metric_id in known.items() if metric_id == chosen)


def _figures(
    connection: "duckdb.DuckDBPyConnection", source: Source, trust_code: str, labels: Mapping[str, str]
) -> Iterator[Figure]:
    keys = _KEYS[source]
    rows = all_rows(
        connection,
        f"select * from {_TABLES[source]} where trust_code = ? order by {', '.join(keys)}, version_number",
        trust_code,
    )
    causes = _causes(connection, source, trust_code)
    for _, group in groupby(rows, key=lambda row: tuple(row[key] for key in keys)):
        versions = list(group)
        first = versions[0]
        kind = first["unit_label"] if source == "published" else first["figure_kind"].replace("_", " ")
        yield Figure(
            source,
            first["quarter_id"],
            first["measure_id"],
            _label(first["measure_id"], labels.get(first["measure_id"], ""), kind),
            tuple(
                _version(row, source, causes[tuple(row[key] for key in (*keys, "version_number"))])
                for row in versions
            ),
        )


def _label(measure_id: str, label: str, kind: str) -> str:
    """`OF0017 Category 2 response time, minutes`, without saying the same twice."""
    words = f"{measure_id} {label}".strip()
    return words if not kind or kind.casefold() == label.casefold() else f"{words}, {kind}"


def _causes(
    connection: "duckdb.DuckDBPyConnection", source: Source, trust_code: str
) -> Mapping[tuple[object, ...], list[Cause]]:
    """The revisions of a trust's figures by the version that each opens."""
    found: dict[tuple[object, ...], list[Cause]] = defaultdict(list)
    rows = all_rows(
        connection,
        "select * from fct_revision where trust_code = ? and revision_source = ? order by figure_kind desc",
        trust_code,
        source,
    )
    for row in rows:
        found[tuple(row[key] for key in (*_KEYS[source], "version_number"))].append(
            Cause(
                row["figure_kind"],
                row["revision_reason"],
                row["cause_trust_code"],
                row["cause_measure_id"],
                row["has_own_input_changed"],
                FileRow(row["old_file_id"], row["old_row_number"]),
                FileRow(row["new_file_id"], row["new_row_number"]),
            )
        )
    return found


def _version(row: Row, source: Source, causes: Iterable[Cause]) -> Version:
    return Version(
        number=row["version_number"],
        text=row["figure_text"] or "",
        is_gone=row["is_gone"],
        rank=row["published_rank"] if source == "published" else None,
        from_date=row["from_date"],
        until_date=row["until_date"],
        release_id=row["from_release_id"] if source == "recomputed" else None,
        place=FileRow(row["file_id"], row["row_number"]),
        causes=tuple(causes),
    )
