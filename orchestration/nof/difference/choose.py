"""Which two releases a person means with `nof diff A B`."""

from pathlib import Path

from nof.errors import UsageRefused
from nof.home import Home
from nof.release.pick import pick_to_read
from nof.release.seal import named, read_manifest

PREVIOUS = "previous"


def choose(home: Home, before: str, now: str) -> tuple[Path, Path]:
    """The folders of two releases, each named by id, quarter/id, `current`, or `previous`.

    `previous` is the release that the other one of the two was compared with when it was made.

    Raises:
        UsageRefused: there is no such release.
    """
    if before == now == PREVIOUS:
        raise UsageRefused(f"{PREVIOUS!r} is the release before the other one: name one of the two.")
    if before == PREVIOUS:
        folder = _folder(home, now)
        return _release_before(home, folder), folder
    folder = _folder(home, before)
    return folder, _release_before(home, folder) if now == PREVIOUS else _folder(home, now)


def _folder(home: Home, name: str) -> Path:
    return home.releases / pick_to_read(home, name).release


def _release_before(home: Home, folder: Path) -> Path:
    name = read_manifest(folder)["previous_release"]
    if name is None:
        raise UsageRefused(f"{named(folder)} is the first release of its kind: there is none before it.")
    return _folder(home, name)
