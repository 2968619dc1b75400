"""What the register says and what the scores say of the named trusts, in a release of the bundled nation."""

from pathlib import Path

import duckdb
import pytest
from harness_sample import QUARTERS

QUARTER_IDS = tuple(QUARTERS.values())


@pytest.fixture(scope="module")
def segments(bundled_release: Path) -> dict[tuple[str, str], dict[str, object]]:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        cursor = connection.execute("select * from publication.fct_segment")
        columns = [column[0] for column in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return {(row["quarter_id"], row["trust_code"]): row for row in rows}


def test_a_capability_rating_moves_no_segment(segments) -> None:
    """ZC9 is rated Red in Q3 and Q4 and stays in segment 1; ZG3 is rated Green and stays in segment 4."""
    for quarter_id in QUARTER_IDS:
        assert segments[quarter_id, "ZC9"]["adjusted_segment"] == 1
        assert segments[quarter_id, "ZG3"]["adjusted_segment"] == 4
    for quarter_id in QUARTER_IDS[2:]:
        assert segments[quarter_id, "ZC9"]["final_segment"] == 1
        assert segments[quarter_id, "ZG3"]["final_segment"] == 4


def test_the_programme_makes_the_final_segment_5_while_a_trust_is_in_it(segments) -> None:
    finals = {
        code: [segments[quarter_id, code]["final_segment"] for quarter_id in QUARTER_IDS]
        for code in ("ZC5", "ZH6", "ZL2")
    }
    assert finals == {"ZC5": [5, 5, 5, 5], "ZH6": [4, 4, 5, 4], "ZL2": [4, 4, 4, 5]}


def test_everybody_has_a_final_segment_in_every_quarter_but_the_unknown_override(segments) -> None:
    without = [key for key, row in segments.items() if row["final_segment"] is None]
    assert without == [("2025-26-Q3", "ZD6")]


def test_reviews_are_of_trusts_in_segment_4(segments) -> None:
    for quarter_id in QUARTER_IDS[2:]:
        for code in ("ZF4", "ZG1"):
            assert segments[quarter_id, code]["adjusted_segment"] == 4


@pytest.mark.parametrize(
    ("quarter_id", "code", "limb", "basis"),
    [
        ("2025-26-Q1", "ZA3", "deficit", "published"),
        ("2025-26-Q1", "ZB1", "not_shown", "published"),
        ("2025-26-Q2", "ZB1", "confidential", "published"),
        ("2025-26-Q1", "ZC5", "deficit", "published"),
        # From Q2 on it receives support too, and the register of that is confidential.
        ("2025-26-Q2", "ZC5", "deficit", "published"),
        ("2025-26-Q3", "ZD6", None, "unknown"),
        ("2025-26-Q4", "ZR4", "confidential", "derived"),
        ("2025-26-Q4", "ZC9", None, "published"),
    ],
)
def test_each_limb_of_the_override_is_shown(segments, quarter_id, code, limb, basis) -> None:
    row = segments[quarter_id, code]
    assert (row["override_limb"], row["override_basis"]) == (limb, basis)


def test_each_reason_for_a_missing_value_is_there(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = {
            (code, metric_id): status
            for code, metric_id, status in connection.execute(
                "select trust_code, metric_id, cell_status from publication.fct_metric "
                "where quarter_id = '2025-26-Q4'"
            ).fetchall()
        }
    assert found["ZM2", "OF0023"] == "excluded"
    assert found["ZB7", "OF0106"] == "not_reported"
    assert found["ZR3", "OF0057"] == "not_reported"
    assert found["ZM9", "OF0013"] == "not_applicable"
    assert found["ZU9", "OF0063"] == "not_applicable"
    assert found["ZS3", "OF0016"] == "suppressed"
    assert found["ZM2", "OF0003"] == "absent"
    assert found["ZN5", "OF0013"] == "absent"
