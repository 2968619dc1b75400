"""Measures readers' queries: each cold in a fresh process, all of them warm in one."""

from statistics import median
from typing import Any

from benchmarks.fresh import Spent, child
from benchmarks.measured import Figure, Part, Settings, Table
from benchmarks.readers.questions import QUESTIONS

YEARS, FORMS, WARM_TIMES = 10, ("database", "parquet"), 9
MIB = 1024**2
WHAT = """\
A release of {quarters} quarters: every publication table of the bundled nation's release, its four
quarters and the same rows again for each of the years before, written by the statements that write a
release (keys, references and comments, order of rows, block size, Parquet with zstd). `fct_metric` has
{rows:,} rows.

{questions} questions that readers ask, each to its last row in Python. Cold is a process of its own,
with the files in the page cache, from opening the release to the last row; the start of Python and the
import of DuckDB ({importing:.2f} s, median) come before. Warm is the median of {times} in an open
connection. `nof.duckdb` and Parquet gave the same rows to every question."""


def measure(settings: Settings) -> Part:
    """Make the release, compare both forms, then measure."""
    if settings.release is None:
        raise ValueError("The part readers needs a release of the bundled nation: --release.")
    years, times = (2, 1) if settings.is_quick else (YEARS, WARM_TIMES)
    folder = str(settings.scratch / "release")
    made = child("benchmarks.readers.forty:make", str(settings.release), folder, years)
    warm = {form: child("benchmarks.readers.ask:warm", folder, form, times).result for form in FORMS}
    compare(warm)
    asked = list(QUESTIONS)[:1] if settings.is_quick else list(QUESTIONS)
    cold: dict[str, dict[str, Spent]] = {
        form: {each: child("benchmarks.readers.ask:cold", folder, form, each) for each in asked}
        for form in FORMS
    }
    spent = [each for by_question in cold.values() for each in by_question.values()]
    return Part(
        key="readers",
        title="Readers' queries on 40 quarters (part e)",
        what=WHAT.format(
            rows=made.result["rows"],
            quarters=made.result["quarters"],
            questions=len(QUESTIONS),
            importing=median(each.result["importing"] for each in spent),
            times=times,
        ),
        figures=_figures(made, warm, cold),
        tables=(_table(warm, cold),),
    )


def compare(warm: dict[str, dict[str, Any]]) -> None:
    """Both forms must give the same rows to every question, and some.

    Args:
        warm: by form and question, how many `rows` and their `hash`.
    """
    for question in QUESTIONS:
        given = {(warm[form][question]["rows"], warm[form][question]["hash"]) for form in FORMS}
        if len(given) != 1 or next(iter(given))[0] == 0:
            raise ValueError(f"{question!r}: rows {given}; both forms must give the same rows, and some.")


def _table(warm: dict[str, dict[str, Any]], cold: dict[str, dict[str, Spent]]) -> Table:
    def milliseconds(seconds: float) -> float:
        return round(seconds * 1000, 1)

    rows: list[tuple[str | float | int, ...]] = [
        (
            question,
            int(warm["database"][question]["rows"]),
            *(milliseconds(warm[form][question]["seconds"]) for form in FORMS),
            *(milliseconds(cold[form][question].result["seconds"]) for form in FORMS),
        )
        for question in cold["database"]
    ]
    columns = ("question", "rows", "warm, file", "warm, Parquet", "cold, file", "cold, Parquet")
    return Table("Milliseconds", columns, tuple(rows))


def _figures(
    made: Spent, warm: dict[str, dict[str, Any]], cold: dict[str, dict[str, Spent]]
) -> tuple[Figure, ...]:
    def middle(runs: dict[str, Spent], step: str) -> float:
        return float(median(run.result[step] for run in runs.values()))

    slowest = {form: max(each["seconds"] for each in warm[form].values()) for form in FORMS}
    sizes = made.result
    spent = [each for by_question in cold.values() for each in by_question.values()]
    four = f"{sizes['bytes_of_four'] / MIB:.0f} with four quarters"
    parquet_of_four = f"{sizes['parquet_bytes_of_four'] / MIB:.1f} with four quarters"
    return (
        Figure("slowest warm, nof.duckdb", slowest["database"] * 1000, "ms"),
        Figure("slowest warm, Parquet", slowest["parquet"] * 1000, "ms"),
        *(
            Figure(f"opening, cold, {form}", middle(cold[form], "opening") * 1000, "ms", "median")
            for form in FORMS
        ),
        Figure("most memory of a reader", max(each.peak_mib for each in spent), "MiB", "a cold process"),
        Figure("nof.duckdb", sizes["bytes"] / MIB, "MiB", four),
        Figure("the same rows without keys", sizes["bytes_without_keys"] / MIB, "MiB", "a DuckDB file, too"),
        Figure("parquet/", sizes["parquet_bytes"] / MIB, "MiB", parquet_of_four),
        Figure("writing all three", made.seconds, "s", f"{made.peak_mib:,.0f} MiB at most"),
    )
