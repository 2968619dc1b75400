"""Which trusts moved to another adjusted segment since the quarter before, and which cannot be compared."""

from dataclasses import dataclass

from nof.explain.rows import Row
from nof.site.released import Released

_QUERY = """
    select movements.*, statuses.meaning as status_meaning
    from fct_segment_movement as movements
    inner join method_movement_statuses as statuses using (movement_status)
    where movements.trust_type_id = ? and movements.quarter_id = ?
    order by movements.segment_change, movements.trust_code
"""


@dataclass(frozen=True)
class Moved:
    """Movements of the trusts of a type.

    Attributes:
        better: rows of those in a better segment.
        worse: rows of those in a worse one.
        same_count: how many stayed.
        not_compared: meaning of what stands in the way, and how many trusts.
        earlier_quarter_id: the quarter that they are compared with; empty where there is none.
    """

    better: tuple[Row, ...]
    worse: tuple[Row, ...]
    same_count: int
    not_compared: tuple[tuple[str, int], ...]
    earlier_quarter_id: str

    @property
    def is_compared(self) -> bool:
        """Whether any trust is compared."""
        return bool(self.better or self.worse or self.same_count)


def read_moved(released: Released, trust_type_id: str, quarter_id: str) -> Moved:
    """The movements into a quarter."""
    rows = released.rows(_QUERY, trust_type_id, quarter_id)
    reasons: dict[str, int] = {}
    for row in rows:
        if row["segment_change"] is None:
            reasons[row["status_meaning"]] = reasons.get(row["status_meaning"], 0) + 1
    compared = [row for row in rows if row["segment_change"] is not None]
    return Moved(
        better=tuple(row for row in compared if row["segment_change"] < 0),
        worse=tuple(row for row in compared if row["segment_change"] > 0),
        same_count=sum(row["segment_change"] == 0 for row in compared),
        not_compared=tuple(sorted(reasons.items())),
        earlier_quarter_id=next((row["earlier_quarter_id"] for row in compared), ""),
    )
