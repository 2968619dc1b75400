"""Where organisations come from, belong and go: the real ODS trust files, and the bundled nation.

The real files are two months of the ODS trust file and NHS England's oversight files; no register is in hand.
"""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from harness_compiled import CompiledProject, compiled_project

from harness_some import some
from nof.home import Home
from nof.landing import land

MODELS = (
    "dim_organisation",
    "dim_organisation_icb",
    "dim_organisation_group",
    "fct_organisation_change",
    "fct_like_for_like",
    "fct_context",
)
# The trust files of July 2025 and July 2026: what is different between them, counted by hand.
CLOSED = {
    "RNK": date(2026, 3, 31),
    "RVJ": date(2026, 6, 30),
    "RY2": date(2026, 3, 31),
    "RYV": date(2026, 3, 31),
}
RENAMED = {"RA2", "RA7", "RRF", "RWH", "RWW", "RXY", "RY3"}
# Old code of an ICB -> the new ones, each with its trusts of those that are open and in both files.
SUCCEEDED = {
    "QH8": {"D7T5G": (2, 2)},
    "QHG": {"S1Y5D": (2, 2)},
    "QJG": {"D7T5G": (1, 2), "T6Y0W": (1, 2)},
    "QM7": {"D7T5G": (1, 5), "S1Y5D": (4, 5)},
    "QMJ": {"Z9B2Z": (7, 7)},
    "QMM": {"T6Y0W": (5, 5)},
    "QNQ": {"S0E4D": (1, 2), "S9B9J": (1, 2)},
    "QNX": {"S9B9J": (6, 6)},
    "QRV": {"Z9B2Z": (8, 8)},
    "QU9": {"S0E4D": (5, 5)},
    "QUE": {"S1Y5D": (5, 5)},
    "QXU": {"S9B9J": (4, 4)},
}


def read(project: CompiledProject, query: str) -> list[tuple[Any, ...]]:
    return project.connection.execute(query).fetchall()


def changes(project: CompiledProject, kind: str) -> list[tuple[Any, ...]]:
    """Code, date, other code and basis of each change of a kind, by code."""
    return read(
        project,
        "select organisation_code, change_date, other_code, change_basis"
        f" from publication.fct_organisation_change where change_kind = '{kind}' order by all",
    )


class TestTheRealTrustFiles:
    @pytest.fixture(scope="class")
    def real(self, tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> CompiledProject:
        """The real oversight files and both ODS trust files, and nothing else."""
        inbox = tmp_path_factory.mktemp("ods")
        for month in ("2025-07", "2026-07"):
            shutil.copy(data_dir / "reference" / f"ods_etr_{month}.csv", inbox)
        home = Home(tmp_path_factory.mktemp("home"))
        project = compiled_project(tmp_path_factory)
        project.land(land(home, [data_dir / "nof_2025_26", inbox], today=date(2026, 7, 1)))
        project.build(*MODELS)
        return project

    def test_four_trusts_closed_between_them(self, real: CompiledProject) -> None:
        found = {code: day for code, day, _, _ in changes(real, "closed") if day >= date(2025, 7, 1)}
        assert found == CLOSED
        gone = "organisation_code in ('RNK', 'RVJ', 'RY2', 'RYV')"
        assert [
            row[0] for row in read(real, f"select is_open from publication.dim_organisation where {gone}")
        ] == [False] * 4

    def test_seven_were_renamed_and_the_date_is_that_of_the_file_that_shows_it(
        self, real: CompiledProject
    ) -> None:
        assert changes(real, "renamed") == [(code, date(2026, 7, 1), "", "ods") for code in sorted(RENAMED)]
        assert read(
            real,
            "select old_value, new_value, source_text from publication.fct_organisation_change"
            " where organisation_code = 'RA7' and change_kind = 'renamed'",
        ) == [
            (
                "UNIVERSITY HOSPITALS BRISTOL AND WESTON NHS FOUNDATION TRUST",
                "BRISTOL NHS FOUNDATION TRUST",
                "ODS trust file of 2026-07",
            )
        ]

    def test_codes_of_icbs_were_succeeded_one_for_one_or_over_several(self, real: CompiledProject) -> None:
        rows = read(
            real,
            "select organisation_code, other_code, moved_trust_count, of_trust_count, moved_share,"
            " change_basis from publication.fct_organisation_change where change_kind = 'icb_code_succeeded'",
        )
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for old, new, moved, of, share, basis in some(rows):
            found.setdefault(old, {})[new] = (moved, of)
            assert basis == "inferred"
            assert share == round(Decimal(moved) / Decimal(of), 4)
        assert found == SUCCEEDED

    def test_a_trust_that_went_to_another_icb_makes_no_succession(self, real: CompiledProject) -> None:
        moved = {code: other for code, _, other, _ in changes(real, "icb_changed")}
        # RPG went from QKK to QKS and RXK from QHL to QUA; both old ICBs still have trusts.
        assert (moved["RPG"], moved["RXK"]) == ("QKS", "QUA")
        assert {"QKK", "QHL"}.isdisjoint({code for code, *_ in changes(real, "icb_code_succeeded")})
        # Three Welsh health boards: what stands in for their ICB is none, before and after.
        assert {"RQF", "RT4", "RYT"}.isdisjoint(moved)
        assert read(
            real,
            "select distinct lead_icb_code from publication.dim_organisation"
            " where organisation_code in ('RQF', 'RT4', 'RYT')",
        ) == [(None,)]

    def test_no_successor_of_a_trust_is_guessed(self, real: CompiledProject) -> None:
        assert changes(real, "merged_into") == changes(real, "code_changed_to") == []
        assert read(
            real, "select count(*) from publication.dim_organisation where successor_code is not null"
        ) == [(0,)]
        assert read(real, "select distinct comparison_basis from publication.fct_like_for_like") == [
            ("same_organisation",)
        ]

    def test_the_icb_of_a_quarter_is_that_of_the_file_of_its_time(self, real: CompiledProject) -> None:
        # G6V2S, a code of five characters, was under QMJ in July 2025: too late for the first quarter.
        assert read(
            real,
            "select quarter_id, icb_code, membership_basis from publication.dim_organisation_icb"
            " where trust_code = 'G6V2S' order by quarter_id",
        ) == [
            ("2025-26-Q1", "QMJ", "ods_later"),
            ("2025-26-Q2", "QMJ", "ods"),
            ("2025-26-Q3", "QMJ", "ods"),
            ("2025-26-Q4", "QMJ", "ods"),
        ]
        assert read(
            real,
            "select lead_icb_code, lead_icb_basis, as_at_date from publication.dim_organisation"
            " where organisation_code = 'G6V2S'",
        ) == [("Z9B2Z", "ods", date(2026, 7, 1))]

    def test_a_trust_opened_since_is_an_organisation_out_of_scope(self, real: CompiledProject) -> None:
        assert read(
            real,
            "select organisation_kind, opened_date, is_open, is_in_scope, region_label, trust_type_id"
            " from publication.dim_organisation where organisation_code = 'K0N6A'",
        ) == [("provider", date(2026, 6, 1), True, False, "London", None)]


def test_the_real_oversight_files_alone_give_organisations_without_dates(
    tmp_path_factory: pytest.TempPathFactory, data_dir: Path, tmp_path: Path
) -> None:
    project = compiled_project(tmp_path_factory)
    project.land(land(Home(tmp_path), [data_dir / "nof_2025_26"], today=date(2026, 7, 1)))
    project.build(*MODELS)
    # 61 mental health and community trusts, and the 134 acute ones of the third quarter.
    assert read(
        project,
        "select organisation_kind, is_in_scope, count(*), count(opened_date), count(is_open),"
        " count(lead_icb_code) from publication.dim_organisation group by all",
    ) == [("provider", True, 195, 0, 0, 0)]
    for table in ("dim_organisation_icb", "dim_organisation_group", "fct_organisation_change"):
        assert project.rows(f"publication.{table}") == []
    # No contextual row is published in them: all is absent, or not about mental health and community trusts.
    assert read(
        project,
        "select trust_type_id, context_status, missing_reason_id, count(*) from publication.fct_context"
        " where quarter_id = '2025-26-Q3' group by all order by all",
    ) == [
        ("acute", "absent", "no_row", 134 * 7),
        ("mental_health_and_community", "absent", "no_row", 61 * 3),
        ("mental_health_and_community", "not_applicable", "not_for_this_trust_type", 61 * 4),
    ]


class TestTheBundledNation:
    @pytest.fixture(scope="class")
    def bundled(self, tmp_path_factory: pytest.TempPathFactory) -> CompiledProject:
        project = compiled_project(tmp_path_factory)
        project.land_bundled()
        project.build(*MODELS)
        return project

    def test_a_merger_shows_as_reported_and_like_for_like(self, bundled: CompiledProject) -> None:
        found = read(
            bundled,
            "select reported_trust_code, reported_count, comparison_basis, average_metric_score,"
            " adjusted_segment, lowest_average_metric_score, highest_average_metric_score,"
            " best_adjusted_segment, worst_adjusted_segment from publication.fct_like_for_like"
            " where trust_code = 'ZW5' and quarter_id = '2025-26-Q4' order by all",
        )
        reported = read(
            bundled,
            "select trust_code, average_metric_score, adjusted_segment from scoring.delivery_scores"
            " inner join scoring.segments using (framework_id, quarter_id, trust_code)"
            " where trust_code in ('ZV4', 'ZV5') and quarter_id = '2025-26-Q4' order by all",
        )
        assert [(row[0], *row[3:5]) for row in found] == reported
        low, high = sorted(row[1] for row in reported)
        assert {row[1:3] + row[5:] for row in found} == {(2, "merger", low, high, 1, 4)}

    def test_only_the_two_that_merged_are_another_organisation_now(self, bundled: CompiledProject) -> None:
        assert read(
            bundled,
            "select distinct reported_trust_code, trust_code from publication.fct_like_for_like"
            " where comparison_basis <> 'same_organisation' order by all",
        ) == [("ZV4", "ZW5"), ("ZV5", "ZW5")]
        assert read(
            bundled,
            "select organisation_code, successor_code, closed_date, is_open from publication.dim_organisation"
            " where successor_code is not null order by all",
        ) == [("ZV4", "ZW5", date(2026, 3, 31), False), ("ZV5", "ZW5", date(2026, 3, 31), False)]

    def test_two_boards_became_one_with_a_code_of_five_characters(self, bundled: CompiledProject) -> None:
        assert changes(bundled, "icb_code_succeeded") == [
            ("ZX8", date(2026, 7, 1), "ZXM00", "inferred"),
            ("ZX9", date(2026, 7, 1), "ZXM00", "inferred"),
        ]

    def test_members_of_a_collaborative_and_of_a_group_are_scored_one_by_one(
        self, bundled: CompiledProject
    ) -> None:
        members = read(
            bundled,
            "select distinct trust_code from publication.dim_organisation_group"
            " where quarter_id = '2025-26-Q4'",
        )
        labels = read(bundled, "select distinct group_label from publication.dim_organisation_group")
        assert len(members) == 12
        scored = "select count(*) from scoring.segments where quarter_id = '2025-26-Q4' and trust_code in "
        assert read(bundled, scored + f"({', '.join(repr(code) for (code,) in members)})") == [(12,)]
        codes = {code for (code,) in read(bundled, "select trust_code from scoring.trust_quarters")}
        assert codes.isdisjoint({label for (label,) in labels})

    def test_a_trust_can_belong_to_several_boards_one_of_which_leads(self, bundled: CompiledProject) -> None:
        found = read(
            bundled,
            "select count(*), sum(is_lead::int) from publication.dim_organisation_icb"
            " where trust_code = 'ZY4' group by quarter_id",
        )
        assert found == [(3, 1)] * 4

    def test_boards_are_organisations_whose_figures_stand_beside_the_scores(
        self, bundled: CompiledProject
    ) -> None:
        assert read(
            bundled,
            "select organisation_kind, count(*) from publication.dim_organisation where is_in_scope"
            " group by all order by all",
        ) == [("icb", 42), ("provider", 205)]
        boards = "select organisation_code from publication.dim_organisation where organisation_kind = 'icb'"
        assert read(bundled, f"select count(*) from scoring.segments where trust_code in ({boards})") == [
            (0,)
        ]
        assert read(
            bundled,
            "select count(*), count(distinct trust_code) from publication.fct_context"
            " where organisation_kind = 'icb'",
        ) == [(42 * 22 * 4, 42)]
