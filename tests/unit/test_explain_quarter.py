"""One explanation read by itself, and all of a quarter read together: the same, whichever way."""

from pathlib import Path

import duckdb
import pytest
from harness_explain import FRAMEWORK, QUARTER, small_release, write

from harness_some import some
from nof.errors import UsageRefused
from nof.explain import explain
from nof.explain.facts import read_quarter
from nof.explain.reading import QuarterRows, rows_of_table
from nof.explain.walk import tell
from nof.release.database import open_database


def test_a_quarter_of_a_small_release_is_read_alike(tmp_path: Path) -> None:
    database = write(tmp_path, small_release())
    with open_database(database) as connection:
        together = read_quarter(connection, FRAMEWORK, QUARTER)
        explained = {code: tell(together.of(together.known[code])) for code in ("AAA", "CCC")}
        with pytest.raises(UsageRefused, match="GGG Gorse Trust has no rows"):
            together.of(together.known["GGG"])
    for code, explanation in some(explained.items()):
        assert explanation == explain(database, code, QUARTER)


def test_a_table_is_asked_once_for_all() -> None:
    connection = duckdb.connect()
    connection.execute("create schema publication")
    table = "values ('f', 'q', 'B', 2), ('f', 'q', 'B', 1), ('f', 'q', 'A', 3), ('f', 'r', 'A', 4)"
    connection.execute(
        f"create table publication.t as from ({table}) as t(framework_id, quarter_id, trust_code, n)"
    )
    query = rows_of_table("t", "n")
    one, every = (QuarterRows(connection, "f", "q", of_all=of_all) for of_all in (False, True))
    for code, expected in (("B", [1, 2]), ("A", [3]), ("C", [])):
        assert [row["n"] for row in one.about(query, code)] == expected
        assert [row["n"] for row in every.about(query, code)] == expected
    connection.execute("drop table publication.t")
    assert every.about(query, "A")
