"""`nof why`: a sentence first, then steps and parts in order of size; on the bundled nation."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from harness_session import Nof
from nof.errors import UsageRefused
from nof.why import read_why, signed


@pytest.fixture
def home(bundled_release: Path, tmp_path: Path) -> Path:
    """A home of this test's own with one release in it."""
    copy = tmp_path / "home"
    shutil.copytree(bundled_release.parents[2], copy, symlinks=True)
    return copy


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("ZY3", "Q3 2025/26"),
            "Adjusted segment 3 after 2 in Q2 2025/26: the financial override was set or lifted or its floor "
            "took hold. Average metric score 2.10 after 2.19 (-0.09); the largest part is own figure,",
        ),
        (("ZY3", "2025-26-Q3"), "Steps of the adjusted segment: financial override +1"),
        (("ZY3", "2025-26-Q3"), "Together -0.09, above nought for the worse"),
        (
            ("ZY1", "2025-26-Q3"),
            "Adjusted segment 4 after 3 in Q2 2025/26: the cut points moved past its average",
        ),
        (("ZY3", "2025-26-Q1"), "there is no movement to tell: the quarter before is not in this release"),
    ],
)
def test_it_says_in_a_sentence_what_happened(
    nof: Nof, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, out, _ = nof("why", *arguments, "--home", home)
    assert (status, said in " ".join(out.split())) == (0, True), out


def test_the_parts_stand_in_order_of_size(nof: Nof, home: Path) -> None:
    _, out, _ = nof("why", "ZY3", "2025-26-Q3", "--home", home)
    places = [out.index(text) for text in ("UN0003", "+0.0084", "-0.0021", "-0.0011")]
    assert places == sorted(places)
    # Sixth before, fifth with its new value among the others as they stood, fourth now.
    assert "6 > 5 > 4" in out


def test_without_a_quarter_it_is_the_newest(bundled_release: Path) -> None:
    found = read_why(bundled_release / "nof.duckdb", "zy3")
    assert (found.trust_code, found.quarter_label, found.earlier_label) == (
        "ZY3",
        "Q4 2025/26",
        "Q3 2025/26",
    )
    whole = sum(part["score_effect"] for part in found.parts)
    assert whole == found.movement["score_change"]


def test_what_the_release_does_not_hold_is_refused(nof: Nof, home: Path, bundled_release: Path) -> None:
    status, _, err = nof("why", "ZZZ", "2025-26-Q3", "--home", home)
    assert (status, "ZZZ" in err) == (2, True)
    with pytest.raises(UsageRefused, match="2019-20-Q1"):
        read_why(bundled_release / "nof.duckdb", "ZY3", "2019-20-Q1")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("-0.09", "-0.0900"),
        ("0.00004", "0.0000"),
        ("-0.00004", "0.0000"),
        ("0", "0.0000"),
        ("1.5", "+1.5000"),
    ],
)
def test_a_signed_number_has_no_sign_where_it_is_nought(number: str, said: str) -> None:
    assert signed(Decimal(number), 4) == said
