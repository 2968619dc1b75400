"""Which release is meant, and what a list of them says; only finished ones count."""

from datetime import date
from pathlib import Path

import pytest

from nof.errors import UsageRefused
from nof.home import Home
from nof.release import Candidate, InputEntry, ReleaseRefused, find_release, list_releases
from nof.release.seal import verify_seal, write_seal

INPUTS = (InputEntry("a" * 64, "first.csv", "oversight_data", date(2026, 1, 2)),)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def put(home: Home, quarter_id: str, release_id: str) -> Path:
    """A finished release, where promotion would have put it."""
    folder = home.releases / quarter_id / release_id
    folder.mkdir(parents=True)
    (folder / "notes.md").write_text("notes\n")
    write_seal(
        Candidate(
            folder=folder,
            release_id=release_id,
            framework_id="nof-2025-26",
            quarter_id=quarter_id,
            inputs=INPUTS,
        ),
        row_counts={"fct_metric": 1},
        trust_count=205,
    )
    return folder


def test_a_home_without_releases_has_none(home: Home) -> None:
    assert find_release(home) is None
    assert find_release(home, "2025-26-Q1") is None
    assert list_releases(home) == []


def test_the_link_says_which_release_is_current(home: Home) -> None:
    put(home, "2025-26-Q1", "1" * 16)
    second = put(home, "2025-26-Q1", "2" * 16)
    home.current.symlink_to(f"2025-26-Q1/{'2' * 16}")
    assert find_release(home) == second
    assert [info.is_current for info in list_releases(home)] == [False, True]


def test_where_there_are_no_links_the_text_says_it(home: Home) -> None:
    first = put(home, "2025-26-Q1", "1" * 16)
    home.current_text.write_text(f"2025-26-Q1/{'1' * 16}\n")
    assert find_release(home) == first


def test_a_release_is_found_by_quarter_and_by_id(home: Home) -> None:
    first = put(home, "2025-26-Q1", "1" * 16)
    second = put(home, "2025-26-Q2", "2" * 16)
    assert find_release(home, "2025-26-Q1") == first
    assert find_release(home, release_id="2" * 16) == second
    assert find_release(home, "2025-26-Q1", "2" * 16) is None
    assert find_release(home) is None


def test_of_several_releases_of_a_quarter_the_current_one_is_meant(home: Home) -> None:
    put(home, "2025-26-Q1", "1" * 16)
    second = put(home, "2025-26-Q1", "2" * 16)
    with pytest.raises(UsageRefused, match="Name one"):
        find_release(home, "2025-26-Q1")
    home.current.symlink_to(f"2025-26-Q1/{'2' * 16}")
    assert find_release(home, "2025-26-Q1") == second


def test_a_list_says_what_each_release_is_made_from(home: Home) -> None:
    folder = put(home, "2025-26-Q1", "1" * 16)
    (info,) = list_releases(home)
    assert (info.quarter_id, info.release_id, info.framework_id) == ("2025-26-Q1", "1" * 16, "nof-2025-26")
    assert (info.trust_count, info.input_names, info.path) == (205, ("first.csv",), folder)


@pytest.mark.parametrize("missing", ["SUCCESS", "manifest.json"])
def test_a_folder_without_its_seal_is_never_a_release(home: Home, missing: str) -> None:
    folder = put(home, "2025-26-Q1", "1" * 16)
    home.current.symlink_to(f"2025-26-Q1/{'1' * 16}")
    (folder / missing).unlink()
    assert find_release(home) is None
    assert find_release(home, "2025-26-Q1") is None
    assert list_releases(home) == []


def test_a_damaged_manifest_is_named_not_passed_over(home: Home) -> None:
    folder = put(home, "2025-26-Q1", "1" * 16)
    (folder / "manifest.json").write_text("{")
    with pytest.raises(ReleaseRefused, match=r"manifest\.json cannot be read"):
        list_releases(home)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("notes.md", r"differs from its manifest in notes\.md"),
        ("added.txt", r"differs from its manifest in added\.txt"),
        ("manifest.json", "is not the one that SUCCESS was written for"),
        ("SUCCESS", "is not the one that SUCCESS was written for"),
    ],
)
def test_the_seal_shows_every_change(home: Home, name: str, reason: str) -> None:
    folder = put(home, "2025-26-Q1", "1" * 16)
    verify_seal(folder, release_id="1" * 16, quarter_id="2025-26-Q1")
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(ReleaseRefused, match=reason):
        verify_seal(folder, release_id="1" * 16, quarter_id="2025-26-Q1")


def test_the_seal_shows_a_missing_file_and_another_release(home: Home) -> None:
    folder = put(home, "2025-26-Q1", "1" * 16)
    with pytest.raises(ReleaseRefused, match="is release 2025-26-Q1/1111111111111111, not"):
        verify_seal(folder, release_id="2" * 16, quarter_id="2025-26-Q1")
    (folder / "notes.md").unlink()
    with pytest.raises(ReleaseRefused, match=r"differs from its manifest in notes\.md"):
        verify_seal(folder, release_id="1" * 16, quarter_id="2025-26-Q1")
