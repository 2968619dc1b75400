"""A history on a page: each figure that changed with its versions, or what was known on a day beside now."""

from collections.abc import Sequence
from datetime import date

from rich.console import Console

from nof.explain.layout import heading, named_lines, paragraph, table
from nof.explain.places import Places
from nof.history.model import Cause, Figure, FileRow, History, Version

_SOURCES = {
    "published": "As published, by file",
    "recomputed": "As recomputed here, by release",
}


def render(history: History, console: Console, *, as_known_on: date | None = None) -> None:
    """Print a history.

    Args:
        history: what `read_history` made.
        console: where to; 80 columns are enough, and a file will do.
        as_known_on: print what was known on that day beside what is known now; None for every version.
    """
    places = Places(history.files)
    heading(console, f"{history.trust_code} {history.trust_name}")
    if as_known_on is not None:
        paragraph(console, f"As known on {as_known_on.isoformat()}, beside what is known now.")
    for source, title in _SOURCES.items():
        heading(console, title)
        figures = [figure for figure in history.figures if figure.source == source]
        if as_known_on is None:
            _versions(figures, console, places, is_narrowed=history.is_narrowed)
        else:
            _then_and_now(figures, console, as_known_on, is_narrowed=history.is_narrowed)
    _files(places, console)


def _versions(figures: Sequence[Figure], console: Console, places: Places, *, is_narrowed: bool) -> None:
    shown = [figure for figure in figures if figure.has_changed or is_narrowed]
    for figure in shown:
        console.print()
        paragraph(console, f"{figure.quarter_id}  {figure.label}")
        table(
            console,
            ("", "figure", "known", "where"),
            (_line(version, places) for version in figure.versions),
        )
        reasons = (
            (f"{version.number}", _why(version.causes, places))
            for version in figure.versions
            if version.causes
        )
        named_lines(console, reasons, indent=0)
    if len(shown) < len(figures) or not shown:
        console.print()
        paragraph(console, f"{_count(len(figures) - len(shown), bool(shown))} of one version only.")


def _then_and_now(figures: Sequence[Figure], console: Console, day: date, *, is_narrowed: bool) -> None:
    then = [(figure, figure.known_on(day)) for figure in figures]
    shown = [
        (figure, known)
        for figure, known in then
        if is_narrowed or (known is not None and known is not figure.latest)
    ]
    if shown:
        table(
            console,
            ("quarter", "figure", "then", "now"),
            (
                (
                    figure.quarter_id,
                    figure.label,
                    _said(known) if known else "not known yet",
                    _said(figure.latest),
                )
                for figure, known in shown
            ),
        )
    same = [figure for figure, known in then if known is figure.latest]
    later = [figure for figure, known in then if known is None]
    if not is_narrowed:
        counted = f"{_count(len(same), bool(shown))} known as now; {len(later)} not known yet on that day."
        paragraph(console, counted)


def _count(number: int, is_more: bool) -> str:
    return f"{number}{' more' if is_more else ''} figure{'' if number == 1 else 's'}"


def _line(version: Version, places: Places) -> tuple[str, str, str, str]:
    known = f"from {version.from_date.isoformat()}"
    if version.until_date is not None:
        known += f" to {version.until_date.isoformat()}"
    where = f"release {version.release_id}" if version.release_id else _at(version.place, places)
    return (str(version.number), _said(version), known, where)


def _said(version: Version) -> str:
    if version.is_gone:
        return "gone"
    text = version.text or "empty"
    return text if version.rank is None else f"{text} (rank {version.rank})"


def _why(causes: Sequence[Cause], places: Places) -> str:
    """`restated input: its own OF0017, [F1] row 3 -> [F2] row 3`; where text and rank differ in it, each."""
    words = [_words(cause, places) for cause in causes]
    if len(set(words)) == 1:
        return words[0]
    parts = (cause.figure_kind.removeprefix("published_") for cause in causes)
    return "; ".join(f"{part}: {text}" for part, text in zip(parts, words, strict=True))


def _words(cause: Cause, places: Places) -> str:
    reason = cause.reason.replace("_", " ")
    if cause.trust_code is None:
        return reason
    if cause.reason == "changed_pool":
        whose = f"{cause.measure_id} of {cause.trust_code}"
    elif cause.is_own_input:
        whose = f"its own {cause.measure_id}"
    else:
        whose = f"what is published of {cause.measure_id} beside the value"
    before, after = _at(cause.old, places), _at(cause.new, places)
    return f"{reason}: {whose}" + (
        f", {before or 'no row'} -> {after or 'no row'}" if before or after else ""
    )


def _at(place: FileRow, places: Places) -> str:
    if place.file_id is not None and place.row_number is None:
        return f"no row in {places.at(place.file_id, 1).partition(' ')[0]}"
    return places.at(place.file_id, place.row_number)


def _files(places: Places, console: Console) -> None:
    if places.named():
        heading(console, "Files (the header is row 1)")
    for file in places.named():
        named_lines(
            console, [(f"[{file.label}]", file.file_name), ("", f"sha256 {file.sha256[:12]}")], indent=0
        )
