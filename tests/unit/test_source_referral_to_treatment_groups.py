"""Which commissioners' pathways the framework leaves out: by seeds/reference/source_exclusions.csv alone."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from harness_macros import ROOT
from harness_rtt import read, small, written

from nof.errors import NofError
from nof.landing.model import Readable
from nof.landing.source_columns import SOURCE_COLUMNS

Edit = Callable[[str, str], None]
NONC = "rtt_waits,Commissioner Org Code,NONC,non_english"


@pytest.fixture
def edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edit:
    """Change the seed in a copy of the project's seeds."""
    copytree(ROOT / "seeds" / "framework", tmp_path / "seeds" / "framework")
    copytree(ROOT / "seeds" / "reference", tmp_path / "seeds" / "reference")
    (tmp_path / "dbt_project.yml").touch()
    monkeypatch.setenv("NOF_PROJECT_DIR", str(tmp_path))
    seed = tmp_path / "seeds" / "reference" / "source_exclusions.csv"

    def edit(old: str, new: str) -> None:
        text = seed.read_text(encoding="utf-8")
        assert text.count(old) == 1
        seed.write_text(text.replace(old, new), encoding="utf-8")

    return edit


def groups() -> dict[tuple[str, str], tuple[str, str]]:
    """Of the small file, by part and group: how many total rows there are and what they add up to."""
    found = read(written(small()))
    assert isinstance(found, Readable)
    places = [
        SOURCE_COLUMNS["rtt_waits"].index(name)
        for name in ("part_type", "commissioner_group", "row_count", "total_with_unknown_start")
    ]
    rows = ([row[place] for place in places] for row in found.table.rows)
    return {(part, group): (count, total) for part, group, count, total in rows}


def test_the_commissioner_of_the_seed_is_a_group_of_its_own() -> None:
    assert groups() == {
        ("Part_2", "english"): ("2", "23"),
        ("Part_2", "non_english"): ("1", "9"),
        ("Part_1A", "english"): ("1", "5"),
        ("Part_3", "english"): ("1", "6"),
    }


def test_one_more_row_moves_its_pathways_and_no_code_changes(edit: Edit) -> None:
    """ZC2 has 7 of the 23, in one total row."""
    edit(NONC, f"rtt_waits,Commissioner Org Code,ZC2,non_english,,,default\n{NONC}")
    found = groups()
    assert (found["Part_2", "english"], found["Part_2", "non_english"]) == (("1", "16"), ("2", "16"))


def test_another_column_and_another_group_are_rows_too(edit: Edit) -> None:
    edit(NONC, f"rtt_waits,Provider Org Code,ZP1,independent,,,default\n{NONC}")
    assert groups()["Part_2", "independent"] == ("3", "32")
    assert {group for _, group in groups()} == {"independent"}


def test_without_the_row_all_are_english(edit: Edit) -> None:
    edit(NONC, "community_waits,Commissioner Org Code,NONC,non_english")
    assert groups()["Part_2", "english"] == ("3", "32")


def test_an_exclusion_by_a_column_that_is_not_read_stops_landing(edit: Edit) -> None:
    edit("Commissioner Org Code", "Commissioner Org Name")
    with pytest.raises(NofError, match=r"source_exclusions\.csv: column_name 'Commissioner Org Name' of rtt"):
        groups()
