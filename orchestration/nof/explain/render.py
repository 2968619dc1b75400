"""An explanation on a page: from the final segment down to the files, or one metric of it."""

from rich.console import Console

from nof.explain.ask import find_metric
from nof.explain.figures import counted, cut, listed, plain, score
from nof.explain.layout import heading, named_lines, paragraph, said, table
from nof.explain.model import (
    Completeness,
    Described,
    Domain,
    Explanation,
    Mean,
    Metric,
    Segmented,
    SourceFile,
    Step,
    Unsegmented,
)
from nof.explain.render_beside import beside_sections

_OUTCOME_WORDS = {
    "agrees": "agree",
    "differs": "differ",
    "restored": "adopted and put back on the exact point of the grid",
    "adopted": "adopted as published",
    "not_computed": "published, and not computed",
}

_OF_THE_TRUST = ("value", "period", "source", "published", "because", "target", "plan")


def render(explanation: Explanation | Unsegmented, console: Console, *, metric: str | None = None) -> None:
    """Print an explanation.

    Args:
        explanation: what `explain` made.
        console: where to; 80 columns are enough, and a file will do.
        metric: identifier of a metric or of its score, to print that one alone.

    Raises:
        UsageRefused: there is no such metric.
    """
    chosen = None if metric is None else _chosen(explanation, metric)
    _title(explanation, console)
    if chosen is not None:
        _metric(chosen, console)
        text = " ".join(claim.text for _, claim in chosen.lines)
        _files([file for file in explanation.files if f"[{file.label}]" in text], console)
        return
    for line in explanation.beside.organisation:
        paragraph(console, line)
    if isinstance(explanation, Explanation):
        _walk(explanation, console)
    else:
        heading(console, "No segment")
        paragraph(console, explanation.sentence)
        beside_sections(explanation.beside, console, first=1)
    _files(explanation.files, console)
    _closing(explanation, console)


def _walk(explanation: Explanation, console: Console) -> None:
    _in_short(explanation, console)
    _completeness(explanation.completeness, console)
    _step("1. Final segment", explanation.final, console)
    _step("2. Financial override and adjusted segment", explanation.adjusted, console)
    _step("3. League rank", explanation.league, console)
    _unadjusted(explanation, console)
    _average(explanation, console)
    for number, domain in enumerate(explanation.domains, start=1):
        _domain(f"6.{number}", domain, explanation, console)
    _without_score(explanation, console)
    number = beside_sections(explanation.beside, console, first=8)
    _comparison(f"{number}. Beside the published figures", explanation, console)


def _chosen(explanation: Explanation | Unsegmented, asked: str) -> Metric:
    metrics = [item.metric for item in explanation.beside.context]
    if isinstance(explanation, Explanation):
        metrics = [*explanation.metrics, *metrics]
    names = {name: item.metric_id for item in metrics for name in (item.score_id, item.metric_id) if name}
    metric_id = find_metric(asked, names)
    return next(item for item in metrics if item.metric_id == metric_id)


def _title(explanation: Described, console: Console) -> None:
    heading(console, f"{explanation.trust_code} {explanation.trust_name}, {explanation.quarter_label}")
    described = [explanation.trust_type_label, explanation.trust_subtype_label, explanation.region_label]
    described.append(f"{explanation.framework_id}, {explanation.quarter_id}")
    paragraph(console, "; ".join(dict.fromkeys(text for text in described if text)))
    if explanation.standing:
        paragraph(console, f"Scored under the {explanation.standing}.")


def _in_short(explanation: Explanation, console: Console) -> None:
    average, cuts = explanation.average, explanation.unadjusted
    rows = [
        (explanation.final.name, explanation.final.result, explanation.final.basis),
        (explanation.adjusted.name, explanation.adjusted.result, explanation.adjusted.basis),
        ("unadjusted segment", str(cuts.segment) if cuts else "none", cuts.basis if cuts else ""),
        (
            "average metric score",
            score(average.score) if average else "none",
            average.basis if average else "",
        ),
        (explanation.league.name, explanation.league.result, explanation.league.basis),
    ]
    console.print()
    table(console, ("in short", "result", "basis"), rows, figures=("result",))


def _completeness(complete: Completeness, console: Console) -> None:
    heading(console, "Completeness of the trust type")
    paragraph(console, complete.sentence)
    if complete.is_complete:
        return
    table(
        console,
        ("core metric", "in hand for", "needed", "in hand but without it"),
        (
            (
                f"{metric.metric_id} {metric.metric_label}",
                f"{metric.trust_count} of {complete.expected_trust_count}",
                str(complete.needed_trust_count),
                _lacking(metric.missing_trusts, complete.trusts_in_hand),
            )
            for metric in complete.core_metrics
        ),
        figures=("in hand for", "needed"),
    )


def _lacking(trusts: tuple[str, ...], in_hand: int) -> str:
    return f"all {in_hand}" if len(trusts) == in_hand else listed(trusts, most=12) or "none"


def _step(title: str, step: Step, console: Console) -> None:
    heading(console, f"{title}: {step.result}" + (f" ({step.basis})" if step.basis else ""))
    for line in step.lines:
        paragraph(console, said(line))


def _unadjusted(explanation: Explanation, console: Console) -> None:
    cuts = explanation.unadjusted
    if cuts is None:
        heading(console, "4. Cut points and unadjusted segment: none")
        paragraph(console, f"No unadjusted segment: {explanation.average_absence or 'no cut points'}.")
        return
    heading(console, f"4. Cut points and unadjusted segment: {cuts.segment} ({cuts.basis})")
    _cut_points(cuts, console)


def _cut_points(cuts: Segmented, console: Console) -> None:
    table(
        console,
        ("between", "cut point", "basis", "how"),
        ((point.boundary, cut(point.cut_point), point.basis, point.came_about) for point in cuts.cut_points),
        figures=("cut point",),
    )
    paragraph(console, f"{said(cuts.comparison)}.")
    paragraph(console, f"Basis {cuts.basis_words}.")


def _average(explanation: Explanation, console: Console) -> None:
    average = explanation.average
    if average is None:
        heading(console, "5. Average metric score: none")
        paragraph(console, f"No average metric score: {explanation.average_absence}.")
        return
    heading(console, f"5. Average metric score: {score(average.score)} ({average.basis})")
    _mean(average, console)
    if explanation.average_rank_words:
        paragraph(console, f"{explanation.average_rank_words.capitalize()}.")


def _mean(mean: Mean, console: Console) -> None:
    rows = []
    for unit in mean.units:
        if unit.is_group:
            rows.append(
                (
                    f"{unit.label}, weighing as one: mean of {counted(len(unit.parts), 'score')}",
                    plain(unit.score),
                    "",
                )
            )
        for part in unit.parts:
            inset, shown = ("  ", f"({plain(part.score)})") if unit.is_group else ("", plain(part.score))
            rows.append((f"{inset}{part.score_id} {part.metric_label}", shown, part.basis))
    table(console, ("enters the mean", "score", "basis"), rows, figures=("score",))
    paragraph(console, said(mean.working))
    paragraph(console, f"Basis {mean.basis_words}.")


def _domain(number: str, domain: Domain, explanation: Explanation, console: Console) -> None:
    mean, cuts = domain.mean, domain.segmented
    result = "no score" if mean is None else f"{score(mean.score)} ({mean.basis})"
    segment = f", segment {cuts.segment} ({cuts.basis})" if cuts else ""
    heading(console, f"{number} {domain.domain_id} {domain.domain_label}: {result}{segment}")
    if domain.absence:
        paragraph(console, domain.absence)
    if mean is not None:
        _mean(mean, console)
    if cuts is not None:
        _cut_points(cuts, console)
    if domain.rank_words:
        paragraph(console, f"{domain.rank_words.capitalize()}.")
    for metric in explanation.metrics:
        if metric.domain_id == domain.domain_id and metric.score is not None:
            _metric(metric, console)


def _metric(metric: Metric, console: Console) -> None:
    console.print()
    result = "no score" if metric.score is None else f"{score(metric.score)} ({metric.basis})"
    paragraph(console, f"{metric.metric_id} {metric.metric_label}: {result}")
    lines = [(name, said(claim)) for name, claim in metric.lines]
    if metric.score is None:
        lines.insert(0, ("status", f"{metric.status}: {metric.reason or metric.status_words}"))
    named_lines(console, lines)


def _without_score(explanation: Explanation, console: Console) -> None:
    metrics = [metric for metric in explanation.metrics if metric.score is None]
    heading(console, f"7. Metrics without a score: {len(metrics)}")
    whys = dict.fromkeys((metric.status, metric.reason or metric.status_words) for metric in metrics)
    for status, why in whys:
        group = [
            metric
            for metric in metrics
            if (metric.status, metric.reason or metric.status_words) == (status, why)
        ]
        paragraph(console, f"{status} ({len(group)}): {why}")
        for metric in group:
            paragraph(console, f"{metric.metric_id} {metric.metric_label}", indent=2)
            lines = [(name, said(claim)) for name, claim in metric.lines if name in _OF_THE_TRUST]
            if lines:
                named_lines(console, lines, indent=4)


def _comparison(section: str, explanation: Explanation, console: Console) -> None:
    comparison = explanation.comparison
    heading(console, section)
    for title, counts in (
        ("Of the trust", comparison.counts),
        ("Benchmarks of its trust type", comparison.benchmark_counts),
    ):
        shown = [f"{_OUTCOME_WORDS.get(outcome, outcome)}: {count}" for outcome, count in counts if count]
        paragraph(console, f"{title} - {'; '.join(shown) or 'none is published in the files in hand'}.")
    if comparison.differences:
        table(
            console,
            ("figure", "measure", "computed", "published", "outcome", "file and row"),
            (
                (item.figure, item.measure_id, item.computed, item.published, item.outcome, item.place)
                for item in comparison.differences
            ),
            figures=("computed", "published"),
        )


def _files(files: tuple[SourceFile, ...] | list[SourceFile], console: Console) -> None:
    heading(console, "Files (the header is row 1)")
    if not files:
        paragraph(console, "None is named above.")
    for file in files:
        named_lines(
            console, [(f"[{file.label}]", file.file_name), ("", f"sha256 {file.sha256[:12]}")], indent=0
        )


def _closing(explanation: Described, console: Console) -> None:
    workings = explanation.workings
    if not workings:
        return
    held = sum(line.holds is True for line in workings)
    console.print()
    paragraph(
        console,
        f"{held} of {counted(len(workings), 'line')} with a sum or a comparison were worked out again here "
        "and give the figure of the release.",
    )
