"""How the trusts of a type are spread over the segments in a quarter: in England and in each region."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.nation.words import bases_in_words, cut_points_in_words
from nof.site.released import Released

ADJUSTED, FINAL = "adjusted_segment", "final_segment"
FINAL_WORDS: Mapping[str, str] = {
    "published": "published",
    "carried_forward": "carried forward from the quarter before",
    "decision": "by an entry of the register of decisions",
    "unknown": "not known",
}
_QUERY = "select * from fct_segment where trust_type_id = ? and quarter_id = ? order by trust_code"


@dataclass(frozen=True)
class RegionCounts:
    """The trusts of a region by segment; `unknown` have none."""

    label: str
    counts: tuple[int, ...]
    unknown: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts) + self.unknown


@dataclass(frozen=True)
class SegmentCounts:
    """The trusts of a type by segment.

    Attributes:
        rows: of fct_segment.
        segments: 1 to 5; 5 only where final segments are counted.
        adjusted: trusts by adjusted segment.
        final: trusts by final segment.
        unknown_adjusted: trusts without an adjusted segment.
        unknown_final: trusts whose final segment is not known.
        regions: by the segment that `region_column` names.
        region_column: final where it is known of every trust, adjusted otherwise.
        overridden: trusts whose adjusted segment is worse than the unadjusted one, by the financial override.
        average_bases: what the averages stand on, in words.
        cut_bases: what the cut points stand on, in words.
        final_bases: how many final segments rest on what.
    """

    rows: tuple[Row, ...]
    segments: tuple[int, ...]
    adjusted: tuple[int, ...]
    final: tuple[int, ...]
    unknown_adjusted: int
    unknown_final: int
    regions: tuple[RegionCounts, ...]
    region_column: str
    overridden: int
    average_bases: str
    cut_bases: str
    final_bases: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All trusts of the type."""
        return len(self.rows)

    @property
    def largest(self) -> int:
        """The largest count, for the length of bars."""
        return max(*self.adjusted, *self.final, self.unknown_final if self.has_final else 0, 1)

    @property
    def has_final(self) -> bool:
        """Whether any final segment is known."""
        return self.unknown_final < self.total


def read_segments(released: Released, trust_type_id: str, quarter_id: str) -> SegmentCounts:
    """The trusts of a type in a quarter by segment."""
    rows = released.rows(_QUERY, trust_type_id, quarter_id)
    unknown_final = sum(row[FINAL] is None for row in rows)
    column = ADJUSTED if unknown_final else FINAL
    known = [row[FINAL] for row in rows] + [row[ADJUSTED] for row in rows]
    segments = tuple(range(1, max([4, *(each for each in known if each is not None)]) + 1))
    return SegmentCounts(
        rows=rows,
        segments=segments,
        adjusted=_counts(rows, ADJUSTED, segments),
        final=_counts(rows, FINAL, segments),
        unknown_adjusted=sum(row[ADJUSTED] is None for row in rows),
        unknown_final=unknown_final,
        regions=_regions(released, rows, column, segments),
        region_column=column,
        overridden=sum(
            row[ADJUSTED] is not None
            and bool(row["has_financial_override"])
            and row[ADJUSTED] > row["unadjusted_segment"]
            for row in rows
        ),
        average_bases=bases_in_words(row["average_basis"] for row in rows),
        cut_bases=cut_points_in_words(row["cut_point_basis"] for row in rows),
        final_bases=tuple(sorted(Counter(row["final_segment_basis"] for row in rows).items())),
    )


def _counts(rows: Sequence[Row], column: str, segments: Sequence[int]) -> tuple[int, ...]:
    found = Counter(row[column] for row in rows)
    return tuple(found[segment] for segment in segments)


def _regions(
    released: Released, rows: Sequence[Row], column: str, segments: Sequence[int]
) -> tuple[RegionCounts, ...]:
    order = [row["region_label"] for row in read_seed("reference", "regions")]
    regions: dict[str, list[Row]] = {}
    for row in rows:
        regions.setdefault(released.trusts[row["trust_code"]].region_label, []).append(row)
    labels = sorted(regions, key=lambda label: (order.index(label) if label in order else len(order), label))
    return tuple(
        RegionCounts(
            label or "No region",
            _counts(regions[label], column, segments),
            sum(row[column] is None for row in regions[label]),
        )
        for label in labels
    )
