"""What the tests of bad inputs share: a home with a sound file, a folder to land from, and the refusal."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from harness_inputs import NAME, TODAY, Refuse, published, row
from harness_mortal import Forge
from harness_scenes import input_scenes, release_scenes, small_forge, small_template
from harness_tally import Tallies, all_of, lines_of, shortcomings, tallies_of
from harness_trials import Scene

from nof.errors import InputRefused
from nof.home import Home
from nof.landing import land, register_new_files
from nof.landing.persons import may_be_kept


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which one sound file is landed, so that `untouched` means something."""
    home = Home(tmp_path / "home")
    first = tmp_path / "first"
    first.mkdir()
    (first / "sound.csv").write_bytes(published(row(Trust_type="Ambulance trust")))
    register_new_files(home, land(home, [first], today=date(2025, 9, 9)))
    return home


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def tallies(record_property: Callable[[str, object], None]) -> Tallies:
    return tallies_of(record_property)


@pytest.fixture
def refuse(home: Home, inbox: Path) -> Refuse:
    """Land files that must be refused; checks what holds for every refusal, and hands back the refusal."""

    def landed_state() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in home.landed.rglob("*") if path.is_file()}

    def do(content: bytes, name: str = NAME) -> InputRefused:
        before = landed_state()
        (inbox / name).write_bytes(content)
        with pytest.raises(InputRefused) as refused:
            land(home, [inbox], today=TODAY)
        assert refused.value.exit_status == 3
        assert landed_state() == before
        (folder,) = home.refused.iterdir()
        kept = [path.read_bytes() for path in folder.glob(name)]
        # Of what nobody can look into, or what is about persons, the reasons are kept and not the bytes.
        assert kept == ([content] if may_be_kept(name, content) else [])
        record = json.loads((folder / "reasons.json").read_text(encoding="utf-8"))
        assert record["is_file_kept"] is bool(kept)
        assert record["file_name"] == name
        assert record["problems"][0]["file"] == name
        assert (folder / "reasons.txt").read_text(encoding="utf-8").startswith(name)
        for problem in refused.value.problems:
            assert problem.file == name
            assert problem.remedy.endswith((".", ")."))
        # The next run, without the file, is as if it had never been there.
        (inbox / name).unlink()
        (inbox / "good.csv").write_bytes(published(row()))
        assert [file.file_name for file in land(home, [inbox], today=TODAY).new_files] == ["good.csv"]
        (inbox / "good.csv").unlink()
        return refused.value

    return do


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    """What starts the processes that faults happen to, on small homes."""
    with small_forge() as made:
        yield made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small home that every trial begins with a copy of."""
    with small_template(tmp_path_factory.mktemp("template")) as made:
        yield made


@pytest.fixture(scope="module")
def scenes(template: Path) -> dict[str, Scene]:
    """The steps that change releases and those that take files in, by name."""
    return release_scenes(template) | input_scenes(template)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fewer tries than promised, a loss or a wrong release fail the session, whatever each test says."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and shortcomings(all_of(reporter)) and not session.config.option.collectonly:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried and what became of it."""
    found = all_of(terminalreporter)
    if not found:
        return
    terminalreporter.section("faults")
    for line in [*lines_of(found), *(f"FAILED: {each}" for each in shortcomings(found))]:
        terminalreporter.write_line(line)
