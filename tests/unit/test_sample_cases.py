"""Each awkward case of the bundled nation is in the committed seeds (docs/methodology/bundled-nation.md)."""

from collections import Counter
from decimal import Decimal

import pytest
from harness_sample import (
    QUARTERS,
    all_rows,
    as_number,
    cell,
    current_rows,
    framework_rows,
    number,
    numbers,
    trust_types,
)

from harness_some import some
from nof.project import read_seed
from nof.sample import cases

QUARTER_IDS = tuple(QUARTERS.values())


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_a_value_stands_on_each_standard_and_floor(quarter_id: str) -> None:
    thresholds = [row for row in framework_rows("thresholds") if not row["first_quarter_id"]]
    assert {row["metric_id"] for row in thresholds} == set(cases.ON_THRESHOLD)
    for row in thresholds:
        code = cases.ON_THRESHOLD[row["metric_id"]]
        assert number(quarter_id, code, row["metric_id"]) == Decimal(row["threshold"]), row


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_a_value_stands_on_each_edge_of_the_finance_bands(quarter_id: str) -> None:
    edges = {
        (row["metric_id"], Decimal(row["lower_bound"]))
        for row in framework_rows("value_bands")
        if row["lower_bound"]
    }
    assert edges == {("OF0079", Decimal(edge)) for edge in ("0", "-1", "-2")} | {
        ("OF0081", Decimal(edge)) for edge in ("0", "-0.5", "-1")
    }
    for metric_id, edge in edges:
        codes = cases.ON_BAND_EDGES[metric_id]
        assert edge in {number(quarter_id, code, metric_id) for code in codes}


def test_every_cell_of_the_finance_matrix_is_met() -> None:
    met = {
        (_band("OF0079", number(quarter_id, code, "OF0079")), _band("OF0081", variance))
        for quarter_id in QUARTER_IDS
        for code, variance in numbers(quarter_id, "OF0081").items()
    }
    assert met == {(row["row_score"], row["column_score"]) for row in framework_rows("matrix_cells")}


def _band(metric_id: str, value: Decimal) -> str:
    """The highest band whose lower bound the value reaches."""
    for row in sorted(framework_rows("value_bands"), key=lambda row: int(row["band_order"])):
        if row["metric_id"] == metric_id:
            lower = Decimal(row["lower_bound"] or "-Infinity")
            if value > lower or (value == lower and row["is_lower_inclusive"] == "true"):
                return row["band_score"]
    raise AssertionError(value)


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_a_whole_last_place_is_tied(quarter_id: str) -> None:
    values = numbers(quarter_id, "OF0063")
    worst = [code for code, value in values.items() if value == max(values.values())]
    assert set(worst) == {"ZQ2", "ZR8", "ZS6", "ZT1"}
    ranks = {cell(quarter_id, code, "OF0063")["rank"] for code in worst}
    # 47 of the 48 are mental health and community trusts: the four share place 44 of 47.
    assert ranks == {"44.0"}


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_values_tie_as_published_with_and_without_a_tied_rank(quarter_id: str) -> None:
    assert Counter(numbers(quarter_id, "OF0005").values())[Decimal("0.0")] > 10
    assert max(Counter(numbers(quarter_id, "OF0085").values()).values()) > 2
    tied = [cell(quarter_id, code, "OF0061") for code in ("ZQ1", "ZT5")]
    assert tied[0]["rank"] == tied[1]["rank"]
    assert tied[0]["value"] == tied[1]["value"]
    ranks: dict[str, set[str]] = {}
    for row in current_rows():
        is_acute = row["trust_type"] == "Acute trust"
        if row["metric_id"] == "OF0084" and is_acute and QUARTERS[row["quarter"]] == quarter_id:
            ranks.setdefault(row["value"], set()).add(row["rank"])
    assert max(len(found) for found in ranks.values()) > 2


@pytest.mark.parametrize("quarter_id", QUARTER_IDS)
def test_the_deficit_trust_is_the_best_or_nearly_so_in_what_it_does(quarter_id: str) -> None:
    assert number(quarter_id, "ZA3", "OF5004") == 1
    assert number(quarter_id, "ZA3", "OF0079") + number(quarter_id, "ZA3", "OF0081") < 0
    rows = [row for row in current_rows() if row["trust_code"] == "ZA3" and row["rank"]]
    ranked = [
        Decimal(row["rank"])
        for row in rows
        if QUARTERS[row["quarter"]] == quarter_id and row["metric_id"] not in {"OF0079", "OF0081"}
    ]
    assert len(ranked) >= 15
    assert max(ranked) <= 20
    assert sum(ranked) / len(ranked) <= 6


def test_one_trust_is_in_the_improvement_programme_and_only_q1_and_q2_say_so() -> None:
    flags = [row for row in current_rows() if row["metric_id"] == "OF5007"]
    assert len(flags) == 2 * 205
    assert [(row["trust_code"], row["quarter"]) for row in flags if row["value"] == "1.0"] == [
        ("ZC5", "Q1 2025/26"),
        ("ZC5", "Q2 2025/26"),
    ]


def test_one_override_is_unknown_and_one_flag_more_is_missing() -> None:
    missing = {
        metric_id: [
            (quarter_id, code)
            for quarter_id in QUARTER_IDS
            for code in trust_types()
            if cell(quarter_id, code, metric_id) is None
        ]
        for metric_id in ("OF0079", "OF0081", "OF5004")
    }
    assert missing == {
        "OF0079": [],
        "OF0081": [("2025-26-Q3", "ZD6")],
        "OF5004": [("2025-26-Q3", "ZD6"), ("2025-26-Q4", "ZR4")],
    }


def test_the_excluded_trust_has_a_value_and_no_rank_and_leaves_the_ranks_of_the_others_whole() -> None:
    for quarter_id in QUARTER_IDS:
        rows = {code: row for code in trust_types() if (row := cell(quarter_id, code, "OF0023"))}
        excluded = rows.pop("ZM2")
        assert as_number(excluded["value"]) is not None
        assert excluded["rank"] == ""
        ranks = sorted(Decimal(row["rank"]) for row in rows.values())
        assert (len(ranks), ranks[0]) == (130, 1)
        assert all(rank == ranks.index(rank) + 1 for rank in ranks)


def test_one_score_has_no_value_row() -> None:
    scores = [row for row in all_rows() if row["metric_id"].startswith("OF1")]
    assert [(row["quarter"], row["trust_code"], row["metric_id"], row["value"]) for row in scores] == [
        ("Q4 2025/26", "ZG4", "OF1067", "2.0")
    ]
    assert cell("2025-26-Q4", "ZG4", "OF0067") is None


def test_each_shorthand_stands_where_it_should() -> None:
    symbols = {row["symbol"] for row in read_seed("framework", "shorthand")}
    found = {
        (row["quarter"][:2], row["trust_code"], row["metric_id"], row["value"])
        for row in all_rows()
        if row["value"] in symbols
    }
    assert found == {
        *((quarter, "ZS3", "OF0016", "*") for quarter in ("Q1", "Q2", "Q3", "Q4")),
        ("Q2", "ZM1", "OF0041", "z"),
        ("Q3", "ZJ2", "OF0106", "NA"),
        ("Q4", "ZM6", "OF0003", ""),
        ("Q2", "ZL4", "UN0008", "*"),
        ("Q3", "ZV3", "UN0007", "z"),
        *((quarter, "ZX3", "OF0016", "*") for quarter in ("Q1", "Q2", "Q3", "Q4")),
        ("Q2", "ZXB", "OF0063", "*"),
        ("Q4", "ZZ2", "OF0041", "*"),
    }


def test_some_trusts_do_not_report_a_metric() -> None:
    for quarter_id in QUARTER_IDS:
        assert cell(quarter_id, "ZB7", "OF0106") is None
        assert cell(quarter_id, "ZB7", "OF0023") is not None
    assert cell("2025-26-Q1", "ZH5", "OF0106") is None
    assert cell("2025-26-Q2", "ZH5", "OF0106") is not None


def test_an_infection_threshold_of_zero_leaves_a_count_and_no_rate() -> None:
    count_only = {
        (row["trust_code"], row["metric_id"])
        for row in current_rows()
        if row["units"] == "count" and row["metric_id"] in {"OF0048", "OF0088"}
    }
    assert len(count_only) == 12
    without_rate = {pair for pair in count_only if cell("2025-26-Q4", *pair) is None}
    assert without_rate == {("ZM9", "OF0088"), ("ZN1", "OF0048"), ("ZN1", "OF0088")}
    assert cell("2025-26-Q4", "ZN1", "OF0020") is not None


def test_one_trust_alone_misses_the_standard_in_q4() -> None:
    missing = [code for code, value in numbers("2025-26-Q4", "OF0017").items() if value > 30]
    assert missing == ["ZY6"]


def test_the_restated_quarter_differs_and_only_its_second_edition_is_current() -> None:
    names = {row["file_id"]: row["file_name"] for row in read_seed("sample", "sample_files")}
    editions: dict[str, dict[tuple[str, str, str], str]] = {}
    for row in some(all_rows()):
        if "ambulance-trust-data-q2" in names[row["file_id"]]:
            key = (row["trust_code"], row["metric_id"], row["units"])
            editions.setdefault(row["is_current_vintage"], {})[key] = row["value"]
        else:
            assert row["is_current_vintage"] == "true"
    first, second = editions["false"], editions["true"]
    assert first.keys() == second.keys()
    changed = {
        (code, metric_id)
        for code, metric_id, unit in first
        if first[code, metric_id, unit] != second[code, metric_id, unit]
    }
    assert changed == {*cases.FIRST_EDITION, ("ZY5", "OF5004")}


def test_text_carries_non_breaking_spaces_and_whole_numbers_a_point() -> None:
    assert {row["trust_code"] for row in all_rows() if "\u00a0" in row["trust_name"]} == {"ZB4"}
    endings = {row["metric_description"][-1] for row in all_rows() if row["metric_id"] == "OF0084"}
    assert endings == {"\u00a0"}
    counted = {"OF0020", "OF5004", "OF5007"}
    whole = [row["value"] for row in current_rows() if row["metric_id"] in counted]
    assert all(value.endswith(".0") for value in whole)
    assert all(row["rank"].endswith(".0") for row in current_rows() if row["rank"])


def test_the_five_character_code_is_a_trust_like_the_others() -> None:
    assert trust_types()["Z7V2S"] == "mental_health_and_community"
    assert all(number(quarter_id, "Z7V2S", "OF0082") for quarter_id in QUARTER_IDS)


def test_every_trust_has_an_average_so_that_one_stands_on_each_cut_point() -> None:
    # Type 7 over 205 scores: 204 divides by 4, so each quartile is one trust's own score.
    assert len(trust_types()) == 205
    for row in some(framework_rows("segment_quantiles")):
        assert Decimal(row["quantile"]) * (205 - 1) % 1 == 0
    for quarter_id in QUARTER_IDS:
        assert len(numbers(quarter_id, "OF0082")) == 205
