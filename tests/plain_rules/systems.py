"""Rules 7, the consultation draft: the further adjustment of a system by its challenged areas."""

from dataclasses import dataclass
from fractions import Fraction

from plain_rules.arithmetic import half_up, mean
from plain_rules.averages import averaged_score
from plain_rules.method import Method
from plain_rules.values import Cell


@dataclass(frozen=True)
class Area:
    """One area of a system: the mean of the scores about it, and whether that is challenged."""

    score: Fraction
    metrics_counted: int
    is_challenged: bool


@dataclass(frozen=True)
class SystemAdjustment:
    """The areas of one system that have a score, and the segments that it is moved down by."""

    areas: dict[str, Area]
    steps: int
    worst_segment: int

    @property
    def challenged_count(self) -> int:
        """How many areas are challenged."""
        return sum(area.is_challenged for area in self.areas.values())

    def move(self, segment: int | None) -> int | None:
        """The segment after the steps: never past the worst one, and never back from where it is."""
        if segment is None:
            return None
        return max(segment, min(segment + self.steps, self.worst_segment))


def system_adjustment(method: Method, trust_type_id: str, cells: list[Cell]) -> SystemAdjustment | None:
    """What the scores of one organisation give; None where the framework adjusts none of its type."""
    rules = [row for row in method.rows("system_adjustment_rules") if row["trust_type_id"] == trust_type_id]
    if not rules:
        return None
    (rule,) = rules
    limit = Fraction(rule["challenged_score_at_least"])
    about: dict[str, list[Fraction]] = {}
    for row in method.rows("system_area_metrics"):
        for cell in cells:
            if cell.metric_id == row["metric_id"] and cell.status == "scored" and cell.score is not None:
                about.setdefault(row["area_id"], []).append(averaged_score(method, cell))
    areas = {
        area_id: Area(half_up(mean(scores)), len(scores), half_up(mean(scores)) >= limit)
        for area_id, scores in about.items()
    }
    challenged = sum(area.is_challenged for area in areas.values())
    is_moved = challenged >= int(rule["challenged_area_count_at_least"])
    return SystemAdjustment(areas, int(rule["segment_steps"]) if is_moved else 0, int(rule["worst_segment"]))
