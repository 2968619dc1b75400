"""What stopped a run, as something to tell; what is nobody's to mend is not told."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb

from nof.alerts.commands import command, run_again
from nof.alerts.notice import NEVER_AGAIN, ONCE_A_DAY, Notice
from nof.errors import BuildFailed, HomeBusy, InputRefused, NofError, Problem, ScoredGateRefused, UsageRefused
from nof.home import Home
from nof.quality.runs import refused_page

_UNTOUCHED = "Nothing was published; the last release is untouched."
_LINES = 6
_HEADER_BYTES = 4096


def notice_of_error(
    home: Home, error: BaseException, *, quarter_id: str | None = None, landing: Sequence[Path] = ()
) -> Notice | None:
    """What is told of an error that ended a run; None for wrong use, and where another run holds the home.

    An error that nobody foresaw is told by its kind and place alone: its words may hold anything.

    Args:
        home: the home of the run.
        error: what ended it.
        quarter_id: the quarter that was asked for.
        landing: the folders that the run was given.
    """
    if isinstance(error, (UsageRefused, HomeBusy)) or not isinstance(error, Exception):
        return None
    quarter, again = quarter_id or "", run_again(home, landing)
    if isinstance(error, InputRefused):
        return _refused(home, error.problems, quarter, again)
    if isinstance(error, ScoredGateRefused):
        return _gate_refused(home, error, quarter, again)
    if isinstance(error, NofError):
        return _failed(home, error, quarter, again)
    return _unforeseen(home, error, quarter, again)


def _refused(home: Home, problems: Sequence[Problem], quarter: str, again: str) -> Notice:
    first, rest = problems[0], len(problems) - 1
    folder, digests = _refusals(home, problems)
    details = [_said(first, folder)]
    if rest:
        details.append(f"and {rest} more problem{'' if rest == 1 else 's'}, each with what to do.")
    # The files by content where they are kept, and what is wrong with them: another reason is other news.
    reasons = [str(problem) for problem in problems]
    return Notice(
        event="refused",
        headline=f"Refused: {first.file}. {_UNTOUCHED}",
        next_step=first.remedy,
        home=str(home.root.absolute()),
        quarter=quarter,
        details=(*details, f"When that is done: {again}"),
        where=str(folder.absolute()) if folder else "",
        keys=(f"refused {_digest(*digests, *reasons)}",),
        again_days=NEVER_AGAIN,
    )


def _said(problem: Problem, folder: Path | None) -> str:
    """A problem without its remedy; its cell only where the file is one that is published."""
    place = [problem.file]
    place += [f"row {problem.row}"] if problem.row is not None else []
    place += [f"column {problem.column}"] if problem.column is not None else []
    if len(place) == 1 and problem.value is None:
        return f"{problem.file}: {problem.message}"
    if not may_be_quoted(folder):
        return f"{', '.join(place)}: what stands there is not sent; it is where the run printed it."
    place += [f"value {problem.value!r}"] if problem.value is not None else []
    return f"{', '.join(place)}: {problem.message}"


def may_be_quoted(folder: Path | None) -> bool:
    """Whether a cell of a refused file may leave the machine.

    Only where the copy's header is that of a file about trusts, as NHS England publishes it: a register may
    be confidential, and of what nobody kept nobody can tell.
    """
    copies = [path for path in folder.iterdir() if path.suffix.lower() == ".csv"] if folder else []
    if len(copies) != 1:
        return False
    with copies[0].open("rb") as file:
        beginning = file.read(_HEADER_BYTES)
    # UTF-16 has a zero beside each letter.
    header = beginning.replace(b"\0", b"").partition(b"\n")[0].lower()
    return b"trust_code" in header and b"register" not in header


def _refusals(home: Home, problems: Sequence[Problem]) -> tuple[Path | None, list[str]]:
    """The folder of the first refusal, and the contents that were refused, by hash."""
    named = [problem.file for problem in problems]
    found: dict[str, tuple[Path, str]] = {}
    for path in sorted(home.refused.glob("*/reasons.json"), key=lambda each: each.stat().st_mtime_ns):
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            files = {each["file"] for each in record["problems"]}
            found |= {name: (path.parent, record["sha256"]) for name in files if name in named}
        except (OSError, ValueError, KeyError, TypeError):
            continue  # half-written, or changed by hand: the message does without
    folder = found[named[0]][0] if named[0] in found else None
    return folder, sorted({digest for _, digest in found.values()})


def _gate_refused(home: Home, error: ScoredGateRefused, quarter: str, again: str) -> Notice:
    # The rows stay here: figures that rest on a register may be confidential. The quality page has them.
    headline, *lines = [line for line in str(error).splitlines() if not line.startswith("  ")]
    remedy = error.remedy or "Open the quality page and mend what the first expectation names."
    return Notice(
        event="gate_refused",
        headline=f"{headline} {_UNTOUCHED}",
        next_step=f"Ask the {error.owner_role}: {remedy}" if error.owner_role else remedy,
        home=str(home.root.absolute()),
        quarter=quarter,
        details=(*lines[:_LINES], *_more(lines), f"When that is done: {again}"),
        where=str(page.absolute()) if (page := refused_page(home)).is_file() else "",
        keys=(f"gate_refused {_digest(str(error))}",),
        again_days=ONCE_A_DAY,
    )


def _failed(home: Home, error: NofError, quarter: str, again: str) -> Notice:
    headline, *lines = str(error).splitlines() or [type(error).__name__]
    if isinstance(error, BuildFailed):
        # What failed, without the engine's words about it: they quote cells.
        lines = [f"{line.partition('. ')[0].rstrip('.')}." for line in lines if line.startswith("- ")]
    return Notice(
        event="failed",
        headline=f"The run failed: {headline}",
        next_step=f"Mend what it names, then run again: {again}",
        home=str(home.root.absolute()),
        quarter=quarter,
        details=(*lines[:_LINES], *_more(lines), error.consequence),
        keys=(f"failed {_digest(str(error))}",),
        again_days=ONCE_A_DAY,
    )


def _unforeseen(home: Home, error: Exception, quarter: str, again: str) -> Notice:
    kind = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        kind += f" ({error.strerror})"  # the system's words for its number
    frames = extract_tb(error.__traceback__)
    own = [each for each in frames if "nof" in Path(each.filename).parts]
    place = [f"{Path(each.filename).name}, line {each.lineno}, in {each.name}" for each in own[-1:]]
    return Notice(
        event="failed",
        headline=f"The run broke off: {kind}.",
        next_step=f"Run again: {again}",
        home=str(home.root.absolute()),
        quarter=quarter,
        details=(
            *(f"It broke off in {each}." for each in place),
            "Its own words are not sent, as they may hold anything; they are where the run printed them.",
            "If it breaks off again, send what it printed to those who maintain the warehouse's code.",
            f"A release is there whole or not at all; what is there: {command(home, 'releases')}",
        ),
        keys=(f"failed {_digest(kind, *place)}",),
        again_days=ONCE_A_DAY,
    )


def _more(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - _LINES
    return [f"and {rest} line{'' if rest == 1 else 's'} more."] if rest > 0 else []


def _digest(*texts: str) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:16]
