"""The files of a quarter, fetched together: all of them come into the inbox, or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, Literal

from nof.durable import sync_folder
from nof.errors import NofError, UsageRefused
from nof.fetch.download import DownloadFailed, download
from nof.fetch.ledger import read_ledger, write_ledger
from nof.files import remove_tree, sha256_of
from nof.home import Home
from nof.landing.register import read_register
from nof.settings import FILE_NAME, Settings, inbox_of
from nof.settings.fetch import FetchedFile

Outcome = Literal["new", "changed", "as_before"]
_SCRATCH = ".fetching-"


class FetchFailed(NofError):
    """A file of a quarter was not got (exit status 1)."""

    consequence = "Nothing was put into the inbox."


@dataclass(frozen=True)
class Fetched:
    """A file that is in the inbox now, or was fetched before and is the same.

    Attributes:
        file: what was asked for.
        outcome: new; changed, where another content was fetched from there before; or as_before.
        byte_count: its size.
        sha256: of its bytes.
        address: where it came from in the end.
        validators: what the server gave to ask by next time.
    """

    file: FetchedFile
    outcome: Outcome
    byte_count: int
    sha256: str
    address: str
    validators: Mapping[str, str]


def fetch(
    home: Home,
    settings: Settings,
    quarter_id: str,
    *,
    progress: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] | None = None,
) -> list[Fetched]:
    """Fetch the files that nof.toml names for a quarter, and put what is new or changed into the inbox.

    A file that is as it was when it was fetched before is not put there again, so that what a run has landed
    and taken away does not come back.

    Args:
        home: the home; the lock of its runs is not needed, as nothing is landed.
        settings: of the home.
        quarter_id: for example 2025-26-Q3.
        progress: told what is fetched.
        sleep: waits between attempts, seconds; for tests.

    Raises:
        UsageRefused: no file is named for the quarter.
        FetchFailed: at least one file was not got, each with its reason; none is in the inbox then.
        NofError: another fetch is at work.
    """
    wanted = [each for each in settings.fetch.files if each.quarter == quarter_id]
    if not wanted:
        known = sorted({each.quarter for each in settings.fetch.files})
        raise UsageRefused(
            f"{home.root / FILE_NAME} names no file of {quarter_id}. "
            + (f"It names files of {', '.join(known)}. " if known else "")
            + "Add a [[fetch.files]] with quarter and address for each (docs/runbooks/new-quarter.md)."
        )
    with home.fetch_lock():
        return _fetch(home, settings, wanted, progress, {} if sleep is None else {"sleep": sleep})


def _fetch(
    home: Home,
    settings: Settings,
    wanted: Sequence[FetchedFile],
    progress: Callable[[str], None],
    waits: Mapping[str, Any],
) -> list[Fetched]:
    inbox = inbox_of(home, settings)
    inbox.mkdir(parents=True, exist_ok=True)
    for left in inbox.glob(f"{_SCRATCH}*"):
        remove_tree(left)  # of a fetch that was killed
    ledger = read_ledger(home)
    # On the same disk as the inbox, so that a file comes in by one rename; hidden, so that no run lands it.
    with TemporaryDirectory(prefix=_SCRATCH, dir=inbox) as scratch:
        found, failed = [], []
        for place, file in enumerate(wanted):
            progress(f"Fetching {file.name}")
            try:
                before = _in_hand(home, inbox, file, ledger.get(file.address, {}))
                found.append(_one(file, Path(scratch) / str(place), settings, before, waits))
            except DownloadFailed as error:
                failed.append(f"{file.name}: {error}")
        if failed:
            raise FetchFailed("\n".join(failed))
        for place, each in enumerate(found):
            if each.outcome != "as_before":
                (Path(scratch) / str(place)).replace(inbox / each.file.name)
        sync_folder(inbox)
    # Last: what is noted as fetched is in the inbox. Killed before, it is fetched once more.
    for each in found:
        ledger[each.file.address] = {
            "name": each.file.name,
            "sha256": each.sha256,
            "byte_count": each.byte_count,
            "validators": dict(each.validators),
        }
    write_ledger(home, ledger)
    return found


def _in_hand(home: Home, inbox: Path, file: FetchedFile, entry: dict[str, Any]) -> dict[str, Any]:
    """What was noted of a file, where it is still there: landed, or in the inbox under its name."""
    digest = entry.get("sha256")
    if digest is None or entry.get("name") != file.name:
        return {}
    waiting = inbox / file.name
    # Not by its folder: a run that was killed may have left that, and the register does not know it.
    is_landed = any(row["sha256"] == digest for row in read_register(home))
    is_there = is_landed or (waiting.is_file() and sha256_of(waiting) == digest)
    return entry if is_there else {}


def _one(
    file: FetchedFile, target: Path, settings: Settings, before: dict[str, Any], waits: Mapping[str, Any]
) -> Fetched:
    asked_by = before.get("validators", {})
    got = download(
        file.address,
        target,
        suffix=PurePath(file.name).suffix.lower(),
        limits=settings.fetch,
        validators=asked_by,
        **waits,
    )
    digest, count = got.sha256, got.byte_count
    if got.is_unchanged:
        digest, count = before["sha256"], before["byte_count"]
    if file.sha256 not in {None, digest}:
        raise DownloadFailed(
            f"{got.address} has the SHA-256 {digest}, and nof.toml says {file.sha256}. Ask the publisher "
            "which is right, and correct nof.toml."
        )
    return Fetched(file, _outcome(digest, before), count, digest, got.address, got.validators)


def _outcome(digest: str, before: Mapping[str, Any]) -> Outcome:
    if not before:
        return "new"
    return "as_before" if before["sha256"] == digest else "changed"
