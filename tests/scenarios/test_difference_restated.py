"""The bundled nation without its restated file, then with it: what moved and why, stated by hand.

The two files of the ambulance trusts for Q2 differ in five values and one flag; everything else follows from
them by the rules.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from harness_difference import applied, read_csv, text_rows

from nof.difference import Difference, compare, sealed_side, write_difference
from nof.difference.pair import NEW, OLD

Q2 = "2025-26-Q2"
# Trust, metric, the value in the first file and in the second.
RESTATED = {
    ("ZY1", "OF0017", "33.3300", "30.2500"),
    ("ZY4", "OF0017", "29.5000", "25.7400"),
    ("ZY8", "OF0017", "41.0700", "26.2500"),
    ("ZY5", "OF0081", "-0.8000", "0.1200"),
    ("ZY2", "OF0082", "7.7800", "7.2600"),
}


@pytest.fixture(scope="module")
def difference(restated_releases: tuple[Path, Path]) -> Iterator[Difference]:
    before, now = restated_releases
    with compare(sealed_side(before), sealed_side(now)) as found:
        yield found


@pytest.fixture(scope="module")
def files(difference: Difference, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("restated") / "difference"
    write_difference(difference, folder)
    return folder


def test_the_values_that_were_restated_are_the_values_that_moved(files: Path, difference: Difference) -> None:
    moved = {
        (row["trust_code"], row["key"].rpartition("metric_id=")[2], row["old"], row["new"])
        for row in read_csv(files / "changes.csv")
        if (row["table"], row["column"]) == ("fct_metric", "value")
    }
    assert moved == RESTATED
    (restated,) = difference.inputs.restated
    assert (restated.quarter_id, restated.trust_type_id, restated.moved) == (Q2, "ambulance", 5)
    assert restated.old_file == "nhs-oversight-framework-ambulance-trust-data-q2-2025-26.csv"
    assert restated.new_file == "nhs-oversight-framework-ambulance-trust-data-q2-2025-26-v2.csv"
    (came,) = difference.inputs.came
    assert (came["name"], difference.inputs.went) == (restated.new_file, ())


def test_nothing_moved_in_another_quarter_and_no_row_came_or_went(files: Path) -> None:
    rows = read_csv(files / "changes.csv")
    # The file is one row more in dim_file, and a figure of Q3 says how far it moved since Q2.
    assert {row["table"] for row in rows if row["change"] != "changed"} == {"dim_file"}
    others = {row["column"] for row in rows if row["quarter_id"] not in {Q2, ""}}
    assert others == {"previous_value", "movement", "movement_direction"}
    assert read_csv(files / "columns.csv") == []
    not_compared = [
        row["table"] for row in read_csv(files / "tables.csv") if row["comparison"] != "row by row"
    ]
    assert not_compared == [
        "dim_release",
        "dq_result",
        "fct_agreement",
        "fct_average_distance",
        "fct_contribution",
        "fct_data_age",
        "fct_figure_version",
        "fct_latest_period",
        "fct_likely_range",
        "fct_peer_member",
        "fct_peer_position",
        "fct_peer_standing",
        "fct_published_version",
        "fct_revision",
        "fct_score_change",
        "fct_score_change_count",
        "fct_score_movement",
        "fct_segment_distance",
        "fct_segment_movement",
        "fct_segment_probability",
        "fct_sensitivity",
        "fct_sensitivity_case",
        "fct_series",
        "fct_series_point",
        "fct_stability",
    ]


def test_each_segment_that_moved_says_why(files: Path) -> None:
    rows = {row["trust_code"]: row for row in read_csv(files / "segments.csv")}
    assert {row["quarter_id"] for row in rows.values()} == {Q2}
    assert not any("unexplained" in row["reasons"] for row in rows.values())
    moved = {
        code: (row["old_adjusted_segment"], row["new_adjusted_segment"])
        for code, row in rows.items()
        if row["old_unadjusted_segment"] != row["new_unadjusted_segment"]
        or row["old_adjusted_segment"] != row["new_adjusted_segment"]
    }
    assert moved == {"ZF1": ("3", "3"), "ZY5": ("3", "2"), "ZY8": ("3", "2")}

    # Its flag was 1 and is 0; on plan rather than under it, its combined finance score went from 2 to 1, and
    # the average of its seven weight units down by a seventh: 2.22 to 2.08.
    assert rows["ZY5"]["reasons"] == "own_metric_scores; override"
    assert rows["ZY5"]["override"] == "on (segment 3 at best) to off"
    assert rows["ZY5"]["own_metric_scores"] == "OF0080 2.00 to 1.00 (restated_input)"
    assert (rows["ZY5"]["old_average_metric_score"], rows["ZY5"]["new_average_metric_score"]) == (
        "2.22",
        "2.08",
    )

    # 26.25 minutes meets the standard of 30, so the score is 1; the last of ten had 4.
    assert rows["ZY8"]["own_metric_scores"] == "OF0017 4.00 to 1.00 (restated_input)"

    # An acute trust: not one figure of its own moved, but the nation's quartile did.
    assert rows["ZF1"]["reasons"] == "cut_points"
    assert rows["ZF1"]["old_average_metric_score"] == rows["ZF1"]["new_average_metric_score"] == "2.29"
    assert rows["ZF1"]["cut_points"] == "2/3 2.29 to 2.27"

    # Ranked after it now, with the same average: another trust moved past it.
    assert rows["ZY0"]["reasons"] == "other_trusts"
    assert rows["ZY0"]["own_metric_scores"] == ""


def test_the_average_moved_by_the_share_of_the_score(difference: Difference) -> None:
    query = (
        "select average_metric_score_unrounded, weight_units_counted "
        "from {}.publication.fct_segment where quarter_id = ? and trust_code = 'ZY5'"
    )
    (old, units), (new, same_units) = (
        difference.pair.connection.execute(query.format(catalog), [Q2]).fetchall()[0]
        for catalog in (OLD, NEW)
    )
    assert (units, same_units) == (7, 7)
    assert abs(old - new - Decimal(1) / 7) < Decimal("1e-12")


def test_the_changes_applied_to_every_table_of_the_old_release_give_the_new_one(
    difference: Difference, files: Path
) -> None:
    changes: dict[str, list[dict[str, str]]] = {}
    for row in read_csv(files / "changes.csv"):
        changes.setdefault(row["table"], []).append(row)
    assert len(changes) > 10
    for name, found in changes.items():
        keys = difference.pair.now[name].primary_key
        old, new = (text_rows(difference.pair.connection, side, name, keys) for side in (OLD, NEW))
        assert applied(old, keys, found) == new, name


def test_the_release_holds_the_same_files(files: Path, restated_releases: tuple[Path, Path]) -> None:
    held = restated_releases[1] / "difference"
    assert sorted(path.name for path in held.iterdir()) == sorted(path.name for path in files.iterdir())
    for path in files.iterdir():
        assert path.read_bytes() == (held / path.name).read_bytes(), path.name
