"""Which changes can be asked: known trust and metric, a value that a file could bring in, no cell twice."""

from collections.abc import Iterator, Mapping, Sequence

from nof.errors import Problem, UsageRefused
from nof.explain.ask import find_trust
from nof.landing.cell_checks import Fault
from nof.landing.cells import CellReader
from nof.landing.text import clean
from nof.whatif.facts import Facts, Metric
from nof.whatif.model import Accepted, Change
from nof.whatif.rows import QuarterRows

_NEAR = "Write the identifier of a metric, such as OF0013."


def accept(changes: Sequence[tuple[Change, Facts, QuarterRows]], reader: CellReader) -> list[Accepted]:
    """The changes with trust, metric and value made out, each beside the quarter that it is about.

    Args:
        changes: as asked, with the facts and rows of the quarter of each.
        reader: judges cells as landing does.

    Raises:
        UsageRefused: with everything that is wrong with any of them.
    """
    accepted: list[Accepted] = []
    refused: list[str] = []
    for change, facts, rows in changes:
        try:
            accepted.append(_accept(change, facts, rows, reader))
        except _Refused as refusal:
            refused.append(refusal.said(change))
    seen: set[tuple[str, str, str]] = set()
    for each in accepted:
        cell = (each.quarter_id, each.trust_code, each.metric_id)
        if cell in seen:
            refused.append(
                f"{each.metric_id} of {each.trust_code} in {each.quarter_id} is changed twice. "
                "Ask for one value of a cell."
            )
        seen.add(cell)
    if refused:
        raise UsageRefused("\n".join(dict.fromkeys(refused)))
    return accepted


def beyond_bounds(
    found: Sequence[tuple[str, str, str]], accepted: Sequence[Accepted], changes: Sequence[Change]
) -> UsageRefused:
    """The refusal of values that the landed gate would not take."""
    asked = {
        (each.trust_code, each.metric_id): change for each, change in zip(accepted, changes, strict=True)
    }
    said = []
    for trust_code, metric_id, meaning in found:
        change = asked[trust_code, metric_id]
        fault = _Refused(
            "value", change.value or "", f"{metric_id}: {meaning}", "Ask for a value within these bounds."
        )
        said.append(fault.said(change))
    return UsageRefused("\n".join(said))


class _Refused(Exception):
    """Why a change cannot be asked: which of its parts, what is wrong, what to do."""

    def __init__(self, column: str, value: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self._column, self._value, self._message, self._remedy = column, value, message, remedy

    def said(self, change: Change) -> str:
        """In words; with the place, where a file asks for it."""
        return str(
            Problem(
                change.file or f"Change {change.metric}={change.value or ''} of {change.trust}",
                self._message,
                self._remedy,
                row=change.row,
                column=self._column if change.file else None,
                value=self._value if change.file else None,
            )
        )


def _accept(change: Change, facts: Facts, rows: QuarterRows, reader: CellReader) -> Accepted:
    try:
        trust_code = find_trust(change.trust, {code: trust.name for code, trust in facts.trusts.items()})
    except UsageRefused as refusal:
        raise _Refused("trust", change.trust, str(refusal), "") from refusal
    trust = facts.trusts[trust_code]
    metric = _metric(change.metric, facts)
    if (metric.metric_id, trust.trust_type_id) in facts.never:
        raise _Refused(
            "metric",
            change.metric,
            f"{metric.metric_id} ({metric.label}) is not for {trust.trust_type_id.replace('_', ' ')} trusts.",
            "Change a metric that is scored for this trust: `nof explain` lists them.",
        )
    value = clean(change.value) if change.value is not None else None
    fault = reader.fault("value", value, metric.metric_id) if value is not None else None
    if fault:
        raise _Refused("value", change.value or "", fault.message, _remedy(fault, metric))
    key = rows.value_row(trust_code, metric.metric_id, metric.companion_unit_label)
    was = None if key is None else rows[key]["value"]
    if key is None and value is None:
        raise _Refused(
            "value",
            "",
            f"{trust_code} has no value of {metric.metric_id} in {facts.quarter_id} to take away.",
            "Ask for a value, or leave this change out.",
        )
    return Accepted(facts.quarter_id, trust_code, metric.metric_id, value, was)


def _metric(asked: str, facts: Facts) -> Metric:
    name = asked.strip().upper()
    metric = facts.metrics.get(name)
    if metric is None:
        made = facts.others.get(name)
        if made:
            raise _Refused(
                "metric",
                asked,
                f"{name} is a result or a published decision ({made}); only values can be changed.",
                _instead(name, facts.metrics),
            )
        raise _Refused("metric", asked, f"{asked!r} is no metric that is scored.", _NEAR)
    if metric.parts:
        raise _Refused(
            "metric",
            asked,
            f"{name} ({metric.label}) has no value of its own.",
            f"Change what it is made from: {' or '.join(metric.parts)}.",
        )
    return metric


def _instead(name: str, metrics: Mapping[str, Metric]) -> str:
    of_score = next((each for each in metrics.values() if each.score_id == name), None)
    if of_score is None:
        return _NEAR
    return f"Change {' or '.join(of_score.parts or (of_score.metric_id,))}."


def _remedy(fault: Fault, metric: Metric) -> str:
    """Landing's remedy speaks of files and seeds; of a question only what can be written is of use."""
    if metric.value_kind == "label":
        return "Write one of them."
    return f"Write a plain number ({metric.unit_label}), such as 1234.5 or -0.2."


def changed_metrics(accepted: Sequence[Accepted], facts: Facts) -> list[str]:
    """The metrics whose scores the changes can move: those changed, and those looked up from them."""

    def named() -> Iterator[str]:
        for each in accepted:
            yield each.metric_id
            yield from (made.metric_id for made in facts.made_of(each.metric_id))

    return sorted(set(named()))
