"""The two charts of a metric and a trust type: how values are spread now, and quartiles over time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from nof.explain.figures import counted, plain, score
from nof.explain.rows import Row
from nof.site.charts.benchmark import QuarterMarks, draw_benchmarks
from nof.site.charts.distribution import Marks, draw_counts, draw_distribution
from nof.site.model import Drawing
from nof.site.nation.metric_rules import threshold

TWO = 2


def distribution(
    metric: Row, rows: Sequence[Row], *, plural: str, slug: str, quarter_label: str, labels: Sequence[str]
) -> Drawing | None:
    """The spread of a type in its newest quarter; None where there is nothing to draw.

    Args:
        metric: of the catalogue, with the standard or floor of the quarter.
        rows: cells of the type.
        plural: the type inside a sentence.
        slug: the type in an id.
        quarter_label: the quarter.
        labels: bands in the order of their scores.
    """
    values = [row["value"] for row in rows if row["value"] is not None]
    if values:
        caption, words, picture = _of_values(metric, rows, values, plural, quarter_label)
    else:
        counts = _counts(rows, labels)
        if not counts:
            return None
        caption = f"{plural[:1].upper()}{plural[1:]} by {_kind(rows)}, {quarter_label}"
        listed = "; ".join(f"{name}: {count}" for name, count in counts)
        words = f"{caption}. {listed}."
        picture = draw_counts(counts, words=words)
    return Drawing(
        drawing_id=f"values-{slug}",
        caption=caption,
        words=words,
        wide=picture,
        data_path=f"data/metric-{metric['metric_id']}.csv",
    )


def trend(
    metric: Row,
    benchmarks: Sequence[Row],
    quarter_labels: Mapping[str, str],
    thresholds: Mapping[str, Decimal],
    *,
    plural: str,
    slug: str,
) -> Drawing | None:
    """Median and quartiles of a type over the quarters; None with fewer than two."""
    if len(benchmarks) < TWO:
        return None
    unit = str(metric["unit_label"] or "")
    first, last = benchmarks[0], benchmarks[-1]
    kind = metric["threshold_kind"]
    standard = "" if kind is None else f" The dashed line is the {kind}."
    if len(set(thresholds.values())) > 1:
        standard = f" The dashed lines are the {kind} of each quarter."
    words = (
        f"Median of {plural}: {plain(first['median_value'])} in {quarter_labels[first['quarter_id']]}, "
        f"{plain(last['median_value'])} in {quarter_labels[last['quarter_id']]}. The table below has every "
        f"quarter.{standard}"
    )
    marks = [
        QuarterMarks(
            quarter_labels[row["quarter_id"]],
            lower=float(row["lower_quartile_value"]),
            median=float(row["median_value"]),
            upper=float(row["upper_quartile_value"]),
            threshold=_number(thresholds.get(row["quarter_id"])),
        )
        for row in benchmarks
    ]
    return Drawing(
        drawing_id=f"trend-{slug}",
        caption=f"Median (line) and middle half (bars) of {plural} by quarter{_dashed(metric)}",
        words=words,
        wide=draw_benchmarks(marks, unit=unit, words=words),
        data_path=f"data/metric-{metric['metric_id']}-benchmarks.csv",
    )


def _of_values(
    metric: Row, rows: Sequence[Row], values: Sequence[Decimal], plural: str, quarter_label: str
) -> tuple[str, str, Markup]:
    benchmark = next((row for row in rows if row["median_value"] is not None), None)
    met = [row["is_threshold_met"] for row in rows if row["is_threshold_met"] is not None]
    pieces = [
        f"{counted(len(values), 'value')} of {plural} in {quarter_label}, from {plain(min(values))} to "
        f"{plain(max(values))}."
    ]
    if benchmark is not None:
        pieces.append(
            f"The median is {plain(benchmark['median_value'])}; the middle half lies between "
            f"{plain(benchmark['lower_quartile_value'])} and {plain(benchmark['upper_quartile_value'])}."
        )
        if benchmark["benchmark_basis"] != "computed":
            pieces.append("These stand on the trusts in hand, a partial pool.")
    if met:
        pieces.append(f"{sum(met)} of {len(met)} meet the {metric['threshold_kind']} ({threshold(metric)}).")
    words = " ".join(pieces)
    lower, median, upper = (
        None if benchmark is None else _number(benchmark[f"{each}_value"])
        for each in ("lower_quartile", "median", "upper_quartile")
    )
    marks = Marks(
        lower=lower,
        median=median,
        upper=upper,
        threshold=_number(metric["threshold"]),
        threshold_label=str(metric["threshold_kind"] or ""),
    )
    picture = draw_distribution(
        [float(value) for value in values], marks, unit=str(metric["unit_label"] or ""), words=words
    )
    shaded = "; the middle half shaded" if benchmark is not None else ""
    if benchmark is not None and benchmark["benchmark_basis"] != "computed":
        shaded = "; the middle half of those in hand shaded, a partial pool"
    return f"Values of {plural}, {quarter_label}{shaded}{_dashed(metric)}", words, picture


def _dashed(metric: Row) -> str:
    return "" if metric["threshold"] is None else f"; {metric['threshold_kind']} dashed"


def _kind(rows: Sequence[Row]) -> str:
    return "rating or band" if any(row["value_label"] for row in rows) else "score"


def _counts(rows: Sequence[Row], labels: Sequence[str]) -> list[tuple[str, int]]:
    """Trusts by band, those of the method first, also where none has it; else by score."""
    scores = Counter(row["metric_score"] for row in rows if row["metric_score"] is not None)
    if not any(row["value_label"] for row in rows):
        return [(f"Score {score(each)}", count) for each, count in sorted(scores.items())]
    found = Counter(row["value_label"] for row in rows if row["value_label"])
    known = {label.casefold() for label in labels}
    folded = {label: label.casefold() for label in [*labels, *found]}
    made = [(label, sum(found[each] for each in found if folded[each] == folded[label])) for label in labels]
    made += sorted((label, count) for label, count in found.items() if label.casefold() not in known)
    bare = Counter(
        row["metric_score"] for row in rows if row["metric_score"] is not None and not row["value_label"]
    )
    return made + [(f"Score {score(each)}, no rating", count) for each, count in sorted(bare.items())]


def _number(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
