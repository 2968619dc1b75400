"""`nof run`, `nof status --alert` and `nof alert` with channels on loopback: what they tell, how they end."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from harness_home import ONE, Q1, REASON, ROLE, land, put_out, tree
from harness_session import Nof
from harness_web import Web, answer, web
from nof.files import remove_tree
from nof.home import Home
from nof.landing.folders import folders_of

HOOK = "/s3cr3t"
FILE = "nhs-oversight-framework-acute-trust-data.csv"


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as made:
        made.pages[HOOK] = [answer(200)]
        yield made


@pytest.fixture
def home(tmp_path: Path, server: Web) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    configure(folder, server)
    yield folder
    remove_tree(folder)


def configure(folder: Path, server: Web, *lines: str) -> None:
    hook = f'[[alerts.webhooks]]\nname = "team"\naddress = "{server.address}{HOOK}"\nattempts = 1\n'
    (folder / "nof.toml").write_text("\n".join([*lines, hook]))


def put_bad_file(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / FILE).write_text("<html>404</html>", encoding="utf-8")
    return folder


def events(server: Web) -> list[str]:
    found = [content["event"] for _, content in server.posted]
    server.posted.clear()
    return found


def test_a_refusal_is_told_once_and_ends_the_run_as_it_does_without(
    nof: Nof, home: Path, server: Web, tmp_path: Path
) -> None:
    inbox = put_bad_file(tmp_path / "files")
    status, _, err = nof("run", "--home", home, "--landing", inbox)
    assert (status, FILE in err, "Alert" in err) == (3, True, False)
    ((_, told),) = server.posted
    assert told["event"] == "refused"
    assert told["headline"].startswith(f"Refused: {FILE}.")
    assert Path(told["where"]).parent == home / "refused"
    assert told["details"][-1] == f"When that is done: nof run --landing {inbox} --home {home}"
    server.posted.clear()
    status, _, _ = nof("run", "--home", home, "--landing", inbox)
    assert (status, events(server)) == (3, [])


def test_the_cell_of_a_published_file_is_named_and_that_of_a_register_is_not(
    nof: Nof, home: Path, server: Web, tmp_path: Path, sample_files: Path
) -> None:
    (published,) = sample_files.glob("nhs-*ambulance*data-q1-2025-26.csv")
    (register,) = sample_files.glob("oversight-registers*.csv")
    for source, column in ((published, "Value"), (register, "Value")):
        with source.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[3][column] = "12z34"
        inbox = tmp_path / source.stem
        inbox.mkdir()
        with (inbox / source.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        status, _, err = nof("run", "--home", home, "--landing", inbox)
        assert (status, "12z34" in err) == (3, True)
    (_, of_published), (_, of_register) = server.posted
    place = f"{published.name}, row 5, column Value, value '12z34': "
    assert of_published["details"][0].startswith(place)
    assert "12z34" not in str(of_register)
    assert of_register["details"][0] == (
        f"{register.name}, row 5, column Value: what stands there is not sent; "
        "it is where the run printed it."
    )


def test_a_channel_that_cannot_be_reached_changes_no_exit_status(
    nof: Nof, home: Path, server: Web, tmp_path: Path
) -> None:
    server.pages[HOOK] = [answer(500)]
    inbox = put_bad_file(tmp_path / "files")
    status, _, err = nof("run", "--home", home, "--landing", inbox)
    assert status == 3
    (line,) = [line for line in err.splitlines() if line.startswith("Alert")]
    assert line.startswith("Alert 'refused' to team: the server answers 500 (1 attempts)")
    assert "s3cr3t" not in err
    assert FILE in err
    # By hand, once the channel is mended.
    server.pages[HOOK] = [answer(200)]
    events(server)
    status, out, _ = nof("alert", "--home", home)
    assert (status, out, events(server)) == (0, "Alert 'refused' to team: sent.\n", ["refused"])
    status, out, _ = nof("alert", "--home", home)
    assert (status, out) == (0, "Nothing waits to be sent.\n")


def test_what_the_machine_does_to_a_run_is_told(nof: Nof, home: Path, server: Web) -> None:
    (home / "build").write_text("a file where the build is to have its folder")
    status, _, err = nof("run", "--home", home)
    assert status == 1
    ((_, told),) = server.posted
    assert told["event"] == "failed"
    assert told["headline"].startswith("The run failed: ")
    assert told["headline"].removeprefix("The run failed: ") in err


def test_a_run_that_breaks_off_is_told_and_breaks_off_as_it_does_without(
    nof: Nof, home: Path, server: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise KeyError("a fault of the program itself")

    monkeypatch.setattr("nof.steps.prepare", fault)
    with pytest.raises(KeyError, match="a fault of the program itself"):
        nof("run", "--home", home)
    ((_, told),) = server.posted
    assert (told["event"], told["headline"]) == ("failed", "The run broke off: KeyError.")
    assert "a fault of the program" not in str(told)
    assert told["next_step"] == f"Run again: nof run --home {home}"


def test_wrong_use_is_told_nobody(nof: Nof, home: Path, server: Web) -> None:
    for words in (("--quarter", "Q5 2025/26"), ("--landing", "no-such-folder"), ("--framework", "nof-1999")):
        assert nof("run", "--home", home, *words)[0] == 2
    assert events(server) == []


def test_a_run_takes_the_inbox_of_the_home_and_says_so(
    nof: Nof, home: Path, server: Web, tmp_path: Path
) -> None:
    inbox = put_bad_file(tmp_path / "fetched")
    configure(home, server, f'inbox = "{inbox}"')
    status, _, err = nof("run", "--home", home)
    assert status == 3
    assert f"Landing from the inbox of the home: {inbox}" in err
    assert events(server) == ["refused"]
    # Another folder that is named takes its place.
    status, _, err = nof("run", "--home", home, "--landing", put_bad_file(tmp_path / "other"))
    assert (status, "Landing from the inbox" in err) == (3, False)


def test_the_inbox_counts_where_it_holds_data(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    assert folders_of(home) == ()
    inbox = home.root / "inbox"
    inbox.mkdir(parents=True)
    assert folders_of(home) == ()
    for name in (".fetching.csv", "~$a.csv", "README.csv", "notes.txt"):
        (inbox / name).write_text("x")
    (inbox / "folder.csv").mkdir()
    assert folders_of(home) == ()
    (inbox / "a.CSV").write_text("x")
    assert folders_of(home) == (inbox,)


def test_a_run_that_finds_nothing_new_tells_nothing(
    nof: Nof, bundled_release: Path, tmp_path: Path, server: Web
) -> None:
    home = tmp_path / "home"
    shutil.copytree(bundled_release.parents[2], home, symlinks=True)
    configure(home, server)
    before = {name: said for name, said in tree(home).items() if not name.startswith(".")}
    status, out, _ = nof("run", "--home", home)
    assert (status, "Nothing new to release" in out, events(server)) == (0, True, [])
    assert {name: said for name, said in tree(home).items() if not name.startswith(".")} == before


def test_lateness_is_told_once_and_again_after_a_week(nof: Nof, home: Path, server: Web) -> None:
    # 2025-26-Q1 was to be out by 9 September: data files are late from the 17th, league tables from the 24th.
    told = {}
    for day in ("2025-09-16", "2025-09-17", "2025-09-18", "2025-09-24", "2025-09-30", "2025-10-01"):
        status, _, _ = nof("status", "--alert", "--home", home, "--on", day)
        assert status == 0
        told[day] = [content["headline"] for _, content in server.posted]
        events(server)
    assert told == {
        "2025-09-16": [],
        "2025-09-17": ["Late: 3 inputs, the newest of 2025-26-Q1."],
        "2025-09-18": [],
        "2025-09-24": ["Late: 6 inputs, the newest of 2025-26-Q1."],
        "2025-09-30": [],
        "2025-10-01": ["Late: 6 inputs, the newest of 2025-26-Q1."],
    }


def test_status_without_alert_tells_nothing(nof: Nof, home: Path, server: Web) -> None:
    assert nof("status", "--home", home, "--on", "2026-01-01")[0] == 0
    assert events(server) == []


def test_a_release_that_nobody_signs_off_is_told(nof: Nof, home: Path, server: Web) -> None:
    held = Home(home)
    entry = land(held, "acute.csv", date(2026, 4, 1))
    put_out(held, Q1, ONE, inputs=(entry,))
    later = (date.today() + timedelta(days=15)).isoformat()
    status, out, _ = nof("status", "--alert", "--home", home, "--on", later, "--format", "csv")
    assert status == 0
    assert {len(row) for row in csv.reader(out.splitlines())} == {12}  # the inputs alone
    headlines = [content["headline"] for _, content in server.posted]
    assert any(each.startswith(f"Not signed off: {Q1}/{ONE}, provisional for 1") for each in headlines)
    events(server)
    nof("finalise", ONE, "--role", ROLE, "--reason", REASON, "--home", home)
    much_later = (date.today() + timedelta(days=60)).isoformat()
    nof("status", "--alert", "--home", home, "--on", much_later)
    assert not any("Not signed off" in content["headline"] for _, content in server.posted)


def test_status_that_cannot_tell_ends_with_status_1(nof: Nof, home: Path, server: Web) -> None:
    server.pages[HOOK] = [answer(404)]
    status, _, err = nof("status", "--alert", "--home", home, "--on", "2025-09-17")
    assert status == 1
    assert "Alert 'late' to team: the server answers 404" in err


@pytest.mark.parametrize("words", [("alert",), ("alert", "--test"), ("status", "--alert")])
def test_a_home_that_names_nobody_is_wrong_use(nof: Nof, tmp_path: Path, words: tuple[str, ...]) -> None:
    status, _, err = nof(*words, "--home", tmp_path)
    assert status == 2
    assert "names nobody to alert. Add [alerts] with a webhook or e-mail" in err


def test_a_ledger_that_cannot_be_read_is_said_with_status_1(nof: Nof, home: Path) -> None:
    (home / "alerts.json").write_text("{")
    status, out, err = nof("alert", "--home", home)
    assert (status, out) == (1, "")
    assert err.startswith(f"Alerts: {home / 'alerts.json'} cannot be read (JSONDecodeError). Remove it:")


def test_a_test_says_what_came_of_it(nof: Nof, home: Path, server: Web) -> None:
    status, out, _ = nof("alert", "--test", "--home", home)
    assert (status, out, events(server)) == (0, "Alert 'test' to team: sent.\n", ["test"])
    server.pages[HOOK] = [answer(403)]
    status, _, err = nof("alert", "--test", "--home", home)
    assert status == 1
    assert err == (
        "Alert 'test' to team: the server answers 403: it does not take this message at this address. "
        "Make the webhook anew where it was made, or choose another form.\n"
    )
