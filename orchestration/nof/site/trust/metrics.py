"""The metrics of a trust as its page shows them: with a figure by domain, without by reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from nof.explain.figures import plain
from nof.explain.model import Metric
from nof.explain.rows import Row
from nof.site.trust.read import TrustRead

_WIDTH, _HEIGHT, _EDGE = 84, 26, 4


@dataclass(frozen=True)
class MetricShown:
    """One metric.

    Attributes:
        row: of fct_metric, with what dim_metric says of it.
        told: its part of the explanation.
        age: its row of fct_data_age.
        history: its value and score in each quarter, the newest last.
        spark: the values as a small line; empty where there are not two.
    """

    row: Row
    told: Metric
    age: Row | None
    history: tuple[Row, ...]
    spark: Markup

    @property
    def is_in_hand(self) -> bool:
        """Whether there is a value, a rating or a score."""
        return any(self.row[name] is not None for name in ("value", "value_label", "metric_score"))


@dataclass(frozen=True)
class MetricsShown:
    """All of them.

    Attributes:
        by_domain: metrics with a figure, by the domain's label.
        without: the others, by status and reason in words; those about other trust types last.
    """

    by_domain: Mapping[str, tuple[MetricShown, ...]]
    without: Mapping[tuple[str, str], tuple[MetricShown, ...]]


def show_metrics(read: TrustRead, quarter_labels: Mapping[str, str]) -> MetricsShown:
    """Every metric of the trust, in the order of domains and identifiers.

    Args:
        read: what was read of the trust.
        quarter_labels: labels by quarter_id.
    """
    ages = {row["metric_id"]: row for row in read.facts.ages}
    told = {each.metric_id: each for each in read.explanation.metrics}
    history: dict[str, list[Row]] = {}
    for row in read.values:
        history.setdefault(row["metric_id"], []).append(row)
    shown = [
        MetricShown(
            row=row,
            told=told[row["metric_id"]],
            age=ages.get(row["metric_id"]),
            history=tuple(history.get(row["metric_id"], ())),
            spark=spark(history.get(row["metric_id"], ()), quarter_labels),
        )
        for row in read.facts.metrics
    ]
    by_domain: dict[str, list[MetricShown]] = {row["domain_label"]: [] for row in read.facts.domains}
    labels = {row["domain_id"]: row["domain_label"] for row in read.facts.domains}
    without: dict[tuple[str, str], list[MetricShown]] = {}
    for each in shown:
        if each.is_in_hand:
            by_domain.setdefault(labels.get(each.row["domain_id"], "Other"), []).append(each)
        else:
            why = each.told.reason or each.told.status_words
            without.setdefault((each.told.status, why), []).append(each)
    order = sorted(without, key=lambda key: (key[0] == "not_applicable", key))
    return MetricsShown(
        by_domain={label: tuple(group) for label, group in by_domain.items() if group},
        without={key: tuple(without[key]) for key in order},
    )


def spark(history: Sequence[Row], quarter_labels: Mapping[str, str]) -> Markup:
    """Values over the quarters as a line of its own scale, with the same in words."""
    points = [(number, row["value"]) for number, row in enumerate(history) if row["value"] is not None]
    if len(points) < 2:
        return Markup("")
    low, high = min(value for _, value in points), max(value for _, value in points)
    spread = high - low or Decimal(1)
    across = Decimal(_WIDTH - 2 * _EDGE) / (len(history) - 1)
    places = [
        (
            f"{_EDGE + number * across:.0f}",
            f"{_HEIGHT - _EDGE - (value - low) / spread * (_HEIGHT - 2 * _EDGE):.0f}",
        )
        for number, value in points
    ]
    words = ", ".join(
        f"{quarter_labels[history[number]['quarter_id']]} {plain(value)}" for number, value in points
    )
    return Markup(
        '<svg class="trust-spark" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="3"/></svg>'
    ).format(words, _WIDTH, _HEIGHT, _WIDTH, " ".join(",".join(place) for place in places), *places[-1])


def pull(row: Row, largest: Decimal) -> Markup:
    """How far a metric moves the average from the peers' median, as a bar: to the right is for the worse."""
    distance = row["distance_from_peer_median"]
    if distance is None or not largest:
        return Markup("")
    middle, reach = 50, distance / largest * 46
    left, width = (middle, reach) if reach >= 0 else (middle + reach, -reach)
    return Markup(
        '<svg class="trust-pull" aria-hidden="true" viewBox="0 0 100 14" width="100">'
        '<path d="M50,0V14"/><rect class="{}" x="{}" y="2" width="{}" height="10"/></svg>'
    ).format("worse" if distance > 0 else "better", f"{left:.1f}", f"{width:.1f}")
