"""Random changes of a nation, the page's answer and the SQL's, and where the two differ."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from playwright.sync_api import Page

from browser.harness_browser import Shown
from nof.errors import UsageRefused
from nof.whatif import Answer, Change, WhatIf

# Of a metric's own cell the page says what was asked; medians and quartiles are not on it.
NOT_SHOWN = {"value", "cell_status", "lower_quartile", "median", "upper_quartile"}
# What confidential deficit support may keep the page from telling: the home has it, the release does not.
_BEHIND_THE_FLAG = {"financial_override", "adjusted_segment", "final_segment", "league_rank"}
_ASK = """
([quarter, changes]) => {
  const nation = nofWhatIf.nations.find(each => each.data.quarterId === quarter)
  const {figures, voided, hidden, faults} = nofWhatIf.ask(nation, changes)
  return {figures, voided, hidden, faults}
}
"""
# How often a cell is taken away; up to which draw it is put where the override turns, on an edge, on a tie.
TAKEN_AWAY, AT_THE_OVERRIDE, AT_AN_EDGE, A_TIE = 0.08, 0.35, 0.45, 0.7
STEPS = tuple(Decimal(each) for each in ("0", "0", "0.01", "-0.01", "1e-10", "-1e-10"))
Row = tuple[str, object, object, object, str]
FigureKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class Asked:
    """One question, with the answer of the SQL."""

    changes: tuple[Change, ...]
    figures: dict[FigureKey, Row]
    voided: tuple[int, int, int]


@dataclass
class Compared:
    """What was asked and compared.

    Attributes:
        asked: every question with the SQL's answer.
        refused: changes that the page refused.
        differences: where the page says anything else than the SQL.
        hidden: figures that the page leaves open as deficit support is confidential.
    """

    asked: list[Asked] = field(default_factory=list)
    refused: list[Change] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    figures: int = 0
    hidden: int = 0

    @property
    def changes(self) -> int:
        """How many cells were changed."""
        return sum(len(each.changes) for each in self.asked)


def page_answer(page: Page, quarter_id: str, changes: Sequence[Change]) -> dict[str, Any]:
    """What the script on the page says."""
    asked = [{"trust": each.trust, "metric": each.metric, "value": each.value or ""} for each in changes]
    found: dict[str, Any] = page.evaluate(_ASK, [quarter_id, asked])
    return found


def sql_answer(nation: WhatIf, changes: Sequence[Change]) -> Asked:
    """What the SQL says."""
    answer: Answer = nation.ask(changes)
    return Asked(
        tuple(changes),
        {
            (each.figure, each.trust_code, each.measure_id, each.place): (
                each.effect,
                _plain(each.released),
                _plain(each.before),
                _plain(each.after),
                each.reason,
            )
            for each in answer.figures
            if each.figure not in NOT_SHOWN
        },
        (answer.voided.ranks, answer.voided.scores, answer.voided.flags),
    )


def differences(asked: Asked, found: dict[str, Any], types: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Where the page differs, each with whether confidentiality explains it.

    Args:
        asked: the question with the SQL's answer.
        found: the page's answer.
        types: trust types by trust.
    """
    said = ", ".join(f"{each.trust} {each.metric}={each.value}" for each in asked.changes)
    theirs = {
        (each["figure"], each["trust"], each["measure"], each["place"]): (
            each["effect"],
            each["released"],
            each["before"],
            each["after"],
            each["reason"],
        )
        for each in found["figures"]
    }
    voided = found["voided"]
    if (voided["ranks"], voided["scores"], voided["flags"]) != asked.voided:
        yield f"{said}: void {voided} on the page, {asked.voided} in SQL", False
    hidden_types = {types[code] for code in found["hidden"]}
    for key in sorted(theirs.keys() | asked.figures.keys()):
        if theirs.get(key) != asked.figures.get(key):
            kind, trust, _, _ = key
            may_be_hidden = (
                kind in _BEHIND_THE_FLAG
                and theirs.get(key, ("",))[0] == "cannot_be_told"
                and (trust in found["hidden"] or (kind == "league_rank" and types[trust] in hidden_types))
            )
            yield (
                f"{said}: {key} {theirs.get(key)} on the page, {asked.figures.get(key)} in SQL",
                may_be_hidden,
            )


def is_refused(nation: WhatIf, change: Change) -> bool:
    """Whether the SQL's side refuses a change."""
    try:
        nation.ask([change])
    except UsageRefused:
        return True
    return False


def _plain(value: object) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


class Draw:
    """Random changes of a quarter, with a liking for edges."""

    def __init__(self, shown: Shown, quarter_id: str, seed: int) -> None:
        self._random = random.Random(seed)
        self.quarter_id = quarter_id
        self.types: dict[str, str] = dict(
            shown.rows("select trust_code, trust_type_id from fct_segment where quarter_id = ?", quarter_id)
        )
        self._metrics = {
            metric: (kind, threshold)
            for metric, kind, threshold in shown.rows(
                "select metric_id, value_kind, threshold from dim_metric"
                " where metric_role in ('scored', 'component') order by metric_id"
            )
        }
        self._cells: dict[str, dict[str, Decimal | None]] = {metric: {} for metric in self._metrics}
        for metric, trust, value in shown.rows(
            "select metric_id, trust_code, value from fct_metric where quarter_id = ?"
            " and coalesce(missing_reason_id, '') <> 'not_for_this_trust_type'"
            " order by metric_id, trust_code",
            quarter_id,
        ):
            self._cells[metric][trust] = value
        self._labels = _grouped(
            shown.rows("select metric_id, band_label from method_label_bands order by 1, 2")
        )
        self._edges = _grouped(
            shown.rows(
                "select metric_id, edge from (select metric_id, lower_bound as edge from method_value_bands"
                " union select metric_id, upper_bound from method_value_bands)"
                " where edge is not null order by 1, 2"
            )
        )
        self._inputs = [
            row[0] for row in shown.rows("select metric_id from method_override_inputs order by 1")
        ]

    def changes(self, count: int, metrics: Sequence[str] | None = None) -> list[Change]:
        """Changes of different cells, many of them of few trusts, so that they meet in one average."""
        wanted = [each for each in (metrics or self._metrics) if self._cells.get(each)]
        trusts = self._random.sample(sorted(self.types), min(len(self.types), max(1, count * 2 // 3)))
        found: dict[tuple[str, str], Change] = {}
        for _ in range(count):
            metric = self._random.choice(wanted)
            here = [each for each in trusts if each in self._cells[metric]] or sorted(self._cells[metric])
            trust = self._random.choice(here)
            found[trust, metric] = self.change(trust, metric)
        return list(found.values())

    def change(self, trust: str, metric: str) -> Change:
        """One change, of a cell that the metric's trusts have or may have."""
        return Change(trust, metric, self._value(trust, metric))

    def one_of_each(self) -> list[Change]:
        """A change of each metric, of a trust of each type that it is for."""
        return [
            self.change(self._random.choice(own), metric)
            for metric, cells in self._cells.items()
            for kind in sorted({self.types[trust] for trust in cells})
            if (own := sorted(trust for trust in cells if self.types[trust] == kind))
        ]

    def beyond(self, count: int) -> list[Change]:
        """Changes most of which must be refused: out of bounds, no number, no label, for other trusts."""
        values = (
            "-0.01",
            "100.01",
            "-101",
            "501",
            "1441",
            "0",
            "10.5",
            "1001",
            "19.99",
            "1.5",
            "abc",
            "1,000",
            "5%",
        )
        trusts, metrics = sorted(self.types), sorted(self._metrics)
        return [
            Change(self._random.choice(trusts), self._random.choice(metrics), self._random.choice(values))
            for _ in range(count)
        ]

    def _value(self, trust: str, metric: str) -> str | None:
        kind, threshold = self._metrics[metric]
        if self._random.random() < TAKEN_AWAY:
            return None
        if kind != "number":
            return str(self._random.choice(self._labels.get(metric, ["1"])))
        draw = self._random.random()
        edges = [*self._edges.get(metric, []), *([threshold] if threshold is not None else [])]
        if metric in self._inputs and draw < AT_THE_OVERRIDE:
            return self._around_the_override(trust, metric)
        if edges and draw < AT_AN_EDGE:
            return f"{self._random.choice(edges) + self._random.choice(STEPS):f}"
        return self._anywhere(metric, is_tie=draw < A_TIE)

    def _anywhere(self, metric: str, *, is_tie: bool) -> str:
        """A value that another trust has, or one in the range of all of them and a little beyond it."""
        values = sorted(value for value in self._cells[metric].values() if value is not None) or [Decimal(50)]
        if is_tie:
            return f"{self._random.choice(values):f}"
        places = self._random.choice((0, 1, 2, 2, 4, 10))
        return f"{self._random.uniform(float(values[0]) - 1, float(values[-1]) + 1):.{places}f}"

    def _around_the_override(self, trust: str, metric: str) -> str:
        """Plan and variance that add up to just nothing, or to a little more or less."""
        others = (self._cells[each].get(trust) for each in self._inputs if each != metric)
        rest = sum((each or Decimal(0) for each in others), Decimal(0))
        return f"{self._random.choice((Decimal(0), Decimal('-0.01'), Decimal('0.01'), Decimal(-5))) - rest:f}"


def _grouped(rows: Sequence[tuple[Any, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found
