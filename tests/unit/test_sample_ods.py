"""The bundled ODS files: two dates, and what closed, opened, was renamed and moved between them."""

from collections import Counter

from harness_sample import icb_codes, ods_trusts, trust_types

from nof.project import read_seed
from nof.sample import cases
from nof.sample.icbs import invented_icbs
from nof.sample.nation import invented_nation

BEFORE, AFTER = "2025-07", "2026-07"


def test_every_trust_is_there_at_both_dates_and_one_more_at_the_second() -> None:
    assert ods_trusts(BEFORE).keys() == trust_types().keys()
    assert ods_trusts(AFTER).keys() == {*trust_types(), "ZW5"}


def test_two_trusts_closed_and_the_one_they_became_opened_the_day_after() -> None:
    assert {row["closed"] for row in ods_trusts(BEFORE).values()} == {""}
    closed = {code: row["closed"] for code, row in ods_trusts(AFTER).items() if row["closed"]}
    assert closed == {"ZV4": "20260331", "ZV5": "20260331"}
    opened = {code: row["opened"] for code, row in ods_trusts(AFTER).items() if row["opened"] > "20250701"}
    assert opened == {"ZW5": "20260401"}
    assert all(len(row["opened"]) == 8 and row["opened"].isdigit() for row in ods_trusts(AFTER).values())


def test_one_trust_was_renamed_and_no_other() -> None:
    before, after = ods_trusts(BEFORE), ods_trusts(AFTER)
    renamed = {
        code: (before[code]["organisation_name"], after[code]["organisation_name"])
        for code in before
        if before[code]["organisation_name"] != after[code]["organisation_name"]
    }
    assert renamed == {
        "ZB9": (
            "INVENTED COPPER BEETLE UNIVERSITY HOSPITALS NHS TRUST (SAMPLE)",
            "INVENTED SCARLET WEASEL UNIVERSITY HOSPITALS NHS TRUST (SAMPLE)",
        )
    }


def test_two_boards_became_one_of_five_characters_and_one_trust_moved() -> None:
    before, after = ods_trusts(BEFORE), ods_trusts(AFTER)
    moves = Counter(
        (before[code]["icb_code"], after[code]["icb_code"])
        for code in before
        if before[code]["icb_code"] != after[code]["icb_code"]
    )
    members = Counter(row["icb_code"] for row in before.values())
    assert moves == {
        ("ZX8", "ZXM00"): members["ZX8"],
        ("ZX9", "ZXM00"): members["ZX9"],
        ("ZXG", "ZXB"): 1,
    }
    assert min(members["ZX8"], members["ZX9"]) >= 5
    assert (before["ZK2"]["icb_code"], after["ZK2"]["icb_code"]) == ("ZXG", "ZXB")
    assert members["ZXG"] > 1
    assert {row["icb_code"] for row in after.values()} == {*icb_codes() - {"ZX8", "ZX9"}, "ZXM00"}


def test_every_board_has_a_trust_and_lies_in_the_region_of_its_trusts() -> None:
    regions = {row["region_label"]: row["region_id"] for row in read_seed("reference", "regions")}
    of_board = {icb.trust_code: regions[icb.region_label] for icb in invented_icbs()}
    of_trust = {trust.trust_code: regions[trust.region_label] for trust in invented_nation()}
    rows = ods_trusts(BEFORE)
    assert {row["icb_code"] for row in rows.values()} == icb_codes()
    for code, row in rows.items():
        assert row["region_code"] == of_trust[code] == of_board[row["icb_code"]]


def test_names_are_in_capitals_and_say_twice_that_they_are_invented() -> None:
    for as_at in (BEFORE, AFTER):
        names = [row["organisation_name"] for row in ods_trusts(as_at).values()]
        assert len(set(names)) == len(names)
        assert all(name.startswith("INVENTED ") and name.endswith(" (SAMPLE)") for name in names)
        assert all(name == name.upper() and "\u00a0" not in name for name in names)


def test_the_merged_trusts_are_small_and_carry_no_other_case() -> None:
    named = {*cases.ON_THRESHOLD.values(), *cases.TIED_LAST_CODES, cases.PROGRAMME_CODE}
    assert not named & set(cases.MERGED_CODES)
    assert {trust_types()[code] for code in cases.MERGED_CODES} == {"mental_health_and_community"}
