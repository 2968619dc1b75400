"""The chart of average scores of a trust type: best first, each with its likely range, and the cut points."""

from decimal import Decimal

from nof.explain.figures import counted, cut, score
from nof.explain.rows import Row
from nof.site.charts.spread import NARROW, WIDE, SpreadPoint, draw_spread
from nof.site.model import DataFile, Drawing
from nof.site.released import Released, TrustType

_QUERY = """
    select
        segments.trust_code, segments.average_metric_score, ranges.score_low, ranges.score_high,
        segments.adjusted_segment, segments.average_score_rank, segments.league_rank,
        ranges.rank_low, ranges.rank_high, segments.average_basis, segments.segment_basis
    from fct_segment as segments
    left join fct_likely_range as ranges
        on segments.trust_code = ranges.trust_code and segments.quarter_id = ranges.quarter_id
        and ranges.score_id = ?
    where segments.trust_type_id = ? and segments.quarter_id = ? and segments.average_metric_score is not null
    order by segments.average_metric_score, segments.adjusted_segment nulls last, segments.trust_code
"""
_CUTS = """
    select boundary, cut_point, cut_point_basis
    from fct_cut_point
    where score_id = ? and quarter_id = ? and cut_partition_id in ('all', ?) and cut_point is not null
    order by boundary
"""
_HEADER = (
    "trust_code",
    "trust_name",
    "average_metric_score",
    "score_low",
    "score_high",
    "adjusted_segment",
    "average_score_rank",
    "league_rank",
    "rank_low",
    "rank_high",
    "average_basis",
    "segment_basis",
)


def average_id(released: Released) -> str:
    """The identifier of the average metric score."""
    query = "select measure_id from method_summary_measures where measure_role = 'average_metric_score'"
    return str(released.rows(query)[0]["measure_id"])


def read_cuts(released: Released, trust_type_id: str, quarter_id: str) -> tuple[Row, ...]:
    """The cut points of the average that a trust type has in a quarter."""
    return released.rows(_CUTS, average_id(released), quarter_id, trust_type_id)


def spread(released: Released, kind: TrustType, quarter_id: str) -> tuple[Drawing, DataFile]:
    """The chart and the file with its figures; the league table is the table beside it."""
    rows = released.rows(_QUERY, average_id(released), kind.trust_type_id, quarter_id)
    cuts = [
        (row["boundary"], row["cut_point"]) for row in read_cuts(released, kind.trust_type_id, quarter_id)
    ]
    words = _words(rows, cuts, kind, released.quarter_labels[quarter_id])
    points = [
        SpreadPoint(
            row["average_metric_score"], row["score_low"], row["score_high"], row["adjusted_segment"] or 0
        )
        for row in rows
    ]
    path = f"data/spread-{kind.slug}-{quarter_id}.csv"
    drawing = Drawing(
        drawing_id=f"spread-{kind.slug}",
        caption=(
            f"Average scores of {kind.plural}, best first, each with its likely range: most ranges cross "
            "a cut point between segments"
            if _crossing(rows, cuts) * 2 > len(rows)
            else f"Average scores of {kind.plural}, best first, each with its likely range"
        ),
        words=words,
        wide=draw_spread(points, cuts, words=words, width=WIDE),
        narrow=draw_spread(points, cuts, words=words, width=NARROW),
        data_path=path,
    )
    figures = [
        [row["trust_code"], released.trusts[row["trust_code"]].name, *(row[name] for name in _HEADER[2:])]
        for row in rows
    ]
    return drawing, DataFile(path, _HEADER, figures)


def _crossing(rows: tuple[Row, ...], cuts: list[tuple[str, Decimal]]) -> int:
    """How many ranges have a cut point inside."""
    return sum(
        row["score_low"] is not None
        and any(row["score_low"] <= point < row["score_high"] for _, point in cuts)
        for row in rows
    )


def _words(
    rows: tuple[Row, ...], cuts: list[tuple[str, Decimal]], kind: TrustType, quarter_label: str
) -> str:
    best, worst = rows[0], rows[-1]
    pieces = [
        f"{counted(len(rows), 'average score')} of {kind.plural} in {quarter_label}, from "
        f"{score(best['average_metric_score'])} to {score(worst['average_metric_score'])}; 1 is best and 4 "
        "worst."
    ]
    if cuts:
        parted = ", ".join(f"{name.replace('/', ' from ')} at {cut(point)}" for name, point in cuts)
        pieces.append(f"Cut points part segment {parted}.")
        pieces.append(
            f"{_crossing(rows, cuts)} of {len(rows)} likely ranges have a cut point inside, so these trusts "
            "could as well be in another segment before any override."
        )
    return " ".join(pieces)
