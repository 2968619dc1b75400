"""The documentation holds together: links resolve, names stand where they are said to, examples are true."""

import csv
import re
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).resolve().parents[2]
METHODOLOGY = ROOT / "docs" / "methodology"
PAGES = sorted(METHODOLOGY.glob("*.md"))
RULE_PAGES = [page for page in PAGES if page.name not in ("README.md", "bundled-nation.md")]
NOT_OURS = {"node_modules", "target", "logs", "warehouse", "dbt_packages", "dist", "build"}
OURS = ("docs", "expectations", "macros", "models", "orchestration", "seeds", "tests")
OWN_PATH = re.compile(rf"`((?:{'|'.join(OURS)})/[^`\s*]+)`")


def markdown_files(root: Path) -> list[Path]:
    """Every page of the project, without hidden folders and what is made by running it."""
    return sorted(
        path
        for path in root.rglob("*.md")
        if not any(part.startswith(".") or part in NOT_OURS for part in path.relative_to(root).parts)
    )


def anchors(text: str) -> set[str]:
    """The fragments that headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(page: Path) -> list[str]:
    """Relative links of a page that lead to no file, or to no heading of it."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        is_whole = linked.exists() and linked.is_relative_to(
            ROOT if page.is_relative_to(ROOT) else page.parent
        )
        if not is_whole or (fragment and fragment not in anchors(linked.read_text(encoding="utf-8"))):
            broken.append(target)
    return broken


def unknown_names(text: str) -> list[str]:
    """In table rows that begin with a file of the project: what is named beside it and is not in it."""
    unknown = []
    for line in text.splitlines():
        first, _, rest = line.removeprefix("| ").partition(" | ")
        path = ROOT / first.strip("`")
        if not (line.startswith("| `") and OWN_PATH.fullmatch(first) and path.is_file()):
            continue
        content = path.read_text(encoding="utf-8")
        unknown += [f"{first}: {name}" for name in re.findall(r"`([^`]+)`", rest) if name not in content]
    return unknown


@pytest.mark.parametrize("page", markdown_files(ROOT), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_resolves(page: Path) -> None:
    assert not broken_links(page)


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One\n\n[a](#one) [b](#two) [c](gone.md) [d](https://x.invalid) [e](page.md#one)\n")
    assert broken_links(page) == ["#two", "gone.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_path_that_a_page_names_is_there(page: Path) -> None:
    named = OWN_PATH.findall(page.read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", RULE_PAGES, ids=lambda page: page.stem)
def test_what_a_page_says_is_in_a_file_is_in_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "## Where it lives" in text and "## Worked example" in text
    assert unknown_names(text) == []


def test_a_name_that_is_not_in_its_file_is_found() -> None:
    row = "| `seeds/framework/pools.csv` | `pool_label`, `pool_colour` |"
    assert unknown_names(row) == ["`seeds/framework/pools.csv`: pool_colour"]


@pytest.mark.parametrize(("folder", "ending"), [("seeds/framework", "csv"), ("models/scoring", "sql")])
def test_every_seed_and_scoring_model_is_named_on_a_rule_page(folder: str, ending: str) -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in RULE_PAGES)
    paths = [f"{folder}/{path.name}" for path in sorted((ROOT / folder).glob(f"*.{ending}"))]
    assert paths
    assert [path for path in paths if f"`{path}`" not in pages] == []


def test_the_index_names_every_page_and_seeds_models_and_tests_that_exist() -> None:
    text = (METHODOLOGY / "README.md").read_text(encoding="utf-8")
    index = text.partition("## Find a rule")[2].partition("\n## ")[0]
    table = [
        line.strip("|").split("|") for line in index.splitlines() if line.startswith("| ") and "](" in line
    ]
    assert {page.name for page in RULE_PAGES} == {re.findall(r"\(([^)]+)\)", row[1])[0] for row in table}
    for row in table:
        for column, folder, ending in ((2, "seeds/framework", "csv"), (3, "models/scoring", "sql")):
            names = re.findall(r"`([^`]+)`", row[column])
            assert [name for name in names if not (ROOT / folder / f"{name}.{ending}").is_file()] == []
        assert "](../../" in row[4]


def test_every_certainty_in_the_seeds_is_explained() -> None:
    text = (METHODOLOGY / "README.md").read_text(encoding="utf-8")
    used = set()
    for path in (ROOT / "seeds" / "framework").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            used |= {row["certainty"] for row in csv.DictReader(file) if "certainty" in row}
    assert used and [word for word in sorted(used) if f"\n| {word} | " not in text] == []


# One figure or more of each worked example: where it stands on its page, and what the bundled nation gives.
EXAMPLES = {
    "values-from-sources": (
        "| {} | {} |",
        "select count(*) from fct_source_period group by coverage order by coverage",
    ),
    "value-origins": (
        "of its cells in Q4 {} have a row of a data file",
        "select count(*) from fct_metric where quarter_id = '2025-26-Q4' and value_origin = 'framework_file'",
    ),
    "early-view": (
        "{} cells are carried forward",
        "select count(*) from fct_metric where quarter_id = '2025-26-Q4' "
        "and coalesce(value_origin, '') = 'framework_file'",
    ),
    "metric-scores": (
        "| minutes | {} |",
        "select value from fct_metric where metric_id = 'OF0017' and quarter_id = '2025-26-Q3' "
        "and cell_status = 'scored' order by value",
    ),
    "pools-and-completeness": (
        "| acute | 134 | 127.3 | {} (`OF0081`: ZD6 has none) | yes |",
        "select weakest_core_metric_count from fct_completeness "
        "where quarter_id = '2025-26-Q3' and trust_type_id = 'acute'",
    ),
    "score-basis-and-grid": (
        "{}th of {} on `OF0082`",
        "select unnest([pool_rank, ranked_count]) from fct_metric "
        "where quarter_id = '2025-26-Q3' and trust_code = 'ZY3' and metric_id = 'OF0082'",
    ),
    "bands-and-matrix": (
        "| ZJ1 | {}, on the edge | 3 | {} | 3 | 3 |",
        "select cast(value as decimal(18, 2)) from fct_metric where quarter_id = '2025-26-Q3' "
        "and trust_code = 'ZJ1' and metric_id in ('OF0079', 'OF0081') order by metric_id",
    ),
    "missing-values": (
        "| {} | 6150 |",
        "select count(*) from fct_metric where quarter_id = '2025-26-Q3' "
        "group by cell_status order by 1 desc",
    ),
    "domain-scores-and-average": (
        "| ZM8 | 2.752137 | 4 | 4 | 3.584046 | 3.796992 | {} |",
        "select domain_score from fct_domain where quarter_id = '2025-26-Q3' and trust_code = 'ZM8' "
        "and domain_id = 'OF4002'",
    ),
    "segments-and-cut-points": (
        "The cuts are {}, {} and {}.",
        "select cast(cut_point as decimal(18, 2)) from fct_cut_point where quarter_id = '2025-26-Q3' "
        "and score_id = 'OF5002' order by boundary",
    ),
    "financial-override": (
        "The flag is set for {} of the 205 trusts and moves {}:",
        "select unnest([count(*), sum(case when adjusted_segment > unadjusted_segment then 1 else 0 end)]) "
        "from fct_segment where quarter_id = '2025-26-Q3' and has_financial_override",
    ),
    "final-segment": (
        "| ZC5 | Q1 | {} | {} | 1 | {} | published |",
        "select unnest([unadjusted_segment, adjusted_segment, final_segment]) from fct_segment "
        "where quarter_id = '2025-26-Q1' and trust_code = 'ZC5'",
    ),
    "league-table-and-ranks": (
        "| average | {} |",
        "select average_score from league_table where quarter_id = '2025-26-Q3' "
        "and trust_type_id = 'ambulance' order by rank",
    ),
    "contributions": (
        "add up to {}, published as {}. The cut points are {} and {}.",
        "select unnest([cast(average_metric_score_unrounded as decimal(6, 4)), "
        "cast(average_metric_score as decimal(6, 4)), "
        "cast(segment_low as decimal(6, 4)), cast(segment_high as decimal(6, 4))]) "
        "from fct_segment where quarter_id = '2025-26-Q4' and trust_code = 'ZY8'",
    ),
    "distances": (
        "| `OF0086` | {} | {} points | {} | {} |",
        "select unnest([cast(cast(needed_value as decimal(18, 2)) as varchar), "
        "cast(cast(needed_change as decimal(18, 2)) as varchar), "
        "cast(places_moved as varchar), cast(others_compared as varchar)]) from fct_segment_distance "
        "where quarter_id = '2025-26-Q4' and trust_code = 'ZY8' and metric_id = 'OF0086' "
        "and direction = 'better'",
    ),
    "benchmarks": (
        "= 28.665 | {} |",
        "select lower_quartile_value from fct_metric where quarter_id = '2025-26-Q3' "
        "and metric_id = 'OF0017' and trust_code = 'ZY3'",
    ),
    "files-as-published": (
        "(6c45354fc969) | {} | 0.0 | yes |",
        "select cast(value as decimal(18, 2)) from fct_metric where quarter_id = '2025-26-Q2' "
        "and metric_id = 'OF0081' and trust_code = 'ZY5' and file_id = '6c45354fc969' and row_number = 38",
    ),
    "frameworks": (
        "so ZY3 has {} under the framework in force",
        "select average_metric_score from fct_segment where quarter_id = '2025-26-Q3' and trust_code = 'ZY3'",
    ),
    "capability-and-response": (
        "Of {} trusts in adjusted segment 4, {} await a diagnostic review, {} have theirs under way, "
        "and {} are past it.",
        "select unnest([count(*), sum(case when review_status = 'awaiting' then 1 else 0 end), "
        "sum(case when review_status = 'under_way' then 1 else 0 end), "
        "sum(case when review_status = 'completed' then 1 else 0 end)]) from fct_response "
        "where quarter_id = '2025-26-Q3' and review_status is not null",
    ),
    "targets-and-owners": (
        "| ZF3 | {} | {} | {} | improvement_on_baseline | {} | false |",
        "select unnest([value, baseline_value, target_value, gap_to_target]) from fct_target "
        "where quarter_id = '2025-26-Q4' and trust_code = 'ZF3' and metric_id = 'OF0023' "
        "and target_id = 'march_2026'",
    ),
    "data-age": (
        "sickness (to 30 September) is {} days old, relative costs (to 31 March 2025) {}, "
        "the staff survey (of 2024) {};",
        "select age_days_at_quarter_end from fct_data_age where quarter_id = '2025-26-Q3' "
        "and trust_code = 'ZY3' and metric_id in ('OF0061', 'OF0082', 'OF0086') order by 1",
    ),
    "winter": (
        "205 trusts x 7 subjects make {} rows in each quarter",
        "select distinct count(*) from fct_winter_assurance where assurance_status = 'not_in_hand' "
        "group by quarter_id",
    ),
    "history-and-revisions": (
        "that makes {} ranks `changed_pool`, {} ranks and {} texts `restated_input`.",
        "select count(*) from fct_revision group by figure_kind, revision_reason "
        "order by figure_kind, revision_reason",
    ),
    "gates": (
        "and there are {} score rows",
        "select count(*) from fct_metric where quarter_id = '2025-26-Q3'",
    ),
    "registers": (
        "| ZH6 | {} |",
        "select final_segment from fct_segment where trust_code = 'ZH6' order by quarter_id",
    ),
    "contextual-metrics": (
        "| {} | 2359 |",
        "select count(*) from fct_context where quarter_id = '2025-26-Q3' "
        "group by context_status order by 1 desc",
    ),
    "organisations": (
        "| ZW5 | ZV4 | 1.79 | 1 | {} to {} | 1, 4 |",
        "select unnest([lowest_average_metric_score, highest_average_metric_score]) from fct_like_for_like "
        "where reported_trust_code = 'ZV4' and quarter_id = '2025-26-Q4'",
    ),
    "likely-ranges": (
        "| `OF5002` | {} | {} | {} | {} |",
        "select unnest([cast(each as varchar) for each in [score, score_low, score_high]] "
        "|| [cast(unit_count as varchar)]) from fct_likely_range "
        "where quarter_id = '2025-26-Q3' and trust_code = 'ZY3' and score_id = 'OF5002'",
    ),
    "changes-beyond-noise": (
        "| Q3 | {} | {} | {} | {} | {} |",
        "select unnest([cast(each as varchar) for each in [score_change, change_low, change_high]] "
        "|| [cast(draws_better as varchar), cast(draws_worse as varchar)]) "
        "from fct_score_change "
        "where quarter_id = '2025-26-Q3' and trust_code = 'ZY3'",
    ),
    "what-if": (
        "| league rank | {} | 23 |",
        "select league_rank from fct_segment where quarter_id = '2025-26-Q4' and trust_code = 'ZU8'",
    ),
    "peers": (
        "with 30.00, to the median is {} minutes, and it is",
        "select gap_to_median from fct_peer_position where quarter_id = '2025-26-Q4' "
        "and trust_code = 'ZY3' and measure_id = 'OF0017' and grouping_id = 'trust_type'",
    ),
    "series": (
        "| minutes | {} |",
        "select series_value from fct_series_point where trust_code = 'ZY8' "
        "and metric_id = 'OF0017' order by quarter_id",
    ),
    "sensitivity": (
        "| `without_OF0082` | {} | {} | {} | {} |",
        "select unnest([cast(cast(average_score as decimal(6, 2)) as varchar), "
        "cast(unadjusted_segment as varchar), cast(adjusted_segment as varchar), "
        "cast(league_rank as varchar)]) from fct_sensitivity "
        "where trust_code = 'ZY3' and quarter_id = '2025-26-Q3' and case_id = 'without_OF0082'",
    ),
    "reconciliation": (
        "| `metric_score` of `OF1067` | ZG4, Q4 | {} | {} | adopted: no value row |",
        "select unnest([published_figure, recomputed_figure]) from fct_reconciliation "
        "where figure_kind = 'metric_score' and outcome = 'adopted'",
    ),
    "why-it-moved": (
        "| `OF0082` | {} of {} | {} | {} |",
        "select unnest([pool_rank_before, ranked_count_before, pool_rank_own, pool_rank_now]) "
        "from fct_score_movement where quarter_id = '2025-26-Q3' and trust_code = 'ZY3' "
        "and metric_id = 'OF0082' and part_id = 'own'",
    ),
}


# The bundled nation has no source publications: the tests of each publication, and of records, show what
# its page says.
BUNDLED_PAGES = [page.stem for page in RULE_PAGES if not page.stem.startswith(("sources-", "records"))]


@pytest.mark.parametrize("page", BUNDLED_PAGES)
def test_the_worked_example_is_what_the_bundled_nation_gives(page: str, bundled_release: Path) -> None:
    sentence, query = EXAMPLES[page]
    with duckdb.connect(str(bundled_release / "nof.duckdb"), read_only=True) as connection:
        connection.execute("use publication")
        figures = [number(figure) for (figure,) in connection.execute(query).fetchall()]
    # A sentence with one place takes all figures, as a row of a table does.
    told = sentence.format(*figures) if sentence.count("{}") > 1 else sentence.format(" | ".join(figures))
    assert figures and told in (METHODOLOGY / f"{page}.md").read_text(encoding="utf-8"), told


def number(figure: object) -> str:
    """A figure as the pages write it: two places, where it has more."""
    text = str(figure)
    return text[:-2] if re.fullmatch(r"-?\d+\.\d{2}00", text) else text
