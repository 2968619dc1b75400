"""The semantic description names what is there, its relations hold in the data, no filter goes two ways."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from harness_some import some
from nof.companions import semantic
from nof.companions.semantic.model import Measure, refuse_unknown_columns
from nof.companions.semantic.names import columns_in_dax, columns_in_sql
from nof.companions.semantic.relations import find_relations
from nof.described import ForeignKey
from nof.release.csv_files import read_foreign_keys
from nof.release.database import Column, Table, open_database, read_tables
from nof.release.errors import ReleaseRefused

TYPES = {
    "VARCHAR": "string",
    "BIGINT": "int64",
    "BOOLEAN": "boolean",
    "DATE": "dateTime",
    "DECIMAL": "double",
}


@pytest.fixture(scope="module", params=["bundled_release", "real_release"])
def release(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="module")
def database(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(release / "nof.duckdb") as connection:
        yield connection


@pytest.fixture(scope="module")
def tables(database: duckdb.DuckDBPyConnection) -> dict[str, Table]:
    return {table.name: table for table in read_tables(database, "nof")}


@pytest.fixture(scope="module")
def tabular(release: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((release / semantic.TABULAR).read_text(encoding="utf-8"))
    assert content["compatibilityLevel"] == 1567
    model: dict[str, Any] = content["model"]
    return model


@pytest.fixture(scope="module")
def neutral(release: Path) -> dict[str, Any]:
    content = json.loads((release / semantic.NEUTRAL).read_text(encoding="utf-8"))
    (model,) = content["semantic_model"]
    assert content.keys() == {"version", "semantic_model"}
    found: dict[str, Any] = model
    return found


def test_the_tabular_model_has_every_table_and_column_with_its_type(
    tabular: dict[str, Any], tables: dict[str, Table]
) -> None:
    found = {
        table["name"]: {column["sourceColumn"]: column["dataType"] for column in table["columns"]}
        for table in tabular["tables"]
    }
    assert found == {
        name: {column.name: TYPES[column.data_type.partition("(")[0]] for column in table.columns}
        for name, table in tables.items()
    }
    for table in some(tabular["tables"]):
        assert table["description"]
        assert all(column["description"] for column in table["columns"])


def test_the_tabular_model_reads_the_parquet_files_of_the_folder_it_is_told(
    tabular: dict[str, Any], release: Path
) -> None:
    (parameter,) = tabular["expressions"]
    assert parameter["name"] == "ReleaseFolder" and "IsParameterQuery=true" in parameter["expression"]
    for table in some(tabular["tables"]):
        (partition,) = table["partitions"]
        text = "\n".join(partition["source"]["expression"])
        (path,) = re.findall(r'File\.Contents\(ReleaseFolder & "([^"]+)"\)', text)
        assert (release / path.lstrip("\\").replace("\\", "/")).is_file()
        named = re.findall(r'\{"(\w+)", ', text)
        assert named == [column["sourceColumn"] for column in table["columns"]]


def test_names_are_unique_and_every_relationship_and_measure_names_columns_that_are_there(
    tabular: dict[str, Any], tables: dict[str, Table]
) -> None:
    columns = {(name, column) for name, table in tables.items() for column in table.column_names}
    relations = tabular["relationships"]
    assert relations
    for relation in relations:
        assert (relation["fromTable"], relation["fromColumn"]) in columns
        assert (relation["toTable"], relation["toColumn"]) in columns
    measures = [(table, measure) for table in tabular["tables"] for measure in table.get("measures", [])]
    for table, measure in measures:
        assert columns_in_dax(measure["expression"]) <= columns
        assert measure["name"] not in {column["name"] for column in table["columns"]}
        assert measure["description"] and measure["formatString"]
    for names in ([each["name"] for each in relations], [each["name"] for _, each in measures]):
        assert [name for name, count in Counter(names).items() if count > 1] == []
    assert [measure["name"] for _, measure in measures] == unordered(
        [measure["name"] for _, measure in measures], [each.name for each in semantic.read_measures()]
    )


def unordered(found: list[str], wanted: list[str]) -> list[str]:
    """What was found, if it is what was wanted in some order; tables are in the order of their names."""
    return found if sorted(found) == sorted(wanted) else wanted


def test_relations_hold_in_the_data_and_their_one_side_is_unique(
    tabular: dict[str, Any], database: duckdb.DuckDBPyConnection
) -> None:
    faults = []
    for relation in tabular["relationships"]:
        table, column = relation["fromTable"], relation["fromColumn"]
        to_table, to_column = relation["toTable"], relation["toColumn"]
        orphans, twice = database.execute(
            f"select (select count(*) from publication.{table} where {column} is not null "
            f"and {column} not in (select {to_column} from publication.{to_table})), "
            f"(select count(*) - count(distinct {to_column}) from publication.{to_table})"
        ).fetchall()[0]
        if orphans or twice:
            faults.append(
                f"{relation['name']}: {orphans} orphans, {twice} keys that are there twice or empty"
            )
    assert faults == []


def ways(edges: list[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """How many ways a filter goes from each table to each other one."""
    found: Counter[tuple[str, str]] = Counter()

    def walk(start: str, table: str) -> None:
        for one, many in edges:
            if one == table:
                found[(start, many)] += 1
                walk(start, many)

    for start in {one for one, _ in edges}:
        walk(start, start)
    return found


def test_a_filter_comes_to_each_table_one_way(tabular: dict[str, Any]) -> None:
    active = [
        (relation["toTable"], relation["fromTable"])
        for relation in tabular["relationships"]
        if relation.get("isActive", True)
    ]
    assert {pair: count for pair, count in ways(active).items() if count > 1} == {}
    # What a report slices by comes to the facts.
    for dimension in ("dim_quarter", "dim_trust", "dim_metric", "dim_domain", "dim_organisation"):
        assert ways(active)[(dimension, "fct_metric")] == 1, dimension
    for dimension in ("dim_quarter", "dim_trust"):
        assert ways(active)[(dimension, "fct_segment")] == 1
    assert ways(active)[("dim_domain", "fct_domain")] == 1


def test_the_second_way_carries_no_filter_and_a_key_of_two_columns_is_left_out() -> None:
    keys = {
        "dim_metric": (
            ForeignKey(("framework_id", "domain_id"), "dim_domain", ("framework_id", "domain_id")),
        ),
        "fct_metric": (
            ForeignKey(("framework_id", "domain_id"), "dim_domain", ("framework_id", "domain_id")),
            ForeignKey(("framework_id", "metric_id"), "dim_metric", ("framework_id", "metric_id")),
            ForeignKey(("file_id",), "dim_file", ("file_id",)),
            ForeignKey(("status_file_id",), "dim_file", ("file_id",)),
            ForeignKey(("register_id", "subject_id"), "method_registers", ("register_id", "subject_id")),
        ),
    }
    assert {(relation.name, relation.is_active) for relation in find_relations(keys)} == {
        ("dim_metric_domain_id_to_dim_domain", True),
        ("fct_metric_metric_id_to_dim_metric", True),
        ("fct_metric_domain_id_to_dim_domain", False),
        ("fct_metric_file_id_to_dim_file", True),
        ("fct_metric_status_file_id_to_dim_file", False),
    }


def test_columns_by_which_tables_are_related_are_hidden_where_they_are_repeated(
    tabular: dict[str, Any],
) -> None:
    hidden = {
        (table["name"], column["name"])
        for table in tabular["tables"]
        for column in table["columns"]
        if column.get("isHidden")
    }
    for relation in tabular["relationships"]:
        if relation.get("isActive", True):
            assert (relation["fromTable"], relation["fromColumn"]) in hidden
    assert ("dim_quarter", "quarter_id") not in hidden and ("dim_trust", "trust_code") in hidden
    assert ("dim_organisation", "organisation_code") not in hidden
    assert {name for name, column in hidden if column == "framework_id"} == {
        table["name"]
        for table in tabular["tables"]
        if any(column["name"] == "framework_id" for column in table["columns"])
    }


def test_the_neutral_description_has_every_column_key_and_measure(
    neutral: dict[str, Any], tables: dict[str, Table], database: duckdb.DuckDBPyConnection
) -> None:
    datasets = {each["name"]: each for each in neutral["datasets"]}
    assert datasets.keys() == tables.keys()
    for name, table in tables.items():
        assert datasets[name]["primary_key"] == list(table.primary_key)
        assert [field["name"] for field in datasets[name]["fields"]] == list(table.column_names)
        assert all(field["datatype"] != "Opaque" for field in datasets[name]["fields"])
    wanted = {
        (table, key.columns, key.table, key.to_columns)
        for table, keys in read_foreign_keys(database).items()
        for key in keys
    }
    assert {
        (each["from"], tuple(each["from_columns"]), each["to"], tuple(each["to_columns"]))
        for each in neutral["relationships"]
    } == wanted
    assert len({each["name"] for each in neutral["relationships"]}) == len(neutral["relationships"])
    assert [each["name"] for each in neutral["metrics"]] == [each.name for each in semantic.read_measures()]
    (value,) = [each for each in datasets["fct_metric"]["fields"] if each["name"] == "metric_score"]
    assert json.loads(value["custom_extensions"][0]["data"])["unit"]


def test_both_say_which_release_it_is_and_on_what_terms(
    tabular: dict[str, Any], neutral: dict[str, Any], release: Path
) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    (facts,) = [json.loads(each["data"]) for each in neutral["custom_extensions"]]
    annotations = {each["name"]: each["value"] for each in tabular["annotations"]}
    assert facts["release_id"] == annotations["release_id"] == manifest["release_id"]
    assert facts["licence"] == annotations["licence"] == "Open Government Licence v3.0"
    for description in (tabular["description"], neutral["description"]):
        assert "Not an NHS England publication" in description


def test_a_measure_of_a_column_that_is_not_there_is_refused() -> None:
    table = Table("fct_thing", (Column("size", "BIGINT", False, None),), ("size",), None)
    good = Measure("Sum", "fct_thing", "d", "Integer", "0", "sum(fct_thing.size)", "SUM(fct_thing[size])")
    refuse_unknown_columns([good], [table])
    for sql, dax in (("sum(fct_thing.weight)", good.dax), (good.sql, "SUM(fct_thing[weight])")):
        bad = Measure("Sum", "fct_thing", "d", "Integer", "0", sql, dax)
        with pytest.raises(ReleaseRefused, match=r"Sum: fct_thing\.weight"):
            refuse_unknown_columns([bad], [table])


def test_both_languages_of_a_measure_name_the_same_columns_of_its_table() -> None:
    for measure in some(semantic.read_measures()):
        assert columns_in_sql(measure.sql) == columns_in_dax(measure.dax), measure.name
        assert {table for table, _ in columns_in_sql(measure.sql)} == {measure.table}
        assert measure.dax.count("(") == measure.dax.count(")")
