"""`nof templates`: an empty register for each use, and a page from which each can be filled in."""

import csv
import io
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from harness_some import some
from nof.cli import main
from nof.errors import InputRefused, UsageRefused
from nof.home import Home
from nof.landing import land
from nof.project import read_seed
from nof.templates import write_templates
from nof.templates.guide import example, guide

HEADER = (
    "Register,Organisation_code,Subject,Value,From_date,To_date,Entry_status,Decided_by_role,Reason,Source"
)
USES = [
    *(
        "capability_rating",
        "improvement_programme",
        "icb_assessment",
        "deficit_support",
        "service",
        "exclusion",
    ),
    *("plan", "baseline", "icb_membership", "organisation_change", "group", "winter_assurance"),
    "peer_list",
]
DAY = date(2026, 7, 1)


def test_the_command_writes_one_empty_register_for_each_use_and_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "templates"
    monkeypatch.setattr(sys, "argv", ["nof", "templates", str(folder)])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code in (0, None)
    assert capsys.readouterr().out.split() == [
        str(path) for path in (*registers(folder), folder / "README.md")
    ]
    for path in registers(folder):
        assert path.read_bytes() == f"\ufeff{HEADER}\r\n".encode()
    assert {path.name for path in folder.iterdir()} == {
        *(path.name for path in registers(folder)),
        "README.md",
    }


def registers(folder: Path) -> list[Path]:
    return [folder / f"{use}-register.csv" for use in USES]


def test_an_empty_register_is_refused_with_the_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    write_templates(folder)
    with pytest.raises(InputRefused) as refused:
        land(Home(tmp_path / "home"), [folder], today=DAY)
    assert sorted(str(problem) for problem in refused.value.problems) == sorted(
        f"{use}-register.csv: the file has a header and no rows. Fill it in, or take it out of the folder."
        for use in USES
    )


@pytest.mark.parametrize("use", USES)
def test_the_example_of_each_register_can_be_landed(use: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(example_of(use), encoding="utf-8")
    landed = land(Home(tmp_path / "home"), [tmp_path], today=DAY)
    assert [file.file_kind for file in landed.files] == ["register_entries"]
    assert next(csv.DictReader(io.StringIO(example_of(use)))) == example(use)


def example_of(use: str) -> str:
    """The code block under the register's heading; it must stand right below words that call it invented."""
    (part,) = [part for part in guide().split("\n## ") if f"Register `{use}`," in part]
    (block,) = re.findall(r"An invented example:\n\n```csv\n(.*?\n)```", part, flags=re.DOTALL)
    return block


def test_the_page_tells_everything_that_the_seeds_hold() -> None:
    told = guide()
    for seed, names in (
        ("registers", ("register_id", "register_label", "purpose")),
        ("register_subjects", ("subject_label",)),
        ("register_values", ("value_label", "meaning")),
    ):
        for row in some(read_seed("reference", seed)):
            for name in some(names):
                assert row[name] in told
    for row in some(read_seed("reference", "register_subjects")):
        assert row["subject_kind"] != "listed" or f"`{row['subject_id']}`" in told
    for row in some(read_seed("framework", "services")):
        assert f"| `{row['service_id']}` | {row['service_label']} |" in told
    assert "by role and never by name" in told


def test_the_page_says_where_all_may_stand() -> None:
    allowed = {use for use in USES if f"in `{use}-register.csv`, `ALL` allowed." in guide()}
    assert allowed == {"improvement_programme", "deficit_support"}


def test_what_has_been_filled_in_is_never_overwritten(tmp_path: Path) -> None:
    write_templates(tmp_path)
    # Again over untouched templates: nothing to lose.
    assert len(write_templates(tmp_path)) == 14
    filled = tmp_path / "plan-register.csv"
    filled.write_text(f"{HEADER}\nplan,ZZ1,OF0023,1,2025-10-01,,,,,Plan\n", encoding="utf-8")
    (tmp_path / "README.md").unlink()
    before = filled.read_bytes()
    with pytest.raises(
        UsageRefused, match=r"plan-register\.csv is there already and may have been filled in"
    ):
        write_templates(tmp_path)
    assert filled.read_bytes() == before
    assert not (tmp_path / "README.md").exists()


def test_a_file_is_no_folder_for_templates(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageRefused, match="is not a folder"):
        write_templates(tmp_path / "file")
