"""The page that puts trusts side by side: with JavaScript up to four, without it every trust in tables."""

from collections.abc import Iterator

from nof.explain.rows import Row
from nof.site.compared import MOST_TRUSTS, NEWEST, SEGMENTS, comparison
from nof.site.glossary import RESTS_ON, SCORE_STATUSES, SHORT_BASES
from nof.site.look import figure
from nof.site.marks import explained, range_mark, segment_mark, trust_mark
from nof.site.model import Output, Page, ScriptData
from nof.site.released import Released, Trust, TrustType
from nof.site.table import Cell, Column, Line, Table, cell, ranked

_DATA = "data/compare.js"
_DOMAINS = NEWEST + (
    "select d.trust_code, d.domain_id, d.domain_score, d.domain_score_basis from fct_domain as d "
    "join newest using (trust_code, quarter_id)"
)

_OF_THE_AVERAGE = (
    Column("Adjusted segment", is_numeric=True, is_sorted_by=True),
    Column("Average metric score", is_numeric=True, is_sorted_by=True),
    Column("Likely range"),
    Column("League rank", is_numeric=True, is_sorted_by=True),
)


def make(released: Released) -> Iterator[Output]:
    """The page, and what its script reads."""
    tables = _Tables(released)
    yield ScriptData(_DATA, "nofCompare", comparison(released))
    yield Page(
        path="compare.html",
        template="pages/compare.html.j2",
        title="Compare trusts",
        section="compare.html",
        filled={"most": MOST_TRUSTS, "tables": tuple(tables.of(each) for each in released.types)},
        scripts=(_DATA, "assets/compare.js"),
    )


class _Tables:
    """Every organisation of a type: segment, average with its range, rank, domain scores."""

    def __init__(self, released: Released) -> None:
        self.released = released
        self.rows = {row["trust_code"]: row for row in released.rows(SEGMENTS)}
        self.domains = released.rows("select * from dim_domain where is_scored order by display_order")
        self.scores = {(row["trust_code"], row["domain_id"]): row for row in released.rows(_DOMAINS)}

    def of(self, of_type: TrustType) -> Table:
        """The table of one type, the best league rank first."""
        trusts = sorted(
            self.released.trusts_of(of_type.trust_type_id),
            key=lambda each: _order(self.rows[each.trust_code]),
        )
        quarter_id = of_type.quarter_ids[-1]
        quarter = self.released.quarter_labels[quarter_id]
        has_average = any(self.rows[each.trust_code]["average_metric_score"] is not None for each in trusts)
        about = (
            "segment, average and domain scores"
            if has_average
            else "domain scores; the type is not complete, so there is no average, no segment and no rank"
        )
        return ranked(
            Table(
                f"All {of_type.plural}, {quarter}: {about}",
                (
                    Column(of_type.label, is_sorted_by=True),
                    *(_OF_THE_AVERAGE if has_average else ()),
                    *(
                        Column(row["domain_label"], is_numeric=True, is_sorted_by=True)
                        for row in self.domains
                    ),
                    *((Column("What the average stands on", is_wide=True),) if has_average else ()),
                ),
                tuple(self._line(each, quarter_id, has_average=has_average) for each in trusts),
                is_of_names=True,
            )
        )

    def _line(self, trust: Trust, quarter_id: str, *, has_average: bool) -> Line:
        row = self.rows[trust.trust_code]
        is_older = row["quarter_id"] != quarter_id
        older = f" ({self.released.quarter_labels[row['quarter_id']]})" if is_older else ""
        domains = [each["domain_id"] for each in self.domains]
        cells: list[Cell] = [
            cell(trust_mark(trust, after=older), trust.name.casefold()),
            *(_average(row) if has_average else ()),
            *(_domain(self.scores.get((trust.trust_code, each)), each) for each in domains),
            *((cell(_basis(row)),) if has_average else ()),
        ]
        return Line(
            cells,
            {"id": trust.trust_code, "data-trust": trust.trust_code, "data-quarter": row["quarter_id"]},
        )


def _average(row: Row) -> Iterator[Cell]:
    segment, average, rank = row["adjusted_segment"], row["average_metric_score"], row["league_rank"]
    yield cell(segment_mark(segment, "fct_segment.adjusted_segment"), segment)
    yield cell(figure(average, "fct_segment.average_metric_score"), average)
    yield cell(range_mark(row["score_low"], row["score_high"]))
    yield cell(figure(rank, "fct_segment.league_rank"), rank)


def _domain(row: Row | None, domain_id: str) -> Cell:
    """A domain score; one of a partial pool says so."""
    value = row["domain_score"] if row else None
    shown = figure(value, "fct_domain.domain_score")
    if row and value is not None and row["domain_score_basis"] == "computed_partial_pool":
        shown = explained(shown, SHORT_BASES["computed_partial_pool"])
    return cell(shown, value, data_domain=domain_id)


def _basis(row: Row) -> str:
    """What the average stands on, or why there is none."""
    if row["average_metric_score"] is None:
        return f"no average: {SCORE_STATUSES.get(row['delivery_status'], '')}"
    return RESTS_ON.get(row["average_basis"], row["average_basis"]) or "computed"


def _order(row: Row) -> tuple[bool, int, bool, object, str]:
    rank, average = row["league_rank"], row["average_metric_score"]
    return (rank is None, rank or 0, average is None, average or 0, row["trust_code"])
