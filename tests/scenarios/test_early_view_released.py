"""A whole early view of the bundled nation: marked as a forecast in all that leaves, mixed with nothing."""

import json
from pathlib import Path

import pytest
from harness_frameworks import IN_FORCE, LANDED_ON, Tables, made_once, release_under

from nof.errors import InputRefused
from nof.explain import explain
from nof.explain.model import Explanation
from nof.home import Home
from nof.landing import land
from nof.release.current import find_current
from nof.release.listing import list_rows
from nof.release.seal import read_manifest
from nof.why import read_why

EARLY_VIEW = "nof-2025-26-early-view"
LAST, NEXT = "2025-26-Q4", "2026-27-Q1"
NAME = "Q1 2026/27 (forecast)"


@pytest.fixture(scope="session")
def early(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The quarter after the four of the bundled nation."""
    return Tables(
        made_once(
            tmp_path_factory,
            "early-view",
            lambda folder: release_under(EARLY_VIEW, folder / "home", quarter_id=NEXT),
        )
    )


def test_it_is_of_its_own_framework_and_never_current(early: Tables) -> None:
    home = Home(early.release.parents[2])
    assert early.frameworks() == {EARLY_VIEW}
    assert find_current(home) is None and not home.current_text.exists()
    (row,) = list_rows(home)
    assert (row["quarter_id"], row["is_forecast"], row["is_current"]) == (NEXT, "true", "false")
    assert early.ask(
        "select is_in_force, has_published_figures, value_origin, is_forecast from method_frameworks"
    ) == [(False, False, "source_publication", True)]


def test_its_quarter_is_a_forecast_in_every_table_that_can_be_read_alone(early: Tables) -> None:
    assert early.ask(
        "select quarter_id, quarter_label, carried_quarter_id from dim_quarter where is_forecast"
    ) == [(NEXT, NAME, LAST)]
    assert early.ask("select quarter_label, is_forecast from dim_release") == [(NAME, True)]
    for table in ("fct_segment", "fct_domain", "league_table"):
        assert early.ask(
            f"select bool_and(is_forecast = (quarter_id = '{NEXT}')), "
            f"count(*) filter (is_forecast) > 0 from {table}"
        ) == [(True, True)], table
    for table in ("league_table", "oversight_data", "wide_view"):
        assert early.ask(f"select distinct quarter_label from {table} where quarter_id = ?", [NEXT]) == [
            (NAME,)
        ], table


def test_no_value_of_it_passes_for_a_published_one_nor_any_earlier_one_for_another(early: Tables) -> None:
    counts = early.ask(
        "select quarter_id, value_origin, value_quarter_id, count(value) from fct_metric "
        "where value_origin is not null group by all order by all"
    )
    assert [row[:3] for row in counts] == [
        *((f"2025-26-Q{number}", "framework_file", f"2025-26-Q{number}") for number in (1, 2, 3, 4)),
        (NEXT, "carried_forward", LAST),
    ]
    assert counts[-1][3] == counts[-2][3] > 3000
    bases = {
        basis
        for (basis,) in early.ask(
            f"select override_basis from fct_segment where quarter_id = '{NEXT}' union "
            f"select final_segment_basis from fct_segment where quarter_id = '{NEXT}' union "
            f"select score_basis from fct_metric where quarter_id = '{NEXT}' and score_basis is not null"
        )
    }
    assert "published" not in bases and "carried_forward" in bases
    # Nothing newer is in hand of the invented nation: its segments are those of the quarter before.
    assert early.ask(
        "select count(*), "
        "count(*) filter (now.adjusted_segment is not distinct from earlier.adjusted_segment) "
        "from fct_segment as now inner join fct_segment as earlier using (trust_code) "
        "where now.quarter_id = ? and earlier.quarter_id = ?",
        [NEXT, LAST],
    ) == [(205, 205)]
    assert early.ask("select count(*) from fct_reconciliation") == [(0,)]


def test_its_files_say_it_too_and_cannot_be_landed(early: Tables, tmp_path: Path) -> None:
    manifest = read_manifest(early.release)
    assert (manifest["is_forecast"], manifest["value_origin"]) == (True, "source_publication")
    published = sorted(path.name for path in (early.release / "csv").glob("*nhs-oversight-framework-*"))
    assert len(published) == 7 and all(name.startswith("forecast-") for name in published)
    notes = (early.release / "notes.md").read_text(encoding="utf-8")
    assert f"**A forecast of {NEXT}, which is not published yet.**" in notes
    assert "`carried_forward`: 3" in notes and "`source_publication`: 0" in notes
    page = (early.release / "quality" / "quality.html").read_text(encoding="utf-8")
    assert f"<strong>Forecast of {NEXT}.</strong>" in page
    titles = json.loads((early.release / "metadata.json").read_text(encoding="utf-8"))
    assert "Forecast. Ambulance trust: data" in json.dumps(titles)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in published:
        (inbox / name).write_bytes((early.release / "csv" / name).read_bytes())
    with pytest.raises(InputRefused, match="this is a forecast of an early view") as refused:
        land(Home(tmp_path / "home"), [inbox], today=LANDED_ON)
    assert {problem.file for problem in refused.value.problems} >= set(published)


def test_a_reader_of_one_trust_is_told(early: Tables) -> None:
    database = early.release / "nof.duckdb"
    (trust_code,) = early.ask(
        "select min(trust_code) from fct_segment where quarter_id = ? and override_basis = 'carried_forward'",
        [NEXT],
    )[0]
    told = explain(database, trust_code, NEXT)
    assert isinstance(told, Explanation)
    assert told.quarter_label == NAME and "forecast" in told.standing
    assert f"(carried forward from {LAST}: nothing newer is in hand)" in str(told.metrics)
    assert NAME in read_why(database, trust_code, NEXT).sentence
    assert IN_FORCE not in early.frameworks()
