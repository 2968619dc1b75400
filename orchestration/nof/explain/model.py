"""What an explanation is made of: plain data, every sentence already written, nothing about a terminal."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class SourceFile:
    """A file that the release was made from, with the short label that the lines use for it."""

    label: str
    file_id: str
    file_name: str
    file_kind: str
    sha256: str


@dataclass(frozen=True)
class Place:
    """A row of a file; the header is row 1, as a spreadsheet counts."""

    file_label: str
    row: int

    def __str__(self) -> str:
        """As the lines write it: `[F1] row 2105`."""
        return f"[{self.file_label}] row {self.row}"


@dataclass(frozen=True)
class Claim:
    """A line with figures in it.

    Attributes:
        text: the line.
        holds: whether working it out again gives the figure of the release; None where it states no sum.
    """

    text: str
    holds: bool | None = None


@dataclass(frozen=True)
class CutPoint:
    """One boundary between two segments; scores up to the cut point are in the better one."""

    boundary: str
    cut_point: Decimal
    basis: str
    came_about: str


@dataclass(frozen=True)
class Part:
    """One metric score as it enters a mean: unrounded but where the quarter rounded it first."""

    metric_id: str
    score_id: str
    metric_label: str
    score: Decimal
    basis: str


@dataclass(frozen=True)
class WeightUnit:
    """What weighs as one in a mean: a metric, or a weight group by the mean of the parts in hand."""

    label: str
    score: Decimal
    parts: tuple[Part, ...]

    @property
    def is_group(self) -> bool:
        """Whether the unit is named as a group of metrics and not as a metric."""
        return any(part.metric_id != self.label for part in self.parts)


@dataclass(frozen=True)
class Mean:
    """A domain score or the average metric score, with the sum it came from."""

    score: Decimal
    basis: str
    basis_words: str
    units: tuple[WeightUnit, ...]
    working: Claim


@dataclass(frozen=True)
class Segmented:
    """A segment, the cut points it was made with, and the comparison in words."""

    segment: int
    basis: str
    basis_words: str
    cut_points: tuple[CutPoint, ...]
    comparison: Claim


@dataclass(frozen=True)
class Metric:
    """One metric of the trust: what it achieved and how the score came about.

    Attributes:
        score: to 2 dp; None where the metric has no score.
        lines: what there is to say, each line under its own name (value, benchmark, score, published ...).
        status_words: what the cell status means.
        reason: why there is no score, where more is known than the status says; otherwise empty.
    """

    metric_id: str
    score_id: str
    metric_label: str
    domain_id: str
    status: str
    status_words: str
    score: Decimal | None
    basis: str | None
    lines: tuple[tuple[str, Claim], ...]
    reason: str = ""


@dataclass(frozen=True)
class Domain:
    """One domain of the trust; without a score `mean` and `segmented` are None and `absence` says why."""

    domain_id: str
    domain_label: str
    mean: Mean | None
    segmented: Segmented | None
    rank_words: str
    absence: str


@dataclass(frozen=True)
class CoreMetric:
    """A core metric of the trust type: how many trusts have it, and who of those in hand does not."""

    metric_id: str
    metric_label: str
    trust_count: int
    missing_trusts: tuple[str, ...]


@dataclass(frozen=True)
class Completeness:
    """Whether the trust type is complete in the quarter, and what is missing where it is not (rules 1)."""

    is_complete: bool
    expected_trust_count: int
    needed_trust_count: int
    trusts_in_hand: int
    core_metrics: tuple[CoreMetric, ...]
    sentence: str


@dataclass(frozen=True)
class Step:
    """One step of the walk in short: what, how much, on what basis, and the lines that explain it."""

    name: str
    result: str
    basis: str
    lines: tuple[Claim, ...]


@dataclass(frozen=True)
class Difference:
    """A published figure that the recomputed one does not equal, or that nothing was computed for."""

    figure: str
    measure_id: str
    computed: str
    published: str
    outcome: str
    place: str


@dataclass(frozen=True)
class Comparison:
    """The published figures of the trust and quarter beside the recomputed ones."""

    counts: tuple[tuple[str, int], ...]
    benchmark_counts: tuple[tuple[str, int], ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Consequence:
    """Something that can follow from the figures, whether it does, and the lines that say why.

    Attributes:
        outcome: applies, does_not_apply or unknown.
    """

    label: str
    outcome: str
    lines: tuple[tuple[str, Claim], ...]


@dataclass(frozen=True)
class Rating:
    """A rating that was given: of what, which, where it is written; and from when, by whom and why."""

    subject: str
    rating: str
    place: str
    told: str


@dataclass(frozen=True)
class Ratings:
    """The ratings of one register; those not in hand are only named.

    Attributes:
        sentence: what the ratings can and cannot do.
    """

    register: str
    in_hand: tuple[Rating, ...]
    not_in_hand: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class ContextMetric:
    """A contextual metric: it stands beside the score and enters nothing.

    Attributes:
        is_for_type: whether it is about organisations of this type at all.
    """

    metric: Metric
    is_for_type: bool
    value: str
    median: str
    place: str


@dataclass(frozen=True)
class Beside:
    """What stands beside the score and what follows from it; nothing in here can move a score.

    Attributes:
        organisation: where the organisation belongs, and what became of it.
        winter: lines of the winter register, each under its name; empty where nothing is in hand.
    """

    organisation: tuple[str, ...]
    consequences: tuple[Consequence, ...]
    ratings: tuple[Ratings, ...]
    context: tuple[ContextMetric, ...]
    winter: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Described:
    """An organisation in a quarter, under a framework, with what stands beside its score.

    Attributes:
        standing: where the framework is not in force, that and what it rests on; otherwise empty.
    """

    framework_id: str
    standing: str
    quarter_id: str
    quarter_label: str
    trust_code: str
    trust_name: str
    trust_type_label: str
    trust_subtype_label: str
    region_label: str
    beside: Beside
    files: tuple[SourceFile, ...]

    @property
    def workings(self) -> tuple[Claim, ...]:
        """Every line that states a sum or a comparison which was worked out again."""
        lines = [line for item in self.beside.consequences for _, line in item.lines]
        lines += [line for item in self.beside.context for _, line in item.metric.lines]
        return tuple(line for line in lines if line.holds is not None)


@dataclass(frozen=True, kw_only=True)
class Unsegmented(Described):
    """What there is to say about an organisation that the framework does not segment."""

    sentence: str


@dataclass(frozen=True, kw_only=True)
class Explanation(Described):
    """Everything `nof explain` has to say about one trust in one quarter."""

    completeness: Completeness
    final: Step
    adjusted: Step
    league: Step
    average: Mean | None
    average_absence: str
    average_rank_words: str
    unadjusted: Segmented | None
    domains: tuple[Domain, ...]
    metrics: tuple[Metric, ...]
    comparison: Comparison

    @property
    def workings(self) -> tuple[Claim, ...]:
        """Every line that states a sum or a comparison which was worked out again."""
        lines = [line for step in (self.final, self.adjusted, self.league) for line in step.lines]
        lines += [self.average.working] if self.average else []
        lines += [self.unadjusted.comparison] if self.unadjusted else []
        for domain in self.domains:
            lines += [domain.mean.working] if domain.mean else []
            lines += [domain.segmented.comparison] if domain.segmented else []
        lines += [line for metric in self.metrics for _, line in metric.lines]
        return (*(line for line in lines if line.holds is not None), *super().workings)
