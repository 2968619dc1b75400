"""What the YAML of the publication models has to say of every table and column, or they are refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from harness_some import some
from nof.described import NotDescribed, read_described
from nof.project import project_root, read_seed

ROLES = {"data supplier", "method owner", "oversight analyst", "warehouse engineer"}
HELD_BACK = {"free_text", "confidential", "person"}


def test_every_publication_model_is_described() -> None:
    models = {path.stem for path in (project_root() / "models" / "publication").glob("*.sql")}
    assert models
    assert set(read_described()) == models


def test_every_table_has_grain_rule_owner_and_a_known_class() -> None:
    classes = {row["sensitivity_class"] for row in read_seed("reference", "sensitivity_classes")}
    assert classes == {"public", "role", *HELD_BACK}
    for table in some(read_described().values()):
        assert table.owner in ROLES, table.name
        assert table.sensitivity in classes - HELD_BACK, table.name
        assert table.primary_key, table.name
        assert {column.sensitivity for column in table.columns} <= classes, table.name
        # The grain is said once: whoever shows the table puts "One row per" before it.
        assert "One row per" not in table.description, table.name
        assert not table.grain.startswith(("One row", "one row")), table.name


def test_a_unit_fits_the_type_and_the_name() -> None:
    for table in some(read_described().values()):
        for column in some(table.columns):
            place = f"{table.name}.{column.name} ({column.unit})"
            assert (column.unit == "true or false") == (column.data_type == "BOOLEAN"), place
            assert (column.unit == "ISO date") == (column.data_type == "DATE"), place
            if column.data_type in {"BIGINT", "DOUBLE"} or column.data_type.startswith("DECIMAL"):
                assert column.unit not in {"identifier", "text", "word of a closed list"}, place
            if column.name.endswith(("_rank", "rank")) and column.data_type == "BIGINT":
                assert column.unit == "rank, 1 is best", place
            if column.name.endswith("_segment"):
                assert column.unit in {"segment 1 to 4", "segment 1 to 5"}, place


def test_what_names_a_role_is_classed_as_such() -> None:
    named = {
        (table.name, column.name): column.sensitivity
        for table in read_described().values()
        for column in table.columns
        if column.name.endswith("_by_role") or column.name == "owner_role"
    }
    assert named
    assert set(named.values()) == {"role"}


def test_a_key_and_a_reference_name_columns_that_are_there() -> None:
    tables = read_described()
    assert any(table.foreign_keys for table in tables.values())
    for table in some(tables.values()):
        columns = {column.name for column in table.columns}
        assert set(table.primary_key) <= columns
        for key in table.foreign_keys:
            assert set(key.columns) <= columns
            assert key.to_columns == tables[key.table].primary_key


def test_what_is_said_becomes_one_comment() -> None:
    tables = read_described()
    assert tables["fct_domain"].comment == (
        "Domain scores and segments. One row per framework, quarter, trust and domain. Rules 2 and 3."
    )
    said = {column.name: column.comment for column in tables["fct_segment"].columns}
    assert said["final_segment"].endswith("Rules 3. Unit: segment 1 to 5.")
    assert said["quarter_id"] == "NHS quarter, for example 2025-26-Q1."  # the type says the rest
    assert said["programme_decided_by_role"].endswith("Sensitivity: role.")


MODEL: dict[str, Any] = {
    "name": "fct_thing",
    "description": "Things.",
    "config": {"meta": {"grain": "thing", "rule": "rules 1", "owner": "keeper", "sensitivity": "public"}},
    "constraints": [
        {"type": "primary_key", "columns": ["thing_id"]},
        {
            "type": "foreign_key",
            "columns": ["thing_id"],
            "to": "ref('dim_thing')",
            "to_columns": ["thing_id"],
        },
    ],
    "columns": [
        {
            "name": "thing_id",
            "description": "The thing.",
            "data_type": "varchar",
            "config": {"meta": {"unit": "identifier", "sensitivity": "public"}},
        }
    ],
}


def project_of(folder: Path, model: dict[str, Any]) -> Path:
    (folder / "models" / "publication").mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"version": 2, "models": [model]})
    (folder / "models" / "publication" / "fct_thing.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"description": " "}, "fct_thing.yml: fct_thing has no description"),
        ({"config": {}}, "fct_thing.yml: fct_thing has no grain"),
        ({"columns": [{**MODEL["columns"][0], "config": {}}]}, "fct_thing.thing_id has no unit"),
        (
            {"columns": [{**MODEL["columns"][0], "config": {"meta": {"unit": "identifier"}}}]},
            "fct_thing.thing_id has no sensitivity",
        ),
        (
            {"constraints": [{**MODEL["constraints"][1], "to": "publication.dim_thing"}]},
            "has a foreign key to 'publication.dim_thing': name the model as ref",
        ),
    ],
)
def test_a_model_that_does_not_say_all_is_refused_by_name(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    project = project_of(tmp_path, MODEL)
    assert read_described(project)["fct_thing"].comment == "Things. One row per thing. Rules 1."
    with pytest.raises(NotDescribed) as refused:
        read_described(project_of(project, MODEL | change))
    assert message in str(refused.value)


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    assert read_described(project_of(tmp_path, MODEL))["fct_thing"].description == "Things."
    changed = read_described(project_of(tmp_path, MODEL | {"description": "Other things."}))
    assert changed["fct_thing"].description == "Other things."
