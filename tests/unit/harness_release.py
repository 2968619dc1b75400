"""A small build as dbt leaves it, and releases made from it."""

from datetime import date
from pathlib import Path

import duckdb

from nof.home import Home
from nof.release import Candidate, InputEntry, assemble, release_id, seal_candidate
from nof.release.checks import AS_THE_SEED, MAY_BE_EMPTY, NEVER_EMPTY

FRAMEWORK = "nof-2025-26"
QUARTER = "2025-26-Q3"
INPUTS = (InputEntry("a" * 64, "acute “Q3”.csv", "oversight_data", date(2026, 4, 1)),)
NBSP = "\u00a0"

# One statement per table and one per row, so that a test can put the rows in another order.
TABLES: dict[str, str] = {
    "dim_domain": "framework_id varchar, domain_id varchar, primary key (framework_id, domain_id)",
    "dim_file": "file_id varchar primary key, file_name varchar not null, landed_date varchar",
    "dim_metric": "framework_id varchar, metric_id varchar, primary key (framework_id, metric_id)",
    "dim_quarter": "quarter_id varchar primary key, start_date date not null",
    "dim_trust": "framework_id varchar, trust_code varchar, trust_name varchar, "
    "primary key (framework_id, trust_code)",
    "fct_metric": "framework_id varchar, quarter_id varchar, trust_code varchar, metric_id varchar, "
    "score_basis varchar, value decimal(28,10), metric_score decimal(6,2), is_threshold_met boolean, "
    "cell_status varchar not null, row_number bigint, missing_reason_id varchar, missing_reason varchar, "
    "check (metric_score between 1 and 4), primary key (framework_id, quarter_id, trust_code, metric_id)",
    "fct_domain": "framework_id varchar, quarter_id varchar, trust_code varchar, domain_id varchar, "
    "primary key (framework_id, quarter_id, trust_code, domain_id)",
    "fct_segment": "framework_id varchar, quarter_id varchar, trust_code varchar, trust_type_id varchar, "
    "average_metric_score decimal(6,2), final_segment_basis varchar, league_rank bigint, "
    "primary key (framework_id, quarter_id, trust_code)",
    "fct_completeness": "framework_id varchar, quarter_id varchar, trust_type_id varchar, "
    "expected_trust_count bigint, is_complete boolean, "
    "primary key (framework_id, quarter_id, trust_type_id)",
    "fct_cut_point": "framework_id varchar, quarter_id varchar, boundary bigint, cut_point_basis varchar, "
    "primary key (framework_id, quarter_id, boundary)",
    "fct_reconciliation": "framework_id varchar, measure_id varchar, primary key (framework_id, measure_id)",
    "league_table": "framework_id varchar, quarter_id varchar, trust_code varchar, quarter_label varchar, "
    "region_label varchar, trust_type_id varchar, trust_type_label varchar, trust_subtype_label varchar, "
    "trust_name varchar, average_score decimal(6,2), likely_range_of_average_score varchar, segment bigint, "
    'trust_in_financial_deficit varchar, "rank" bigint, likely_range_of_rank varchar, '
    "primary key (framework_id, quarter_id, trust_code)",
    "oversight_data": "framework_id varchar, quarter_id varchar, trust_code varchar, measure_id varchar, "
    "unit_label varchar, trust_type_id varchar, quarter_label varchar, "
    "region_label varchar, trust_type_label varchar, trust_subtype_label varchar, trust_name varchar, "
    "domain_label varchar, sub_domain_label varchar, metric_description varchar, reporting_date varchar, "
    '"value" varchar, median_value varchar, lower_quartile varchar, upper_quartile varchar, "rank" varchar, '
    "primary key (framework_id, quarter_id, trust_code, measure_id, unit_label)",
    "fct_withheld": "framework_id varchar, register_id varchar, withheld_part varchar, "
    "sensitivity_class varchar, entry_count bigint, withheld_reason varchar, "
    "primary key (framework_id, register_id, withheld_part, sensitivity_class)",
    "method_frameworks": "framework_id varchar primary key, framework_label varchar, is_in_force boolean, "
    "first_quarter_id varchar, last_quarter_id varchar",
    "method_assumptions": "framework_id varchar, assumption_id varchar, assumption varchar, reason varchar, "
    "seed_name varchar, primary key (framework_id, assumption_id)",
}
# Tables whose columns no test here looks at; of those that may not be empty, one row each.
PLAIN = [name for name in (*NEVER_EMPTY, *MAY_BE_EMPTY, *AS_THE_SEED) if name not in TABLES]
TABLES |= dict.fromkeys(PLAIN, "framework_id varchar, key varchar, primary key (framework_id, key)")
TRICKY_NAME = f'Trust{NBSP}"A", North'
ACUTE = ("acute", "Q3 2025/26", "North West", "Acute trust", "Large", TRICKY_NAME)
MENTAL = (
    "mental_health_and_community",
    "Q3 2025/26",
    "London",
    "Mental health and community trust",
    "Community",
    "Trust M",
)
LABELS = ("Access", "Elective", "Waits", "Dec-25")
ROWS: list[tuple[str, tuple[object, ...]]] = [
    *((name, (FRAMEWORK, "a")) for name in PLAIN if name not in MAY_BE_EMPTY),
    ("method_frameworks", (FRAMEWORK, "NHS Oversight Framework 2025/26", True, "2025-26-Q1", None)),
    ("dim_domain", (FRAMEWORK, "access")),
    ("dim_file", ("f1", "acute “Q3”.csv", "2026-04-01")),
    ("dim_metric", (FRAMEWORK, "OF0005")),
    ("dim_quarter", (QUARTER, date(2025, 10, 1))),
    ("dim_trust", (FRAMEWORK, "ZZA", TRICKY_NAME)),
    ("dim_trust", (FRAMEWORK, "ZZB", "Line one\nline two")),
    ("dim_trust", (FRAMEWORK, "ZZM", None)),
    (
        "fct_metric",
        (FRAMEWORK, "2025-26-Q2", "ZZA", "OF0005", "computed", "1.5", "1.25", True, "scored", 2, None, None),
    ),
    (
        "fct_metric",
        (FRAMEWORK, QUARTER, "ZZA", "OF0005", "computed", "0", "2.00", False, "scored", 3, None, None),
    ),
    (
        "fct_metric",
        (FRAMEWORK, QUARTER, "ZZB", "OF0005", "published", "-7.125", "4", None, "scored", 4, None, None),
    ),
    (
        "fct_metric",
        (FRAMEWORK, QUARTER, "ZZM", "OF0005", *(None,) * 4, "suppressed", None, "shorthand", "a symbol"),
    ),
    ("fct_domain", (FRAMEWORK, QUARTER, "ZZA", "access")),
    ("fct_segment", (FRAMEWORK, "2025-26-Q2", "ZZA", "acute", "1.25", "published", 1)),
    ("fct_segment", (FRAMEWORK, QUARTER, "ZZA", "acute", "2.00", "unknown", 1)),
    ("fct_segment", (FRAMEWORK, QUARTER, "ZZB", "acute", "4.00", "unknown", 2)),
    ("fct_segment", (FRAMEWORK, QUARTER, "ZZM", "mental_health_and_community", None, "unknown", None)),
    ("fct_completeness", (FRAMEWORK, "2025-26-Q2", "acute", 134, False)),
    ("fct_completeness", (FRAMEWORK, QUARTER, "ambulance", 10, False)),
    ("fct_completeness", (FRAMEWORK, QUARTER, "mental_health_and_community", 61, False)),
    ("fct_completeness", (FRAMEWORK, QUARTER, "acute", 134, True)),
    ("fct_cut_point", (FRAMEWORK, QUARTER, 1, "observed")),
    ("fct_cut_point", (FRAMEWORK, QUARTER, 2, "computed")),
    (
        "league_table",
        (FRAMEWORK, QUARTER, "ZZB", *ACUTE[1:3], ACUTE[0], *ACUTE[3:5], "B", "3.25", None, 4, "Yes", 2, None),
    ),
    (
        "league_table",
        (FRAMEWORK, QUARTER, "ZZA", *ACUTE[1:3], ACUTE[0], *ACUTE[3:], "2.00", None, 1, "No", 1, None),
    ),
    (
        "oversight_data",
        (FRAMEWORK, QUARTER, "ZZA", "OF0005", "%", *ACUTE, *LABELS, "0.00", "0.1", "0.0", "0.2", "1"),
    ),
    (
        "oversight_data",
        (FRAMEWORK, QUARTER, "ZZA", "OF1005", "score", *ACUTE, *LABELS, "2.0", None, None, None, None),
    ),
    (
        "oversight_data",
        (FRAMEWORK, QUARTER, "ZZB", "OF0005", "%", *ACUTE, *LABELS, "1.5", "0.1", "0.0", "0.2", "2.0"),
    ),
    (
        "oversight_data",
        (FRAMEWORK, QUARTER, "ZZM", "OF0005", "%", *MENTAL, *LABELS, "*", None, None, None, None),
    ),
]


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every table and column words: most of these are not those that models/publication describes."""
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'publication'"
    ).fetchall():
        connection.execute(f"comment on table publication.{table} is 'One row per trust''s {table}'")
        connection.execute(f"comment on column publication.{table}.\"{column}\" is 'The trust''s {column}'")


def make_build(
    path: Path,
    *,
    rows: list[tuple[str, tuple[object, ...]]] = ROWS,
    threads: int = 1,
    change: str | None = None,
) -> Path:
    """A build database as dbt leaves it, with other schemas beside `publication`."""
    with duckdb.connect(path, config={"threads": threads}) as connection:
        connection.execute("create schema scoring")
        connection.execute("create table scoring.segments as select 1 as private")
        connection.execute("create schema publication")
        for name, columns in TABLES.items():
            connection.execute(f"create table publication.{name} ({columns})")
        describe(connection)
        for name, values in rows:
            marks = ", ".join("?" for _ in values)
            connection.execute(f"insert into publication.{name} values ({marks})", values)
        if change:
            connection.execute(change)
    return path


class Maker:
    """Makes releases in one home, each in a candidate folder of its own."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home")
        self.root = root
        self.gates = root / "gates"
        self.gates.mkdir()
        (self.gates / "scored.json").write_text('{"success": true}\n')
        (self.gates / "quality.html").write_text("<!doctype html>\n")
        self.made = 0

    def __call__(
        self,
        *,
        inputs: tuple[InputEntry, ...] = INPUTS,
        rows: list[tuple[str, tuple[object, ...]]] = ROWS,
        threads: int = 1,
        change: str | None = None,
        candidate: Path | None = None,
        named: str | None = None,
    ) -> Path:
        self.made += 1
        build = make_build(self.root / f"build-{self.made}.duckdb", rows=rows, threads=threads, change=change)
        name = named or release_id(inputs=inputs, framework_id=FRAMEWORK, quarter_id=QUARTER)
        made = Candidate(
            folder=candidate or self.home.build / str(self.made) / "candidate",
            release_id=name,
            framework_id=FRAMEWORK,
            quarter_id=QUARTER,
            inputs=inputs,
        )
        assemble(made, build_database=build, gate_results=self.gates, home=self.home)
        seal_candidate(made)
        return made.folder
