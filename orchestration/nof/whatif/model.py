"""What is asked and what is answered: changes of cells, figures that move, and those that cannot be told."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Cell = Decimal | int | bool | str | None
Effect = Literal["moved", "cannot_be_told", "by_voiding"]
MOVED: Effect = "moved"
CANNOT_BE_TOLD: Effect = "cannot_be_told"
BY_VOIDING: Effect = "by_voiding"

# Every kind of figure of an answer, in the order in which answers list them.
FIGURES = (
    "value",
    "cell_status",
    "metric_score",
    "pool_rank",
    "value_rank",
    "domain_score",
    "domain_segment",
    "domain_rank",
    "average_metric_score",
    "average_rank",
    "unadjusted_segment",
    "financial_override",
    "adjusted_segment",
    "final_segment",
    "league_rank",
    "cut_point",
    "lower_quartile",
    "median",
    "upper_quartile",
)


@dataclass(frozen=True)
class Change:
    """One cell to be changed.

    Attributes:
        trust: its code, or a part of the name that only one has.
        metric: identifier of the metric, such as OF0013.
        value: the new value as a published file would write it; None takes the cell away.
        quarter: as 2025-26-Q3 or 'Q3 2025/26'; None for the newest quarter of the release.
        file: the file that asks for it; for the words of a refusal.
        row: its row there, as a spreadsheet counts.
    """

    trust: str
    metric: str
    value: str | None
    quarter: str | None = None
    file: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Accepted:
    """A change that can be asked.

    Attributes:
        was: the cell before, as in hand; None where there is no row.
    """

    quarter_id: str
    trust_code: str
    metric_id: str
    value: str | None
    was: str | None


class Key(NamedTuple):
    """Which figure: its kind, the trust (empty for the nation's), the measure, the boundary or trust type."""

    figure: str
    trust_code: str
    measure_id: str
    place: str = ""


class Value(NamedTuple):
    """A figure and on what it stands (empty where its kind carries no basis)."""

    value: Cell
    basis: str = ""


Figures = Mapping[Key, Value]


@dataclass(frozen=True)
class Figure:
    """One figure of an answer.

    Attributes:
        trust_code: empty for a figure of the nation (cut points, benchmarks).
        place: the boundary of a cut point with its pool's partition; the trust type of a benchmark.
        effect: `moved` by the change; `cannot_be_told`; or `by_voiding`, where only setting published ranks
            and scores aside moves it.
        released: what the release has.
        before: the same without the published figures that the change makes void.
        after: with the change; None also where it cannot be told.
        reason: why it cannot be told; otherwise empty.
    """

    quarter_id: str
    trust_code: str
    trust_name: str
    trust_type_id: str
    figure: str
    measure_id: str
    place: str
    effect: Effect
    released: Cell
    before: Cell
    after: Cell
    basis_before: str
    basis_after: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """Where one changed trust stands, before and after: what a headline says.

    Attributes:
        released: as the release has it; `before`: the same without what is void.
        untold: why the segment after cannot be told; empty where it can.
        untold_override: why the financial override after cannot be told; empty where it can.
        cut_before: the cut point that decides (the one between the two segments, otherwise the nearer one of
            the segment), and the same boundary after.
        override_reason: of the flag after the change.
    """

    quarter_id: str
    trust_code: str
    trust_name: str
    trust_type_id: str
    released: Mapping[str, Cell]
    before: Mapping[str, Cell]
    after: Mapping[str, Cell]
    untold: str
    untold_override: str
    boundary: str
    cut_before: Cell
    cut_after: Cell
    override_reason: str


@dataclass(frozen=True)
class Voided:
    """How many published figures the changes make void."""

    ranks: int = 0
    scores: int = 0
    flags: int = 0

    def __add__(self, other: "Voided") -> "Voided":
        return Voided(self.ranks + other.ranks, self.scores + other.scores, self.flags + other.flags)


ROW_COLUMNS = tuple(Figure.__dataclass_fields__)


@dataclass(frozen=True)
class Answer:
    """Everything that moves.

    Attributes:
        figures: each figure that moves, cannot be told, or is moved by the voiding alone; in a fixed order.
        standings: one for each changed trust and quarter, in the order asked.
        trust_counts: how many trusts are segmented, by quarter.
        notes: what a reader must know of it.
    """

    changes: tuple[Accepted, ...]
    figures: tuple[Figure, ...]
    standings: tuple[Standing, ...]
    voided: Voided
    trust_counts: Mapping[str, int]
    notes: tuple[str, ...]

    def only(self, effect: Effect, figure: str | None = None) -> tuple[Figure, ...]:
        """The figures with this effect, all kinds or one."""
        return tuple(each for each in self.figures if each.effect == effect and figure in (None, each.figure))

    def of(self, trust_code: str) -> tuple[Figure, ...]:
        """The figures of one trust."""
        return tuple(each for each in self.figures if each.trust_code == trust_code)

    @property
    def can_be_told(self) -> bool:
        """Whether every figure after the change can be told."""
        return not any(each.effect == CANNOT_BE_TOLD for each in self.figures)

    def to_rows(self) -> list[dict[str, Any]]:
        """One plain dictionary for each figure, under the names of `Figure`; for a data frame or JSON.

        Scores and cut points are Decimal, ranks and segments int, the override bool, a label or status str.
        """
        return [asdict(each) for each in self.figures]


def in_order(figures: Iterable[Figure], changes: Iterable[Accepted]) -> tuple[Figure, ...]:
    """One order for every answer: quarter, changed trusts, the others, the nation; then kind and measure."""
    asked = dict.fromkeys((each.quarter_id, each.trust_code) for each in changes)
    rank = {trust: number for number, trust in enumerate(asked)}
    return tuple(
        sorted(
            figures,
            key=lambda each: (
                each.quarter_id,
                each.trust_code == "",
                rank.get((each.quarter_id, each.trust_code), len(rank)),
                each.trust_code,
                FIGURES.index(each.figure),
                each.measure_id,
                each.place,
            ),
        )
    )
