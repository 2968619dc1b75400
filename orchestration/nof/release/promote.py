"""Putting a sealed release in its place at once, and what it does to the releases before it."""

from pathlib import Path

from nof.durable import sync_folder, write_durably
from nof.files import make_read_only, remove_tree, seal_folder, sha256_of, sync_tree
from nof.home import Home
from nof.release.current import last_good, name_current
from nof.release.errors import ReleaseRefused
from nof.release.events import append_event
from nof.release.identity import inputs_hash
from nof.release.listing import write_list
from nof.release.seal import MANIFEST, is_release, named, read_manifest, verify_seal
from nof.release.states import find_state, last_of_kin, read_states

# While it stands, the release that it names is on its way. A run that is killed between the rename and the
# link would otherwise never be finished: the next run finds the id made already.
INTENT = "PROMOTING"
IN_FORCE, NOT_IN_FORCE = "in force", "not in force"


def promote(
    *,
    candidate: Path,
    home: Home,
    quarter_id: str,
    release_id: str,
    framework_is_in_force: bool,
    scored_on: str = "",
) -> Path:
    """Publish a sealed candidate: durable, read-only, moved whole by one rename; then `current` names it.

    `current` moves only to a release under the framework in force that is the last good one of the newest
    quarter (`nof.release.current.last_good`). Killed at any point, `current` names the release before or this
    one, and both are whole.

    `scored_on` says for the home's events which engine has made the figures; it is not in the release, whose
    bytes are the same on each.

    Returns:
        The folder of the published release.

    Raises:
        ReleaseRefused: the candidate is not what was sealed, or a release with this id exists or was
            withdrawn.
    """
    verify_seal(candidate, release_id=release_id, quarter_id=quarter_id)
    target = home.releases / quarter_id / release_id
    if is_release(target):
        raise ReleaseRefused(f"{target} exists, and a release is never made again.")
    before = find_state(read_states(home), named(target))
    if before is not None and before.withdrawn is not None:
        raise ReleaseRefused(f"{named(target)} was withdrawn, and is never made again.")
    if target.exists():
        remove_tree(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    sync_tree(candidate)
    make_read_only(candidate)
    standing = IN_FORCE if framework_is_in_force else NOT_IN_FORCE
    write_durably(home.releases / INTENT, f"{named(target)}\n{standing}\n{scored_on}\n".encode())
    candidate.rename(target)
    for folder in (candidate.parent, target.parent, home.releases):
        sync_folder(folder)
    _finish(home, target, framework_is_in_force=framework_is_in_force, scored_on=scored_on)
    return target


def finish_promotion(home: Home) -> None:
    """Finish a promotion that was cut short, or forget one that never came to its rename."""
    intent = home.releases / INTENT
    if not intent.is_file():
        return
    name, standing, scored_on = [*intent.read_text(encoding="utf-8").splitlines(), "", ""][:3]
    target = home.releases / name
    if is_release(target):
        _finish(home, target, framework_is_in_force=standing == IN_FORCE, scored_on=scored_on)
    else:
        intent.unlink()


def enter(home: Home, target: Path, *, scored_on: str = "") -> None:
    """Write into the home's events that a release is out, with what later releases need to know of it.

    One that is entered already, as it lies there, is not entered twice.
    """
    digest = sha256_of(target / MANIFEST)
    state = find_state(read_states(home), named(target))
    if state is not None and state.pruned is None and state.released.details["manifest_sha256"] == digest:
        return
    manifest = read_manifest(target)
    append_event(
        home,
        "released",
        quarter_id=manifest["quarter_id"],
        release_id=manifest["release_id"],
        framework_id=manifest["framework_id"],
        by_role="nof",
        reason="made by a run" if state is None else "made again by a run",
        details={
            "manifest_sha256": digest,
            "released_date": manifest["released_date"] or "",
            "is_bundled": "true" if manifest["is_bundled"] else "false",
            "previous_release": manifest["previous_release"] or "",
            "trust_count": str(manifest["trust_count"]),
            "input_count": str(len(manifest["inputs"])),
            "inputs_sha256": inputs_hash(manifest["inputs"], manifest["seeds"]),
            "method_sha256": manifest["code"]["method_sha256"],
            "code_version": manifest["code"]["version"],
            **({"scored_on": scored_on} if scored_on else {}),
        },
    )


def supersede(home: Home) -> None:
    """Enter for every good release that the last good one of its kin has taken its place."""
    states = read_states(home)
    standing = {state.kin: state.release for state in last_of_kin(states)}
    for state in states:
        if state.is_good and state.superseded_by is None and standing[state.kin] != state.release:
            append_event(
                home,
                "superseded",
                quarter_id=state.quarter_id,
                release_id=state.released.release_id,
                framework_id=state.framework_id,
                by_role="nof",
                reason=f"a later release of {state.quarter_id} took its place",
                details={"by": standing[state.kin]},
            )


def _finish(home: Home, target: Path, *, framework_is_in_force: bool, scored_on: str) -> None:
    """All that follows the rename; done again after a kill it changes nothing that was done."""
    seal_folder(target)
    enter(home, target, scored_on=scored_on)
    supersede(home)
    if framework_is_in_force:
        states = read_states(home)
        framework_id = read_manifest(target)["framework_id"]
        entitled = last_good(home, states, framework_id)
        if entitled is not None and entitled.release == named(target):
            name_current(home, target)
    (home.releases / INTENT).unlink(missing_ok=True)
    sync_folder(home.releases)
    write_list(home)
