"""What people, programs and clocks do to a home and its folders while nobody looks: said, and survived."""

import hashlib
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from harness_endured import after, command, ended_with, endured
from harness_inputs import NAME, published, row
from harness_mortal import Forge
from harness_scenes import fetch_scene
from harness_tally import Tallies
from harness_trials import STEPS, Scene, weigh

from harness_home import ONE, Q1, Q2, THREE, TWO, unlock
from harness_some import some
from harness_web import answer, cut
from nof.files import remove_tree
from nof.home import Home
from nof.landing.register import read_register
from nof.release.verify_home import verify_all

LAND = "land and register"
HOLDER = """
import sys, time
from pathlib import Path
from nof.home import Home

with Home(Path(sys.argv[1])).lock():
    print("held", flush=True)
    time.sleep(600)
"""
LOCKER = """
import sys, time
import duckdb

connection = duckdb.connect(sys.argv[1])
connection.execute("create or replace table held as select 1")
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "home"
    if (tmp_path / "home").exists():
        remove_tree(tmp_path / "home")


@pytest.fixture
def inbox(tmp_path: Path, template: Path) -> Path:
    """The two sound files in a folder of the test's own."""
    return Path(shutil.copytree(template.parent / "sound", tmp_path / "inbox"))


def another(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Another process that has begun to hold something."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *(str(each) for each in arguments)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def end(process: "subprocess.Popen[str]") -> None:
    process.kill()
    process.communicate()


def test_two_at_once(forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies) -> None:
    """One is refused and says so; the lock of one that was killed is no lock."""
    scene, tally = scenes["withdraw"], tallies("two at once", "nof withdraw beside a run")
    scene.laid(home)
    holder = another(HOLDER, home)
    try:
        asked = command(home, "withdraw", THREE, "--role", "Head of Data", "--reason", "wrong file")
        status, said = ended_with(asked)
        tally.tried += 1
        assert status == 1
        assert "Another run is working in this home" in said and "Wait until it has ended" in said
        weigh(forge, scene, home, tally, is_finished=False)
    finally:
        end(holder)
    after(forge, scene, home, tally)


@pytest.mark.parametrize("left", ["", "999999\n"])
def test_a_stale_lock_file(
    left: str, forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    scene, tally = scenes["promote"], tallies("stale lock file", "promote")
    scene.laid(home)
    Home(home).lock_file.write_text(left)
    tally.tried += 1
    after(forge, scene, home, tally)


@pytest.mark.parametrize("harm", ["before", "while reading"])
def test_the_landing_folder_is_pulled_away(
    harm: str, forge: Forge, scenes: dict[str, Scene], home: Path, inbox: Path, tallies: Tallies
) -> None:
    away = inbox.with_name(f"{inbox.name}-away")

    def pull(_: Path) -> None:
        if harm == "before":
            inbox.rename(away)

    said = {
        "before": (f"{inbox} does not exist", "Name the folder"),
        "while reading": ("cannot be opened (No such file or directory)", "Check who may read it"),
    }
    step = {"before": "land", "while reading": "land_while"}[harm]
    more = {} if harm == "before" else {"how": "pulled"}
    pulled = replace(
        scenes[LAND],
        step=f"{STEPS}:{step}",
        again=f"{STEPS}:land",
        again_arguments={"inbox": str(inbox)},
    )
    endured(
        forge,
        pulled,
        home,
        tallies("landing folder pulled away", harm),
        says=said[harm],
        harm=pull,
        ended=lambda _: shutil.move(away, inbox),
        inbox=str(inbox),
        **more,
    )


@pytest.mark.parametrize(
    ("kind", "harm"), [("landing folder pulled away", "gone"), ("landing file changed", "changed")]
)
def test_what_was_read_is_what_is_landed_whatever_becomes_of_the_folder(
    kind: str,
    harm: str,
    forge: Forge,
    scenes: dict[str, Scene],
    home: Path,
    inbox: Path,
    template: Path,
    tallies: Tallies,
) -> None:
    scene, tally = scenes[LAND], tallies(kind, "between reading and registering")
    scene.laid(home)
    landed = forge.run(f"{STEPS}:land_while", home, inbox=str(inbox), how=harm)
    tally.tried += 1
    assert landed.status == 0, landed.said
    assert not (inbox / NAME).exists() or b"other" in (inbox / NAME).read_bytes()
    for entry in some(read_register(Home(home))):
        original = (template.parent / "sound" / entry["file_name"]).read_bytes()
        assert hashlib.sha256(original).hexdigest() == entry["sha256"]
        assert (home / "landed" / entry["sha256"] / entry["file_name"]).read_bytes() == original
    after(forge, scene, home, tally)


def test_the_clock_is_set_back(
    forge: Forge, scenes: dict[str, Scene], home: Path, inbox: Path, tallies: Tallies
) -> None:
    """A restated file that is landed later is known later, whatever the clock says."""
    scene, tally = scenes[LAND], tallies("clock set back", "landing")
    scene.laid(home)
    assert forge.run(f"{STEPS}:land", home, inbox=str(inbox)).status == 0
    (inbox / "ambulance-v2.csv").write_bytes(published(row(Trust_type="Ambulance trust", Value="8.5")))
    said = [
        forge.run(f"{STEPS}:clock_warning", home, inbox=str(inbox), today=day).answer
        for day in ("2026-07-08", "2026-06-01")
    ]
    assert said[0] == ""
    assert "a day before 2026-07-08, on which a file was landed" in said[1] and "Set the clock" in said[1]
    landed = forge.run(f"{STEPS}:land", home, inbox=str(inbox), today="2026-06-01")
    tally.tried += 1
    assert landed.status == 0, landed.said
    days = [(entry["file_name"], entry["landed_date"]) for entry in read_register(Home(home))]
    assert days[0][1] == days[1][1] == "2026-07-08"
    assert days[2] == ("ambulance-v2.csv", "2026-07-08")
    weigh(forge, scene, home, tally, is_finished=True)
    tally.survived += 1


def _no_link(home: Home) -> None:
    home.current.unlink()


def _broken(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to(f"{Q2}/{'7' * 16}")


def _away(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to("/etc")


def _a_file(home: Home) -> None:
    home.current.unlink()
    home.current.write_text("2025-26-Q2\n")


def _older(home: Home) -> None:
    home.current.unlink()
    home.current.symlink_to(f"{Q1}/{ONE}")


def _text(home: Home) -> None:
    home.current_text.write_text("nothing of the kind\n")


@pytest.mark.parametrize("harm", [_no_link, _broken, _away, _a_file, _older, _text])
def test_current_is_broken_or_led_away_by_hand(
    harm: Callable[[Home], None], forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    """`nof verify --all` says so, and the next command that writes puts it right.

    But for a link that is no link: `CURRENT` stands for it where a system has none.
    """
    scene, tally = scenes["finalise"], tallies("current harmed by hand", harm.__name__.strip("_"))
    scene.laid(home)
    harm(Home(home))
    tally.tried += 1
    found = [str(finding) for each in verify_all(Home(home))[0] for finding in each.findings]
    assert any("The next command" in each for each in found) == (harm not in {_no_link, _a_file}), found
    after(forge, scene, home, tally)
    assert Home(home).current.readlink().as_posix() == f"{Q2}/{THREE}"


@pytest.mark.parametrize("harm", ["torn event", "event gone", "torn mark", "torn register"])
def test_a_log_that_is_damaged_stops_every_command_until_it_is_put_back(
    harm: str, forge: Forge, scenes: dict[str, Scene], home: Path, inbox: Path, tallies: Tallies
) -> None:
    """Nothing can tell what happened then, so nothing is written; figures can still be read."""
    held = Home(home)
    kept: dict[Path, bytes] = {}

    def do(_: Path) -> None:
        assert forge.run(f"{STEPS}:land", home, inbox=str(inbox)).status == 0
        events = sorted(held.events.glob("*.json"))
        path = {
            "torn event": events[-1],
            "event gone": events[1],
            "torn mark": held.events / "LAST",
            "torn register": held.register,
        }[harm]
        kept[path] = path.read_bytes()
        if harm == "event gone":
            path.unlink()
        else:
            path.write_bytes(kept[path][: len(kept[path]) * 2 // 3])

    def put_back(_: Path) -> None:
        for path, content in kept.items():
            path.write_bytes(content)

    scene = scenes[LAND]
    scene.laid(home)
    do(home)
    tally = tallies("log or register damaged", harm)
    asked = forge.run(f"{STEPS}:land", home, inbox=str(inbox))
    tally.tried += 1
    assert asked.status == 1, asked
    assert "is damaged" in asked.said and "copy of the home" in asked.said
    assert held.current.readlink().as_posix() == f"{Q2}/{THREE}"
    put_back(home)
    after(forge, scene, home, tally)


@pytest.mark.parametrize("harm", ["changed", "gone", "manifest torn"])
def test_a_release_is_altered_by_hand(
    harm: str, forge: Forge, scenes: dict[str, Scene], home: Path, tallies: Tallies
) -> None:
    """`nof verify` says which file; the next command goes on, and touches nothing of it."""
    scene, tally = scenes["promote"], tallies("release altered by hand", harm)
    scene.laid(home)
    folder = home / "releases" / Q2 / TWO
    path = folder / ("manifest.json" if harm == "manifest torn" else "csv/fct_metric.csv")
    before = path.read_bytes()
    unlock(folder)
    if harm == "gone":
        path.unlink()
    else:
        path.write_bytes(before[: len(before) // 2])
    tally.tried += 1
    status, said = ended_with(command(home, "verify", "--all"))
    assert status == 1
    assert path.relative_to(folder).as_posix() in said and "Restore it from a copy" in said
    made = forge.run(f"{STEPS}:make_and_promote", home)
    assert made.status == 0, made.said
    assert (harm == "gone") == (not path.exists())
    path.write_bytes(before)
    for each in [*folder.rglob("*"), folder]:
        each.chmod(0o555 if each.is_dir() else 0o444)
    weigh(forge, scene, home, tally, is_finished=True)
    tally.survived += 1


@pytest.mark.parametrize("harm", ["zero", "truncated", "flipped", "a folder", "held by another"])
def test_a_build_database_left_from_before(
    harm: str, forge: Forge, scenes: dict[str, Scene], home: Path, inbox: Path, tallies: Tallies
) -> None:
    """A run makes its build anew: what a run before it left cannot enter a release."""
    scene, tally = scenes[LAND], tallies("build database corrupt", harm)
    scene.laid(home)
    wanted = forge.run(f"{STEPS}:write_tables", home, inbox=str(inbox))
    assert wanted.status == 0, wanted.said
    database = Path(forge.run(f"{STEPS}:build_file", home, inbox=str(inbox)).answer)
    content = database.read_bytes()
    holder = None
    if harm == "a folder":
        database.unlink()
        database.mkdir()
    elif harm == "held by another":
        holder = another(LOCKER, database)
    else:
        harmed = {"zero": b"", "truncated": content[: len(content) // 3]}.get(harm)
        database.write_bytes(bytes(255 - each for each in content) if harmed is None else harmed)
    tally.tried += 1
    try:
        again = forge.run(f"{STEPS}:write_tables", home, inbox=str(inbox))
        assert again.status == 0, again.said
        assert again.answer == wanted.answer
        weigh(forge, scene, home, tally, is_finished=True)
    finally:
        if holder is not None:
            end(holder)
    tally.survived += 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end(
    number: signal.Signals,
    forge: Forge,
    scenes: dict[str, Scene],
    home: Path,
    sample_files: Path,
    tallies: Tallies,
) -> None:
    """The run ends, says so, and holds nothing any more."""
    scene, tally = scenes[LAND], tallies(f"{number.name}", "nof run, landing")
    scene.laid(home)
    running = command(home, "run", "--landing", sample_files)
    assert running.stderr is not None
    assert running.stderr.readline() == "Landing\n"
    time.sleep(0.3)
    running.send_signal(number)
    status, said = ended_with(running)
    tally.tried += 1
    assert status == 1, said
    assert "Stopped by " in said and "No release was harmed" in said
    assert "Traceback" not in said
    weigh(forge, scene, home, tally, is_finished=False)
    after(forge, scene, home, tally)


def test_the_network_is_cut_during_a_fetch(
    forge: Forge, template: Path, home: Path, tallies: Tallies
) -> None:
    """Nothing comes into the inbox until all of it has come."""
    tally = tallies("network cut", "nof fetch, the last of three files")
    with fetch_scene(template) as (scene, server):
        path = "/community-q3.csv"
        whole = published(row(Units=path))
        server.pages[path] = [cut(whole[:40])]

        def mended(root: Path) -> None:
            assert list((root / "inbox").iterdir()) == []
            server.pages[path] = [answer(200, whole)]

        endured(
            forge, scene, home, tally, says=("broke off", "(2 attempts)", "Try again later"), ended=mended
        )


def test_two_fetches_at_once(forge: Forge, template: Path, home: Path, tallies: Tallies) -> None:
    tally = tallies("two at once", "nof fetch beside another")
    with fetch_scene(template) as (scene, _):
        scene.laid(home)
        script = HOLDER.replace(".lock()", ".fetch_lock()")
        holder = another(script, home)
        try:
            asked = scene.run(forge, home)
            tally.tried += 1
            assert asked.status == 1
            assert "Another fetch is working in this home" in asked.said
            weigh(forge, scene, home, tally, is_finished=False)
        finally:
            end(holder)
        after(forge, scene, home, tally)
