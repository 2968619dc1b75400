"""Likely ranges and counts of changes against what NHS England published.

The pool is the 61 mental health and community trusts; national cut points cannot be computed from their
file, so those observed are used.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from harness_backtest import read_league_table

from harness_session import Counts

MHC = "mental_health_and_community"


@pytest.fixture(scope="module")
def release(real_release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(real_release / "nof.duckdb"), read_only=True) as connection:
        connection.execute("use publication")
        yield connection


def ends(text: str) -> list[Decimal]:
    """The two ends of a range as published: `1.2 to 1.89`."""
    low, _, high = text.replace("\xa0", " ").partition(" to ")
    return [Decimal(low), Decimal(high)]


def test_likely_ranges_of_the_league_table_sample_agree(
    release: duckdb.DuckDBPyConnection, data_dir: Path, counts: Counts
) -> None:
    ours = {
        code: (ends(score), ends(rank))
        for code, score, rank in release.execute(
            "select trust_code, likely_range_of_average_score, likely_range_of_rank from league_table "
            "where quarter_id = '2025-26-Q4'"
        ).fetchall()
    }
    rows = read_league_table(data_dir)
    scores, ranks = [], []
    for row in rows:
        score, rank = ours[row["Trust_code"]]
        published = (ends(row["Likely_range_of_average_score"]), ends(row["Likely_range_of_rank"]))
        scores += [abs(a - b) for a, b in zip(score, published[0], strict=True)]
        ranks += [abs(a - b) for a, b in zip(rank, published[1], strict=True)]
    near = sum(1 for gap in scores if gap <= Decimal("0.02"))
    close = sum(1 for gap in ranks if gap <= 1)
    counts.append(
        f"Likely ranges, Q4 sample: {near} of {len(scores)} ends of scores within 0.02, the rest within "
        f"{max(scores)}; {close} of {len(ranks)} ends of ranks within 1"
    )
    assert len(scores) == len(ranks) == 2 * 21
    assert near >= 0.9 * len(scores) and max(scores) <= Decimal("0.03")
    assert close >= 0.9 * len(ranks)


def test_every_league_rank_has_a_likely_range_and_says_on_what_it_stands(
    release: duckdb.DuckDBPyConnection,
) -> None:
    found = release.execute(
        "select quarter_id, count(*), count(rank_low), min(rank_basis), max(rank_basis), "
        "min(cut_point_basis) from fct_likely_range where score_id = 'OF5002' and trust_type_id = ? "
        "group by quarter_id order by 1",
        [MHC],
    ).fetchall()
    assert found == [
        (f"2025-26-Q{number}", 61, 61, "published", "published", "observed") for number in (1, 2, 3, 4)
    ]
    # The acute file of Q3 is not whole: no average, so no range, and it is said why.
    assert release.execute(
        "select distinct range_status, score_low, rank_low from fct_likely_range "
        "where score_id = 'OF5002' and trust_type_id = 'acute'"
    ).fetchall() == [("incomplete", None, None)]


def test_changes_of_q2_lie_as_nhs_englands_note_has_them(release: duckdb.DuckDBPyConnection) -> None:
    """The note, of 205 trusts: 6 by the override, 8 significant, 24 not, 9 significant in the same one."""
    groups = dict(
        release.execute(
            "select change_group, trust_count from fct_score_change_count "
            "where quarter_id = '2025-26-Q2' and trust_type_id = ?",
            [MHC],
        ).fetchall()
    )
    assert sum(groups.values()) == 61 and groups["not_compared"] == 0
    # 38 of 205 changed segment, which a segment of the files themselves shows for 14 of these 61.
    assert groups["override"] + groups["significant"] + groups["not_significant"] == 14
    # 17 of 205 changed significantly (8 %): of 61 that is 5, give or take twice its own noise.
    assert 1 <= groups["significant"] + groups["significant_same_segment"] <= 10
