"""Small homes and the steps that work in them, to be killed: what may be there afterwards, said by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness_inputs import NAME, published, row
from harness_mortal import End, Forge
from harness_steps import NEW, digest_of
from harness_trials import STEPS, Scene

from harness_home import ONE, Q1, Q2, THREE, TWO, put_out, small_candidate, tree
from harness_web import Web, answer, web
from nof.files import remove_tree
from nof.home import Home

# What verification, landing and DuckDB load when they are first used: loaded once, before the first child.
WARM = (
    *("harness_steps", "duckdb", "pandas", "pyarrow.parquet", "pyarrow.dataset", "encodings.utf_8_sig"),
    *("nof.release.current", "nof.fetch.download", "encodings.idna"),
)
LAST, BEFORE, OLDER, MADE = f"{Q2}/{THREE}", f"{Q2}/{TWO}", f"{Q1}/{ONE}", f"{Q2}/{NEW}"
SPOILT = published(row(Value="nine"))
PATHS = ("/acute-q3.csv", "/ambulance-q3.csv", "/community-q3.csv")


def small_forge() -> Forge:
    """A forge that has loaded what small steps need."""
    return Forge(warm=WARM)


@contextmanager
def small_template(folder: Path) -> Iterator[Path]:
    """A home with an older and a newer quarter, released twice; a third release of it waits in build/.

    Beside it folders to land from: `sound` with two files, `spoilt` with one that is refused.
    """
    home = Home(folder / "home")
    put_out(home, Q1, ONE)
    put_out(home, Q2, TWO)
    put_out(home, Q2, THREE)
    small_candidate(home, Q2, NEW)
    for name in ("sound", "spoilt"):
        (folder / name).mkdir()
    (folder / "sound" / NAME).write_bytes(published(row()))
    (folder / "sound" / "ambulance.csv").write_bytes(published(row(Trust_type="Ambulance trust")))
    (folder / "spoilt" / NAME).write_bytes(SPOILT)
    try:
        yield home.root
    finally:
        remove_tree(home.root)


def release_scenes(template: Path) -> dict[str, Scene]:
    """The steps that change what readers see."""
    good = {name: digest_of(template / "releases" / name) for name in (LAST, BEFORE, OLDER)}
    made = digest_of(template / "build" / NEW / "candidate")
    return {
        "promote": Scene(
            step=f"{STEPS}:promote",
            again=f"{STEPS}:make_and_promote",
            template=template,
            good=good,
            may_come={MADE: made},
            may_be_current=frozenset({LAST, MADE}),
            current=MADE,
        ),
        "finalise": Scene(
            step=f"{STEPS}:finalise",
            arguments={"name": THREE},
            template=template,
            good=good,
            may_be_current=frozenset({LAST}),
            current=LAST,
        ),
        "withdraw": Scene(
            step=f"{STEPS}:withdraw",
            arguments={"name": THREE},
            template=template,
            good=good,
            may_be_current=frozenset({LAST, BEFORE}),
            current=BEFORE,
        ),
        "prune": Scene(
            step=f"{STEPS}:prune",
            template=template,
            good=good,
            may_go=frozenset({BEFORE}),
            may_be_current=frozenset({LAST}),
            current=LAST,
        ),
    }


def input_scenes(template: Path) -> dict[str, Scene]:
    """The steps that keep files: into the register, and into what is refused."""
    good = {name: digest_of(template / "releases" / name) for name in (LAST, BEFORE, OLDER)}
    stays = {"template": template, "good": good, "may_be_current": frozenset({LAST}), "current": LAST}
    return {
        "land and register": Scene(
            step=f"{STEPS}:land",
            arguments={"inbox": str(template.parent / "sound")},
            finished=_landed,
            **stays,  # type: ignore[arg-type]
        ),
        "keep a refused file": Scene(
            step=f"{STEPS}:refuse",
            arguments={"inbox": str(template.parent / "spoilt")},
            finished=_refused,
            **stays,  # type: ignore[arg-type]
        ),
    }


@contextmanager
def fetch_scene(template: Path) -> Iterator[tuple[Scene, Web]]:
    """Three files of a quarter, from a server on loopback."""
    good = {name: digest_of(template / "releases" / name) for name in (LAST, BEFORE, OLDER)}
    with web() as server:
        for path in PATHS:
            server.pages[path] = [answer(200, published(row(Units=path)))]
        scene = Scene(
            step=f"{STEPS}:fetch",
            arguments={"addresses": [server.address + path for path in PATHS]},
            template=template,
            good=good,
            may_be_current=frozenset({LAST}),
            current=LAST,
            finished=_fetched,
        )
        yield scene, server


def _landed(home: Path, end: End) -> None:
    names = [line.split(",")[2] for line in (home / "landed" / "register.csv").read_text().splitlines()]
    assert names == ["file_name", "ambulance.csv", NAME]
    assert end.answer == names[1:]
    # Each folder is named by the hash of the one file in it, and nothing else was left.
    found = tree(home / "landed")
    files = {name: said for name, said in found.items() if not said.startswith("folder")}
    assert len(files) == 3
    for name, said in files.items():
        assert name == "register.csv" or name.partition("/")[0] == said.split()[0]


def _refused(home: Path, end: End) -> None:
    assert "column Value, value 'nine'" in end.answer
    (folder,) = (home / "refused").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == sorted([NAME, "reasons.json", "reasons.txt"])
    assert (folder / NAME).read_bytes() == SPOILT
    assert not (home / "landed").exists()


def _fetched(home: Path, end: End) -> None:
    assert len(end.answer) == len(PATHS)
    found = {path.name: path.read_bytes() for path in (home / "inbox").iterdir()}
    assert found == {path.strip("/"): published(row(Units=path)) for path in PATHS}
    assert (home / "fetched.json").read_text().count("sha256") == len(PATHS)
