"""The first page: what the site is, what is in hand, each trust type over segments, regions and scores."""

from collections.abc import Iterator
from dataclasses import dataclass

from nof.site.charts.tiny import bar, parts
from nof.site.model import DataFile, Drawing, Output, Page
from nof.site.nation.hand import Standing, TypeInHand, missing_sentences, read_in_hand
from nof.site.nation.moved import Moved, read_moved
from nof.site.nation.segments import FINAL, FINAL_WORDS, SegmentCounts, read_segments
from nof.site.nation.spread import spread
from nof.site.released import Released, TrustType


@dataclass(frozen=True)
class Part:
    """A trust type on the page.

    Attributes:
        kind: the trust type.
        quarter_id: the newest quarter with averages; the newest in hand where there are none.
        standings: each quarter of it in a few words.
        counts: by segment; None where no trust has an average.
        drawing: the spread of average scores; None without averages.
        moved: movements into the quarter.
    """

    kind: TrustType
    quarter_id: str
    standings: tuple[Standing, ...]
    counts: SegmentCounts | None
    drawing: Drawing | None
    moved: Moved | None


def make(released: Released) -> Iterator[Output]:
    """The page and the data of its charts."""
    in_hand = read_in_hand(released)
    made = [_part(released, kind, in_hand) for kind in released.types]
    made.sort(key=lambda each: each[0].counts is None)
    yield from (data for _, files in made for data in files)
    yield Page(
        path="index.html",
        template="pages/england.html.j2",
        title="NHS trusts in England: how they score, and how sure that is",
        section="index.html",
        filled={
            "parts": [part for part, _ in made],
            "in_hand": in_hand,
            "missing": missing_sentences(in_hand, released.quarter_labels[released.quarter_id]),
            "FINAL": FINAL,
            "final_words": FINAL_WORDS,
            "bar": bar,
            "share_bar": parts,
        },
    )


def _part(
    released: Released, kind: TrustType, in_hand: tuple[TypeInHand, ...]
) -> tuple[Part, list[DataFile]]:
    standings = next((each.standings for each in in_hand if each.trust_type_id == kind.trust_type_id), ())
    scored = released.rows(
        "select max(quarter_id) as quarter_id from fct_segment"
        " where trust_type_id = ? and average_metric_score is not null",
        kind.trust_type_id,
    )[0]["quarter_id"]
    if scored is None:
        return Part(kind, kind.quarter_ids[-1], standings, None, None, None), []
    drawing, data = spread(released, kind, scored)
    counts = read_segments(released, kind.trust_type_id, scored)
    moved = read_moved(released, kind.trust_type_id, scored)
    return Part(kind, scored, standings, counts, drawing, moved), [data]
