"""Which figures were changed after they were published: counts by reason, and the larger ones one by one."""

from dataclasses import dataclass

from markupsafe import Markup

from nof.explain.rows import Row
from nof.site.glossary import REASONS, kind
from nof.site.look import NONE, figure, shown
from nof.site.marks import explained, link, trust_mark
from nof.site.model import DataFile
from nof.site.released import Released, metric_path
from nof.site.table import Cell, Column, Line, Table

SHOWN = 40
_DATA = "data/revisions.csv"
_SOURCES = {
    "published": "A later published file",
    "recomputed": "A later release of this warehouse",
}
# The larger ones first: what readers see most, then by how far apart the two are.
_ORDER = (
    "final_segment",
    "adjusted_segment",
    "financial_override",
    "average_metric_score",
    "unadjusted_segment",
    "published_text",
    "value",
    "metric_score",
    "domain_score",
    "domain_segment",
    "league_rank",
)
_COUNTS = (
    "select revision_source, revision_reason, figure_kind, count(*) as revision_count from fct_revision "
    "group by revision_source, revision_reason, figure_kind "
    "order by revision_source, revision_reason, figure_kind"
)
_VERSIONS = (
    "select count(*) as cell_count, count(*) filter (version_number > 1 and not is_gone) as anew_count, "
    "count(*) filter (is_gone) as gone_count from fct_published_version where is_latest"
)


@dataclass(frozen=True)
class Revised:
    """What the page shows of revisions.

    Attributes:
        total: revisions in the release.
        versions: cells published, published anew, and gone, of the newest versions.
        counts: by source, reason and kind; None where there are none.
        largest: the larger ones; None where there are none.
        data: all of them; None where there are none.
    """

    total: int
    versions: Row
    counts: Table | None
    largest: Table | None
    data: DataFile | None


def revised(released: Released) -> Revised:
    """Read the revisions."""
    counts = released.rows(_COUNTS)
    versions = released.rows(_VERSIONS)[0]
    total = sum(row["revision_count"] for row in counts)
    if not total:
        return Revised(0, versions, None, None, None)
    place = " ".join(f"when '{name}' then {number}" for number, name in enumerate(_ORDER))
    rows = released.rows(
        "select * from fct_revision order by "
        f"case figure_kind {place} else {len(_ORDER)} end, "
        "abs(try_cast(new_figure_text as double) - try_cast(old_figure_text as double)) desc nulls first, "
        "quarter_id desc, trust_code, measure_id, figure_kind, version_number"
    )
    header = tuple(rows[0])
    return Revised(
        total,
        versions,
        _counts(counts),
        _largest(rows[:SHOWN], released, total),
        DataFile(_DATA, header, tuple(tuple(row.values()) for row in rows)),
    )


def _counts(counts: tuple[Row, ...]) -> Table:
    """A row for each kind of figure, a column for each way in which one was revised."""
    found = {
        (row["figure_kind"], row["revision_source"], row["revision_reason"]): row["revision_count"]
        for row in counts
    }
    ways = sorted({(source, reason) for _, source, reason in found})
    kinds = sorted({row["figure_kind"] for row in counts}, key=lambda name: (_place(name), name))
    return Table(
        "Revisions, by what revised the figure and why",
        (
            Column("Figure"),
            *(
                Column(explained(_SOURCES.get(source, source), REASONS.get(reason, reason)), is_numeric=True)
                for source, reason in ways
            ),
        ),
        tuple(
            Line((Cell(_capital(kind(name))), *(Cell(found.get((name, *way), NONE)) for way in ways)))
            for name in kinds
        ),
    )


def _place(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _largest(rows: tuple[Row, ...], released: Released, total: int) -> Table:
    measures = _measures(released)
    return Table(
        "The revisions that readers would notice most" if total > SHOWN else "Every revision",
        (
            Column("Trust"),
            Column("Quarter"),
            Column("Figure", is_wide=True),
            Column("Before", is_numeric=True),
            Column("Since", is_numeric=True),
            Column("Revised on"),
            Column("Why"),
        ),
        tuple(_line(row, released, measures) for row in rows),
        note=f"{SHOWN} of {total}. All of them are in the file to download." if total > SHOWN else "",
        is_of_names=True,
    )


def _line(row: Row, released: Released, measures: dict[str, str | Markup]) -> Line:
    trust = released.trusts.get(row["trust_code"])
    unit = f" ({row['unit_label']})" if row["unit_label"] else ""
    about = Markup("{}: {}{}").format(
        _capital(kind(row["figure_kind"])), measures.get(row["measure_id"], row["measure_id"]), unit
    )
    why = REASONS.get(row["revision_reason"], row["revision_reason"])
    cause = row["cause_trust_code"]
    if cause and cause != row["trust_code"]:
        why = f"{why}: {cause}"
    return Line(
        (
            Cell(trust_mark(trust) if trust else row["trust_code"]),
            Cell(released.quarter_labels.get(row["quarter_id"], row["quarter_id"])),
            Cell(about),
            Cell(_text(row["old_figure_text"], "fct_revision.old_figure_text")),
            Cell(_text(row["new_figure_text"], "fct_revision.new_figure_text")),
            Cell(shown(row["revised_date"])),
            Cell(why),
        ),
        {
            "data-trust": row["trust_code"],
            "data-quarter": row["quarter_id"],
            "data-measure": row["measure_id"],
            "data-kind": row["figure_kind"],
        },
    )


def _text(text: str | None, name: str) -> Markup:
    return NONE if text is None else figure(text, name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _measures(released: Released) -> dict[str, str | Markup]:
    """What each measure is called: metrics and their scores by name, domains, summary measures."""
    found: dict[str, str | Markup] = {
        row["measure_id"]: row["measure_label"]
        for row in released.rows("select measure_id, measure_label from method_summary_measures")
    }
    for row in released.rows("select domain_id, domain_segment_id, domain_label from dim_domain"):
        found[row["domain_id"]] = found[row["domain_segment_id"]] = row["domain_label"]
    for metric_id, row in released.metrics.items():
        name = link(metric_path(metric_id), row["metric_label"])
        found[metric_id] = name
        if row["score_id"]:
            found[row["score_id"]] = name
    return found
