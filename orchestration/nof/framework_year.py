"""`python -m nof.framework_year NEW --like BASE --because ASSUMPTION` begins a year in seeds/framework.

A new year is the year before with changes. Its rows are its own, because each comes to have a source and a
certainty of its own; so they are copied once, by this, and then changed by hand. Until the manual confirms a
row it says that it is assumed. What the new framework says already is left as it is.
"""

import argparse
import csv
import io
import sys
from collections.abc import Collection, Sequence

from nof.errors import NofError, UsageRefused
from nof.project import checkout, read_seed

Row = dict[str, str]

# What a framework is, and what is not known of it: never another's.
_OWN = ("frameworks", "assumptions", "method_gaps", "derived_frameworks")
ASSUMED = "assumption"
# The quarter from which a row holds; empty from the start of the framework.
_SINCE = "first_quarter_id"


def carry_over(new: str, base: str, because: str, without: Sequence[str] = ()) -> dict[str, int]:
    """Give a framework the rows of another in each seed where it has none.

    Left alone are seeds about single quarters (recorded pool sizes, observed cut points, targets), which are
    facts of a year, and seeds that `method_gaps` names for the new framework: nothing is assumed of those.

    Args:
        new: the framework that is begun; it has its row in `frameworks`.
        base: the framework that it is like.
        because: the identifier of the row of `assumptions` that the copies rest on.
        without: metrics of the base that the new framework does not have.

    Returns:
        How many rows each seed got.

    Raises:
        UsageRefused: a framework, the assumption or a metric is not in the seeds, or the base is the new one.
    """
    _refuse_what_is_not_there(new, base, because, without)
    gaps = {row["seed_name"] for row in read_seed("framework", "method_gaps") if row["framework_id"] == new}
    left_out = {*without, *_measures_of(base, without)}
    texts, counts = {}, {}
    for path in sorted((checkout() / "seeds" / "framework").glob("*.csv")):
        rows = read_seed("framework", path.stem)
        if path.stem in gaps or not _is_carried(path.stem, rows):
            continue
        if any(row["framework_id"] == new for row in rows):
            continue
        carried = [row for row in rows if row["framework_id"] == base and not _is_about(row, left_out)]
        copies = [_copy(row, new, f"assumption {because}: as in {base}") for row in _as_it_ends(carried)]
        if copies:
            texts[path], counts[path.stem] = _as_text(copies), len(copies)
    for path, text in texts.items():
        whole = path.read_text(encoding="utf-8") + text
        beside = path.with_name(f".{path.name}")
        beside.write_text(whole, encoding="utf-8", newline="")
        beside.replace(path)
    return counts


def _refuse_what_is_not_there(new: str, base: str, because: str, without: Sequence[str]) -> None:
    written = {row["framework_id"] for row in read_seed("framework", "frameworks")}
    for each in (new, base):
        if each not in written:
            raise UsageRefused(f"{each!r} has no row in seeds/framework/frameworks.csv. Write it first.")
    if new == base:
        raise UsageRefused(f"{new!r} cannot be like itself. Name another framework with --like.")
    assumed = {
        row["assumption_id"] for row in read_seed("framework", "assumptions") if row["framework_id"] == new
    }
    if because not in assumed:
        raise UsageRefused(
            f"{new} has no assumption {because!r}. Write into seeds/framework/assumptions.csv why the rows "
            f"may stand in, or name one of those there: {', '.join(sorted(assumed)) or 'none'}."
        )
    known = {row["metric_id"] for row in read_seed("framework", "metrics") if row["framework_id"] == base}
    for metric_id in without:
        if metric_id not in known:
            raise UsageRefused(
                f"{base} has no metric {metric_id!r} to leave out. See its rows in metrics.csv."
            )


def _is_carried(seed: str, rows: list[Row]) -> bool:
    """Whether a seed has rows of frameworks that are about no single quarter."""
    columns = rows[0].keys() if rows else ()
    return (
        seed not in _OWN
        and "framework_id" in columns
        and not any(name.endswith("quarter_id") and name != _SINCE for name in columns)
    )


def _as_it_ends(rows: list[Row]) -> list[Row]:
    """Of what changed within the base's year the last, which the new year begins with."""
    if not rows or _SINCE not in rows[0]:
        return rows
    last = {row["metric_id"]: row for row in sorted(rows, key=lambda row: row[_SINCE])}
    return [last[metric_id] | {_SINCE: ""} for metric_id in dict.fromkeys(row["metric_id"] for row in rows)]


def _measures_of(base: str, metrics: Sequence[str]) -> list[str]:
    """What is made of source publications for these metrics."""
    rows = read_seed("framework", "source_measures")
    return [row["measure_id"] for row in rows if row["framework_id"] == base and row["metric_id"] in metrics]


def _is_about(row: Row, left_out: Collection[str]) -> bool:
    return any(name.endswith(("metric_id", "measure_id")) and cell in left_out for name, cell in row.items())


def _copy(row: Row, new: str, source: str) -> Row:
    changed = {"framework_id": new, "source": source, "certainty": ASSUMED}
    return row | {name: cell for name, cell in changed.items() if name in row}


def _as_text(rows: list[Row]) -> str:
    text = io.StringIO()
    csv.DictWriter(text, list(rows[0]), lineterminator="\n").writerows(rows)
    return text.getvalue()


def main() -> int:
    """Write the rows and say how many went where."""
    parser = argparse.ArgumentParser(prog="python -m nof.framework_year", description=carry_over.__doc__)
    parser.add_argument("new", help="the framework that is begun, as nof-2026-27")
    parser.add_argument("--like", required=True, help="the framework whose rows it gets")
    parser.add_argument("--because", required=True, help="the assumption that the rows rest on")
    parser.add_argument("--without", action="append", default=[], help="a metric that it does not have")
    asked = parser.parse_args()
    try:
        counts = carry_over(asked.new, asked.like, asked.because, asked.without)
    except NofError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    for seed, count in counts.items():
        sys.stdout.write(f"seeds/framework/{seed}.csv: {count} rows\n")
    total = f"{sum(counts.values())} rows in {len(counts)} files."
    sys.stdout.write(f"{total} What is missing yet is said by: nof run --framework {asked.new}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
