"""The release made from NHS England's own files against the figures in them, cell by cell.

Every count here is a count of cells that NHS England published; none is typed in from a run of the project.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_backtest import Figure, read_figures, read_league_table

from harness_session import Counts
from harness_some import some

MHC = "mental_health_and_community"
DOMAINS = ("OF4000", "OF4002", "OF4003", "OF4004", "OF4005")
SEGMENT_OF = {domain: domain.replace("OF40", "OF41") for domain in DOMAINS}
RESULT_QUARTERS = ("2025-26-Q1", "2025-26-Q2", "2025-26-Q3")
DOMAIN_CELLS = {"2025-26-Q1": 300, "2025-26-Q2": 301, "2025-26-Q3": 302}

Published = dict[tuple[str, str, str], Figure]


@pytest.fixture(scope="module")
def published(data_dir: Path) -> Published:
    return read_figures(data_dir, "*mental-health-and-community-trust-data-q1-q3*")


@pytest.fixture(scope="module")
def published_q4(data_dir: Path) -> Published:
    return read_figures(data_dir, "*values-only*")


@pytest.fixture(scope="module")
def release(real_release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_release / "nof.duckdb"), read_only=True) as connection:
        connection.execute("use publication")
        yield connection


def keyed(release: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[Any, ...], Any]:
    """Rows of a query: the last column by all the others."""
    return {row[:-1]: row[-1] for row in release.execute(query).fetchall()}


def compare(
    ours: dict[tuple[Any, ...], Any], theirs: dict[tuple[Any, ...], Any], what: str, counts: Counts
) -> dict[str, int]:
    """Every published cell must be there and equal; returns the cells per quarter."""
    wrong = {key: (theirs[key], ours.get(key)) for key in theirs if ours.get(key) != theirs[key]}
    per_quarter = {
        quarter: sum(1 for key in theirs if key[0] == quarter)
        for quarter in sorted({key[0] for key in theirs})
    }
    counts.append(
        f"{what}: {len(theirs) - len(wrong)} of {len(theirs)} equal "
        f"({', '.join(f'{quarter[-2:]} {count}' for quarter, count in per_quarter.items())})"
    )
    assert not wrong, f"{what}, published and ours: {dict(list(wrong.items())[:5])}"
    return per_quarter


def values(published: Published, *identifiers: str) -> dict[tuple[Any, ...], Any]:
    return {key: figure.value for key, figure in published.items() if key[2] in identifiers}


def ranks(published: Published, *identifiers: str) -> dict[tuple[Any, ...], Any]:
    return {
        key: figure.rank
        for key, figure in published.items()
        if key[2] in identifiers and figure.rank is not None
    }


@pytest.mark.parametrize("score_id", ["OF1061", "OF1084", "OF1079", "OF1080", "OF1081"])
def test_metric_scores_are_computed_and_equal(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts, score_id: str
) -> None:
    ours = keyed(
        release,
        "select quarter_id, trust_code, score_id, metric_score from fct_metric "
        f"where score_id = '{score_id}' and score_basis = 'computed'",
    )
    per_quarter = compare(ours, values(published, score_id), f"{score_id}, computed", counts)
    assert per_quarter == dict.fromkeys(RESULT_QUARTERS, 61)


def test_every_published_metric_score_is_met(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts
) -> None:
    ours = keyed(
        release,
        "select quarter_id, trust_code, score_id, metric_score from fct_metric "
        "where metric_score is not null",
    )
    score_ids = {key[2] for key in published if key[2].startswith("OF1")}
    compare(ours, values(published, *score_ids), "All metric scores, adopted ones included", counts)


def test_average_metric_scores_are_equal(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts
) -> None:
    ours = keyed(release, "select quarter_id, trust_code, 'OF5002', average_metric_score from fct_segment")
    per_quarter = compare(ours, values(published, "OF5002"), "OF5002 average metric score", counts)
    assert per_quarter == dict.fromkeys(RESULT_QUARTERS, 61)


def test_domain_scores_are_equal(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts
) -> None:
    ours = keyed(release, "select quarter_id, trust_code, domain_id, domain_score from fct_domain")
    assert compare(ours, values(published, *DOMAINS), "Domain scores", counts) == DOMAIN_CELLS
    ours = keyed(release, "select quarter_id, trust_code, domain_id, domain_score_rank from fct_domain")
    assert compare(ours, ranks(published, *DOMAINS), "Ranks of domain scores", counts) == DOMAIN_CELLS


def test_a_trust_without_a_published_domain_score_has_none(
    release: duckdb.DuckDBPyConnection, published: Published
) -> None:
    ours = keyed(
        release,
        "select quarter_id, trust_code, domain_id, domain_score from fct_domain "
        f"where trust_type_id = '{MHC}' and domain_score is not null and quarter_id <= '2025-26-Q3'",
    )
    assert set(ours) == set(values(published, *DOMAINS))


def test_domain_segments_are_equal(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts
) -> None:
    ours = {
        (quarter, trust, SEGMENT_OF[domain]): segment
        for (quarter, trust, domain), segment in keyed(
            release, "select quarter_id, trust_code, domain_id, domain_segment from fct_domain"
        ).items()
    }
    theirs = values(published, *SEGMENT_OF.values())
    assert compare(ours, theirs, "Domain segments", counts) == DOMAIN_CELLS


@pytest.mark.parametrize(
    ("identifier", "column", "quarters"),
    [
        ("OF5003", "unadjusted_segment", RESULT_QUARTERS),
        ("OF5000", "adjusted_segment", RESULT_QUARTERS),
        ("OF5005", "final_segment", RESULT_QUARTERS[:2]),
    ],
)
def test_segments_are_equal(
    release: duckdb.DuckDBPyConnection,
    published: Published,
    counts: Counts,
    identifier: str,
    column: str,
    quarters: tuple[str, ...],
) -> None:
    ours = keyed(release, f"select quarter_id, trust_code, '{identifier}', {column} from fct_segment")
    per_quarter = compare(ours, values(published, identifier), f"{identifier} {column}", counts)
    assert per_quarter == dict.fromkeys(quarters, 61)


@pytest.mark.parametrize(
    ("identifier", "column"), [("OF5002", "average_score_rank"), ("OF5000", "league_rank")]
)
def test_score_ranks_and_league_ranks_are_equal(
    release: duckdb.DuckDBPyConnection, published: Published, counts: Counts, identifier: str, column: str
) -> None:
    ours = keyed(release, f"select quarter_id, trust_code, '{identifier}', {column} from fct_segment")
    per_quarter = compare(ours, ranks(published, identifier), f"{identifier} {column}", counts)
    assert per_quarter == dict.fromkeys(RESULT_QUARTERS, 61)


def test_the_final_segment_is_empty_where_nothing_says_whether_a_trust_is_in_the_programme(
    release: duckdb.DuckDBPyConnection,
) -> None:
    rows = release.execute(
        "select final_segment_basis, count(*), count(final_segment) from fct_segment "
        "where quarter_id >= '2025-26-Q3' group by 1"
    ).fetchall()
    assert rows == [("unknown", 256, 0)]


def test_benchmarks_are_equal_or_a_hundredth_off(
    release: duckdb.DuckDBPyConnection, published: Published, published_q4: Published, counts: Counts
) -> None:
    theirs: dict[tuple[str, str], tuple[Decimal, ...]] = {}
    for (quarter, _, metric_id), figure in some((published | published_q4).items()):
        if figure.benchmarks:
            assert theirs.setdefault((quarter, metric_id), figure.benchmarks) == figure.benchmarks
    ours = {
        row[:2]: row[2:]
        for row in release.execute(
            "select distinct quarter_id, metric_id, lower_quartile_value, median_value, upper_quartile_value "
            f"from fct_metric where trust_type_id = '{MHC}' and median_value is not null"
        ).fetchall()
    }
    apart = [abs(a - b) for key in theirs for a, b in zip(theirs[key], ours[key], strict=True)]
    counts.append(f"Benchmarks: {apart.count(Decimal(0))} of {len(apart)} equal, at most {max(apart)} off")
    assert len(apart) == 132
    assert apart.count(Decimal(0)) >= 124
    assert max(apart) <= Decimal("0.01")


def test_the_league_table_sample_of_q4_is_equal(
    release: duckdb.DuckDBPyConnection, data_dir: Path, counts: Counts
) -> None:
    ours = {
        row[0]: row[1:]
        for row in release.execute(
            "select trust_code, average_score, segment, trust_in_financial_deficit, rank from league_table "
            "where quarter_id = '2025-26-Q4'"
        ).fetchall()
    }
    theirs = {
        row["Trust_code"]: (
            Decimal(row["Average_score"]),
            int(float(row["Segment"])),
            row["Trust_in_financial_deficit"],
            int(float(row["Rank"])),
        )
        for row in read_league_table(data_dir)
    }
    wrong = {code: (theirs[code], ours[code]) for code in theirs if theirs[code] != ours[code]}
    counts.append(f"League table Q4: {len(theirs) - len(wrong)} of {len(theirs)} rows equal")
    assert len(theirs) == 21
    assert not wrong


def test_the_partial_acute_file_gives_finance_and_no_average(
    release: duckdb.DuckDBPyConnection, counts: Counts
) -> None:
    finance = release.execute(
        "select count(domain_score), count(domain_segment), min(domain_score_basis), max(domain_score_basis) "
        "from fct_domain where trust_type_id = 'acute' and domain_id = 'OF4003' and quarter_id = '2025-26-Q3'"
    ).fetchone()
    assert finance == (129, 129, "computed", "computed")
    productivity = release.execute(
        "select count(metric_score), min(ranked_count), max(ranked_count), bool_and(is_pool_complete), "
        "min(score_basis), max(score_basis) from fct_metric "
        "where score_id = 'OF1085' and trust_type_id = 'acute'"
    ).fetchone()
    assert productivity == (134, 134, 134, True, "computed", "computed")
    whole = release.execute(
        "select count(*), count(average_metric_score), count(unadjusted_segment), count(adjusted_segment), "
        "count(final_segment), count(league_rank), count(average_score_rank), min(delivery_status) "
        "from fct_segment where trust_type_id = 'acute'"
    ).fetchone()
    assert whole == (134, 0, 0, 0, 0, 0, 0, "incomplete")
    assert release.execute("select count(*) from league_table where trust_type_id = 'acute'").fetchone() == (
        0,
    )
    counts.append("Acute Q3: 129 finance and productivity domain scores, OF1085 ranks 134, no average")


def test_acute_finance_is_what_the_rules_give_by_hand(
    release: duckdb.DuckDBPyConnection, data_dir: Path
) -> None:
    """Rules 1 in plain arithmetic over the published values, for every trust with all three of them."""
    acute = read_figures(data_dir, "*acute*")
    productivity = {key[1]: figure.value for key, figure in acute.items() if key[2] == "OF0085"}
    plan = {key[1]: figure.value for key, figure in acute.items() if key[2] == "OF0079"}
    variance = {key[1]: figure.value for key, figure in acute.items() if key[2] == "OF0081"}
    matrix = {1: (1, 1, 2, 3), 2: (2, 2, 3, 4), 3: (2, 3, 3, 4), 4: (2, 3, 4, 4)}
    ours = keyed(
        release,
        "select trust_code, domain_score_unrounded from fct_domain "
        "where trust_type_id = 'acute' and domain_id = 'OF4003' and domain_score is not null",
    )
    assert len(ours) == 129
    for (trust,), score in ours.items():
        rank = 1 + sum(1 for value in productivity.values() if value > productivity[trust])
        p, v = plan[trust], variance[trust]
        row = 1 if p >= 0 else 2 if p > -1 else 3 if p >= -2 else 4
        column = 1 if v >= 0 else 2 if v > Decimal("-0.5") else 3 if v > -1 else 4
        combined = matrix[row][column - 1]
        expected = (Decimal(combined) + 1 + 3 * Decimal(rank - 1) / 133) / 2
        assert abs(score - expected) < Decimal("1e-12"), trust


def test_every_scored_cell_leads_to_a_file_and_a_row(
    release: duckdb.DuckDBPyConnection, data_dir: Path
) -> None:
    """The file and row that a value names hold that trust, that metric and that value."""
    names = keyed(release, "select file_id, file_name from dim_file")
    lines: dict[str, list[list[str]]] = {}
    for (file_id,), name in names.items():
        with (data_dir / "nof_2025_26" / name).open(encoding="utf-8-sig", newline="") as file:
            lines[file_id] = list(csv.reader(file))
    rows = release.execute(
        "select trust_code, metric_id, value, file_id, row_number from fct_metric where value is not null"
    ).fetchall()
    assert len(rows) > 3000
    for trust, metric, value, file_id, row_number in rows:
        cells = lines[file_id][row_number - 1]
        assert (cells[4], cells[8], Decimal(cells[12])) == (trust, metric, value)
    scores = release.execute(
        "select trust_code, score_id, published_score, score_file_id, score_row_number from fct_metric "
        "where published_score is not null"
    ).fetchall()
    assert len(scores) > 2000
    for trust, score_id, score, file_id, row_number in scores:
        cells = lines[file_id][row_number - 1]
        assert (cells[4], cells[8], Decimal(cells[12])) == (trust, score_id, score)
