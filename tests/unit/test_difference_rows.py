"""Rows of two small releases compared by hand: what came, went and changed, and how it is written."""

from dataclasses import replace
from pathlib import Path

import pytest
from harness_difference import BEFORE, NOW, Tables, applied, pair_of, read_csv, side_of, text_rows, undone
from hypothesis import given, settings
from hypothesis import strategies as st

from nof.difference import compare, write_difference
from nof.difference.layout import layout_differences
from nof.difference.notation import key_parts
from nof.difference.pair import NEW, OLD
from nof.difference.rows import compare_rows
from nof.release.tables import write_csv


def files_of(tmp_path: Path, before: Tables | None, now: Tables, **facts: object) -> Path:
    """The files of the difference of two small releases."""
    old = side_of(tmp_path / "before", before) if before is not None else None
    with compare(old, side_of(tmp_path / "now", now, **facts)) as difference:
        write_difference(difference, tmp_path / "difference")
    return tmp_path / "difference"


def test_changes_are_listed_row_by_row_and_cell_by_cell_in_the_order_of_the_key(tmp_path: Path) -> None:
    folder = files_of(tmp_path, BEFORE, NOW)
    q1, key = "2025-26-Q1", "quarter_id=2025-26-Q1; trust_code="
    assert (folder / "changes.csv").read_bytes().decode() == "\r\n".join(
        [
            "table,quarter_id,trust_code,key,change,column,old,new",
            f"things,{q1},ZZB,{key}ZZB,changed,score,1.50,2.25",
            f"things,{q1},ZZB,{key}ZZB,changed,day,2026-01-01,",
            # An empty text became nothing: two double quotes, quoted again by the CSV, and an empty cell.
            f'things,{q1},ZZC,{key}ZZC,changed,name,"""""",',
            f"things,{q1},ZZC,{key}ZZC,changed,score,,0.00",
            f"things,{q1},ZZC,{key}ZZC,changed,day,,2026-03-31",
            f'things,{q1},ZZD,{key}ZZD,went,,"name=""goes; away""; score=2.00",',
            "things,2025-26-Q2,ZZE,quarter_id=2025-26-Q2; trust_code=ZZE,came,,,"
            '"name=says ""new""; day=2026-04-01"',
            "",
        ]
    )
    assert (folder / "tables.csv").read_bytes().decode() == (
        "table,rows_before,rows_now,came,went,changed,unchanged,comparison\r\n"
        "things,4,4,1,1,2,1,row by row\r\n"
    )


def test_no_difference_is_said_and_listed_as_none(tmp_path: Path) -> None:
    folder = files_of(tmp_path, BEFORE, BEFORE)
    assert read_csv(folder / "changes.csv") == []
    assert (folder / "tables.csv").read_text().splitlines()[1] == "things,4,4,0,0,0,4,row by row"
    assert "No difference: every row of every table is as it was" in (folder / "index.html").read_text()


def test_rows_in_another_order_are_the_same_rows(tmp_path: Path) -> None:
    columns, rows = BEFORE["things"]
    with pair_of(BEFORE, {"things": (columns, list(reversed(rows)))}) as pair:
        (found,) = compare_rows(pair)
    assert (found.came, found.went, found.changed, found.unchanged) == (0, 0, 0, 4)


def test_a_first_release_says_that_there_is_none_before(tmp_path: Path) -> None:
    folder = files_of(tmp_path, None, NOW)
    assert read_csv(folder / "changes.csv") == read_csv(folder / "segments.csv") == []
    assert read_csv(folder / "columns.csv") == []
    assert (folder / "tables.csv").read_text().splitlines()[1] == "things,,4,,,,,no release before"
    assert "there is none before it, so nothing is compared" in (folder / "index.html").read_text()


def test_what_is_about_the_release_itself_is_counted_and_named(tmp_path: Path) -> None:
    release = "release_id varchar primary key"
    before = {**BEFORE, "dim_release": (release, [("a",)])}
    folder = files_of(tmp_path, before, {**NOW, "dim_release": (release, [("b",)])})
    assert {row["table"] for row in read_csv(folder / "changes.csv")} == {"things"}
    (row,) = [row for row in read_csv(folder / "tables.csv") if row["table"] == "dim_release"]
    assert (row["rows_before"], row["rows_now"], row["came"]) == ("1", "1", "")
    assert row["comparison"] == "counted only: it is about the release itself"
    assert "dim_release: counted only: it is about the release itself" in (folder / "index.html").read_text()


def test_tables_and_columns_that_came_went_and_changed_are_listed(tmp_path: Path) -> None:
    columns = "id varchar primary key, old_name varchar, score decimal(6,2)"
    before = {
        "gone": ("id varchar primary key", [("a",)]),
        "kept": (columns, [("a", "x", "1.5"), ("b", "why it was taken away", "2")]),
    }
    now = {
        "kept": ("id varchar primary key, score decimal(18,4), new_name varchar", [("a", "1.5", "y")]),
        "new": ("id bigint primary key", [(1,), (2,)]),
    }
    folder = files_of(tmp_path, before, now)
    assert (folder / "columns.csv").read_text().splitlines() == [
        "table,column,change,old,new",
        "gone,,table removed,id VARCHAR,",
        'kept,score,retyped,"DECIMAL(6,2)","DECIMAL(18,4)"',
        "kept,new_name,added,,VARCHAR",
        "kept,old_name,removed,VARCHAR,",
        "new,,table added,,id BIGINT",
    ]
    assert [row["comparison"] for row in read_csv(folder / "tables.csv")] == [
        "table removed",
        "row by row",
        "table added",
    ]
    # The score of `a` is the same number. A column that was taken away is not carried on by a row that went.
    (row,) = read_csv(folder / "changes.csv")
    assert (row["key"], row["change"], row["old"]) == ("id=b", "went", "score=2.00")


def test_a_description_that_changed_is_listed() -> None:
    with pair_of(BEFORE, BEFORE) as pair:
        things = pair.now["things"]
        score = replace(things.columns[3], comment="now out of ten")
        described = replace(things, columns=(*things.columns[:3], score, things.columns[4]))
        (change,) = layout_differences(replace(pair, now={"things": described}))
    assert (change.column, change.change, change.old, change.new) == (
        "score",
        "described anew",
        None,
        "now out of ten",
    )


@pytest.mark.parametrize(
    ("old_type", "old", "new_type", "new", "listed"),
    [
        ("decimal(6,2)", "1.50", "decimal(18,4)", "1.5", None),
        ("decimal(18,4)", "1.2549", "decimal(6,2)", "1.25", ("1.2549", "1.25")),
        ("bigint", 2, "varchar", "2", None),
        ("varchar", "two", "bigint", 2, ("two", "2")),
        ("varchar", "", "bigint", None, ('""', "")),
        ("varchar", None, "bigint", None, None),
        ("date", "2026-01-01", "varchar", "2026-01-01", None),
    ],
)
def test_in_a_retyped_column_only_what_is_another_value_changed(
    tmp_path: Path, old_type: str, old: object, new_type: str, new: object, listed: tuple[str, str] | None
) -> None:
    before = {"t": (f"id varchar primary key, v {old_type}", [("a", old)])}
    folder = files_of(tmp_path, before, {"t": (f"id varchar primary key, v {new_type}", [("a", new)])})
    found = [(row["old"], row["new"]) for row in read_csv(folder / "changes.csv")]
    assert found == ([listed] if listed else [])


def test_columns_of_a_key_in_another_order_are_the_same_key() -> None:
    before = {"t": ("a varchar, b varchar, primary key (a, b)", [("1", "2"), ("2", "1")])}
    now = {"t": ("b varchar, a varchar, primary key (b, a)", [("2", "1"), ("3", "3")])}
    with pair_of(before, now) as pair:
        (found,) = compare_rows(pair)
    assert (found.came, found.went, found.changed, found.unchanged) == (1, 1, 0, 1)


def test_the_same_two_releases_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = files_of(tmp_path / "1", BEFORE, NOW), files_of(tmp_path / "2", BEFORE, NOW)
    names = sorted(path.name for path in one.iterdir())
    assert names == ["changes.csv", "columns.csv", "index.html", "segments.csv", "tables.csv"]
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


@pytest.mark.parametrize("text", ["a", "a=", 'a="b"; c="', "nothing"])
def test_a_key_that_was_not_written_so_is_not_read(text: str) -> None:
    if text == "a=":
        assert key_parts(text) == {"a": ""}
    elif text.startswith('a="b"'):
        with pytest.raises(ValueError, match="never closed"):
            key_parts(text)
    else:
        with pytest.raises(ValueError, match="not of the form"):
            key_parts(text)


# Few letters, so that two keys or values meet, and all that a notation could trip over.
_TEXT = st.text(st.sampled_from('a;="\n\r ,é€\u2028') | st.characters(exclude_categories=["Cs"]), max_size=4)
_KEY = st.tuples(_TEXT, st.integers(-1, 1))
_ROW = st.tuples(
    st.none() | _TEXT,
    st.none() | st.decimals(-99, 99, places=4),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.none() | st.floats(allow_nan=False).map(lambda number: number + 0.0),  # no minus nought
)
_TABLE = st.dictionaries(_KEY, _ROW, max_size=6)
_COLUMNS = "k varchar, n bigint, t varchar, d decimal(18,4), y date, b boolean, f double, primary key (k, n)"


@settings(max_examples=75, deadline=None)
@given(before=_TABLE, now=_TABLE, kept=st.sets(_KEY, max_size=3))
def test_the_changes_applied_to_the_old_table_give_the_new_one_and_undone_the_old(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[tuple[str, int], tuple[object, ...]],
    now: dict[tuple[str, int], tuple[object, ...]],
    kept: set[tuple[str, int]],
) -> None:
    now |= {key: before[key] for key in list(before)[: len(kept)]}  # some rows as they were
    tables = [{"t": (_COLUMNS, [(*key, *row) for key, row in each.items()])} for each in (before, now)]
    path = tmp_path_factory.mktemp("replay") / "changes.csv"
    with pair_of(*tables) as pair:
        (found,) = compare_rows(pair)
        rows = pair.connection.execute(
            "select key_text, change, column_name, old_text, new_text from changes order by line"
        ).fetchall()
        write_csv(path, ["key", "change", "column", "old", "new"], rows, encoding="utf-8")
        old, new = (text_rows(pair.connection, catalog, "t", ("k", "n")) for catalog in (OLD, NEW))
    changes = read_csv(path)
    assert applied(old, ("k", "n"), changes) == new
    assert undone(new, ("k", "n"), changes) == old
    assert found.unchanged == sum(old[key] == new[key] for key in old.keys() & new.keys())
