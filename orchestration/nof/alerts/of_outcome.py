"""A release that a run has made, as something to tell."""

from typing import TYPE_CHECKING

from nof.alerts.commands import command, finalise
from nof.alerts.notice import Notice
from nof.home import Home
from nof.release.seal import named, read_manifest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nof.run import Outcome


def notice_of_outcome(
    home: Home, outcome: "Outcome", *, roles: "Sequence[str]" = (), bundled_too: bool = False
) -> Notice | None:
    """What is told of a run that ended well.

    None where there was nothing new, and where the bundled nation was scored unless that is asked for.

    Args:
        home: the home of the run.
        outcome: what the run ended with.
        roles: those who may sign off, by nof.toml; empty where any role may.
        bundled_too: whether runs on the bundled nation are told.

    Raises:
        ReleaseRefused: the release cannot be read.
    """
    if not outcome.is_new or (outcome.is_bundled and not bundled_too):
        return None
    release, manifest = named(outcome.release), read_manifest(outcome.release)
    details = [f"{manifest['trust_count']} trusts under {manifest['framework_id']}."]
    if outcome.is_bundled:
        details.append("Made from the bundled nation, which is invented: no figure is a real trust's.")
    details += [
        f"Left out, because it was refused before and still is: {each.path.name}"
        for each in outcome.set_aside
    ]
    for gate in outcome.gates:
        for each in gate.warnings:
            # How many, and not which: figures that rest on a register may be confidential.
            count = "" if each.unexpected_count is None else f"{each.unexpected_count:,} of "
            details.append(
                f"Warning of gate {gate.gate}, does not hold: {each.meaning} "
                f"({count}{each.checked_count:,} rows). {each.remedy}"
            )
    details.append(f"What moved: {command(home, 'diff', 'previous', release)}")
    asked = f"Ask the {' or the '.join(roles)} to look it over and sign it off" if roles else "Sign it off"
    headline = f"Released: {release}. It is provisional until it is signed off."
    next_step = f"{asked}: {finalise(home, release, roles)}"
    if manifest.get("is_forecast"):
        headline = (
            f"Forecast: {release}. Its quarter is not published yet; it is never current and never final."
        )
        next_step = f"Land the data files of {manifest['quarter_id']} once they are published."
    return Notice(
        event="released",
        headline=headline,
        next_step=next_step,
        home=str(home.root.absolute()),
        quarter=str(manifest["quarter_id"]),
        release=release,
        details=tuple(details),
        where=str(outcome.release.absolute() / "quality" / "quality.html"),
        keys=(f"released {release}",),
    )
