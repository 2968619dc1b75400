"""What may be written for a quarter, a trust or a metric, and the answers where it fits nothing."""

import pytest

from nof.errors import UsageRefused
from nof.explain.ask import find_metric, find_quarter, find_trust

QUARTERS = {"2025-26-Q1": "Q1 2025/26", "2025-26-Q3": "Q3 2025/26"}
TRUSTS = {"RXX": "Surrey Partnership", "RWR": "Hertfordshire Partnership", "G6V2S": "Tavistock\u00a0Trust"}
METRICS = {"OF0005": "OF0005", "OF1005": "OF0005", "OF0061": "OF0061", "OF1061": "OF0061"}


@pytest.mark.parametrize("asked", ["2025-26-Q3", "2025-26-q3", "Q3 2025/26", "q3  2025/26", " Q3-2025/26"])
def test_a_quarter_may_be_written_either_way_in_any_case_and_spacing(asked: str) -> None:
    assert find_quarter(asked, QUARTERS) == "2025-26-Q3"


@pytest.mark.parametrize("asked", ["2025-26-Q2", "Q5 2025/26", "spring"])
def test_another_quarter_is_refused_and_those_in_hand_are_named(asked: str) -> None:
    with pytest.raises(UsageRefused, match=r"In hand are 2025-26-Q1 \(Q1 2025/26\), 2025-26-Q3"):
        find_quarter(asked, QUARTERS)


@pytest.mark.parametrize(
    ("asked", "code"), [("rxx", "RXX"), ("g6v2s", "G6V2S"), ("surrey", "RXX"), ("tavistock  trust", "G6V2S")]
)
def test_a_trust_may_be_named_by_code_or_by_a_piece_of_its_name(asked: str, code: str) -> None:
    assert find_trust(asked, TRUSTS) == code


def test_a_piece_of_several_names_lists_them() -> None:
    with pytest.raises(UsageRefused, match="RWR Hertfordshire Partnership; RXX Surrey Partnership"):
        find_trust("partnership", TRUSTS)


def test_a_name_that_is_whole_wins_over_names_that_hold_it() -> None:
    assert find_trust("surrey", {"AAA": "Surrey", "BBB": "Surrey Heath"}) == "AAA"


def test_near_codes_and_names_are_offered() -> None:
    with pytest.raises(UsageRefused, match="Near to it: RXX Surrey Partnership"):
        find_trust("RXY", TRUSTS)
    with pytest.raises(UsageRefused, match="Near to it: RWR Hertfordshire Partnership"):
        find_trust("Hartfordshire Partnership", TRUSTS)


def test_an_empty_name_fits_no_trust() -> None:
    with pytest.raises(UsageRefused):
        find_trust("  ", TRUSTS)


def test_a_metric_may_be_named_by_its_score() -> None:
    assert find_metric("of1005", METRICS) == "OF0005"
    with pytest.raises(UsageRefused, match="Metrics are OF0005, OF0061"):
        find_metric("OF0006", METRICS)
