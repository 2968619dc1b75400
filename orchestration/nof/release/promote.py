"""Putting a sealed release in its place at once, and putting right what a killed run left behind."""

from pathlib import Path

from nof.durable import sync_folder, write_durably
from nof.home import Home
from nof.release.errors import ReleaseRefused
from nof.release.events import append_event, read_events
from nof.release.files import make_read_only, remove_tree, seal_folder, sha256_of, sync_tree
from nof.release.find import find_current, release_folders
from nof.release.seal import MANIFEST, is_release, named, read_manifest, verify_seal

# While it stands, the release that it names is on its way to being the current one. A run that is killed
# between the rename and the link would otherwise never be finished: the next run finds the id made already.
INTENT = "PROMOTING"


def promote(
    *, candidate: Path, home: Home, quarter_id: str, release_id: str, framework_is_in_force: bool
) -> Path:
    """Publish a sealed candidate: durable, read-only, moved whole by one rename; then `current` names it.

    `current` moves only to a release under the framework in force whose quarter is at least as new as the one
    it names now. Killed at any point, `current` names the release before or this one, and both are whole.

    Returns:
        The folder of the published release.

    Raises:
        ReleaseRefused: the candidate is not what was sealed, or a release with this id exists.
    """
    verify_seal(candidate, release_id=release_id, quarter_id=quarter_id)
    target = home.releases / quarter_id / release_id
    if is_release(target):
        raise ReleaseRefused(f"{target} exists, and a release is never made again.")
    if target.exists():
        remove_tree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    sync_tree(candidate)
    make_read_only(candidate)
    becomes_current = framework_is_in_force and _is_newest(home, quarter_id)
    if becomes_current:
        write_durably(home.releases / INTENT, _as_text(target))
    candidate.rename(target)
    for folder in (candidate.parent, target.parent, home.releases):
        sync_folder(folder)
    seal_folder(target)
    _enter(home, target)
    if becomes_current:
        _make_current(home, target)
    return target


def recover(home: Home) -> None:
    """Put a home right before a run: finish a promotion that was cut short, remove what is half done."""
    intent = home.releases / INTENT
    if intent.is_file():
        target = home.releases / intent.read_text(encoding="utf-8").strip()
        if is_release(target):
            seal_folder(target)
            _make_current(home, target)
        else:
            intent.unlink()
    for scratch in home.releases.glob(".*.part"):
        scratch.unlink()
    for folder in release_folders(home):
        if not is_release(folder):
            remove_tree(folder)
    entered = {event.release for event in read_events(home)}
    for folder in release_folders(home):
        if named(folder) not in entered:
            _enter(home, folder)
    clean_build(home)


def clean_build(home: Home) -> None:
    """Empty the home's `build/`: it belongs to one run, and that run is over."""
    if not home.build.is_dir():
        return
    for path in home.build.iterdir():
        if path.is_dir() and not path.is_symlink():
            remove_tree(path)
        else:
            path.unlink()


def _is_newest(home: Home, quarter_id: str) -> bool:
    """Whether no newer quarter is current; quarter ids sort as the quarters do."""
    current = find_current(home)
    return current is None or quarter_id >= current.parent.name


def _enter(home: Home, target: Path) -> None:
    """Write into the home's events that a release is out, with what later releases need to know of it."""
    manifest = read_manifest(target)
    append_event(
        home,
        "released",
        quarter_id=manifest["quarter_id"],
        release_id=manifest["release_id"],
        framework_id=manifest["framework_id"],
        by_role="nof",
        reason="made by a run",
        details={
            "manifest_sha256": sha256_of(target / MANIFEST),
            "released_date": manifest["released_date"] or "",
            "is_bundled": "true" if manifest["is_bundled"] else "false",
            "previous_release": manifest["previous_release"] or "",
        },
    )


def _make_current(home: Home, target: Path) -> None:
    """Point `current` and `CURRENT` at a release, each in one step, and end the intent.

    The link is relative, so that a home can be moved or mounted elsewhere. Where the system has none,
    the text file alone says which release is current.
    """
    scratch = home.current.with_name(f".{home.current.name}.part")
    scratch.unlink(missing_ok=True)
    try:
        scratch.symlink_to(named(target), target_is_directory=True)
    except OSError:
        if home.current.is_symlink():
            raise
    else:
        scratch.replace(home.current)
        sync_folder(home.releases)
    # Where capitals do not tell files apart, `CURRENT` is the link just made: it stays, and says the same.
    if not home.current_text.is_symlink():
        write_durably(home.current_text, _as_text(target))
    (home.releases / INTENT).unlink(missing_ok=True)
    sync_folder(home.releases)


def _as_text(target: Path) -> bytes:
    return f"{named(target)}\n".encode()
