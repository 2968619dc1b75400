"""What the page for what-if gives its script: the gate's own bounds, and what cannot be asked at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import pytest

from nof.gates.suites import load_suites
from nof.project import project_root
from nof.site.released import Released
from nof.site.what_if.asked import asked_quarters, refusal
from nof.site.what_if.bounds import bounds_of
from nof.site.what_if.cells import plain
from nof.whatif import bounds as command


def test_bounds_are_those_of_the_landed_gate() -> None:
    found = bounds_of(
        {"OF0079": {"%"}, "OF0082": {"%"}, "OF0020": {"count"}, "OF0017": {"minutes"}, "OF0067": {"rating"}}
    )
    ends = {
        metric: [(each["min"], each["max"], each["isMinOutside"], each["isWhole"]) for each in bounds]
        for metric, bounds in found.items()
    }
    assert ends == {
        "OF0079": [("-100", "100", False, False)],
        "OF0082": [("0", "100", False, False)],
        "OF0020": [("0", None, False, False), (None, None, False, True)],
        "OF0017": [("0", "1440", True, False)],
        "OF0067": [],
    }
    assert found["OF0082"][0]["meaning"].startswith("A percentage of patients")


def test_every_bound_that_the_command_asks_is_read_here_too() -> None:
    """Both read the same suites; a kind of expectation that only one of them understands would part them."""
    suites = [
        each
        for each in load_suites(project_root() / "expectations", "landed")
        if each.name.startswith("values_")
    ]
    asked = {meaning for _, meaning in command._questions()}
    units = {
        unit: [unit] for unit in ("%", "count", "days", "minutes", "out of 10", "percentage points", "rate")
    }
    named = {metric: ["%"] for metric in ("OF0079", "OF0085", "OF0086")}
    here = {each["meaning"] for bounds in bounds_of({**units, **named}).values() for each in bounds}
    of_results = {"values_flags", "values_segments", "values_final_segments", "values_scores"}
    elsewhere = {e.meaning for suite in suites if suite.name in of_results for e in suite.expectations}
    assert here == asked - elsewhere
    assert len(here) >= 9


@dataclass
class Told:
    """As much of a release as the question needs: rows by a word of the query."""

    answers: Mapping[str, list[dict[str, Any]]]
    framework_id: str = "f"
    types: tuple[object, ...] = ()
    quarter_labels: Mapping[str, str] = field(default_factory=lambda: {"2025-26-Q4": "Q4 2025/26"})

    def rows(self, query: str, *_: object) -> list[dict[str, Any]]:
        return next(rows for word, rows in self.answers.items() if word in query)


OWN = {"value_origin": "framework_file", "is_forecast": False}
SCORED = [{"trust_type_id": "acute", "quarter_id": "2025-26-Q4"}]


@pytest.mark.parametrize(
    ("framework", "systems", "segments", "said"),
    [
        (OWN, [], SCORED, ""),
        ({**OWN, "value_origin": "source_publication"}, [], SCORED, "do not stand on cells of a data file"),
        ({**OWN, "is_forecast": True}, [], SCORED, "do not stand on cells of a data file"),
        (OWN, [{"1": 1}], SCORED, "scores of whole systems"),
        (OWN, [], [], "No trust type is whole in hand"),
    ],
)
def test_what_cannot_be_asked_is_said(
    framework: dict[str, Any], systems: list[dict[str, Any]], segments: list[dict[str, Any]], said: str
) -> None:
    told = Told({"method_frameworks": [framework], "method_system_rules": systems, "fct_segment": segments})
    found = refusal(cast(Released, told))
    assert said in found and bool(said) == bool(found)
    assert len(asked_quarters(cast(Released, told))) == len(segments)


@pytest.mark.parametrize(
    ("number", "text"),
    [("1.2300", "1.23"), ("100", "100"), ("-0.5000", "-0.5"), ("0E-10", "0"), ("5.0", "5")],
)
def test_a_decimal_is_written_plainly(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
