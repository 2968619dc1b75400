"""The bundled trusts: how many, of what kind, and that none of them exists."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from harness_sample import QUARTERS, all_rows, current_rows, framework_rows, trust_types

from nof.project import project_root, read_seed
from nof.sample.nation import invented_nation


def _reference_folder() -> Path:
    folder = Path(os.environ.get("NOF_DATA_DIR", project_root().parent / "shared" / "data")) / "reference"
    if not folder.is_dir():
        message = f"{folder} is missing: name the folder of NHS England's files in NOF_DATA_DIR."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return folder


def test_each_quarter_has_the_expected_trusts_of_each_type() -> None:
    expected = {
        row["trust_type_id"]: int(row["expected_trust_count"]) for row in framework_rows("expected_trusts")
    }
    assert expected == {"acute": 134, "mental_health_and_community": 61, "ambulance": 10}
    for label in QUARTERS:
        codes = {row["trust_code"] for row in current_rows() if row["quarter"] == label}
        assert Counter(trust_types()[code] for code in codes) == expected


def test_codes_are_of_the_ods_shape_and_one_has_five_characters() -> None:
    codes = set(trust_types())
    assert all(code.startswith("Z") and code.isalnum() and code.isupper() for code in codes)
    assert Counter(len(code) for code in codes) == {3: 204, 5: 1}


def test_names_say_twice_that_the_trust_is_invented() -> None:
    names = {row["trust_code"]: row["trust_name"].replace("\u00a0", " ") for row in all_rows()}
    assert len(set(names.values())) == 205
    assert all(name.startswith("Invented ") and name.endswith(" (sample)") for name in names.values())


def test_a_trust_keeps_its_name_region_and_subtype() -> None:
    described = {
        (row["trust_code"], row["trust_name"], row["region"], row["trust_subtype"]) for row in all_rows()
    }
    assert len(described) == 205


def test_regions_are_those_of_the_reference() -> None:
    regions = {row["region_label"] for row in read_seed("reference", "regions")}
    assert {trust.region_label for trust in invented_nation()} == regions


def test_no_code_or_name_is_a_real_one_and_subtypes_are_the_published_words() -> None:
    folder = _reference_folder()
    cells: set[str] = set()
    files = sorted(folder.glob("*.csv"))
    assert len(files) >= 3
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells.update(text.strip().upper() for row in csv.reader(file) for text in row)
    assert "R0A" in cells
    for trust in invented_nation():
        assert trust.trust_code not in cells
        assert trust.trust_name.upper() not in cells
        assert trust.trust_name.upper().replace("INVENTED ", "").replace(" (SAMPLE)", "") not in cells
    with (folder / "trusts_2025_26.csv").open(encoding="utf-8-sig", newline="") as file:
        published = {(row["trust_type"], row["trust_subtype"]) for row in csv.DictReader(file)}
    bundled = {(row["trust_type"], row["trust_subtype"]) for row in all_rows()}
    assert {pair for pair in bundled if pair[0] != "Non-acute hospital trust"} == published
