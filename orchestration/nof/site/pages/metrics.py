"""The index of metrics by domain, and a page for each metric."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.glossary import CERTAINTIES
from nof.site.model import DataFile, Output, Page, Step
from nof.site.nation import metric_rules as rules
from nof.site.nation.metric_counts import agreement_sentences, pool_sentences, status_counts
from nof.site.nation.metric_read import MetricRows, read_metrics
from nof.site.nation.metric_rows import metric_data, metric_table
from nof.site.nation.metric_types import TypePart, type_parts
from nof.site.nation.words import SHORT_ROLES, bases_in_words
from nof.site.released import Released, metric_path
from nof.site.standards import since

TRAIL = (Step("Metrics", "metrics.html"),)
_BENCHMARK_HEADER = (
    "quarter_id",
    "type",
    "lower_quartile_value",
    "median_value",
    "upper_quartile_value",
    "organisation_count",
    "benchmark_basis",
)


@dataclass(frozen=True)
class Entry:
    """A metric in the index."""

    metric: Row
    path: str
    better: str
    standard: str
    role: str
    parts: tuple[TypePart, ...]


@dataclass(frozen=True)
class Shared:
    """What every page of a metric needs: the release, the method, meanings of statuses, source measures."""

    released: Released
    method: rules.MethodRows
    meanings: Mapping[str, str]
    measures: Mapping[str, Row]
    type_labels: Mapping[str, str]


def make(released: Released) -> Iterator[Output]:
    """The pages of metrics with their data, then the index."""
    read = read_metrics(released)
    shared = _shared(released)
    entries: dict[str, list[Entry]] = {}
    for metric_id, metric in released.metrics.items():
        rows = read[metric_id]
        labels = [row["band_label"] for row in shared.method.label_bands if row["metric_id"] == metric_id]
        parts = type_parts(released, metric, rows, labels)
        yield metric_data(released, metric_id, rows.cells)
        if rows.benchmarks:
            yield _benchmark_data(metric_id, rows)
        yield _page(shared, metric, rows, parts)
        entries.setdefault(metric["domain_id"] or "", []).append(
            Entry(
                metric,
                metric_path(metric_id),
                rules.polarity(metric),
                _standard(released, metric),
                SHORT_ROLES.get(metric["metric_role"], metric["metric_role"]),
                parts,
            )
        )
    domains = released.rows(
        "select * from dim_domain where framework_id = ? order by display_order", released.framework_id
    )
    yield Page(
        path="metrics.html",
        template="pages/metrics.html.j2",
        title="Metrics",
        section="metrics.html",
        filled={
            "domains": [(row, entries[row["domain_id"]]) for row in domains if row["domain_id"] in entries],
            "roles": {
                word: label
                for word, label in SHORT_ROLES.items()
                if any(row["metric_role"] == word for row in released.metrics.values())
            },
            "without_domain": entries.get("", []),
        },
    )


def _standard(released: Released, metric: Row) -> str:
    return rules.threshold(metric) + since(released, metric["metric_id"])


def _shared(released: Released) -> Shared:
    meanings = released.rows("select * from method_cell_statuses")
    measures = released.rows(
        "select * from method_source_measures where framework_id = ? and metric_id is not null",
        released.framework_id,
    )
    return Shared(
        released=released,
        method=rules.read_method_rows(released),
        meanings={row["cell_status"]: row["meaning"] for row in meanings},
        measures={row["metric_id"]: row for row in measures},
        type_labels={
            row["trust_type_id"]: row["trust_type_label"] for row in read_seed("reference", "trust_types")
        },
    )


def _page(shared: Shared, metric: Row, rows: MetricRows, parts: tuple[TypePart, ...]) -> Page:
    released, type_labels = shared.released, shared.type_labels
    made_of, part_of = rules.related(metric["metric_id"], shared.method)
    present = {row["trust_type_id"] for row in rows.cells}
    types = [each for each in type_labels if each in present]
    table = metric_table(released, rows.cells)
    return Page(
        path=metric_path(metric["metric_id"]),
        template="pages/metric.html.j2",
        title=metric["metric_label"],
        section="metrics.html",
        trail=TRAIL,
        filled={
            "metric": metric,
            "better": rules.polarity(metric),
            "standard": _standard(released, metric),
            "role": rules.role(metric),
            "scoring": rules.scoring(metric, shared.method),
            "bands": rules.bands(metric, shared.method, released.metrics),
            "made_of": [released.metrics[each] for each in made_of],
            "part_of": [released.metrics[each] for each in part_of],
            "shared": [released.metrics[each] for each in rules.weight(metric, released.metrics)],
            "certainty": CERTAINTIES.get(metric["rule_certainty"], ""),
            "parts": parts,
            "type_labels": type_labels,
            "statuses": status_counts(rows.cells, types, shared.meanings),
            "newest": {row["trust_type_id"]: row["quarter_id"] for row in rows.cells},
            "type_ids": types,
            "pools": pool_sentences(rows, released.quarter_labels, type_labels),
            "benchmarks": rows.benchmarks,
            "agreements": agreement_sentences(rows, released.quarter_labels),
            "measure": shared.measures.get(metric["metric_id"]),
            "table": table,
            "score_bases": bases_in_words(each.row["score_basis"] for each in table.rows),
            "metric_path": metric_path,
        },
    )


def _benchmark_data(metric_id: str, rows: MetricRows) -> DataFile:
    return DataFile(
        f"data/metric-{metric_id}-benchmarks.csv",
        _BENCHMARK_HEADER,
        [
            [
                row["quarter_id"],
                row["trust_type_id"],
                row["lower_quartile_value"],
                row["median_value"],
                row["upper_quartile_value"],
                row["benchmark_count"],
                row["benchmark_basis"],
            ]
            for row in rows.benchmarks
        ],
    )
