"""`verify` finds every kind of harm, in every kind of file, and says which file, what and what to do."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from harness_home import ONE, Q1, Q2, REASON, ROLE, TWO, land, lock_again, put_out, unlock
from nof.errors import NofError, UsageRefused
from nof.files import remove_tree
from nof.home import Home
from nof.release.life import withdraw
from nof.release.prune import prune
from nof.release.states import read_states
from nof.release.verify import Verification, verify_release
from nof.release.verify_home import verify_all, verify_one

FILES = (
    "SUCCESS",
    "csv/fct_metric.csv",
    "csv/nhs-oversight-framework-acute-trust-league-table.csv",
    "manifest.json",
    "nof.duckdb",
    "notes.md",
    "parquet/fct_metric.parquet",
    "parquet/league_table.parquet",
    "quality/scored.json",
)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home with one release, made from two landed files."""
    home = Home(tmp_path / "home")
    files = (
        land(home, "acute.csv", date(2026, 3, 1)),
        land(home, "acute-v2.csv", date(2026, 5, 9), "x\r\n1\r\n"),
    )
    put_out(home, Q1, ONE, inputs=files)
    yield home
    remove_tree(home.root)


@pytest.fixture
def folder(home: Home) -> Path:
    return home.releases / Q1 / ONE


def verified(home: Home) -> Verification:
    (state,) = read_states(home)
    return verify_release(home, state)


def found(home: Home) -> list[str]:
    return [f"{each.file}: {each.what}" for each in verified(home).findings]


def harmed(home: Home, folder: Path, harm: Callable[[], object]) -> list[str]:
    """What is found after a harm to a release that is read-only again."""
    unlock(folder)
    harm()
    lock_again(folder)
    return found(home)


def flip(path: Path, place: int | None = None) -> None:
    """Turn over one bit, in the middle unless a place is named."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if place is None else place] ^= 1
    path.write_bytes(content)


def test_a_release_as_it_was_released_passes_and_says_what_was_checked(home: Home, folder: Path) -> None:
    assert sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()) == sorted(FILES)
    made = verified(home)
    assert made.findings == []
    size = sum((folder / name).stat().st_size for name in FILES if name not in ("SUCCESS", "manifest.json"))
    day = read_states(home)[0].released.at[:10]
    assert made.checked == [
        f"manifest.json and SUCCESS: as the event of {day} says",
        f"Files: 7 of 7 have the manifest's SHA-256 ({size / 1e6:,.1f} MB)",
        "nof.duckdb: opens; 2 of 2 tables have the manifest's rows (5)",
        "Parquet: 2 of 2 tables have the manifest's rows",
        "CSV: 1 of 1 tables have the manifest's rows",
        "CSV in NHS England's shape (league-table): 2 rows, as in the manifest, in 1 file",
        "Landed files: 2 of 2 are there with the manifest's SHA-256",
        "On disk: nothing in it can be written to",
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_found_in_every_file(home: Home, folder: Path, name: str) -> None:
    said = harmed(home, folder, lambda: flip(folder / name))
    assert any(line.startswith(f"{name}: was changed") for line in said), said


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_found(home: Home, folder: Path, name: str) -> None:
    said = harmed(home, folder, (folder / name).unlink)
    assert [line for line in said if line.startswith(f"{name}: is missing")], said
    assert len(said) == 1


@pytest.mark.parametrize("name", ["extra.txt", "csv/fct_extra.csv", ".hidden", "empty"])
def test_an_added_file_is_found(home: Home, folder: Path, name: str) -> None:
    def add() -> None:
        (folder / name).mkdir() if name == "empty" else (folder / name).write_text("x\r\n")

    assert harmed(home, folder, add) == [f"{name}: was added: it is not in the manifest."]


def test_a_file_that_became_a_link_to_the_same_bytes_is_found(
    home: Home, folder: Path, tmp_path: Path
) -> None:
    def link() -> None:
        (folder / "notes.md").rename(tmp_path / "elsewhere.md")
        (folder / "notes.md").symlink_to(tmp_path / "elsewhere.md")

    assert harmed(home, folder, link) == ["notes.md: is a link, and a release holds its own files."]


def edit_notes_and_manifest(folder: Path) -> None:
    """The harm of somebody who knows the manifest: a changed file and its new hash."""
    (folder / "notes.md").write_text("# Other notes of the release\n")
    manifest = json.loads((folder / "manifest.json").read_text())
    (entry,) = [each for each in manifest["outputs"] if each["path"] == "notes.md"]
    content = (folder / "notes.md").read_bytes()
    entry |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")


def test_an_edited_manifest_is_found(home: Home, folder: Path) -> None:
    said = harmed(home, folder, lambda: edit_notes_and_manifest(folder))
    (line,) = said
    assert line.startswith("manifest.json: was changed: it is not the one released on 20")


def test_an_edited_manifest_with_success_made_anew_is_found_by_the_event(home: Home, folder: Path) -> None:
    def edit_all() -> None:
        edit_notes_and_manifest(folder)
        digest = sha256((folder / "manifest.json").read_bytes()).hexdigest()
        (folder / "SUCCESS").write_text(f"release_id: {ONE}\nmanifest_sha256: {digest}\n")

    said = harmed(home, folder, edit_all)
    assert [line.split(":")[0] for line in said] == ["manifest.json", "SUCCESS"]


def test_the_event_cannot_be_edited_along(home: Home, folder: Path) -> None:
    path = next(home.events.glob("*.json"))
    path.write_text(path.read_text().replace("nof-2025-26", "nof-2025-27"))
    with pytest.raises(NofError, match="is damaged"):
        verified(home)


@pytest.mark.parametrize("text", ["{", "[]", "{}", "null", '{"outputs": 1}', '{"outputs": [{}]}'])
def test_a_manifest_that_is_none_is_a_finding_and_no_crash(home: Home, folder: Path, text: str) -> None:
    said = harmed(home, folder, lambda: (folder / "manifest.json").write_text(text))
    assert said[0].startswith("manifest.json: was changed")
    assert len(said) > 1


def test_a_manifest_of_another_release_is_found(home: Home, folder: Path) -> None:
    def swap() -> None:
        text = (folder / "manifest.json").read_text()
        (folder / "manifest.json").write_text(text.replace(ONE, TWO))

    assert f"manifest.json: is of release {Q1}/{TWO}." in harmed(home, folder, swap)


@pytest.mark.parametrize("size", [0, 100, 4096, 300_000])
def test_a_database_that_was_cut_short_does_not_pass(home: Home, folder: Path, size: int) -> None:
    path = folder / "nof.duckdb"
    whole = path.stat().st_size
    assert size < whole
    said = harmed(home, folder, lambda: path.write_bytes(path.read_bytes()[:size]))
    assert f"nof.duckdb: has {size:,} bytes, and the manifest says {whole:,}." in said
    if size < 10_000:
        assert any(line.startswith("nof.duckdb: does not open: ") for line in said) or size == 0, said


def rewrite(folder: Path, statement: str) -> None:
    """Change the database and give the manifest its new hash: only counting rows can tell."""
    with duckdb.connect(folder / "nof.duckdb") as connection:
        connection.execute(statement)
    _new_hash(folder, "nof.duckdb")


def _new_hash(folder: Path, name: str) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (entry,) = [each for each in manifest["outputs"] if each["path"] == name]
    content = (folder / name).read_bytes()
    entry |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "delete from publication.fct_metric where value = 0",
            "fct_metric has 2 rows, and the manifest says 3.",
        ),
        ("drop table publication.fct_metric", "lacks the table fct_metric, which the manifest counts."),
        ("create table publication.more as select 1", "has a table more, which the manifest does not know."),
    ],
)
def test_rows_of_the_database_are_counted(home: Home, folder: Path, statement: str, what: str) -> None:
    said = harmed(home, folder, lambda: rewrite(folder, statement))
    assert f"nof.duckdb: {what}" in said


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("csv/fct_metric.csv", "has 4 rows, and the manifest says 3."),
        (
            "csv/nhs-oversight-framework-acute-trust-league-table.csv",
            "has 3 rows, and the manifest says 2.",
        ),
    ],
)
def test_rows_of_the_csvs_are_counted(home: Home, folder: Path, name: str, what: str) -> None:
    def add_row() -> None:
        with (folder / name).open("a", newline="") as file:
            file.write("ZZ9,9\r\n")
        _new_hash(folder, name)

    assert f"{name}: {what}" in harmed(home, folder, add_row)


def test_rows_of_parquet_are_counted_and_what_is_none_is_said(home: Home, folder: Path) -> None:
    path = folder / "parquet" / "fct_metric.parquet"

    def shorten() -> None:
        duckdb.sql(f"copy (select 1 as one) to '{path}' (format parquet)")
        _new_hash(folder, "parquet/fct_metric.parquet")

    assert "parquet/fct_metric.parquet: has 1 rows, and the manifest says 3." in harmed(home, folder, shorten)
    said = harmed(home, folder, lambda: path.write_text("no parquet at all"))
    assert any(line.startswith("parquet/fct_metric.parquet: cannot be read as Parquet") for line in said)


@pytest.mark.parametrize("harm", ["missing", "changed", "unregistered", "no register"])
def test_a_landed_file_that_is_not_there_as_it_was_is_found(home: Home, harm: str) -> None:
    (path,) = home.landed.glob("*/acute.csv")
    name = path.relative_to(home.root).as_posix()
    if harm == "missing":
        path.unlink()
        assert found(home) == [f"{name}: is missing, and the release was made from it."]
        assert f"whose SHA-256 is {path.parent.name}" in verified(home).findings[0].remedy
    elif harm == "changed":
        flip(path)
        assert found(home) == [f"{name}: was changed, and the release was made from it."]
    elif harm == "unregistered":
        lines = home.register.read_text().splitlines()
        home.register.write_text("\n".join([lines[0], lines[2].replace("2,", "1,", 1)]) + "\n")
        assert found(home) == [f"{name}: is not in the register of landed files."]
    else:
        home.register.write_text("nonsense\n")
        (line,) = found(home)
        assert line.startswith("landed/register.csv: ")
    assert "Landed files: 1 of 2" in " ".join(verified(home).checked) or harm == "no register"


def test_what_can_be_written_to_is_a_finding_though_its_bytes_are_right(home: Home, folder: Path) -> None:
    (folder / "notes.md").chmod(0o644)
    assert found(home) == ["notes.md: can be written to, and a release is read-only."]
    assert verified(home).findings[0].remedy == f"Take the permission away: chmod -R a-w {folder}"
    (folder / "csv").chmod(0o755)
    assert found(home) == ["notes.md and 1 more: can be written to, and a release is read-only."]
    unlock(folder)
    assert found(home) == ["the whole folder: can be written to, and a release is read-only."]
    lock_again(folder)
    assert found(home) == []


def test_a_release_whose_folder_is_gone_is_found(home: Home, folder: Path) -> None:
    remove_tree(folder)
    assert found(home) == [f"{Q1}/{ONE}: its folder is gone, and no prune took it."]


def test_everything_is_found_at_once(home: Home, folder: Path) -> None:
    def harm() -> None:
        flip(folder / "csv" / "fct_metric.csv", 0)
        (folder / "quality" / "scored.json").unlink()
        (folder / "more.txt").write_text("more\n")

    next(home.landed.glob("*/acute.csv")).unlink()
    assert len(harmed(home, folder, harm)) == 4


# --- the home


def test_all_verifies_every_release_and_the_home(home: Home) -> None:
    put_out(home, Q2, TWO)
    made, passed_over = verify_all(home)
    assert [each.subject for each in made] == [f"{Q1}/{ONE}", f"{Q2}/{TWO}", f"The home {home.root}"]
    assert [each.findings for each in made] == [[], [], []]
    assert passed_over == []
    # The landed release is the current one: the bundled nation's never takes its place.
    assert made[2].checked == [
        "Events: 2, each follows the one before it",
        f"current: names {Q1}/{ONE}",
        "releases.csv: as the events say",
    ]


def test_all_passes_over_what_was_pruned_and_one_alone_is_refused(home: Home) -> None:
    files = (land(home, "acute-v3.csv", date(2026, 6, 1), "y\r\n1\r\n"),)
    put_out(home, Q1, TWO, inputs=files)
    prune(home, keep=0)
    made, passed_over = verify_all(home)
    assert not any(each.findings for each in made)
    assert [state.release for state in passed_over] == [f"{Q1}/{ONE}"]
    with pytest.raises(UsageRefused, match=r"was pruned on .* there is nothing to verify"):
        verify_one(home, ONE)
    assert verify_one(home, "current")[0][0].subject == f"{Q1}/{TWO}"


def test_a_home_without_releases_has_nothing_to_verify(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="There is no release in"):
        verify_all(Home(tmp_path / "nowhere"))


def home_findings(home: Home) -> list[str]:
    return [f"{each.file}: {each.what}" for each in verify_all(home)[0][-1].findings]


def test_what_a_home_says_wrongly_of_its_releases_is_found(home: Home) -> None:
    files = (land(home, "acute-v3.csv", date(2026, 6, 1), "y\r\n1\r\n"),)
    put_out(home, Q1, TWO, inputs=files)
    assert home_findings(home) == []

    home.release_list.write_text(home.release_list.read_text().replace("provisional", "final"))
    assert home_findings(home) == ["releases/releases.csv: does not say what the events say."]
    home.release_list.unlink()
    assert home_findings(home) == ["releases/releases.csv: is missing."]

    home.current.unlink()
    home.current.symlink_to(f"{Q1}/{ONE}")
    said = home_findings(home)
    assert f"releases/CURRENT: says {Q1}/{TWO}, unlike the link." in said
    assert (
        f"releases/current: names {Q1}/{ONE}, and the last good release under the framework in force is "
        f"{Q1}/{TWO}." in said
    )
    withdraw(home, ONE, role=ROLE, reason=REASON)
    home.current.unlink()
    home.current.symlink_to(f"{Q1}/{ONE}")
    assert f"releases/current: names {Q1}/{ONE}, which is no good release." in home_findings(home)


def test_a_release_that_no_event_knows_is_found(home: Home, folder: Path) -> None:
    stray = home.releases / Q2 / TWO
    stray.mkdir(parents=True)
    assert f"releases/{Q2}/{TWO}: is in no event." in home_findings(home)
