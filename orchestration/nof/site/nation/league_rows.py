"""The rows of a league table, and what NHS England's layout leaves out: bases, and the override in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from nof.explain.rows import Row
from nof.site.charts.tiny import score_range
from nof.site.model import DataFile
from nof.site.nation.order import places, text_key
from nof.site.nation.spread import average_id
from nof.site.released import Released, TrustType

# A trust with an average and no place is in no league table of the release; here it is last, with the reason.
_QUERY = """
    select
        segments.quarter_id, segments.trust_code, quarters.quarter_label, trusts.trust_type_label,
        coalesce(tables.region_label, trusts.region_label) as region_label,
        coalesce(tables.trust_subtype_label, trusts.trust_subtype_label) as trust_subtype_label,
        coalesce(tables.trust_name, trusts.trust_name) as trust_name,
        segments.average_metric_score as average_score,
        coalesce(tables.likely_range_of_average_score, ranges.score_range_label)
            as likely_range_of_average_score,
        segments.adjusted_segment as segment, tables.trust_in_financial_deficit,
        segments.league_rank as rank, tables.likely_range_of_rank, segments.league_rank_basis,
        ranges.score_low, ranges.score_high, ranges.rank_low, ranges.rank_high,
        segments.unadjusted_segment, segments.adjusted_segment, segments.final_segment,
        segments.final_segment_basis, segments.has_financial_override, segments.override_basis,
        segments.average_basis, segments.segment_basis, segments.cut_point_basis,
        segments.average_score_rank, segments.league_trust_count, segments.override_segment_floor,
        tables.trust_code is not null as is_in_league_table
    from fct_segment as segments
    inner join dim_trust as trusts on segments.trust_code = trusts.trust_code
    inner join dim_quarter as quarters on segments.quarter_id = quarters.quarter_id
    left join league_table as tables
        on segments.trust_code = tables.trust_code and segments.quarter_id = tables.quarter_id
    left join fct_likely_range as ranges
        on segments.trust_code = ranges.trust_code and segments.quarter_id = ranges.quarter_id
        and ranges.score_id = ?
    where segments.trust_type_id = ? and segments.quarter_id = ?
    order by segments.league_rank nulls last, trusts.trust_name, segments.trust_code
"""
# The columns of NHS England's league table in its order, then what it does not have.
_HEADER = (
    "quarter_label",
    "region_label",
    "trust_type_label",
    "trust_subtype_label",
    "trust_code",
    "trust_name",
    "average_score",
    "likely_range_of_average_score",
    "segment",
    "trust_in_financial_deficit",
    "rank",
    "likely_range_of_rank",
    "average_score_rank",
    "unadjusted_segment",
    "has_financial_override",
    "override_basis",
    "final_segment",
    "final_segment_basis",
    "average_basis",
    "segment_basis",
    "cut_point_basis",
    "league_rank_basis",
)


_ELSEWHERE = {
    "average_score": "fct_segment.average_metric_score",
    "likely_range_of_average_score": "fct_likely_range.score_range_label",
}


@dataclass(frozen=True)
class LeagueRow:
    """A trust in a league table, or with an average and no place in it.

    Attributes:
        row: of the release.
        override: what the financial override did, in words.
        open_reason: why it has no rank; empty where it has one.
        picture: its likely range on a scale; empty where there is none.
        order: what each column is sorted by.
    """

    row: Row
    override: str
    open_reason: str
    picture: Markup
    order: dict[str, int]

    def named(self, column: str) -> str:
        """The table and column that a figure is of: a trust without a place is in no league table."""
        return f"league_table.{column}" if self.row["is_in_league_table"] else _ELSEWHERE[column]


@dataclass(frozen=True)
class LeagueTable:
    """A league table.

    Attributes:
        kind: the trust type.
        quarter_id: the quarter.
        rows: by rank, trusts without one last.
        tied_count: trusts that share their rank with another.
        is_partial: whether a trust with a segment has no place, so that ranks may be too good.
    """

    kind: TrustType
    quarter_id: str
    rows: tuple[LeagueRow, ...]
    tied_count: int
    is_partial: bool

    @property
    def path(self) -> str:
        """Its page."""
        return self.kind.league_path(self.quarter_id)

    @property
    def data_path(self) -> str:
        """Its CSV."""
        return f"data/league-{self.kind.slug}-{self.quarter_id}.csv"

    @property
    def override_floor(self) -> int | None:
        """The best segment that the override leaves; None where no trust has it."""
        floors = [
            each.row["override_segment_floor"] for each in self.rows if each.row["has_financial_override"]
        ]
        return floors[0] if floors else None

    @property
    def without_rank(self) -> tuple[LeagueRow, ...]:
        """Trusts without one."""
        return tuple(each for each in self.rows if each.row["rank"] is None)

    @property
    def ranked(self) -> tuple[LeagueRow, ...]:
        """Trusts with a rank."""
        return tuple(each for each in self.rows if each.row["rank"] is not None)

    def choices(self, column: str) -> tuple[str, ...]:
        """What there is to choose from in a column."""
        return tuple(sorted({str(each.row[column]) for each in self.rows if each.row[column] is not None}))

    def data(self) -> DataFile:
        """The table to download."""
        return DataFile(self.data_path, _HEADER, [[each.row[name] for name in _HEADER] for each in self.rows])


def read_league(released: Released, kind: TrustType, quarter_id: str) -> LeagueTable:
    """A league table of the release."""
    rows = released.rows(_QUERY, average_id(released), kind.trust_type_id, quarter_id)
    ranks = [row["rank"] for row in rows if row["rank"] is not None]
    order = _order(rows)
    return LeagueTable(
        kind=kind,
        quarter_id=quarter_id,
        rows=tuple(
            LeagueRow(
                row=row,
                override=_override(row),
                open_reason=_open_reason(row),
                picture=_picture(row),
                order={column: held[place] for column, held in order.items()},
            )
            for place, row in enumerate(rows)
        ),
        tied_count=sum(ranks.count(rank) > 1 for rank in ranks),
        is_partial=any(row["league_rank_basis"] == "computed_partial_pool" for row in rows),
    )


def _order(rows: Sequence[Row]) -> dict[str, list[int]]:
    texts = {name: places(text_key(row[name]) for row in rows) for name in ("trust_name", "region_label")}
    numbers = {name: places(row[name] for row in rows) for name in ("rank", "average_score", "segment")}
    return {
        **texts,
        **numbers,
        "trust_subtype_label": places(text_key(row["trust_subtype_label"]) for row in rows),
        "trust_in_financial_deficit": places(row["trust_in_financial_deficit"] or None for row in rows),
        # A range is sorted by its better end, then by its worse one.
        "range": places(
            None if row["rank_low"] is None else (row["rank_low"], row["rank_high"]) for row in rows
        ),
    }


def _override(row: Row) -> str:
    if row["has_financial_override"] is None:
        return "override not known"
    if not row["has_financial_override"]:
        return ""
    before, after = row["unadjusted_segment"], row["adjusted_segment"]
    if before is not None and after is not None and before < after:
        return f"override: {after} instead of {before}"
    return "override: no effect here"


def _open_reason(row: Row) -> str:
    if row["rank"] is not None:
        return ""
    if row["average_score"] is None:
        return "no average score"
    if row["has_financial_override"] is None:
        return "not known whether the financial override is set, so the segment and the rank are open"
    return "no adjusted segment"


def _picture(row: Row) -> Markup:
    if row["score_low"] is None or row["average_score"] is None:
        return Markup("")
    return score_range(row["score_low"], row["average_score"], row["score_high"])
