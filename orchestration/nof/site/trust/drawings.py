"""The charts of a trust with their captions and words; what trusts of a type share is drawn once."""

from collections.abc import Mapping
from dataclasses import dataclass

from nof.explain.figures import cut, score
from nof.explain.rows import Row
from nof.site.charts.trust_ground import Ground
from nof.site.charts.trust_position import position, position_ground
from nof.site.charts.trust_trend import trend, trend_ground
from nof.site.model import Drawing
from nof.site.released import Released
from nof.site.trust.data import data_path
from nof.site.trust.read import TrustRead

_CUT_POINTS = """
    select * from fct_cut_point
    where framework_id = ? and score_id in (
        select measure_id from method_summary_measures
        where measure_role = 'average_metric_score' and framework_id = ?
    )
    order by quarter_id, segment
"""
_AVERAGES = """
    select quarter_id, trust_type_id, average_metric_score from fct_segment
    where framework_id = ? and average_metric_score is not null
    order by quarter_id, trust_type_id, average_metric_score
"""
Grounds = tuple[Ground, Ground]


@dataclass(frozen=True)
class TrustCharts:
    """The charts of one trust; None where there is no average to draw."""

    position: Drawing | None
    trend: Drawing | None


class TrustDrawings:
    """Draws them, trust by trust."""

    def __init__(self, released: Released) -> None:
        """Read what the charts share.

        Args:
            released: the release.
        """
        framework_id = released.framework_id
        self._cut_points = released.rows(_CUT_POINTS, framework_id, framework_id)
        self._averages = released.rows(_AVERAGES, framework_id)
        self._quarters = released.quarters
        self._positions: dict[tuple[str, str], Grounds] = {}
        self._trends: dict[str, Grounds] = {}

    def of(self, read: TrustRead) -> TrustCharts:
        """The charts of a trust."""
        scored = [row for row in read.quarters if row["average_metric_score"] is not None]
        return TrustCharts(
            position=self._position(read) if read.now["unadjusted_segment"] is not None else None,
            trend=self._trend(read, scored) if len(scored) > 1 else None,
        )

    def cut_points(self, quarter_id: str, trust_type_id: str) -> tuple[Row, ...]:
        """Those of the type where it has its own, otherwise those of all."""
        rows = [row for row in self._cut_points if row["quarter_id"] == quarter_id]
        own = tuple(row for row in rows if row["cut_partition_id"] == trust_type_id)
        return own or tuple(row for row in rows if row["cut_partition_id"] == "all")

    def _position(self, read: TrustRead) -> Drawing:
        trust_type_id, quarter_id = read.now["trust_type_id"], read.now["quarter_id"]
        averages = [
            row["average_metric_score"]
            for row in self._averages
            if (row["quarter_id"], row["trust_type_id"]) == (quarter_id, trust_type_id)
        ]
        points = self.cut_points(quarter_id, trust_type_id)
        if (trust_type_id, quarter_id) not in self._positions:
            self._positions[trust_type_id, quarter_id] = (
                position_ground(averages, points, is_narrow=False),
                position_ground(averages, points, is_narrow=True),
            )
        grounds = self._positions[trust_type_id, quarter_id]
        words = _position_words(read, points)
        wide, narrow = (position(ground, read.now, words) for ground in grounds)
        caption = (
            f"The average on the line from 1, the best, to 4 (diamond), with its likely range (bar). Grey: "
            f"how many of the {len(averages)} trusts of the type have such an average. Dashed: the cut "
            "points between the segments by score, which no override has touched."
        )
        return Drawing("position", caption, words, wide, data_path(read.trust.trust_code), narrow)

    def _trend(self, read: TrustRead, scored: list[Row]) -> Drawing:
        trust_type_id = read.now["trust_type_id"]
        if trust_type_id not in self._trends:
            points = {
                row["quarter_id"]: self.cut_points(row["quarter_id"], trust_type_id) for row in self._quarters
            }
            self._trends[trust_type_id] = (
                trend_ground(self._quarters, points, is_narrow=False),
                trend_ground(self._quarters, points, is_narrow=True),
            )
        labels = {row["quarter_id"]: row["quarter_label"] for row in self._quarters}
        words = _trend_words(scored, labels)
        wide, narrow = (trend(ground, tuple(labels), scored, words) for ground in self._trends[trust_type_id])
        caption = (
            "The average quarter by quarter (diamonds) with its likely range (bars); the best score, 1, is "
            "at the top. Dashed: the cut points of each quarter."
        )
        return Drawing("trend", caption, words, wide, data_path(read.trust.trust_code), narrow)


def _position_words(read: TrustRead, points: tuple[Row, ...]) -> str:
    now = read.now
    cuts = ", ".join(f"{row['boundary']} at {cut(row['cut_point'])}" for row in points)
    return (
        f"Average metric score {score(now['average_metric_score'])}{_range(now)}, in segment "
        f"{now['unadjusted_segment']} by score. Cut points between segments: {cuts}."
    )


def _trend_words(scored: list[Row], labels: Mapping[str, str]) -> str:
    return "; ".join(
        f"{labels[row['quarter_id']]}: {score(row['average_metric_score'])}{_range(row)}" for row in scored
    )


def _range(row: Row) -> str:
    return (
        ""
        if row["score_low"] is None
        else f", likely {score(row['score_low'])} to {score(row['score_high'])}"
    )
