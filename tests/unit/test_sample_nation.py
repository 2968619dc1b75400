"""The bundled trusts and boards: how many, of what kind, and that none of them exists."""

import csv
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from harness_sample import (
    QUARTERS,
    all_rows,
    current_rows,
    framework_rows,
    icb_codes,
    organisation_types,
    trust_types,
)

from harness_some import some
from nof.project import project_root, read_seed
from nof.sample import cases
from nof.sample.icbs import invented_icbs
from nof.sample.nation import invented_nation


def _reference_folder() -> Path:
    folder = Path(os.environ.get("NOF_DATA_DIR", project_root().parent / "shared" / "data")) / "reference"
    if not folder.is_dir():
        message = f"{folder} is missing: name the folder of NHS England's files in NOF_DATA_DIR."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


def test_each_quarter_has_the_expected_organisations_of_each_type() -> None:
    expected = {
        row["trust_type_id"]: int(row["expected_trust_count"]) for row in framework_rows("organisation_scope")
    }
    assert expected == {"acute": 134, "mental_health_and_community": 61, "ambulance": 10, "icb": 42}
    for label in QUARTERS:
        codes = {row["trust_code"] for row in current_rows() if row["quarter"] == label}
        assert Counter(organisation_types()[code] for code in codes) == expected


def test_codes_are_of_the_ods_shape_and_one_trust_and_one_board_have_five_characters() -> None:
    codes = set(organisation_types())
    assert all(code.startswith("Z") and code.isalnum() and code.isupper() for code in codes)
    assert Counter(len(code) for code in trust_types()) == {3: 204, 5: 1}
    assert Counter(len(code) for code in icb_codes()) == {3: 41, 5: 1}


def test_no_board_has_a_code_that_ods_could_give_it() -> None:
    """Real ones are Q and two more, or five characters: letter, digit, letter, digit, letter."""
    real = re.compile(r"Q..|[A-Z][0-9][A-Z][0-9][A-Z]")
    codes = {*icb_codes(), cases.MERGED_INTO_ICB_CODE}
    assert not [code for code in codes if real.fullmatch(code)]
    assert real.fullmatch("QOP")
    assert real.fullmatch("Z9B2Z")


def test_names_say_twice_that_the_organisation_is_invented() -> None:
    names = {row["trust_code"]: row["trust_name"].replace("\u00a0", " ") for row in all_rows()}
    assert len(set(names.values())) == 205 + 42
    assert all(name.startswith("Invented ") and name.endswith(" (sample)") for name in names.values())
    assert all("Integrated Care Board" in names[code] for code in icb_codes())


def test_an_organisation_keeps_its_name_region_and_subtype() -> None:
    described = {
        (row["trust_code"], row["trust_name"], row["region"], row["trust_subtype"]) for row in all_rows()
    }
    assert len(described) == 205 + 42


def test_regions_are_those_of_the_reference_and_each_has_boards() -> None:
    regions = {row["region_label"] for row in read_seed("reference", "regions")}
    assert {trust.region_label for trust in invented_nation()} == regions
    boards = Counter(icb.region_label for icb in invented_icbs())
    assert boards.keys() == regions
    assert sum(boards.values()) == 42
    assert min(boards.values()) == 3


def test_no_code_or_name_is_a_real_one_and_subtypes_are_the_published_words() -> None:
    folder = _reference_folder()
    cells: set[str] = set()
    files = sorted(folder.glob("*.csv"))
    assert len(files) >= 3
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells.update(text.strip().upper() for row in csv.reader(file) for text in row)
    assert "R0A" in cells
    assert "Z9B2Z" in cells
    assert not cells & {cases.MERGED_INTO_CODE, cases.MERGED_INTO_ICB_CODE}
    for trust in some([*invented_nation(), *invented_icbs()]):
        assert trust.trust_code not in cells
        assert trust.trust_name.upper() not in cells
        assert trust.trust_name.upper().replace("INVENTED ", "").replace(" (SAMPLE)", "") not in cells
    with (folder / "trusts_2025_26.csv").open(encoding="utf-8-sig", newline="") as file:
        published = {(row["trust_type"], row["trust_subtype"]) for row in csv.DictReader(file)}
    bundled = {(row["trust_type"], row["trust_subtype"]) for row in all_rows()}
    assert {pair for pair in bundled if pair[0] != "Non-acute hospital trust"} == {
        *published,
        ("Integrated care board", "Integrated care board"),
    }
