"""Peers: every position worked out anew in plain Python, lists of one's own, and NHS England's own files."""

import csv
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from math import isqrt
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project

from harness_some import some
from nof.home import Home
from nof.landing import land

MODELS = ("dim_peer_group", "fct_peer_member", "fct_peer_standing", "fct_peer_position")
GROUPINGS = ("trust_type", "trust_subtype", "region", "icb", "peer_list", "context_neighbours")
KEYS = "quarter_id, grouping_id, group_id"


def read(project: CompiledProject, query: str) -> list[tuple[Any, ...]]:
    return project.connection.execute(query).fetchall()


def quantile(figures: Sequence[Fraction], share: Fraction) -> Decimal:
    """Type 7, half-up to four decimals; the figures best first, signed so that the least is the best."""
    place = (len(figures) - 1) * share
    low = int(place)
    above = figures[min(low + 1, len(figures) - 1)]
    exact = figures[low] + (place - low) * (above - figures[low])
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
    """The bundled nation, and two lists: one of acute trusts, one with a trust that is not in hand."""
    project = compiled_project(tmp_path_factory)
    project.land_bundled()
    for row, (trust, name, end) in enumerate(
        [
            ("ZA3", "Shire (sample)", ""),
            ("ZA9", "Shire (sample)", ""),
            ("ZB2", "Shire (sample)", ""),
            ("ZF4", "Shire (sample)", "2025-12-30"),
            ("ZA3", "Vale (sample)", ""),
            ("ZY3", "Vale (sample)", ""),
            ("ZU8", "Vale (sample)", ""),
            ("ZZZZ9", "Vale (sample)", ""),
        ],
        start=90_001,
    ):
        project.connection.execute(
            "insert into landing.register_entries (file_id, row_number, is_current_vintage, register, "
            "organisation_code, subject, value, from_date, to_date, entry_status, decided_by_role, reason, "
            f"source) values ('lists', '{row}', 'true', 'peer_list', '{trust}', 'list', '{name}', "
            f"'2025-04-01', '{end}', '', '', '', 'invented')"
        )
    project.build(*MODELS, "value_ranks", "segments")
    return project


class TestTheBundledNation:
    def test_each_trust_says_of_each_grouping_whether_it_has_a_group(self, bundled: CompiledProject) -> None:
        found = Counter(
            row
            for row in read(
                bundled, "select grouping_id, standing_status, quarter_id from publication.fct_peer_standing"
            )
            if row[2] == "2025-26-Q4"
        )
        assert {(grouping, status): count for (grouping, status, _), count in found.items()} == {
            ("trust_type", "in_a_group"): 205,
            ("trust_subtype", "in_a_group"): 205,
            ("region", "in_a_group"): 205,
            ("icb", "in_a_group"): 205,
            ("peer_list", "in_a_group"): 5,
            ("peer_list", "on_no_list"): 200,
            ("context_neighbours", "in_a_group"): 170,
            ("context_neighbours", "too_little_context"): 35,
        }

    def test_positions_quartiles_and_gaps_are_what_plain_arithmetic_gives(
        self, bundled: CompiledProject
    ) -> None:
        quarter = "quarter_id = '2025-26-Q4'"
        members: dict[tuple[str, str], list[str]] = defaultdict(list)
        for grouping, group, trust in read(
            bundled,
            f"select grouping_id, group_id, trust_code from publication.fct_peer_member where {quarter}",
        ):
            members[grouping, group].append(trust)
        smallest = {
            (grouping, group): size
            for grouping, group, size in read(
                bundled,
                "select grouping_id, group_id, smallest_group from publication.dim_peer_group "
                f"where {quarter}",
            )
        }
        figures: dict[tuple[str, str], Decimal] = {}
        rows = read(
            bundled,
            "select trust_code, grouping_id, group_id, measure_id, polarity, position_status, figure, "
            "compared_count, peer_position, peer_quartile, peer_median, gap_to_median, best_quarter_edge, "
            f"gap_to_best_quarter from publication.fct_peer_position where {quarter}",
        )
        assert len(rows) > 25_000
        for trust, _, _, measure, polarity, _, figure, *_ in rows:
            if figure is not None:
                figures[trust, measure] = figure if polarity == "lower" else -figure
        edges: dict[tuple[str, str, str], tuple[list[Fraction], list[Decimal]]] = {}
        wrong = []
        for trust, grouping, group, measure, polarity, *told in rows:
            key = (grouping, group, measure)
            if key not in edges:
                signed = sorted(
                    Fraction(figures[member, measure])
                    for member in members[grouping, group]
                    if (member, measure) in figures
                )
                shares = [Fraction(share, 4) for share in (1, 2, 3)] if signed else []
                edges[key] = signed, [quantile(signed, share) for share in shares]
            signed, cuts = edges[key]
            mine = figures.get((trust, measure))
            sign = 1 if polarity == "lower" else -1
            if mine is None:
                expected: list[Any] = ["no_figure", None, len(signed), *[None] * 6]
            elif len(signed) < smallest[grouping, group]:
                expected = ["group_too_small", sign * mine, len(signed), *[None] * 6]
            else:
                expected = [
                    "placed",
                    sign * mine,
                    len(signed),
                    1 + sum(other < mine for other in signed),
                    1 + sum(mine > cut for cut in cuts),
                    sign * cuts[1],
                    cuts[1] - mine,
                    sign * cuts[0],
                    cuts[0] - mine,
                ]
            if told != expected:
                wrong.append((trust, *key, told, expected))
        assert wrong == []

    def test_neighbours_are_the_nearest_of_the_type_by_what_both_have(self, bundled: CompiledProject) -> None:
        """Anew from the values, in fractions: the project's six decimals part only what is as near."""
        values: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
        for kind, metric, trust, value in read(
            bundled,
            "select trust_type_id, metric_id, trust_code, value_number from context.context_values "
            "where quarter_id = '2025-26-Q4' and metric_id between 'UN0005' and 'UN0010' "
            "and trust_type_id <> 'icb' and value_number is not null",
        ):
            values[kind][metric][trust] = Fraction(value)
        told: dict[str, list[tuple[int, str, int, Decimal]]] = defaultdict(list)
        for group, order, trust, shared, distance in read(
            bundled,
            "select group_id, neighbour_order, trust_code, shared_metrics, distance "
            "from publication.fct_peer_member where quarter_id = '2025-26-Q4' and neighbour_order > 0",
        ):
            told[group].append((order, trust, shared, distance))
        fewest = {"acute": 3, "mental_health_and_community": 2, "ambulance": 2}
        checked = 0
        for kind, metrics in values.items():
            scores: dict[str, dict[str, Fraction]] = defaultdict(dict)
            for metric, by_trust in metrics.items():
                mean = sum(by_trust.values()) / len(by_trust)
                variance = sum((value - mean) ** 2 for value in by_trust.values()) / len(by_trust)
                # The square root to nine decimals.
                spread = Fraction(isqrt(int(variance * 10**18)), 10**9)
                for trust, value in by_trust.items():
                    scores[trust][metric] = (value - mean) / spread
            near: dict[str, list[tuple[Fraction, str, int]]] = defaultdict(list)
            for one, other in combinations(sorted(scores), 2):
                both = scores[one].keys() & scores[other].keys()
                if len(both) >= fewest[kind]:
                    squares = sum((scores[one][metric] - scores[other][metric]) ** 2 for metric in both)
                    near[one].append((squares / len(both), other, len(both)))
                    near[other].append((squares / len(both), one, len(both)))
            for trust, candidates in near.items():
                nearest = sorted(candidates)[:10]
                mine = sorted(told.pop(trust))
                assert [(name, shared) for _, name, shared, _ in mine] == [
                    (name, shared) for _, name, shared in nearest
                ]
                for (_, _, _, distance), (square, _, _) in some(zip(mine, nearest, strict=True)):
                    assert abs(float(distance) - float(square) ** 0.5) < 0.0002
                checked += 1
        assert checked == 170
        assert told == {}

    def test_a_list_of_ones_own_holds_who_is_on_it_on_the_last_day(self, bundled: CompiledProject) -> None:
        assert read(
            bundled,
            "select quarter_id, group_id, group_label, member_count, group_basis "
            "from publication.dim_peer_group where grouping_id = 'peer_list' "
            "and quarter_id in ('2025-26-Q2', '2025-26-Q3') order by 1, 2",
        ) == [
            ("2025-26-Q2", "lists-90001", None, 4, "computed"),
            ("2025-26-Q2", "lists-90005", None, 3, "computed_partial_pool"),
            ("2025-26-Q3", "lists-90001", None, 3, "computed"),
            ("2025-26-Q3", "lists-90005", None, 3, "computed_partial_pool"),
        ]
        placed = read(
            bundled,
            "select trust_code, count(*), count(peer_position) from publication.fct_peer_position "
            "where grouping_id = 'peer_list' and quarter_id = '2025-26-Q3' and measure_id = 'OF5002' "
            "group by trust_code order by 1",
        )
        assert placed == [
            (trust, n, n) for trust, n in [("ZA3", 2), ("ZA9", 1), ("ZB2", 1), ("ZU8", 1), ("ZY3", 1)]
        ]

    def test_the_position_within_the_trust_type_is_the_rank_of_the_framework(
        self, bundled: CompiledProject
    ) -> None:
        differing = read(
            bundled,
            "select positions.trust_code from publication.fct_peer_position as positions "
            "inner join scoring.value_ranks as ranks on positions.quarter_id = ranks.quarter_id "
            "and positions.trust_code = ranks.trust_code and positions.measure_id = ranks.metric_id "
            "where grouping_id = 'trust_type' and peer_position <> ranks.rank_by_value",
        )
        assert differing == []
        assert read(
            bundled,
            "select count(*) from publication.fct_peer_position as positions "
            "inner join scoring.segments as segments on positions.quarter_id = segments.quarter_id "
            "and positions.trust_code = segments.trust_code where grouping_id = 'trust_type' "
            "and measure_id = 'OF5002' and peer_position <> average_score_rank",
        ) == [(0,)]


class TestTheRealFiles:
    @pytest.fixture(scope="class")
    def real(self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> CompiledProject:
        project = compiled_project(tmp_path_factory)
        home = Home(tmp_path_factory.mktemp("home"))
        project.land(land(home, [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
        project.build(*MODELS)
        return project

    def test_a_group_of_what_is_not_complete_is_never_shown_as_whole(self, real: CompiledProject) -> None:
        """61 mental health and community trusts are whole; acute and ambulance trusts are not."""
        assert read(
            real,
            "select distinct grouping_id, split_part(group_id, ':', 1) as kind, group_basis "
            "from publication.dim_peer_group order by all",
        ) == [
            ("region", "provider", "computed_partial_pool"),
            ("trust_subtype", "acute", "computed_partial_pool"),
            ("trust_subtype", "mental_health_and_community", "computed"),
            ("trust_type", "acute", "computed_partial_pool"),
            ("trust_type", "mental_health_and_community", "computed"),
        ]

    def test_the_position_within_the_type_is_the_published_rank_of_the_average(
        self, real: CompiledProject, data_dir: Path
    ) -> None:
        (path,) = (data_dir / "nof_2025_26").glob("*mental-health-and-community-trust-data-q1-q3-2025-26.csv")
        with path.open(encoding="utf-8-sig", newline="") as file:
            published = {
                row["Trust_code"]: int(float(row["Rank"]))
                for row in csv.DictReader(file)
                if (row["Metric_ID"], row["Quarter"]) == ("OF5002", "Q3 2025/26")
            }
        found = dict(
            read(
                real,
                "select trust_code, peer_position from publication.fct_peer_position where "
                "measure_id = 'OF5002' and grouping_id = 'trust_type' and quarter_id = '2025-26-Q3' "
                "and peer_position is not null",
            )
        )
        assert len(published) == 61
        assert found == published

    def test_without_context_icbs_and_lists_each_trust_says_so(self, real: CompiledProject) -> None:
        assert read(
            real,
            "select grouping_id, standing_status, count(*) from publication.fct_peer_standing "
            "where quarter_id = '2025-26-Q4' group by all order by all",
        ) == [
            ("context_neighbours", "too_little_context", 61),
            ("icb", "group_not_known", 61),
            ("peer_list", "on_no_list", 61),
            ("region", "in_a_group", 61),
            ("trust_subtype", "in_a_group", 61),
            ("trust_type", "in_a_group", 61),
        ]
