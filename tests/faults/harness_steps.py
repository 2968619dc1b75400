"""The steps that the fault suite puts to death, each as the command that makes it would, on small homes."""

import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from harness_home import Q2, REASON, ROLE, small_candidate
from nof import landing, release, steps
from nof.errors import InputRefused
from nof.fetch import fetch as fetch_files
from nof.files import files_under
from nof.halted import said_in_words
from nof.home import Home
from nof.release.find import find_current, release_folders
from nof.release.life import finalise as finalise_release
from nof.release.life import withdraw as withdraw_release
from nof.release.prune import prune as prune_releases
from nof.release.seal import MANIFEST, SUCCESS, is_release, named, read_manifest, verify_seal
from nof.release.states import find_state, read_states
from nof.release.verify import verify_release
from nof.release.verify_home import verify_all
from nof.settings import Settings

TODAY = date(2026, 7, 8)
NEW = "9" * 16
# Not the same bytes when it is made again: decision 0009.
NOT_THE_SAME = frozenset({"nof.duckdb", MANIFEST, SUCCESS})
OF_THE_HOME = frozenset({"current", "CURRENT", "releases.csv", "PROMOTING"})


def promote(root: Path) -> str:
    """As the run that has just made the candidate in build/ does it; nothing is recovered before."""
    home = Home(root)
    with said_in_words(), home.lock():
        return named(
            release.promote(
                candidate=home.build / NEW / "candidate",
                home=home,
                quarter_id=Q2,
                release_id=NEW,
                framework_is_in_force=True,
            )
        )


def make_and_promote(root: Path) -> str:
    """As the run after it does it: the home is put right, and what is there is not made again."""
    home = Home(root)
    with steps.hold(home):
        there = release.find_release(home, Q2, NEW)
        if there is not None:
            return named(there)
        small_candidate(home, Q2, NEW)
    return promote(root)


def finalise(root: Path, name: str) -> None:
    """`nof finalise`; a release that is final already is what was asked for."""
    home = Home(root)
    with steps.hold(home):
        state = find_state(read_states(home), f"{Q2}/{name}")
        if state is not None and state.finalised is None:
            finalise_release(home, name, role=ROLE, reason=REASON)


def withdraw(root: Path, name: str) -> None:
    """`nof withdraw`; a release that is withdrawn already is what was asked for."""
    home = Home(root)
    with steps.hold(home):
        state = find_state(read_states(home), f"{Q2}/{name}")
        if state is not None and state.withdrawn is None:
            withdraw_release(home, name, role=ROLE, reason=REASON)


def prune(root: Path) -> None:
    """`nof prune --keep 0 --yes`."""
    home = Home(root)
    with steps.hold(home):
        prune_releases(home, keep=0)


def recover(root: Path) -> None:
    """What every command begins with."""
    with steps.hold(Home(root)):
        pass


def land(root: Path, inbox: str, today: str = TODAY.isoformat()) -> list[str]:
    """Read the folder and enter its files into the register, as a run does in its first and last step."""
    home = Home(root)
    with steps.hold(home):
        landed = landing.land(home, [Path(inbox)], today=date.fromisoformat(today))
        landing.register_new_files(home, landed)
        return [file.file_name for file in landed.files]


def land_while(root: Path, inbox: str, how: str) -> list[str]:
    """The same while somebody works in the folder.

    Args:
        root: the home.
        inbox: the folder.
        how: `pulled`: it is moved away when its first file is opened; `gone`: after it was read; `changed`:
            its files are other ones after they were read.
    """
    home, folder = Home(root), Path(inbox)
    with steps.hold(home):
        if how == "pulled":
            sys.addaudithook(lambda event, about: _pull(folder) if _opens(event, about, folder) else None)
        landed = landing.land(home, [folder], today=TODAY)
        if how == "gone":
            _pull(folder)
        elif how == "changed":
            for path in folder.iterdir():
                path.write_text("Quarter,Value\r\nother\r\n")
        landing.register_new_files(home, landed)
        return [file.file_name for file in landed.files]


def _opens(event: str, about: tuple[Any, ...], folder: Path) -> bool:
    return event == "open" and str(about[0]).startswith(f"{folder}/") and folder.exists()


def _pull(folder: Path) -> None:
    folder.rename(folder.with_name(f"{folder.name}-away"))


def write_tables(root: Path, inbox: str) -> dict[str, int]:
    """The first two steps of a run: what is landed, as tables of a build made anew; rows of each."""
    import duckdb

    request = steps.Request(home=Home(root), landing=(Path(inbox),))
    with steps.hold(request.home):
        prepared = steps.prepare(request, today=TODAY)
        steps.write_landing(prepared)
        with duckdb.connect(str(prepared.database), read_only=True) as connection:
            names = connection.execute("select table_name from duckdb_tables() order by 1").fetchall()
            count = {name: f"select count(*) from landing.{name}" for (name,) in names}
            return {name: connection.execute(query).fetchall()[0][0] for name, query in count.items()}


def clock_warning(root: Path, inbox: str, today: str) -> str:
    """What a run of that day says of its clock."""
    request = steps.Request(home=Home(root), landing=(Path(inbox),))
    with steps.hold(request.home):
        return steps.prepare(request, today=date.fromisoformat(today)).clock_warning


def build_file(root: Path, inbox: str) -> str:
    """Where the build database of a run over the folder will lie."""
    request = steps.Request(home=Home(root), landing=(Path(inbox),))
    return str(steps.prepare(request, today=TODAY).database)


def refuse(root: Path, inbox: str) -> str:
    """Read a folder whose file is refused and kept; what is said."""
    with steps.hold(Home(root)):
        try:
            landing.land(Home(root), [Path(inbox)], today=TODAY)
        except InputRefused as refusal:
            return str(refusal)
    return ""


def fetch(root: Path, addresses: list[str]) -> list[str]:
    """`nof fetch` of a quarter."""
    files = [{"quarter": "Q3 2025/26", "address": address} for address in addresses]
    settings = Settings.model_validate({"fetch": {"files": files, "attempts": 2, "wait_seconds": 0.01}})
    return [each.outcome for each in fetch_files(Home(root), settings, "2025-26-Q3")]


def look(root: Path, is_finished: bool) -> dict[str, Any]:
    """What a reader meets in a home right now, nothing put right: to be compared with what may be there.

    Args:
        root: the home.
        is_finished: whether all is to be well, so that `nof verify --all` is asked; else the current release
            alone is verified, and the others by their hash.

    Returns:
        current: what `current` names, or nothing; releases: every visible one with a hash over its files;
        findings: what is wrong; half: what is visible and no release.
    """
    home = Home(root)
    found: dict[str, Any] = {"findings": [], "half": [], "releases": {}}
    current = find_current(home)
    found["current"] = named(current) if current else ""
    if home.current.is_symlink() and current is None:
        found["half"].append("current leads nowhere")
    states = read_states(home)
    for entry in sorted(home.releases.iterdir()) if home.releases.is_dir() else []:
        if not entry.is_dir() and entry.name not in OF_THE_HOME and not entry.name.startswith("."):
            found["half"].append(entry.name)
    for folder in release_folders(home):
        if not is_release(folder):
            found["half"].append(named(folder))
            continue
        found["releases"][named(folder)] = digest_of(folder)
        state = find_state(states, named(folder))
        if state is None:  # its event is not written yet
            manifest = read_manifest(folder)
            verify_seal(folder, release_id=manifest["release_id"], quarter_id=manifest["quarter_id"])
        elif folder == current and not is_finished:
            found["findings"] += [str(each) for each in verify_release(home, state).findings]
    if is_finished and states:
        found["findings"] = [str(finding) for each in verify_all(home)[0] for finding in each.findings]
    return found


def digest_of(folder: Path) -> str:
    """One hash over a release's files, those aside that differ each time it is made."""
    lines = [
        f"{path.relative_to(folder).as_posix()} {sha256(path.read_bytes()).hexdigest()}"
        for path in files_under(folder)
        if path.name not in NOT_THE_SAME
    ]
    return sha256("\n".join(lines).encode()).hexdigest()
