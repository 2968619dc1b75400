"""The sums of records on Spark are made in two steps, and are those that DuckDB makes in one."""

import duckdb
import pytest

from benchmarks.records.kernels import _files_opened
from nof.records.sql import record_macros

# Month, file, provider, its name and parent, part, group, total row, row number, two counts.
ROWS = """
    ('2026-03', 'f1', 'P00', 'NORTH', 'I00', 'Part_2', 'english', true, 5, 10, null),
    ('2026-03', 'f1', 'P00', 'NORTH', 'I00', 'Part_2', 'english', true, 3, 7, null),
    ('2026-03', 'f1', 'P00', 'EAST', 'I01', 'Part_2', 'english', true, 9, 1, null),
    ('2026-03', 'f1', 'P00', 'NORTH', null, 'Part_2', 'english', false, 4, 4, 2),
    ('2026-03', 'f1', 'P01', 'SOUTH', null, 'Part_2', 'other', true, 6, 0, 1)
"""
TEXTS = "period, file_id, provider_code, provider_name, provider_parent_code, part_type, commissioner_group"
COLUMNS = f"{TEXTS}, is_total, row_number, total, weeks_000"
# Under the least name and parent and the first row of those that are summed; empty where every cell is.
SUMS = [
    ("P00", "EAST", "I00", True, 3, 3, 18, None),
    ("P00", "NORTH", None, False, 4, 1, 4, 2),
    ("P01", "SOUTH", None, True, 6, 1, 0, 1),
]
SHOWN = (
    "provider_code, provider_name, provider_parent_code, is_total, row_number, row_count, total, weeks_000"
)


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_sums_are_the_same_in_one_step_and_in_two(engine: str) -> None:
    query = record_macros(engine)["sums_of_grouped"](("total", "weeks_000"))
    with duckdb.connect() as con:
        con.execute(f"create view grouped as from (values {ROWS}) as t ({COLUMNS})")
        found = con.execute(f"select {SHOWN} from ({query}) order by row_number").fetchall()
    assert sorted(found) == SUMS


def test_spark_does_not_take_the_least_text_of_all_rows() -> None:
    """Over rows as they are it would sort them all."""
    query = record_macros("spark")["sums_of_grouped"](("total",))
    outer, inner = query.split("from (", 1)
    assert "min(provider_name)" in outer and "min(provider_name)" not in inner


def test_how_many_files_a_plan_has_read() -> None:
    some = {"extra_info": {"Scanning Files": "3/6", "Total Files Read": "3"}, "children": []}
    every = {"extra_info": {"Total Files Read": "6"}, "children": []}
    for plan, told in ((some, "3/6"), (every, "6/6")):
        assert _files_opened({"children": [{"extra_info": {}, "children": [plan]}]}) == told
