"""The list of releases with their states, as rows: for `nof releases`, and as releases.csv for BI tools."""

import csv
import io
from pathlib import Path

from nof.durable import write_durably
from nof.frameworks import is_forecast
from nof.home import Home
from nof.release.find import find_current, release_folders
from nof.release.seal import is_release, named, read_manifest
from nof.release.states import ReleaseState, read_states

# Each column of releases.csv and what stands in it; empty where there is nothing to say.
COLUMNS = {
    "release": "the release as `current` names it: quarter and id; also its folder under `releases/`",
    "quarter_id": "its newest quarter",
    "release_id": "its id",
    "framework_id": "the framework it was made under",
    "state": "provisional, final, superseded, withdrawn or pruned",
    "since": "when the event that gave the state was written (UTC)",
    "by_role": "the role that did it; `nof` where a run or the retention rule did",
    "reason": "why, in the words of that role",
    "is_current": "true for the one that `current` names",
    "superseded_by": "the release that took its place, as in `release`",
    "was_finalised": "true once it was finalised, whatever happened later",
    "has_folder": "true while its folder is there; false after a prune",
    "released_at": "when it was made, the last time (UTC)",
    "released_date": "the day from which its figures count as known; empty for the bundled nation",
    "previous_release": "the release that its differences are against",
    "is_bundled": "true where its figures are the invented nation's",
    "trust_count": "trusts in its newest quarter",
    "input_count": "landed files it was made from",
    "manifest_sha256": "the SHA-256 of its manifest.json as it was released",
    "is_forecast": "true where its newest quarter was not published when it was made",
}

NOT_ENTERED = "not yet in the events: the next command that writes in this home enters it"

Row = dict[str, str]


def list_rows(home: Home) -> list[Row]:
    """One row for each release that a home has ever made; the newest quarter first, in it the latest one.

    Raises:
        NofError: the log of events is damaged.
    """
    current = find_current(home)
    states = read_states(home)
    rows = [
        (state.quarter_id, state.order, _row(home, state, is_current=_is(current, state))) for state in states
    ]
    known = {state.release for state in states}
    rows += [
        (folder.parent.name, len(states) + 1, _unknown(folder, is_current=folder == current))
        for folder in release_folders(home)
        if named(folder) not in known and is_release(folder)
    ]
    return [row for _, _, row in sorted(rows, key=lambda each: each[:2], reverse=True)]


def as_csv(rows: list[Row]) -> str:
    """The rows as RFC 4180 asks: a header, CRLF line ends, quotes where needed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_list(home: Home) -> None:
    """Bring releases.csv up to date, in one step and only where something changed."""
    rows = list_rows(home)
    if not rows:
        return
    content = as_csv(rows).encode()
    if not home.release_list.is_file() or home.release_list.read_bytes() != content:
        write_durably(home.release_list, content)


def _row(home: Home, state: ReleaseState, *, is_current: bool) -> Row:
    details = state.released.details
    row = {
        "release": state.release,
        "quarter_id": state.quarter_id,
        "release_id": state.released.release_id,
        "framework_id": state.framework_id,
        "state": state.state,
        "since": state.event.at,
        "by_role": state.event.by_role,
        "reason": state.event.reason,
        "is_current": _text(is_current),
        "superseded_by": state.superseded_by or "",
        "was_finalised": _text(state.finalised is not None),
        "has_folder": _text(is_release(home.releases / state.release) and state.pruned is None),
        "released_at": state.released.at,
        "released_date": details["released_date"],
        "previous_release": details["previous_release"],
        "is_bundled": details["is_bundled"],
        "trust_count": details.get("trust_count", ""),
        "input_count": details.get("input_count", ""),
        "manifest_sha256": details["manifest_sha256"],
        "is_forecast": _text(state.is_forecast),
    }
    return {name: row[name] for name in COLUMNS}


def _unknown(folder: Path, *, is_current: bool) -> Row:
    """A release that no event knows yet."""
    manifest = read_manifest(folder)
    known = {
        "release": named(folder),
        "quarter_id": manifest["quarter_id"],
        "release_id": manifest["release_id"],
        "framework_id": manifest["framework_id"],
        "state": "provisional",
        "reason": NOT_ENTERED,
        "is_current": _text(is_current),
        "was_finalised": "false",
        "has_folder": "true",
        "is_forecast": _text(is_forecast(manifest["framework_id"])),
    }
    return {name: known.get(name, "") for name in COLUMNS}


def _is(current: Path | None, state: ReleaseState) -> bool:
    return current is not None and named(current) == state.release


def _text(flag: bool) -> str:
    return "true" if flag else "false"
