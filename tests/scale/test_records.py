"""A hundred million rows from records to metric values, within memory: every value is known by hand.

How long it takes is told and not judged. The figures are known from how the rows are made
(benchmarks/records/synthetic.py, known.py), in whole numbers, and not from another query over them.
"""

from pathlib import Path

import duckdb
import pytest

from benchmarks.fresh import child
from benchmarks.records.known import values_of, wrong
from benchmarks.records.project import quarter_of
from benchmarks.records.synthetic import PROVIDERS, ROWS_A_MONTH, Month, english
from conftest import KERNELS, MEMORY_LIMIT, MONTHS, SPARK_MONTHS, Scene
from harness_session import Counts
from nof.records.build import VALUE_COLUMNS

ROWS = ROWS_A_MONTH * MONTHS
_GIB = 1024


def test_every_row_is_staged_within_memory(scene: Scene, counts: Counts) -> None:
    assert scene.staged.result["rows"] == ROWS - ROWS_A_MONTH
    assert scene.staged.result["months"] == MONTHS - 1
    # It works on a year at a time, whatever there is.
    assert scene.staged.peak_mib < 2 * _GIB
    counts.append(
        f"records: {scene.staged.result['rows']:,} rows staged in {scene.staged.seconds:.0f} s and "
        f"{scene.staged.peak_mib:,.0f} MiB"
    )


def test_one_new_month_is_all_that_is_read_for_it(scene: Scene) -> None:
    assert scene.landed.result["rows"] == ROWS_A_MONTH
    assert scene.newest.result["rows"] == ROWS_A_MONTH
    assert scene.newest.result["months"] == 1


def test_every_value_of_every_quarter_is_the_known_one(scene: Scene, counts: Counts) -> None:
    found = scene.values.result
    assert found["values"] == 2 * PROVIDERS * MONTHS // 3
    assert found["wrong"] == 0
    assert (found["months"], found["held"]) == (MONTHS // 3, ROWS)
    assert scene.values.peak_mib < 6 * _GIB
    counts.append(
        f"records: {found['values']:,} values of {ROWS:,} rows in {scene.values.seconds:.0f} s and "
        f"{scene.values.peak_mib:,.0f} MiB, every one the known one"
    )


def test_known_values_are_right_and_a_wrong_one_is_seen(scene: Scene) -> None:
    # By hand, of the first provider and the newest month (kind 0): of 17 English commissioners six have once
    # 44 pathways, six twice and five three times; each has once eight of over 52 weeks; in four functions.
    assert english(0, 0) == (4 * (33 * 44 + 17 * 8), 4 * 17 * 8, 4 * 33 * 27)
    rows = _kept(scene)
    assert wrong(rows, MONTHS) == 0
    place = VALUE_COLUMNS.index("numerator")
    bent = [*rows[1:], (*rows[0][:place], rows[0][place] + 1, *rows[0][place + 1 :])]
    assert wrong(bent, MONTHS) == 2
    assert wrong(rows[1:], MONTHS) == 1
    assert len(values_of(MONTHS)) == len(rows)


def _kept(scene: Scene) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        rows = con.execute(
            "select * replace (numerator::decimal(28, 16) as numerator, "
            "denominator::decimal(28, 16) as denominator, value_rounded::decimal(28, 6) as value_rounded) "
            f"from '{scene.folder}/values.parquet'"
        ).fetchall()
    return [tuple(row) for row in rows]


def test_one_quarter_opens_one_month(scene: Scene) -> None:
    """The rows of all others are taken away, and their sums with them: nothing asks for them."""
    for period in [Month(number).period for number in range(1, MONTHS)]:
        for path in (scene.home / "records" / "rtt_waits").rglob(f"period={period}/*/*.parquet"):
            path.rename(path.with_suffix(".away"))
    try:
        asked = {"memory_limit": MEMORY_LIMIT, "months": MONTHS, "kept": str(scene.folder / "one.parquet")}
        quarter_id = quarter_of(Month(0).period)
        found = child(f"{KERNELS}:make_values", str(scene.home), str(scene.project), quarter_id, asked).result
    finally:
        for path in Path(scene.home).rglob("*.away"):
            path.rename(path.with_suffix(".parquet"))
    assert (found["values"], found["wrong"]) == (2 * PROVIDERS, 0)
    assert (found["months"], found["rows"], found["held"]) == (1, ROWS_A_MONTH, ROWS)


def test_a_question_to_the_rows_opens_the_months_that_it_is_about(scene: Scene) -> None:
    periods = [Month(number).period for number in range(3)]
    found = child(f"{KERNELS}:ask", str(scene.home), periods).result
    assert found["files"] == f"3/{MONTHS}"
    # Four treatment functions and their total.
    assert found["rows"] == 5


@pytest.mark.parametrize("months", [SPARK_MONTHS])
def test_spark_makes_the_same_cells(scene: Scene, months: int, counts: Counts) -> None:
    folder = scene.folder / "spark"
    environment = {"NOF_PROJECT_DIR": str(scene.project)}
    spent = child(
        "benchmarks.records.spark:stage_and_value",
        *(str(scene.home), str(folder), months),
        environment=environment,
    )
    assert spent.result["rows"] == months * ROWS_A_MONTH
    values = str(scene.folder / "values.parquet")
    found = child(f"{KERNELS}:compare", scene.staged.result["folder"], values, str(folder)).result
    assert found["differ"] == 0
    # Five parts of two groups of commissioners, and two values in a quarter.
    assert found["rows"] == months * PROVIDERS * 10 + months // 3 * PROVIDERS * 2
    counts.append(f"records: {found['cells']:,} cells of {months} months on Spark equal those of DuckDB")
