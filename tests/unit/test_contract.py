"""The publication schema is pinned, and a change to it fails with what to do."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nof import contract
from nof.contract import HOW_TO_ADD, HOW_TO_BREAK, PinnedColumn, compare, described_schema, read_pinned
from nof.described import read_described
from nof.project import project_root

KEY = PinnedColumn("fct_thing", "thing_id", "1", "VARCHAR", "false", "1")
SIZE = PinnedColumn("fct_thing", "size", "2", "DECIMAL(6,2)", "true", "")
NAME = PinnedColumn("fct_thing", "name", "3", "VARCHAR", "false", "")
PINNED = [KEY, SIZE, NAME]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The described models, the versions and what is pinned of them; the command called without arguments."""
    root = project_root()
    (tmp_path / "dbt_project.yml").touch()
    shutil.copytree(root / "models" / "publication", tmp_path / "models" / "publication")
    (tmp_path / "seeds" / "reference").mkdir(parents=True)
    shutil.copy(root / contract.VERSIONS, tmp_path / contract.VERSIONS)
    (tmp_path / contract.PINNED.parent).mkdir(parents=True)
    shutil.copy(root / contract.PINNED, tmp_path / contract.PINNED)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["contract"])
    return tmp_path


def edit(project: Path, model: str, old: str, new: str) -> None:
    path = project / "models" / "publication" / f"{model}.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_schema_that_the_models_promise_is_the_pinned_one() -> None:
    pinned, version = read_pinned(project_root() / contract.PINNED)
    assert pinned
    difference = compare(pinned, described_schema(read_described().values()))
    assert not difference, difference.message
    assert version == contract.current_version()


def test_the_schema_of_a_release_is_the_pinned_one(bundled_release: Path) -> None:
    """Column for column as DuckDB has it, the key as it enforces it."""
    pinned, version = read_pinned(project_root() / contract.PINNED)
    with duckdb.connect(bundled_release / "nof.duckdb", read_only=True) as connection:
        keys = {
            (table, column): str(place)
            for table, columns in connection.execute(
                "select table_name, constraint_column_names from duckdb_constraints() "
                "where schema_name = 'publication' and constraint_type = 'PRIMARY KEY'"
            ).fetchall()
            for place, column in enumerate(columns, start=1)
        }
        found = [
            PinnedColumn(table, column, str(place), data_type, nullable, keys.get((table, column), ""))
            for table, column, place, data_type, nullable in connection.execute(
                "select table_name, column_name, column_index, data_type, cast(is_nullable as varchar) "
                "from duckdb_columns() where schema_name = 'publication' order by 1, 3"
            ).fetchall()
        ]
        said = connection.execute("select publication_version from publication.dim_release").fetchall()
    difference = compare(pinned, found)
    assert not difference, difference.message
    assert found == pinned
    assert said == [(version,)]


def test_nothing_to_say_where_nothing_changed() -> None:
    assert not compare(PINNED, PINNED)
    assert compare(PINNED, PINNED).message == ""


def test_an_added_column_is_to_be_pinned_and_noted() -> None:
    difference = compare(PINNED, [*PINNED, PinnedColumn("fct_thing", "colour", "4", "VARCHAR", "true", "")])
    assert not difference.broken
    assert difference.message == (
        f"Added to the publication schema:\n- fct_thing.colour: new, VARCHAR\n{HOW_TO_ADD}"
    )
    assert "python -m nof.contract" in difference.message
    assert "CHANGELOG.md" in difference.message


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([KEY, NAME], "fct_thing.size: the column is gone"),
        ([KEY, replace(SIZE, type="VARCHAR"), NAME], "fct_thing.size: VARCHAR, and it was DECIMAL(6,2)"),
        ([KEY, SIZE, replace(NAME, is_nullable="true")], "name: may be empty, and it was always filled"),
        ([KEY, SIZE, replace(NAME, key="2")], "name: place 2 in the key, and it was not in the key"),
        ([replace(KEY, key=""), SIZE, NAME], "thing_id: not in the key, and it was place 1 in the key"),
        ([KEY, replace(SIZE, column="length"), NAME], "fct_thing.size: the column is gone"),
        ([replace(column, table="fct_other") for column in PINNED], "fct_thing: the table is gone"),
    ],
)
def test_what_breaks_a_reader_asks_for_a_new_version(found: list[PinnedColumn], said: str) -> None:
    difference = compare(PINNED, found)
    assert [line for line in difference.broken if said in line] == list(difference.broken)
    assert HOW_TO_BREAK in difference.message
    assert "seeds/reference/publication_versions.csv" in difference.message


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([KEY, NAME, SIZE], "fct_thing: its columns stand in another order"),
        ([KEY, replace(SIZE, is_nullable="false"), NAME], "fct_thing.size: never empty any more"),
    ],
)
def test_what_disturbs_nobody_is_pinned_without_a_new_version(found: list[PinnedColumn], said: str) -> None:
    assert compare(PINNED, found) == contract.Difference((said,), ())


def test_the_command_pins_what_was_added(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(
        project,
        "dim_domain",
        "      - name: is_scored\n",
        '      - name: colour\n        description: "x"\n        data_type: varchar\n'
        "        config: {meta: {unit: text, sensitivity: public}}\n      - name: is_scored\n",
    )
    before = (project / contract.PINNED).read_bytes()
    sys.argv.append("--check")
    assert contract.main() == 1
    assert "- dim_domain.colour: new, VARCHAR\nIf that is meant: run" in capsys.readouterr().out
    assert (project / contract.PINNED).read_bytes() == before
    sys.argv.pop()
    assert contract.main() == 0
    assert "dim_domain.colour,6," not in capsys.readouterr().out
    assert b"dim_domain,colour,6,VARCHAR,true,,2\n" in (project / contract.PINNED).read_bytes()
    sys.argv.append("--check")
    assert contract.main() == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "      - name: is_scored\n",
            "      - name: has_score\n",
            "dim_domain.is_scored: the column is gone",
        ),
        (
            "        data_type: boolean\n",
            "        data_type: varchar\n",
            "dim_domain.is_scored: VARCHAR, and it was BOOLEAN",
        ),
    ],
)
def test_the_command_refuses_a_break_until_the_version_is_raised(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, said: str
) -> None:
    edit(project, "dim_domain", old, new)
    before = (project / contract.PINNED).read_bytes()
    assert contract.main() == 1
    shown = capsys.readouterr().out
    assert f"Taken away or changed in the publication schema:\n- {said}\n{HOW_TO_BREAK}" in shown
    assert (project / contract.PINNED).read_bytes() == before
    with (project / contract.VERSIONS).open("a", encoding="utf-8") as file:
        file.write("3,is_scored of dim_domain is another column\n")
    assert contract.main() == 0
    assert f"publication_schema.csv: version 3\n- {said}" in capsys.readouterr().out
    pinned, version = read_pinned(project / contract.PINNED)
    assert version == 3
    assert pinned == described_schema(read_described().values())
