"""Every key, reference and check of a release's tables is enforced: each is shown a row that breaks it."""

from pathlib import Path

import duckdb
from harness_broken import Breaker, Rule, rules_of

from harness_some import some
from nof.described import read_described


def test_each_rule_of_each_table_refuses_a_row_that_breaks_it(bundled_release: Path) -> None:
    breaker = Breaker(bundled_release)
    kinds = {kind: sum(rule.kind == kind for rule in breaker.rules) for kind in ("CHECK", "FOREIGN KEY")}
    assert len({rule.table for rule in breaker.rules if rule.kind == "PRIMARY KEY"}) == len(breaker.tables)
    assert kinds["CHECK"] > 200
    assert kinds["FOREIGN KEY"] > 100
    assert breaker.let_in() == []


def test_a_rule_that_is_not_enforced_is_noticed(bundled_release: Path) -> None:
    """The checker of the rules, told of one that the database does not have."""
    breaker = Breaker(bundled_release)
    breaker.tables = {"dim_file": breaker.tables["dim_file"]}
    expression = "row_count < 1000000 or row_count = 99"
    breaker.rules = [Rule("dim_file", "CHECK", f"CHECK({expression})", expression, ("row_count",), "")]
    assert breaker.let_in() == [f"dim_file: CHECK({expression}) ('row_count',)"]


def test_the_release_enforces_what_the_models_promise_and_nothing_else(bundled_release: Path) -> None:
    with duckdb.connect(bundled_release / "nof.duckdb", read_only=True) as connection:
        found = rules_of(connection, "nof")
    for table in some(read_described().values()):
        own = [rule for rule in found if rule.table == table.name]
        assert {rule.columns for rule in own if rule.kind == "PRIMARY KEY"} == {table.primary_key}
        assert {(rule.columns, rule.parent) for rule in own if rule.kind == "FOREIGN KEY"} == {
            (key.columns, key.table) for key in table.foreign_keys
        }
        checks = [*table.checks, *(check for column in table.columns for check in column.checks)]
        assert len([rule for rule in own if rule.kind == "CHECK"]) == len(checks), table.name
        assert {rule.columns[0] for rule in own if rule.kind == "NOT NULL"} == {
            column.name for column in table.columns if not column.is_nullable
        }


def test_whatever_names_a_row_of_a_dimension_refers_to_it() -> None:
    tables = read_described()
    # Of the history: what this release no longer holds was a figure of one before.
    history = {"dq_result", "fct_figure_version", "fct_revision"}
    alone = {name for name, table in tables.items() if not table.foreign_keys}
    # Closed lists of words, the same in every framework.
    words = {f"method_{name}" for name in ("cell_statuses", "movement_causes", "movement_parts")}
    words.add("method_movement_statuses")
    assert alone - history == {"dim_file", "method_frameworks"} | words
    apart = {
        ("fct_reconciliation", "trust_code"),  # the trust type, for benchmarks
        ("fct_register_entry", "organisation_code"),  # ALL
        ("fct_organisation_change", "other_code"),  # empty text where there is none
        ("fct_published_version", "trust_code"),  # a file may name one that no later file has
        ("fct_source_value", "organisation_code"),  # a publication has more than the framework
        ("fct_source_part", "organisation_code"),
        ("method_source_organisations", "trust_code"),  # also one that is not in hand
        ("method_source_organisations", "organisation_code"),  # a code of the publication's own
        ("method_system_rules", "metric_id"),  # empty text where none is in hand
    }
    dimensions = {
        "quarter_id": {"dim_quarter"},
        "trust_code": {"dim_trust", "dim_organisation"},
        "organisation_code": {"dim_organisation"},
        "other_code": {"dim_organisation"},
        "metric_id": {"dim_metric"},
        "domain_id": {"dim_domain"},
        "file_id": {"dim_file"},
    }
    for name in tables.keys() - history:
        table = tables[name]
        referring = {key.columns[-1]: key.table for key in table.foreign_keys}
        for column in some(table.columns):
            is_its_own = name.startswith("dim_") and table.primary_key[-1] == column.name
            if column.name in dimensions and not is_its_own and (name, column.name) not in apart:
                assert referring.get(column.name) in dimensions[column.name], f"{name}.{column.name}"
