"""The bundled nation scored from its seeds and landed as files: both ways in give the same figures."""

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from nof.home import Home
from nof.landing import land, register_new_files

LANDED_ON = date(2026, 7, 1)

# Only what says when it was landed, and in which release, may differ.
LANDED_ONLY = {
    "dim_file": {"landed_date", "landed_order"},
    "dim_release": {
        "release_id",
        "released_date",
        "is_bundled",
        "source_line",
        "notice",
        "previous_release_id",
        "previous_quarter_id",
    },
    "fct_published_version": {"from_date", "until_date"},
    "fct_revision": {"old_from_date", "revised_date"},
}
# The files were landed in two parts, and what moved between them is told; the latest figures are the same.
LATEST_ONLY = {
    # How many rows were checked, too, follows from what was landed when.
    "dq_result": (
        "gate, suite, expectation_id, severity, is_passed, meaning, remedy, owner_role",
        "release_order = (select max(release_order) from publication.dq_result)",
    ),
    "fct_figure_version": (
        "quarter_id, trust_code, trust_type_id, measure_id, figure_kind, figure_text, is_gone",
        "is_latest",
    ),
    "fct_revision": ("*", "revision_source = 'published'"),
}


def tables_of(release: Path) -> dict[str, list[dict[str, object]]]:
    """The rows of each table, in an order of their own, without what may differ."""
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'publication'"
        ).fetchall()
        tables = {}
        for (name,) in names:
            wanted, where = LATEST_ONLY.get(name, ("*", "true"))
            cursor = connection.execute(f"select {wanted} from publication.{name} where {where}")
            columns = [column[0] for column in cursor.description]
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            may_differ = LANDED_ONLY.get(name, set())
            kept = [{key: row[key] for key in row if key not in may_differ} for row in rows]
            tables[name] = sorted(kept, key=repr)
        return tables


def test_both_ways_in_give_the_same_figures(bundled_release: Path, sample_release: Path) -> None:
    bundled, landed = tables_of(bundled_release), tables_of(sample_release)
    assert set(bundled) == set(landed)
    assert len(bundled["fct_metric"]) == 205 * 30 * 4
    assert len(bundled["fct_revision"]) == 22
    for name, rows in bundled.items():
        assert rows == landed[name], name


def test_the_restated_file_supplies_its_quarter_alone(sample_release: Path) -> None:
    with duckdb.connect(str(sample_release / "nof.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select distinct file_name from publication.fct_metric inner join publication.dim_file "
            "using (file_id) where trust_type_id = 'ambulance' and quarter_id = '2025-26-Q2'"
        ).fetchall()
    assert [name.endswith("-v2.csv") for (name,) in names] == [True]


@pytest.mark.parametrize("slug", ["acute-trust", "mental-health-and-community-trust", "ambulance-trust"])
def test_the_published_layout_carries_every_value_as_it_was_landed(
    slug: str, sample_release: Path, sample_files: Path
) -> None:
    (ours,) = (sample_release / "csv").glob(f"*{slug}-data.csv")
    with ours.open(encoding="utf-8-sig", newline="") as file:
        written = {
            (row["Quarter"], row["Trust_code"], row["Metric_ID"]): row["Value"]
            for row in csv.DictReader(file)
        }
    source = next(path for path in sorted(sample_files.iterdir()) if slug in path.name and "q4" in path.name)
    with source.open(encoding="utf-8-sig", newline="") as file:
        read = {
            (row["Quarter"], row["Trust_code"], row["Metric_ID"]): row["Value"]
            for row in csv.DictReader(file)
            if row["Metric_ID"].startswith(("OF0", "UN0"))
            and row["Units"] != "count"
            and row["Value"] not in ("*", "z", "NA", "")
        }
    assert len(read) > 80
    different = {key: (value, written.get(key)) for key, value in read.items() if written.get(key) != value}
    assert not different


def test_what_a_release_publishes_lands_again(sample_release: Path, tmp_path: Path) -> None:
    """The columns and conventions of NHS England's own files, so that whatever reads those reads these."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in (sample_release / "csv").glob("nhs-oversight-framework-*.csv"):
        shutil.copy(path, inbox)
    landed = land(Home(tmp_path / "home"), [inbox], today=LANDED_ON)
    kinds = [file.file_kind for file in landed.new_files]
    assert (kinds.count("oversight_data"), kinds.count("league_table")) == (4, 3)
    assert landed.quarters == tuple(f"2025-26-Q{number}" for number in (1, 2, 3, 4))


def test_a_file_with_newer_quarters_only_takes_no_part_in_an_earlier_release(
    sample_files: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    landed = land(home, [sample_files], today=LANDED_ON)
    first = landed.up_to("2025-26-Q1")
    assert sorted(file.file_name for file in first.files) == [
        "nhs-oversight-framework-acute-trust-data-q1-q4-2025-26.csv",
        "nhs-oversight-framework-ambulance-trust-data-q1-2025-26.csv",
        "nhs-oversight-framework-integrated-care-board-data-q1-q4-2025-26.csv",
        "nhs-oversight-framework-non-acute-hospital-trust-data-q1-2025-26.csv",
        # Neither a register nor an ODS file is of one quarter: both take part in every release.
        "ods-trusts-2025-07.csv",
        "ods-trusts-2026-07.csv",
        "oversight-registers-2025-26.csv",
    ]
    register_new_files(home, first)
    assert len(list(csv.DictReader(home.register.open(encoding="utf-8")))) == 7
    # What was left out lands when its turn comes.
    again = land(home, [sample_files], today=LANDED_ON)
    assert len(again.files) == len(landed.files)
    register_new_files(home, again)
    assert again.vintages == landed.vintages
