"""A wheel in an empty folder, without a checkout: the same release, byte for byte, and every command."""

import http.client
import json
import signal
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from engines.harness_compare import compare_releases
from harness_wheel import build, call, install, outside
from nof.release import InputEntry, release_id


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and an empty folder.

    Attributes:
        python: of the environment.
        folder: where commands are given.
        cache: the user's cache folder.
    """

    python: Path
    folder: Path
    cache: Path

    @property
    def package(self) -> Path:
        """Where the wheel was unpacked."""
        (found,) = self.python.parents[1].glob("[Ll]ib/**/site-packages/nof")
        return found

    def nof(self, *arguments: object) -> str:
        """What a command says that ends well."""
        return self.said("-m", "nof", *arguments)

    def said(self, *arguments: object) -> str:
        """What Python says that ends well."""
        done = call(self.python, *(str(each) for each in arguments), cwd=self.folder, cache=self.cache)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def contents(package: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each file, but for what Python compiles."""
    return {
        path.relative_to(package).as_posix(): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel installed, nothing run yet."""
    base = tmp_path_factory.mktemp("wheel")
    python = install(build(base / "built"), base / "environment")
    folder = base / "empty"
    folder.mkdir()
    return Installed(python, folder, base / "cache")


@pytest.fixture(scope="module")
def ran(empty: Installed) -> Installed:
    """The main job was run there, with the home that it has by default."""
    before = contents(empty.package)
    empty.nof("run")
    # The installed files may belong to somebody else: nothing is written beside them.
    assert contents(empty.package) == before
    return empty


def test_the_release_is_that_of_the_checkout(ran: Installed, bundled_release: Path) -> None:
    assert "/site-packages/nof" in ran.said("-c", "import nof; print(nof.__file__)")
    release = (ran.folder / "warehouse" / "releases" / "current").resolve()
    assert release.name == bundled_release.name
    same, differences = compare_releases(release, bundled_release)
    assert differences == []
    assert same > 700
    assert sorted(path.name for path in ran.folder.iterdir()) == ["warehouse"]
    assert list((ran.cache / "nof" / "manifests").glob("*.msgpack"))


def test_a_file_changed_in_an_installed_project_gives_another_id(
    ran: Installed, bundled_release: Path
) -> None:
    ask = "from nof.release import code_hash; print(code_hash())"
    before = ran.said("-c", ask)
    path = ran.package / "_project" / "models" / "scoring" / "segments.sql"
    content = path.read_bytes()
    try:
        path.write_bytes(content + b"\n")
        assert ran.said("-c", ask) != before
    finally:
        path.write_bytes(content)
    assert ran.said("-c", ask) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("explain", "ZY3", "2025-26-Q3"), "Cut points and unadjusted segment"),
        (("what-if", "ZY3", "OF0081=1"), "ZY3"),
        (("verify", "current"), "nothing found"),
        (("releases",), "2025-26-Q4"),
        (("status",), "2025-26-Q4"),
        (("templates", "templates"), "templates"),
        (("site", "pages"), "pages"),
        (("records", "--help"), "extracts"),
        (("run",), "Nothing new"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_kind_of_command_works(ran: Installed, arguments: tuple[str, ...], says: str) -> None:
    assert says in ran.nof(*arguments)


def test_files_land_and_a_forecast_of_them_has_the_id_that_the_checkout_gives_it(empty: Installed) -> None:
    empty.nof("sample", "files")
    empty.nof("early-view", "2026-27-Q1", "--landing", "files", "--home", "landed")
    (release,) = (empty.folder / "landed" / "releases" / "2026-27-Q1").iterdir()
    inputs = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert len(inputs) > 5
    entries = [
        InputEntry(**{**entry, "landed_date": date.fromisoformat(entry["landed_date"])}) for entry in inputs
    ]
    assert release.name == release_id(
        inputs=entries, framework_id="nof-2025-26-early-view", quarter_id="2026-27-Q1"
    )


def test_the_pages_are_served(ran: Installed) -> None:
    command = [str(ran.python), "-m", "nof", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ran.folder, env=outside(), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split("/")[2].rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_dagster_loads_its_definitions(empty: Installed) -> None:
    done = call(
        empty.python, "-m", "dagster", "definitions", "validate", "-m", "nof.definitions",
        cwd=empty.folder, cache=empty.cache,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All code locations passed validation" in done.stdout + done.stderr


def test_what_changes_the_project_says_where_it_can_be_run(empty: Installed) -> None:
    done = call(empty.python, "-m", "nof.sample", cwd=empty.folder, cache=empty.cache)
    assert done.returncode != 0
    assert "Run it in a checkout, or name one in NOF_PROJECT_DIR" in done.stderr
