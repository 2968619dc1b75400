"""The command as a person uses it: exit statuses, what it says, and what it leaves behind."""

import shutil
from pathlib import Path

import pytest

from harness_home import tree
from harness_session import Nof


@pytest.fixture
def home(bundled_release: Path, tmp_path: Path) -> Path:
    """A home of this test's own with one release in it."""
    copy = tmp_path / "home"
    shutil.copytree(bundled_release.parents[2], copy, symlinks=True)
    return copy


def test_a_file_that_cannot_be_read_is_refused_with_status_3(nof: Nof, home: Path, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "nhs-oversight-framework-acute-trust-data.csv").write_text("<html>404</html>", encoding="utf-8")
    before = tree(home)
    status, _, err = nof("run", "--home", home, "--landing", inbox)
    assert status == 3
    assert "nhs-oversight-framework-acute-trust-data.csv" in err
    after = {n: d for n, d in tree(home).items() if not n.startswith("refused")}
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--quarter", "Q5 2025/26"), "is no quarter"),
        (("run", "--quarter", "2027-28-Q1"), "is not in hand"),
        (("run", "--framework", "nof-1999"), "Known: nof-2025-26"),
        (("run", "--landing", "no-such-folder"), "no-such-folder"),
        (("run", "--no-such-option"), "No such option"),
        (("explain", "ZZZ", "2025-26-Q4"), "ZZZ"),
        (("explain", "ZA3", "2019-20-Q1"), "quarter"),
    ],
)
def test_wrong_use_ends_with_status_2_and_says_what_is_known(
    nof: Nof, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, _, err = nof(*arguments, "--home", home)
    assert (status, said in err) == (2, True), err


def test_explain_without_a_release_says_how_to_make_one(nof: Nof, tmp_path: Path) -> None:
    status, _, err = nof("explain", "ZA3", "2025-26-Q4", "--home", tmp_path / "nowhere")
    assert status == 2
    assert "nof run" in err


def test_releases_names_the_current_one(nof: Nof, home: Path) -> None:
    status, out, _ = nof("releases", "--home", home)
    assert status == 0
    assert "current" in out
    assert (home / "releases" / "CURRENT").read_text(encoding="utf-8").strip().split("/")[1] in out


def test_sample_writes_the_bundled_nation(nof: Nof, tmp_path: Path) -> None:
    status, out, _ = nof("sample", tmp_path / "files")
    assert status == 0
    assert len(list((tmp_path / "files").glob("*.csv"))) == len(out.split())


def test_explain_walks_from_the_segment_to_file_and_row(nof: Nof, home: Path) -> None:
    status, out, _ = nof("explain", "ZA3", "Q4 2025/26", "--home", home)
    assert status == 0
    for step in ("segment", "override", "cut point", "average", "row"):
        assert step in out.lower()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ZC5", "2025-26-Q4"), 'row 288: "In the programme" from 2025-07-01'),
        (("ZC5", "2025-26-Q2"), "The register agrees."),
        (("ZB1", "2025-26-Q3"), "the other one rests on an input that is confidential"),
        (("ZM3", "2025-26-Q4", "--metric", "OF0023"), '"Does not run it" (elective care)'),
        (("ZX1", "2025-26-Q4"), "does not segment organisations of this type"),
    ],
)
def test_explain_says_why_beyond_the_score(
    nof: Nof, home: Path, arguments: tuple[str, ...], said: str
) -> None:
    """Why it is 5, on which limb the override fired, why a metric is missing, why an ICB has no segment."""
    status, out, _ = nof("explain", *arguments, "--home", home)
    assert (status, said in " ".join(out.split())) == (0, True), out
