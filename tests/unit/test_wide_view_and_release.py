"""The table that a person opens first, and the row that says which release it is, as readers meet them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from nof.project import read_seed

BESIDE = {
    # A standard is shown where there is no score too.
    "board_view": ("threshold_kind", "threshold", "unit_label"),
    "fct_metric": ("value", "value_label", "value_rank", "value_rank_count", "metric_score",
                   "is_threshold_met", "lower_quartile_value", "median_value", "upper_quartile_value",
                   "reporting_period_label", "missing_reason", "row_number", "cell_status"),
    "fct_segment": ("average_metric_score", "adjusted_segment", "final_segment", "league_rank",
                    "league_trust_count"),
    "fct_domain": ("domain_score", "domain_segment"),
}  # fmt: skip


@pytest.fixture(scope="module", params=["bundled", "real"])
def release(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue(f"{request.param}_release")
    return found


@pytest.fixture
def database(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(release / "nof.duckdb", read_only=True) as connection:
        connection.execute("use publication")
        yield connection


def rows(database: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return database.execute(query).fetchall()


def test_it_has_a_row_for_each_cell_that_is_about_the_trust_and_no_other(
    database: duckdb.DuckDBPyConnection,
) -> None:
    key = "framework_id, quarter_id, trust_code, metric_id"
    cells = f"select {key} from fct_metric where cell_status <> 'not_applicable'"
    assert rows(database, f"select count(*) from wide_view where ({key}) not in ({cells})") == [(0,)]
    assert rows(database, "select count(*) from wide_view") == rows(
        database, f"select count(*) from ({cells})"
    )


@pytest.mark.parametrize("table", BESIDE)
def test_its_figures_are_those_of_the_facts(database: duckdb.DuckDBPyConnection, table: str) -> None:
    """It computes nothing: joined to each fact, every column says the same."""
    key = {
        "board_view": "framework_id, quarter_id, trust_code, metric_id",
        "fct_metric": "framework_id, quarter_id, trust_code, metric_id",
        "fct_segment": "framework_id, quarter_id, trust_code",
        "fct_domain": "framework_id, quarter_id, trust_code, domain_id",
    }[table]
    wide = (
        "(select wide_view.*, dim_metric.domain_id from wide_view "
        "inner join dim_metric using (framework_id, metric_id))"
    )
    differing = " or ".join(f"wide.{name} is distinct from fact.{name}" for name in BESIDE[table])
    joined = f"from {wide} as wide inner join {table} as fact using ({key})"
    assert rows(database, f"select count(*) {joined} where {differing}") == [(0,)]
    assert rows(database, f"select count(*) {joined}") == rows(database, "select count(*) from wide_view")


def test_its_words_are_those_of_the_seeds_and_dimensions(database: duckdb.DuckDBPyConnection) -> None:
    statuses = {row["cell_status"]: row["meaning"] for row in read_seed("framework", "cell_statuses")}
    assert set(rows(database, "select distinct cell_status, cell_status_label from wide_view")) <= set(
        statuses.items()
    )
    bases = {row["meaning"] for row in read_seed("framework", "score_bases")}
    found = {name for (name,) in rows(database, "select distinct score_basis_label from wide_view")}
    assert found - {None} <= bases
    assert "quarter_label" in [name for name, *_ in rows(database, "describe wide_view")]
    assert rows(
        database,
        "select count(*) from wide_view inner join dim_quarter using (framework_id, quarter_id) "
        "inner join dim_metric using (framework_id, metric_id) "
        "where wide_view.quarter_label <> dim_quarter.quarter_label "
        "or wide_view.metric_label <> dim_metric.metric_label "
        "or wide_view.domain_label <> dim_metric.domain_label",
    ) == [(0,)]


def test_a_line_of_the_bundled_nation_as_it_reads(bundled_release: Path) -> None:
    """ZY3 answered category 2 calls in 30 minutes on average; the standard is 30, met, so the score is 1."""
    with duckdb.connect(bundled_release / "nof.duckdb", read_only=True) as connection:
        line = connection.execute(
            "select quarter_label, trust_type_label, domain_label, metric_label, value, unit_label, "
            "threshold_kind, threshold, is_threshold_met, metric_score, file_name "
            "from publication.wide_view "
            "where trust_code = 'ZY3' and quarter_id = '2025-26-Q1' and metric_id = 'OF0017'"
        ).fetchall()
    assert line == [
        (
            "Q1 2025/26",
            "Ambulance trust",
            "Access to services",
            "Average Category 2 ambulance response time",
            Decimal("30.0000"),
            "minutes",
            "standard",
            Decimal("30.0000"),
            True,
            Decimal("1.00"),
            "nhs-oversight-framework-ambulance-trust-data-q1-2025-26.csv",
        )
    ]


def test_one_row_says_which_release_it_is_and_on_what_terms(
    release: Path, database: duckdb.DuckDBPyConnection
) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    result = database.execute("select * from dim_release")
    (row,) = result.fetchall()
    said = dict(zip([name for name, *_ in result.description or []], row, strict=True))
    for name in ("release_id", "framework_id", "quarter_id", "is_bundled"):
        assert said[name] == manifest[name]
    assert said["released_date"].isoformat() == manifest["released_date"]
    assert (said["previous_release_id"], said["previous_quarter_id"]) == (None, None)
    assert said["first_quarter_id"] == "2025-26-Q1"
    assert said["quarter_label"] == "Q4 2025/26"
    assert said["framework_label"] == "NHS Oversight Framework 2025/26"
    assert (said["is_in_force"], said["has_changed_method"]) == (True, False)
    assert said["release_status"] == "provisional"
    (terms,) = (
        each
        for each in read_seed("reference", "release_terms")
        if (each["is_bundled"] == "true") is manifest["is_bundled"]
    )
    assert {name: said[name] for name in ("licence", "licence_url", "source_line", "notice")} == {
        name: text for name, text in terms.items() if name != "is_bundled"
    }
    assert "Open Government Licence v3.0" in said["licence"]
    assert said["notice"].startswith("Not an NHS England publication")


def test_every_table_says_what_it_is_in_the_first_one(database: duckdb.DuckDBPyConnection) -> None:
    said = rows(
        database, "select table_name, what_it_holds, one_row_per from about_tables order by reading_order"
    )
    comments = dict(
        rows(database, "select table_name, comment from duckdb_tables() where schema_name = 'publication'")
    )
    assert {name for name, _, _ in said} == set(comments)
    assert min(str(name) for name in comments) == "about_tables"
    for name, what, grain in said:
        assert str(comments[name]).startswith(f"{what} One row per {grain}.")
    # Those without a prefix are made to be read as they are, and stand first.
    ready = [
        str(name) for name, _, _ in said if str(name).split("_")[0] not in {"dim", "fct", "dq", "method"}
    ]
    assert [name for name, _, _ in said[: len(ready)]] == ready
    assert {"wide_view", "league_table"} <= set(ready)
