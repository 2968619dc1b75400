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
    "dim_release": {"release_id", "released_date", "is_bundled", "source_line", "notice"},
    "fct_figure_version": {"from_release_id", "from_date"},
    "fct_published_version": {"from_date", "until_date"},
    "fct_revision": {"old_from_date", "revised_date"},
}


def tables_of(release: Path) -> dict[str, tuple[list[str], list[tuple[object, ...]]]]:
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'publication'"
        ).fetchall()
        tables = {}
        for (name,) in names:
            cursor = connection.execute(f"select * from publication.{name}")
            columns = [column[0] for column in cursor.description]
            tables[name] = (columns, sorted(cursor.fetchall(), key=repr))
        return tables


def test_both_ways_in_give_the_same_figures(bundled_release: Path, sample_release: Path) -> None:
    bundled, landed = tables_of(bundled_release), tables_of(sample_release)
    assert set(bundled) == set(landed)
    assert len(bundled["fct_metric"][1]) == 205 * 30 * 4
    for name, (columns, rows) in bundled.items():
        kept = [place for place, column in enumerate(columns) if column not in LANDED_ONLY.get(name, set())]
        assert sorted([tuple(row[place] for place in kept) for row in rows], key=repr) == sorted(
            [tuple(row[place] for place in kept) for row in landed[name][1]], key=repr
        ), name


def test_every_bundled_score_is_computed_but_for_the_named_case(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        others = connection.execute(
            "select trust_code, quarter_id, score_id, score_basis from publication.fct_metric "
            "where score_basis <> 'computed'"
        ).fetchall()
        cuts = connection.execute("select distinct cut_point_basis from publication.fct_cut_point").fetchall()
    assert others == [("ZG4", "2025-26-Q4", "OF1067", "published")]
    assert cuts == [("computed",)]


def test_a_deficit_keeps_a_trust_with_the_best_scores_out_of_segment_1(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select unadjusted_segment, has_financial_override, adjusted_segment, "
            "league_rank > (select count(*) from publication.fct_segment as others "
            "where others.quarter_id = mine.quarter_id and others.trust_type_id = mine.trust_type_id "
            "and others.adjusted_segment <= 2) "
            "from publication.fct_segment as mine where trust_code = 'ZA3'"
        ).fetchall()
    assert found == [(1, True, 3, True)] * 4


def test_a_trust_stands_exactly_on_each_cut_point_and_is_inside(bundled_release: Path) -> None:
    """205 scores: (205 - 1) x 0.25 = 51, a whole number, so each quartile is one trust's own score."""
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        rows = connection.execute(
            "select cuts.quarter_id, cuts.segment, max(trusts.unadjusted_segment) "
            "from publication.fct_cut_point as cuts inner join publication.fct_segment as trusts "
            "on cuts.quarter_id = trusts.quarter_id and cuts.cut_point = trusts.average_metric_score "
            "where cuts.score_id = 'OF5002' group by 1, 2 order by 1, 2"
        ).fetchall()
    assert rows == [
        (f"2025-26-Q{quarter}", segment, segment) for quarter in (1, 2, 3, 4) for segment in (1, 2, 3)
    ]


def test_a_trust_in_the_programme_is_in_segment_5_and_stays_in_the_league_table(
    bundled_release: Path,
) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select quarter_id, final_segment, final_segment_basis, adjusted_segment between 1 and 4 "
            "from publication.fct_segment where trust_code = 'ZC5' order by 1"
        ).fetchall()
    assert found == [
        ("2025-26-Q1", 5, "published", True),
        ("2025-26-Q2", 5, "published", True),
        ("2025-26-Q3", 5, "decision", True),
        ("2025-26-Q4", 5, "decision", True),
    ]


def test_an_unknown_override_leaves_the_adjusted_segment_open(bundled_release: Path) -> None:
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select override_basis, unadjusted_segment < 3, adjusted_segment, league_rank "
            "from publication.fct_segment where trust_code = 'ZD6' and quarter_id = '2025-26-Q3'"
        ).fetchall()
        others = connection.execute(
            "select distinct league_rank_basis from publication.fct_segment "
            "where trust_type_id = 'acute' and quarter_id = '2025-26-Q3' and league_rank is not null"
        ).fetchall()
    assert found == [("unknown", True, None, None)]
    assert others == [("computed_partial_pool",)]


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
