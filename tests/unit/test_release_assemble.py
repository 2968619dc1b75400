"""What a release holds: made from a small build, every file looked at as a reader would."""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from harness_release import FRAMEWORK, INPUTS, NBSP, QUARTER, ROWS, TABLES, TRICKY_NAME, Maker

from nof.files import files_under
from nof.release import ReleaseRefused, release_id, seal
from nof.release.database import Table, parents_first


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Maker(tmp_path_factory.mktemp("release"))()


@pytest.fixture
def database(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(release / "nof.duckdb", read_only=True) as connection:
        yield connection


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files_under(folder)
    }


def test_a_release_holds_these_files_and_no_other(release: Path) -> None:
    tidy = set(TABLES) - {"oversight_data", "league_table"}
    assert set(hashes(release)) == (
        {"nof.duckdb", "metadata.json", "datapackage.json", "manifest.json", "notes.md", "SUCCESS"}
        | {f"parquet/{name}.parquet" for name in TABLES}
        | {f"csv/{name}.csv" for name in tidy}
        | {"quality/scored.json", "quality/quality.html"}
        | {
            "csv/nhs-oversight-framework-acute-trust-data.csv",
            "csv/nhs-oversight-framework-acute-trust-league-table.csv",
            "csv/nhs-oversight-framework-mental-health-and-community-trust-data.csv",
        }
    )


def test_the_data_file_is_as_nhs_england_writes_it(release: Path) -> None:
    written = (release / "csv/nhs-oversight-framework-acute-trust-data.csv").read_bytes().decode("utf-8")
    labels = "Q3 2025/26,North West,Acute trust,Large"
    name = f'"Trust{NBSP}""A"", North",Access,Elective'
    assert written.split("\r\n") == [
        "\ufeffQuarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,"
        "Metric_description,Reporting_date,Units,Value,Median_value,Lower_quartile,Upper_quartile,Rank",
        f"{labels},ZZA,{name},OF0005,Waits,Dec-25,%,0.00,0.1,0.0,0.2,1",
        f"{labels},ZZB,{name},OF0005,Waits,Dec-25,%,1.5,0.1,0.0,0.2,2.0",
        f"{labels},ZZA,{name},OF1005,Waits,Dec-25,score,2.0,,,,",
        "",
    ]


def test_the_league_table_is_as_nhs_england_writes_it(release: Path) -> None:
    written = (release / "csv/nhs-oversight-framework-acute-trust-league-table.csv").read_bytes()
    assert (
        written
        == (
            "\ufeffQuarter,Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Average_score,"
            "Likely_range_of_average_score,Segment,Trust_in_financial_deficit,Rank,Likely_range_of_rank\r\n"
            f'Q3 2025/26,North West,Acute trust,Large,ZZA,"Trust{NBSP}""A"", North",2.0,,1.0,No,1.0,\r\n'
            "Q3 2025/26,North West,Acute trust,Large,ZZB,B,3.25,,4.0,Yes,2.0,\r\n"
        ).encode()
    )


def test_tidy_csvs_follow_rfc_4180_and_keep_every_decimal_place(release: Path) -> None:
    written = (release / "csv/fct_metric.csv").read_bytes().decode("utf-8").split("\r\n")
    assert written == [
        "framework_id,quarter_id,trust_code,metric_id,score_basis,value,metric_score,is_threshold_met,"
        "cell_status,row_number,missing_reason_id,missing_reason",
        "nof-2025-26,2025-26-Q2,ZZA,OF0005,computed,1.5000000000,1.25,true,scored,2,,",
        "nof-2025-26,2025-26-Q3,ZZA,OF0005,computed,0.0000000000,2.00,false,scored,3,,",
        "nof-2025-26,2025-26-Q3,ZZB,OF0005,published,-7.1250000000,4.00,,scored,4,,",
        "nof-2025-26,2025-26-Q3,ZZM,OF0005,,,,,suppressed,,shorthand,a symbol",
        "",
    ]
    with (release / "csv/dim_trust.csv").open(encoding="utf-8", newline="") as file:
        names = [row["trust_name"] for row in csv.DictReader(file)]
    assert names == [TRICKY_NAME, "Line one\nline two", ""]


def test_parquet_keeps_types_nulls_and_the_order_of_the_key(
    release: Path, database: duckdb.DuckDBPyConnection
) -> None:
    for name in TABLES:
        file = str(release / "parquet" / f"{name}.parquet")
        typed = "select column_name, column_type from (describe select * from {})"
        in_parquet = database.execute(typed.format(f"read_parquet('{file}')")).fetchall()
        assert in_parquet == database.execute(typed.format(f"publication.{name}")).fetchall()
        assert (
            database.execute(f"select * from read_parquet('{file}')").fetchall()
            == database.execute(f"select * from publication.{name}").fetchall()
        )
        stored = database.execute(
            f"select distinct row_group_id, compression from parquet_metadata('{file}')"
        ).fetchall()
        assert stored in ([(0, "ZSTD")], [])  # a table without rows has no row group


def test_the_database_holds_publication_only_with_rows_in_the_order_of_the_key(
    database: duckdb.DuckDBPyConnection,
) -> None:
    assert database.execute("select distinct schema_name from duckdb_tables()").fetchall() == [
        ("publication",)
    ]
    rows = database.execute("select quarter_id, trust_code, value from publication.fct_metric").fetchall()
    assert rows == [
        ("2025-26-Q2", "ZZA", Decimal("1.5000000000")),
        ("2025-26-Q3", "ZZA", Decimal("0E-10")),
        ("2025-26-Q3", "ZZB", Decimal("-7.1250000000")),
        ("2025-26-Q3", "ZZM", None),
    ]


def test_keys_checks_and_comments_are_kept_and_still_enforced(
    release: Path, database: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    said = "select comment from duckdb_columns() where table_name = ? and column_name = ?"
    assert database.execute(
        "select comment from duckdb_tables() where table_name = 'fct_domain'"
    ).fetchall() == [
        ("Domain scores and segments. One row per framework, quarter, trust and domain. Rules 2 and 3.",)
    ]
    assert database.execute(said, ["fct_metric", "metric_score"]).fetchall() == [
        ("Metric score, 1 (best) to 4 (worst). Unit: score 1 to 4.",)
    ]
    # What no model describes keeps the words of the build.
    assert database.execute(said, ["board_view", "key"]).fetchall() == [("The trust's key",)]
    mute = (
        "select table_name, column_name from duckdb_columns() "
        "where schema_name = 'publication' and comment is null"
    )
    assert database.execute(mute).fetchall() == []
    shutil.copyfile(release / "nof.duckdb", tmp_path / "copy.duckdb")
    row = (
        "insert into publication.fct_metric values "
        "('f', 'q', {}, 'm', null, null, {}, null, {}, null, null, null)"
    )
    with duckdb.connect(tmp_path / "copy.duckdb") as copy:
        copy.execute(row.format("'t'", "4.00", "'scored'"))
        for bad in (
            row.format("'t'", "1.00", "'scored'"),  # the key again
            row.format("null", "1.00", "'scored'"),  # a key without a trust
            row.format("'u'", "4.01", "'scored'"),  # a score above 4
            row.format("'u'", "1.00", "null"),  # no status
        ):
            with pytest.raises(duckdb.ConstraintException):
                copy.execute(bad)


def test_a_table_comes_after_those_that_it_refers_to_and_the_reference_is_enforced(maker: Maker) -> None:
    """`a_child` comes first by name; its parents, and theirs, have to be there before it."""
    child = (
        "create table publication.{name} (framework_id varchar, {column} varchar, "
        "primary key (framework_id, {column}), foreign key (framework_id, {column}) "
        "references publication.{to} (framework_id, {column})); "
        "comment on table publication.{name} is 'x'; "
        "comment on column publication.{name}.framework_id is 'x'; "
        "comment on column publication.{name}.{column} is 'x'; "
        f"insert into publication.{{name}} values ('{FRAMEWORK}', 'ZZA')"
    )
    folder = maker(
        change="; ".join(
            (
                child.format(name="b_child", column="trust_code", to="dim_trust"),
                child.format(name="a_child", column="trust_code", to="b_child"),
            )
        )
    )
    with duckdb.connect(folder / "nof.duckdb") as connection:
        assert connection.execute("select trust_code from publication.a_child").fetchall() == [("ZZA",)]
        with pytest.raises(duckdb.ConstraintException, match="foreign key"):
            connection.execute(f"insert into publication.a_child values ('{FRAMEWORK}', 'ZZM')")
        with pytest.raises(duckdb.ConstraintException, match="foreign key"):
            connection.execute("delete from publication.dim_trust where trust_code = 'ZZA'")


def test_tables_that_refer_to_each_other_in_a_circle_are_refused() -> None:
    first, second = (
        Table(name, (), ("key",), None, frozenset({to})) for name, to in (("one", "two"), ("two", "one"))
    )
    itself = Table("three", (), ("key",), None, frozenset({"three"}))
    assert parents_first([itself]) == [itself]
    with pytest.raises(ReleaseRefused, match="Foreign keys of one, two go round in a circle"):
        parents_first([first, second, itself])


def test_a_parquet_file_says_by_itself_what_it_is_and_on_what_terms(release: Path) -> None:
    said = {
        key.decode(): text.decode()
        for key, text in (pq.read_schema(release / "parquet" / "fct_metric.parquet").metadata or {}).items()
    }
    assert said["table"] == "fct_metric"
    assert said["release_id"] == json.loads((release / "manifest.json").read_text())["release_id"]
    assert said["licence"] == "Open Government Licence v3.0"
    assert said["notice"].startswith("Not an NHS England publication")
    assert said["description"].endswith("One row per framework, quarter, trust and metric. Rules 1 and 4.")
    assert json.loads(said["columns"])["metric_score"].startswith("Metric score, 1 (best) to 4 (worst).")


def test_the_same_inputs_give_the_same_bytes_in_every_file_but_the_database(maker: Maker) -> None:
    """DuckDB leaves bytes between its segments unset; its rows are the same, and so is everything else."""
    apart = {"nof.duckdb", "manifest.json", "SUCCESS"}
    first, second = maker(), maker(rows=list(reversed(ROWS)), threads=4)
    assert {name: digest for name, digest in hashes(first).items() if name not in apart} == {
        name: digest for name, digest in hashes(second).items() if name not in apart
    }
    with duckdb.connect() as connection:
        for place, folder in (("one", first), ("two", second)):
            connection.execute(f"attach '{folder / 'nof.duckdb'}' as {place} (read_only)")
        rows = [
            connection.execute(f"from {place}.publication.fct_metric").fetchall() for place in ("one", "two")
        ]
    assert rows[0] == rows[1]


def test_the_manifest_names_every_other_file_with_its_hash_and_size(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    wanted = {
        name: digest for name, digest in hashes(release).items() if name not in {"manifest.json", "SUCCESS"}
    }
    assert {output["path"]: output["sha256"] for output in manifest["outputs"]} == wanted
    assert all((release / output["path"]).stat().st_size == output["bytes"] for output in manifest["outputs"])
    assert manifest["inputs"] == [
        {
            "sha256": "a" * 64,
            "name": "acute “Q3”.csv",
            "kind": "oversight_data",
            "landed_date": "2026-04-01",
        }
    ]
    assert manifest["tables"]["fct_metric"] == 4
    assert manifest["tables"]["fct_reconciliation"] == 0
    assert manifest["trust_count"] == 3
    assert (manifest["framework_id"], manifest["quarter_id"]) == (FRAMEWORK, QUARTER)
    assert manifest["seeds"]["seeds/framework/metrics.csv"]
    assert manifest["code"].keys() == {"package", "version", "sha256", "method_sha256"}
    written = (release / "manifest.json").read_text(encoding="utf-8")
    assert written == json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_success_is_written_last_and_names_the_manifest(
    maker: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[set[str]] = []
    write = seal.write_text

    def watched(path: Path, text: str) -> None:
        if path.name == "SUCCESS":
            there.append(set(hashes(path.parent)))
        write(path, text)

    monkeypatch.setattr(seal, "write_text", watched)
    candidate = maker()
    after = hashes(candidate)
    assert there == [set(after) - {"SUCCESS"}]
    name = release_id(inputs=INPUTS, framework_id=FRAMEWORK, quarter_id=QUARTER)
    assert (candidate / "SUCCESS").read_text() == (
        f"release_id: {name}\nmanifest_sha256: {after['manifest.json']}\n"
    )


def test_metadata_describes_every_csv_column_by_column(release: Path) -> None:
    metadata = json.loads((release / "metadata.json").read_text(encoding="utf-8"))
    described = {table["url"]: table["tableSchema"] for table in metadata["tables"]}
    assert set(described) == {name for name in hashes(release) if name.startswith("csv/")}
    for name, schema in described.items():
        with (release / name).open(encoding="utf-8-sig", newline="") as file:
            assert [column["titles"][0] for column in schema["columns"]] == next(csv.reader(file))
    by_name = {column["name"]: column for column in described["csv/fct_metric.csv"]["columns"]}
    assert by_name["value"]["datatype"] == "decimal"
    assert by_name["metric_score"]["dc:description"].startswith("Metric score, 1 (best) to 4 (worst).")
    assert by_name["row_number"]["datatype"] == "long"
    assert by_name["is_threshold_met"]["datatype"] == {"base": "boolean", "format": "true|false"}
    assert described["csv/dim_trust.csv"]["primaryKey"] == ["framework_id", "trust_code"]
    assert "open-government-licence/version/3" in metadata["dc:license"]["@id"]


def test_notes_say_what_it_is_what_it_stands_on_and_what_is_missing(release: Path) -> None:
    notes = (release / "notes.md").read_text(encoding="utf-8")
    for line in (
        "**Not an NHS England publication.**",
        "| 2025-26-Q2 | Acute trust | no | 134 | 1 | 1 | 0 |",
        "| 2025-26-Q3 | Acute trust | yes | 134 | 2 | 2 | 0 |",
        "| 2025-26-Q3 | Mental health and community trust | no | 61 | 1 | 0 | 1 |",
        "| 2025-26-Q3 | Ambulance trust | no | 10 | 0 | 0 | 0 |",
        "- `computed`: 2 (made from values",
        "- `published`: 1 (",
        "- `computed_partial_pool`: 0 (",
        "- `observed`: 1 (",
        "NHS Oversight Framework 2025/26 is the framework in force.",
        "It rests on no named assumption. What its sources leave open is marked `default`",
        "- `published`: 1 (a row of the quarter says",
        "- `decision`: 0 (an entry of the improvement programme register",
        "- `unknown`: 3 (nothing in hand says it",
        "- Metric cells `suppressed`, `shorthand`: 1 (the source holds the value back)",
        "- `csv/nhs-oversight-framework-mental-health-and-community-trust-league-table.csv` is not written",
        "- `csv/nhs-oversight-framework-ambulance-trust-data.csv` is not written: no row for",
        "- `csv/nhs-oversight-framework-integrated-care-board-league-table.csv` is not written: the "
        "framework does not segment integrated care boards",
        "- `csv/nhs-oversight-framework-integrated-care-board-data.csv` is not written: no row for "
        "integrated care boards, because that trust type is not in hand\n",
    ):
        assert line in notes
    assert "Open Government Licence v3.0" in " ".join(notes.split())
    assert "invented" not in notes


def test_notes_of_a_release_of_the_bundled_seeds_say_that_the_nation_is_invented(maker: Maker) -> None:
    assert "**an invented nation**" in (maker(inputs=()) / "notes.md").read_text(encoding="utf-8")


def test_notes_of_a_framework_not_in_force_list_what_it_rests_on(maker: Maker) -> None:
    notes = (
        maker(
            change="update publication.method_frameworks set is_in_force = false, "
            "first_quarter_id = '2025-26-Q3', last_quarter_id = '2025-26-Q4', framework_label = 'A draft'; "
            f"insert into publication.method_assumptions values ('{FRAMEWORK}', 'd-01', 'Ten is many.', "
            "'Nobody says.', 'pools')"
        )
        / "notes.md"
    ).read_text(encoding="utf-8")
    for line in (
        "**A draft is not the framework in force.** Nothing that NHS England published",
        "**Scored outside the framework's own period** (2025-26-Q3 to 2025-26-Q4): 2025-26-Q2.",
        "It rests on 1 assumption:",
        "- `d-01` (`pools`): Ten is many. *Why:* Nobody says.",
    ):
        assert line in notes
