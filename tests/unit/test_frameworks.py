"""A framework is rows: which of them scoring needs, and what a run is refused with where they lack."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from harness_frameworks import (
    DRAFT,
    FIXTURE,
    IN_FORCE,
    NEXT,
    ROOT,
    Row,
    add_fixture,
    change_seed,
    copy_project,
    read_rows,
    seeds_of_frameworks,
    within,
)

from harness_some import some
from nof.cli import main
from nof.errors import InputRefused
from nof.method_check import check_method, missing_rows

SEEDS = ROOT / "seeds" / "framework"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A project of this test's own, without models: what only reads the seeds can be asked about it."""
    return copy_project(tmp_path / "project", whole=False)


def without(column: str, value: str, framework_id: str = DRAFT) -> Callable[[list[Row]], list[Row]]:
    """Drop a framework's rows with this value; there must be some."""

    def change(rows: list[Row]) -> list[Row]:
        kept = [row for row in rows if (row["framework_id"], row[column]) != (framework_id, value)]
        assert len(kept) < len(rows)
        return kept

    return change


def with_cell(column: str, value: str, **where: str) -> Callable[[list[Row]], list[Row]]:
    """Put a value into the cells of the draft's rows that fit."""

    def change(rows: list[Row]) -> list[Row]:
        def fits(row: Row) -> bool:
            return row["framework_id"] == DRAFT and all(row[name] == text for name, text in where.items())

        assert any(fits(row) for row in rows)
        return [row | {column: value} if fits(row) else row for row in rows]

    return change


# The seed that is changed, how, and the sentence that must come of it.
MISSING: list[tuple[str, Callable[[list[Row]], list[Row]], str]] = [
    ("frameworks", with_cell("programme_segment", ""), "frameworks.csv: .* programme_segment"),
    ("organisation_scope", without("trust_type_id", "icb"), "organisation_scope.csv: .* icb: how many"),
    ("organisation_scope", with_cell("is_segmented", "false"), "organisation_scope.csv: .* is segmented"),
    ("domains", without("framework_id", DRAFT), "domains.csv: .* a domain that is scored"),
    ("domains", without("domain_id", "ND4003"), "domains.csv: .* ND4003, which metrics are in"),
    ("metrics", without("framework_id", DRAFT), "metrics.csv: .* a metric that is scored"),
    ("metrics", without("domain_id", "ND4003"), "metrics.csv: .* enters the average of the domain ND4003"),
    (
        "metrics",
        without("metric_id", "OF0081"),
        "metrics.csv: .* OF0081, which .*override_inputs",
    ),
    ("scoring_families", without("scoring_family", "rank"), "scoring_families.csv: .* the family rank"),
    (
        "metric_applicability",
        without("metric_id", "OF0013"),
        "metric_applicability.csv: .* OF0013: whether it applies to acute, .*, icb, with treatment scored",
    ),
    (
        "metric_applicability",
        with_cell("treatment", "contextual", metric_id="OF0013", trust_type_id="icb"),
        "metric_applicability.csv: .* OF0013: whether it applies to icb, with treatment scored",
    ),
    ("thresholds", without("metric_id", "OF0057"), "thresholds.csv: .* OF0057: the floor"),
    ("thresholds", without("metric_id", "OF0013"), "thresholds.csv: .* OF0013: the standard"),
    (
        "thresholds",
        with_cell("first_quarter_id", "2025-26-Q3", metric_id="OF0013"),
        "thresholds.csv: .* OF0013: the standard of a rank_with_standard metric, from the start",
    ),
    ("value_bands", without("metric_id", "OF0079"), "value_bands.csv: .* OF0079: the bands"),
    ("label_bands", without("metric_id", "UN0001"), "label_bands.csv: .* UN0001: the score of each label"),
    ("matrix_cells", without("metric_id", "OF0080"), "matrix_cells.csv: .* OF0080: a cell"),
    ("pools", without("pool_id", "reporting"), "pools.csv: .* reporting, which metrics are ranked in"),
    ("pool_trust_types", without("trust_type_id", "icb"), "pool_trust_types.csv: .* icb in the pool acute"),
    (
        "pool_trust_types",
        without("pool_id", "all_trusts"),
        "pool_trust_types.csv: .* icb in the pool all_trusts, in which ND5002 is cut",
    ),
    ("core_metrics", without("trust_type_id", "icb"), "core_metrics.csv: .* icb: what every one"),
    (
        "summary_measures",
        without("measure_role", "final_segment"),
        "summary_measures.csv: .* exactly one final_segment",
    ),
    ("segmentation", without("score_id", "ND5002"), "segmentation.csv: .* ND5002: how it becomes a segment"),
    ("segmentation", without("score_id", "ND4001"), "segmentation.csv: .* ND4001: how it becomes a segment"),
    (
        "segmentation",
        with_cell("cut_method", "fixed_threshold", score_id="ND4001"),
        "segment_thresholds.csv: .* each boundary of ND4001 for all, .*"
        "segment_thresholds.csv: .* each boundary of ND4001 for icb, ",
    ),
    ("segmentation", with_cell("cut_method", "by hand"), "segmentation.csv: .* 'by hand' is not"),
    ("segment_quantiles", without("boundary", "2/3"), "segment_quantiles.csv: .* each boundary"),
    ("segment_quantiles", without("boundary", "3/4"), "segment_quantiles.csv: .* each boundary"),
    ("segment_quantiles", with_cell("quantile", "0.5"), "segment_quantiles.csv: .* each boundary"),
    ("benchmark_quantiles", without("benchmark_id", "median"), "benchmark_quantiles.csv: .* median"),
    ("override_inputs", without("framework_id", DRAFT), "override_inputs.csv: .* sum shows a deficit"),
    ("system_areas", without("framework_id", DRAFT), "system_areas.csv: .* an area"),
    ("system_area_metrics", without("framework_id", DRAFT), "system_area_metrics.csv: .* a metric of any"),
]


@pytest.mark.parametrize(
    ("seed", "change", "said"), MISSING, ids=[f"{seed}-{n}" for n, (seed, *_) in enumerate(MISSING)]
)
def test_a_framework_that_lacks_what_scoring_needs_is_refused_and_the_seed_named(
    seed: str, change: Callable[[list[Row]], list[Row]], said: str, seeds: Path
) -> None:
    change_seed(seeds, seed, change)
    with within(seeds), pytest.raises(InputRefused) as refusal:
        check_method(DRAFT)
    assert re.search(said, str(refusal.value), flags=re.DOTALL), refusal.value
    assert refusal.value.exit_status == 3
    assert all(problem.remedy for problem in refusal.value.problems)


def test_the_framework_in_force_and_the_draft_are_whole() -> None:
    assert missing_rows(IN_FORCE) == []
    assert missing_rows(DRAFT) == []


def test_each_gap_is_named_with_what_is_missing_and_where_it_comes_from() -> None:
    gaps = [row for row in read_rows(SEEDS / "method_gaps.csv") if row["framework_id"] == NEXT]
    problems = missing_rows(NEXT)
    named = [f"seeds/framework/{row['seed_name']}.csv" for row in gaps]
    assert [problem.file for problem in problems] == named
    assert {"segment_thresholds", "metrics"} <= {row["seed_name"] for row in gaps}
    for problem, gap in zip(problems, gaps, strict=True):
        assert gap["what_is_missing"] in problem.message
        assert gap["where_it_comes_from"] in problem.remedy
        assert "method_gaps.csv" in problem.remedy


def test_rows_alone_do_not_close_a_gap_and_a_closed_gap_needs_its_rows(seeds: Path) -> None:
    add_fixture(seeds)
    with within(seeds):
        assert missing_rows(NEXT) == []
    change_seed(seeds, "method_gaps", lambda _: read_rows(SEEDS / "method_gaps.csv"))
    with within(seeds):
        assert len(missing_rows(NEXT)) == len(read_rows(SEEDS / "method_gaps.csv"))
    change_seed(seeds, "method_gaps", lambda _: [])
    change_seed(
        seeds, "segment_thresholds", lambda rows: [row for row in rows if row["cut_partition_id"] != "icb"]
    )
    with within(seeds):
        said = [str(problem) for problem in missing_rows(NEXT)]
    assert len(said) == 6
    assert all("segment_thresholds.csv" in each and "for icb" in each for each in said)


def test_the_command_refuses_2026_27_as_input_and_asks_for_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setattr(sys, "argv", ["nof", "run", "--home", str(home), "--framework", NEXT])
    with pytest.raises(SystemExit) as end:
        main()
    said = capsys.readouterr().err
    assert end.value.code == 3
    assert (
        "seeds/framework/segment_thresholds.csv: nof-2026-27 cannot be scored yet; not in hand: the" in said
    )
    assert "To be had from NHS England's methodology manual for 2026/27." in said
    assert "Nothing was published; the last release is untouched." in said
    assert [path.name for path in home.iterdir()] == [".lock"]


def test_every_assumption_has_a_reason_and_only_frameworks_not_in_force_rest_on_any() -> None:
    rows = read_rows(SEEDS / "assumptions.csv")
    assert {row["framework_id"] for row in rows} == {DRAFT, NEXT}
    assert all(row["assumption"].endswith(".") and row["reason"].endswith(".") for row in rows)
    # Ids are of one length, so that none is the beginning of another in a source.
    assert all(re.fullmatch(r"(npaf|nof27)-\d\d", row["assumption_id"]) for row in rows)


def test_no_identifier_of_the_draft_can_be_taken_for_a_published_one() -> None:
    def own(row: Row) -> set[str]:
        names = ("domain_id", "domain_segment_id", "measure_id")
        return {row[name] for name in names if name in row} if row["framework_id"] == DRAFT else set()

    made = {
        identifier
        for seed in ("domains", "summary_measures")
        for row in read_rows(SEEDS / f"{seed}.csv")
        for identifier in own(row)
    }
    # The two flags are facts about a trust, whatever the framework, and are read from the published rows.
    assert {identifier for identifier in made if not identifier.startswith("ND")} == {"OF5004", "OF5007"}


def test_what_is_asked_of_every_row_of_the_method_is_asked_of_every_seed() -> None:
    text = (ROOT / "macros" / "method_rows.sql").read_text(encoding="utf-8")
    listed = {
        name: sorted(re.findall(r"'(\w+)'", body))
        for name, body in re.findall(r"set (\w+) = \[(.*?)\]", text, flags=re.DOTALL)
    }
    wanted: dict[str, list[str]] = {"with_source_and_certainty": [], "with_source": [], "plain": []}
    for seed in some(seeds_of_frameworks(ROOT)):
        header = (SEEDS / f"{seed}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        has_source, has_certainty = "source" in header, "certainty" in header
        assert has_source or not has_certainty, seed
        wanted[
            "with_source_and_certainty" if has_certainty else "with_source" if has_source else "plain"
        ].append(seed)
    assert listed == wanted


def test_the_fixture_says_that_it_is_one_and_no_row_of_it_is_in_the_seeds() -> None:
    paths = sorted(FIXTURE.glob("*.csv"))
    assert {"metrics", "segment_thresholds"} <= {path.stem for path in paths}
    for path in paths:
        for row in read_rows(path):
            assert row["framework_id"] == NEXT
            assert row.get("source", "TEST FIXTURE").startswith("TEST FIXTURE"), path.name
            assert row.get("certainty", "fixture") == "fixture", path.name
    for path in some(sorted((ROOT / "seeds").rglob("*.csv"))):
        assert "TEST FIXTURE" not in path.read_text(encoding="utf-8"), path.name
    assert read_rows(SEEDS / "segment_thresholds.csv") == []
