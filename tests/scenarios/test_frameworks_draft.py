"""Quarters scored under the consultation draft: figures worked out by hand, and on what they rest."""

import csv
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from harness_frameworks import DRAFT, ROOT, Tables, made_once, read_rows, release_under, type_7

from nof.release.seal import read_manifest

QUARTERS = tuple(f"2025-26-Q{number}" for number in (1, 2, 3, 4))
INFECTIONS = {"OF0020", "OF0048", "OF0088"}
# The draft's system areas, as its seed has them; primary care has no metric.
AREAS = {
    "urgent_and_emergency_care": {"OF0013", "OF0014", "OF0017"},
    "elective": {"OF0003", "OF0023"},
    "cancer": {"OF0010", "OF0011"},
    "mental_health": {"OF0016", "OF0041", "OF0063"},
    "finance": {"OF0080"},
}


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """The bundled nation under the consultation draft."""
    return Tables(made_once(tmp_path_factory, "draft", lambda folder: release_under(DRAFT, folder / "home")))


@pytest.fixture(scope="session")
def real_draft(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Tables:
    """The real quarters under the consultation draft."""
    landing = data_dir / "nof_2025_26"
    return Tables(
        made_once(
            tmp_path_factory, "real-draft", lambda folder: release_under(DRAFT, folder / "home", landing)
        )
    )


def half_up(number: Decimal) -> Decimal:
    """Two places, half a cent up."""
    return number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def mean_with_infections_as_one(scores: dict[str, Decimal]) -> Decimal:
    """The mean over metrics, the infections together as one (rules 2)."""
    infections = [score for metric_id, score in scores.items() if metric_id in INFECTIONS]
    parts = [score for metric_id, score in scores.items() if metric_id not in INFECTIONS]
    if infections:
        parts.append(sum(infections, Decimal(0)) / len(infections))
    return sum(parts, Decimal(0)) / len(parts)


def metric_scores(tables: Tables, trust_code: str, quarter_id: str, **where: str) -> dict[str, Decimal]:
    """The unrounded scores that enter an organisation's average, by metric."""
    extra = "".join(f" and {column} = '{value}'" for column, value in where.items())
    found = tables.ask(
        "select metric_id, metric_score_unrounded from fct_metric where trust_code = ? and quarter_id = ? "
        f"and cell_status = 'scored' and enters_average{extra}",
        [trust_code, quarter_id],
    )
    return dict(found)


def test_a_release_under_the_draft_holds_nothing_of_another_framework(draft: Tables) -> None:
    assert draft.frameworks() == {DRAFT}
    assert read_manifest(draft.release)["framework_id"] == DRAFT
    assert draft.ask("select count(*) from fct_reconciliation") == [(0,)]


def test_no_summary_figure_of_the_draft_has_a_published_identifier(draft: Tables) -> None:
    found = draft.ask("select distinct measure_id from oversight_data order by 1")
    made = {measure_id for (measure_id,) in found if not measure_id.startswith(("OF0", "OF1", "UN"))}
    assert made >= {"ND4001", "ND4104", "ND5000", "ND5002", "ND5003"}
    assert {measure_id for measure_id in made if not measure_id.startswith("ND")} <= {"OF5004", "OF5007"}


def test_the_release_says_on_which_assumptions_it_rests(draft: Tables, real_draft: Tables) -> None:
    written = [
        (row["assumption_id"], row["assumption"], row["reason"])
        for row in read_rows(ROOT / "seeds" / "framework" / "assumptions.csv")
        if row["framework_id"] == DRAFT
    ]
    assert len(written) == 15
    query = "select assumption_id, assumption, reason from method_assumptions order by 1"
    assert draft.ask(query) == written
    assert real_draft.ask(query) == written


def test_providers_and_boards_are_each_in_a_segment(draft: Tables) -> None:
    found = draft.ask(
        "select quarter_id, organisation_kind, count(*), count(unadjusted_segment) "
        "from fct_segment inner join dim_trust using (framework_id, trust_code) group by 1, 2 order by 1, 2"
    )
    assert found == [
        each for quarter in QUARTERS for each in ((quarter, "icb", 42, 42), (quarter, "provider", 205, 205))
    ]


def test_domain_scores_are_the_means_of_the_metrics_that_the_draft_puts_there(draft: Tables) -> None:
    """ZY3, an ambulance trust, and the five-character board ZXT00, each by the list of its metrics."""
    operating = {"OF0003", "OF0010", "OF0011", "OF0013", "OF0014", "OF0017", "OF0023", "OF0041"}
    wanted = {
        ("ZY3", "ND4001"): {"OF0017"},
        ("ZY3", "ND4002"): {"OF0080", "OF0086"},
        ("ZY3", "ND4003"): {"UN0003"},
        ("ZY3", "ND4004"): {"OF0061", "OF0082", "OF0084"},
        ("ZXT00", "ND4001"): operating,
        ("ZXT00", "ND4002"): {"OF0080", "OF0085"},
        ("ZXT00", "ND4003"): {"OF0025", "OF0057", "OF0063"},
        ("ZXT00", "ND4004"): {"OF0016", "OF0061", "OF0082", "OF0084", *INFECTIONS},
    }
    for (trust_code, domain_id), metric_ids in wanted.items():
        scores = metric_scores(draft, trust_code, "2025-26-Q3", domain_id=domain_id)
        assert scores.keys() == metric_ids, (trust_code, domain_id)
        told = draft.ask(
            "select domain_score from fct_domain "
            "where quarter_id = '2025-26-Q3' and trust_code = ? and domain_id = ?",
            [trust_code, domain_id],
        )
        assert told == [(half_up(mean_with_infections_as_one(scores)),)], (trust_code, domain_id)


def test_the_same_metrics_give_the_same_average_whatever_the_domains(
    draft: Tables, bundled_release: Path
) -> None:
    """Averages are over metrics. In Q1 the one in force rounds three scores first; the draft does not."""
    query = (
        "select quarter_id, trust_code, average_metric_score from fct_segment "
        "where trust_type_id <> 'icb' and quarter_id > '2025-26-Q1' order by 1, 2"
    )
    averages = draft.ask(query)
    assert len(averages) == 205 * 3
    assert averages == Tables(bundled_release).ask(query)


def test_cut_points_are_quartiles_of_the_providers_together_and_of_the_boards_among_themselves(
    draft: Tables,
) -> None:
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    for quarter_id, trust_type_id, score in draft.ask(
        "select quarter_id, trust_type_id, average_metric_score from fct_segment"
    ):
        scores[quarter_id, "icb" if trust_type_id == "icb" else "all"].append(float(score))
    cuts = draft.ask(
        "select quarter_id, cut_partition_id, quantile, cut_point, cut_point_basis, trusts_counted "
        "from fct_cut_point where score_id = 'ND5002'"
    )
    assert len(cuts) == 4 * 2 * 3
    for quarter_id, partition, quantile, cut_point, basis, counted in cuts:
        mine = scores[quarter_id, partition]
        assert counted == len(mine) == (42 if partition == "icb" else 205)
        assert float(cut_point) == pytest.approx(type_7(mine, float(quantile)), abs=1e-6)
        assert basis == "computed"


def test_boards_are_ranked_among_themselves_by_the_standards_of_providers(draft: Tables) -> None:
    pools = draft.ask(
        "select pool_partition_id, trust_type_id = 'icb', max(pool_size) from fct_metric "
        "where metric_id = 'OF0082' and cell_status = 'scored' and quarter_id = '2025-26-Q2' "
        "group by 1, 2 order by 1"
    )
    assert pools == [("all", False, 205), ("icb", True, 42)]
    values = draft.ask(
        "select value, metric_score_unrounded from fct_metric where metric_id = 'OF0013' "
        "and trust_type_id = 'icb' and cell_status = 'scored' and quarter_id = '2025-26-Q2'"
    )
    missing = sorted((value for value, _ in values if value < 78), reverse=True)
    assert len(values) - len(missing) > 5
    assert len(missing) > 5
    for value, score in values:
        steps = Decimal(2) * missing.index(value) / (len(missing) - 1) if value < 78 else None
        by_hand = Decimal(1) if steps is None else 2 + steps
        assert abs(score - by_hand) < Decimal("1e-12"), value


def test_a_deficit_limits_the_segment_to_3_for_trusts_and_for_boards(draft: Tables) -> None:
    rows = draft.ask(
        "select trust_type_id = 'icb', unadjusted_segment, adjusted_segment - system_segment_steps "
        "from fct_segment where has_financial_override and unadjusted_segment < 3 "
    )
    assert {is_icb for is_icb, _, _ in rows} == {True, False}
    assert {adjusted for _, _, adjusted in rows} == {3}
    board = draft.ask(
        "select cast(plan_and_variance as varchar), override_basis, unadjusted_segment, adjusted_segment "
        "from fct_segment where trust_code = 'ZXM' and quarter_id = '2025-26-Q3'"
    )
    values = draft.ask(
        "select value from fct_metric where trust_code = 'ZXM' and quarter_id = '2025-26-Q3' "
        "and metric_id in ('OF0079', 'OF0081')"
    )
    assert sum(value for (value,) in values) < 0
    assert [each[1:] for each in board] == [("derived", 1, 3)]


def test_challenged_areas_move_a_board_one_segment_down_and_never_past_4(draft: Tables) -> None:
    """Each board and quarter once more: area scores from metric scores, then the steps in their order."""
    area_of = {metric_id: area for area, metric_ids in AREAS.items() for metric_id in metric_ids}
    scores: dict[tuple[str, str], dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    for quarter_id, trust_code, metric_id, score in draft.ask(
        "select quarter_id, trust_code, metric_id, metric_score_unrounded from fct_metric "
        "where trust_type_id = 'icb' and cell_status = 'scored'"
    ):
        if metric_id in area_of:
            scores[quarter_id, trust_code][area_of[metric_id]].append(score)
    by_hand = {
        board: {area: half_up(sum(each) / len(each)) for area, each in of_area.items()}
        for board, of_area in scores.items()
    }
    told: dict[tuple[str, str], dict[str, tuple[Decimal, bool]]] = defaultdict(dict)
    for quarter_id, trust_code, area, score, is_challenged in draft.ask(
        "select quarter_id, trust_code, area_id, area_score, is_challenged from fct_system_area"
    ):
        told[quarter_id, trust_code][area] = (score, is_challenged)
    assert told == {
        board: {area: (mean, mean >= 3) for area, mean in means.items()} for board, means in by_hand.items()
    }
    found = draft.ask(
        "select quarter_id, trust_code, unadjusted_segment, has_financial_override, "
        "system_scored_area_count, system_challenged_area_count, system_segment_steps, adjusted_segment "
        "from fct_segment where trust_type_id = 'icb'"
    )
    seen = set()
    for quarter_id, trust_code, unadjusted, has_deficit, scored, challenged, steps, adjusted in found:
        means = by_hand[quarter_id, trust_code]
        worse = sum(mean >= 3 for mean in means.values())
        step = 1 if worse >= 3 else 0
        floor = max(unadjusted, 3) if has_deficit else unadjusted
        assert (scored, challenged, steps) == (len(means), worse, step), (quarter_id, trust_code)
        assert adjusted == min(floor + step, 4), (quarter_id, trust_code)
        seen.add((bool(step), floor + step > 4, bool(has_deficit)))
    assert len(found) == 42 * 4
    # Moved and not, held at 4 and not, in deficit and not: a comparison that met no case says nothing.
    assert {moved for moved, _, _ in seen} == {held for _, held, _ in seen} == {True, False}
    assert {deficit for moved, _, deficit in seen if moved} == {True, False}


def test_no_provider_is_moved_by_a_system(draft: Tables) -> None:
    assert draft.ask(
        "select count(*) from fct_segment "
        "where trust_type_id <> 'icb' and coalesce(system_segment_steps, 0) <> 0"
    ) == [(0,)]


def test_the_area_without_a_metric_is_in_the_method_and_says_why(draft: Tables) -> None:
    areas: dict[str, set[str]] = defaultdict(set)
    for area_id, metric_id in draft.ask("select area_id, metric_id from method_system_rules"):
        areas[area_id].add(metric_id)
    assert areas == {**AREAS, "primary_care": {""}}
    (said,) = draft.ask(
        "select challenged_score_at_least, challenged_area_count_at_least, segment_steps, worst_segment, "
        "area_source, rule_certainty from method_system_rules where area_id = 'primary_care'"
    )
    assert said[:4] == (Decimal("3.00"), 3, 1, 4)
    assert "no metric of it is in hand" in said[4]
    assert said[5] == "assumption"


def test_real_quarters_under_the_draft_have_the_averages_that_were_published(
    real_draft: Tables, data_dir: Path
) -> None:
    """The same metrics: under the draft too a trust's average is what NHS England published, from Q2 on."""
    (path,) = (data_dir / "nof_2025_26").glob("*mental-health*q1-q3*.csv")
    published = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["Metric_ID"] == "OF5002" and not row["Quarter"].startswith("Q1"):
                published[row["Quarter"], row["Trust_code"]] = Decimal(row["Value"])
    ours = {
        (f"{quarter_id[-2:]} 2025/26", trust_code): average
        for quarter_id, trust_code, average in real_draft.ask(
            "select quarter_id, trust_code, average_metric_score from fct_segment"
        )
    }
    assert len(published) == 61 * 2
    assert {key: ours.get(key) for key in published} == published


def test_real_quarters_under_the_draft_say_on_what_they_stand(real_draft: Tables) -> None:
    assert real_draft.frameworks() == {DRAFT}
    bases = dict(
        real_draft.ask(
            "select score_basis, count(*) from fct_metric where score_basis is not null group by 1"
        )
    )
    assert bases["published"] > 1000
    cuts = real_draft.ask("select distinct cut_partition_id, cut_point_basis from fct_cut_point order by all")
    # Two trust types are not whole in hand and no board is: no national quartile, and none for boards.
    assert cuts == [("all", "computed_partial_pool")]
    segments = real_draft.ask(
        "select distinct segment_basis from fct_segment where unadjusted_segment is not null"
    )
    assert segments == [("computed_partial_pool",)]


def test_the_worked_examples_of_the_page_are_what_the_draft_gives(draft: Tables) -> None:
    page = (ROOT / "docs" / "methodology" / "frameworks.md").read_text(encoding="utf-8")
    quarter = "where quarter_id = '2025-26-Q3' and trust_code"
    domains = draft.ask(f"select domain_score from fct_domain {quarter} = 'ZY3' order by domain_id")
    assert f"| {' | '.join(str(score) for (score,) in domains)} |" in page
    (board,) = draft.ask(
        "select average_metric_score, segment_low, segment_high, unadjusted_segment, plan_and_variance, "
        f"system_challenged_area_count, adjusted_segment from fct_segment {quarter} = 'ZXW'"
    )
    average, low, high, unadjusted, deficit, challenged, adjusted = board
    assert (
        f"ZXW averages {average}; the boards' cuts beside it are {low.normalize()} and {high.normalize()}, "
        in page
    )
    assert f"so it is in segment {unadjusted}." in page
    assert f"add up to {deficit.quantize(Decimal('0.01'))} % of turnover" in page
    assert (challenged, adjusted) == (3, 4)
    assert "Three are challenged, so it moves one step: adjusted segment 4." in page
    scores = dict(draft.ask(f"select metric_id, metric_score_unrounded from fct_metric {quarter} = 'ZXW'"))
    rows = re.findall(r"^\| ([a-z ]+) \| ([\d., ]+) \| ([\d.]+) \| (yes|no) \|$", page, flags=re.MULTILINE)
    assert {area.replace(" ", "_").removesuffix("_care") for area, *_ in rows} == {
        area.removesuffix("_care") for area in AREAS
    }
    for area, told, mean, is_challenged in rows:
        key = next(each for each in AREAS if each.startswith(area.replace(" ", "_").removesuffix("_care")))
        mine = [scores[metric_id] for metric_id in sorted(AREAS[key])]
        six_places = [each.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP) for each in mine]
        assert [Decimal(each) for each in told.split(", ")] == six_places, area
        assert (Decimal(mean), is_challenged) == (
            half_up(sum(mine) / len(mine)),
            "yes" if half_up(sum(mine) / len(mine)) >= 3 else "no",
        )
