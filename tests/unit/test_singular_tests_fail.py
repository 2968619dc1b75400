"""Each singular dbt test passes on the method as it is and fails when what it claims is broken."""

from pathlib import Path

import harness_singular_thresholds
import pytest
from harness_dbt import compiled
from harness_singular import FOLDER, SingularTests, broken_elsewhere

BREAKS = {
    "value_bands_cover_the_line_exactly_once": [
        "delete from framework.value_bands where metric_id = 'OF0079' and band_order = 2",
        "delete from framework.value_bands where metric_id = 'OF0081' and band_order = 1",
        "delete from framework.value_bands where metric_id = 'OF0081' and band_order = 4",
        "delete from framework.value_bands",
        "update framework.value_bands set is_lower_inclusive = true where band_order = 2",
        "update framework.value_bands set is_lower_inclusive = false where band_order = 1",
        "update framework.value_bands set lower_bound = -1.5 where metric_id = 'OF0079' and band_order = 2",
        "update framework.value_bands set lower_bound = -0.9 where metric_id = 'OF0079' and band_order = 2",
        "update framework.value_bands set metric_id = 'OF0082' where metric_id = 'OF0081'",
    ],
    "label_metrics_have_label_bands_and_no_others_do": [
        "delete from framework.label_bands where metric_id = 'OF0067'",
        "update framework.label_bands set metric_id = 'OF0082' where metric_id = 'UN0001'",
        "update framework.label_bands set band_label = 'good' where band_label = 'Inadequate'",
    ],
    "matrix_has_one_cell_for_each_pair_of_band_scores": [
        "delete from framework.matrix_cells where row_score = 2 and column_score = 3",
        "delete from framework.matrix_cells",
        "update framework.matrix_cells set row_score = 3 where row_score = 2 and column_score = 3",
        "update framework.matrix_cells set row_score = 5 where row_score = 4",
        "update framework.matrix_cells set row_metric_id = 'OF0082' where row_score = 1",
    ],
    "a_weight_group_named_as_a_metric_holds_that_metric_alone": [
        "update framework.metrics set weight_group_id = 'OF0084' where metric_id = 'OF0085'",
        "update framework.metrics set weight_group_id = 'OF0084' "
        "where weight_group_id = (select max(weight_group_id) from framework.metrics "
        "where weight_group_id <> metric_id)",
    ],
    "metrics_apply_only_to_trust_types_of_their_pool": [
        "delete from framework.pool_trust_types where pool_id = 'all_trusts' and trust_type_id = 'ambulance'",
        "update framework.metric_applicability set applicability = 'every_trust' where metric_id = 'OF0085'",
        "delete from framework.metric_applicability where metric_id = 'OF0082' and trust_type_id = 'acute'",
        "update framework.metric_applicability set applicability = 'maybe' where metric_id = 'OF0082'",
        # A trust type that is put into segments and only has the metric beside its score.
        "update framework.metric_applicability set treatment = 'contextual' "
        "where metric_id = 'OF0082' and trust_type_id = 'acute'",
        # ICBs, once they are put into segments, are asked too.
        "update framework.organisation_scope set is_segmented = true "
        "where framework_id = 'nof-2025-26' and trust_type_id = 'icb'",
    ],
    "measure_identifiers_are_unique_in_a_framework": [
        "update framework.metrics set score_id = 'OF1082' where metric_id = 'OF0084'",
        "update framework.metrics set metric_id = 'OF0082' where metric_id = 'OF0084'",
        "update framework.metrics set score_id = null where metric_id = 'OF0084'",
        "update framework.summary_measures set measure_id = 'OF4000' where measure_id = 'OF5002'",
    ],
    "core_metrics_apply_to_every_trust_of_their_type": [
        "update framework.core_metrics set metric_id = 'OF0063' where metric_id = 'OF0085'",
        "delete from framework.core_metrics where trust_type_id = 'ambulance'",
        "update framework.organisation_scope set expected_trust_count = 0 where trust_type_id = 'ambulance'",
        "update framework.organisation_scope set expected_trust_count = null where trust_type_id = 'acute'",
        "insert into framework.organisation_scope select * replace (11 as expected_trust_count) "
        "from framework.organisation_scope where trust_type_id = 'ambulance'",
        "update framework.organisation_scope set is_segmented = true "
        "where framework_id = 'nof-2025-26' and trust_type_id = 'icb'",
        "update framework.metric_applicability set treatment = 'contextual' "
        "where metric_id = 'OF0085' and trust_type_id = 'acute'",
        # Only what is said to be missing excuses a framework.
        "delete from framework.method_gaps where framework_id = 'nof-2026-27'",
    ],
    "pool_sizes_name_a_partition_of_the_metrics_pool": [
        "update framework.pool_sizes set pool_partition_id = 'all' where metric_id = 'OF0061'",
        "update framework.pool_sizes set pool_partition_id = 'acute' where metric_id = 'OF0085'",
        "update framework.pool_sizes set quarter_id = '2025-26-Q5' where metric_id = 'OF0085'",
        "update framework.pool_sizes set metric_id = 'OF0079' where metric_id = 'OF0085'",
        "update framework.pool_sizes set pool_size = 0 where metric_id = 'OF0085'",
        "update framework.pool_trust_types set pool_partition_id = 'acute' where pool_id = 'acute'",
    ],
    "segmentation_covers_the_average_and_every_scored_domain": [
        "delete from framework.segmentation where score_id = 'OF5002'",
        "update framework.segmentation set score_id = 'OF4001' where score_id = 'OF4000'",
        "insert into framework.segmentation from framework.segmentation where score_id = 'OF4000'",
        "update framework.domains set is_scored = false",
        "update framework.domains set is_scored = false where framework_id = 'npaf-2025-26-draft'",
        # Only what is said to be missing excuses a framework.
        "delete from framework.method_gaps where framework_id = 'nof-2026-27'",
    ],
    "only_the_implemented_quantile_estimator_is_asked_for": [
        "update framework.segmentation set estimator = 'type_6' where score_id = 'OF5002'",
        "update framework.segmentation set estimator = null where score_id = 'OF4000'",
        "update framework.segmentation set cut_method = 'fixed_threshold' where score_id = 'OF4000'",
        "update framework.segmentation set cut_method = 'mean' where score_id = 'OF4000'",
        "update framework.segmentation set cut_method = null where score_id = 'OF4000'",
        "update framework.benchmark_quantiles set estimator = null where benchmark_id = 'median'",
    ],
    "segment_quantiles_rise_with_their_segments": [
        "update framework.segment_quantiles set quantile = 0.25 where boundary = '2/3'",
        "update framework.segment_quantiles set quantile = 1 where boundary = '3/4'",
        "update framework.segment_quantiles set segment = 2 where boundary = '1/2'",
        "update framework.segment_quantiles set boundary = '3/2' where boundary = '2/3'",
        "delete from framework.segment_quantiles where boundary = '1/2'",
        "delete from framework.segment_quantiles",
        "delete from framework.segment_quantiles where framework_id = 'npaf-2025-26-draft'",
    ],
    "exactly_one_framework_is_in_force": [
        "update framework.frameworks set is_in_force = false",
        "insert into framework.frameworks from framework.frameworks",
        "delete from framework.frameworks",
    ],
    "observed_cut_points_are_of_a_known_boundary_and_in_order": [
        "update framework.observed_cut_points set lowest_score_outside = 1 where score_id = 'OF5002'",
        "update framework.observed_cut_points set score_id = 'OF4001' where score_id = 'OF4000'",
        "update framework.observed_cut_points set boundary = '4/5' where score_id = 'OF4000'",
        "update framework.observed_cut_points set quarter_id = '2025-26-Q5' where score_id = 'OF4000'",
        "update framework.observed_cut_points set lowest_score_outside = 2.5 where boundary = '1/2'",
    ],
    "bundled_scores_and_cut_points_are_computed_but_for_the_named_case": [
        "update scoring.metric_scores set score_basis = 'published' where trust_code = 'ZA0'",
        "update scoring.metric_scores set score_basis = null where metric_id = 'OF0082'",
        "update scoring.metric_scores set score_basis = 'computed' where trust_code = 'ZG4'",
        "update scoring.domain_scores set domain_score_basis = 'published' where domain_id = 'OF4004'",
        "update scoring.domain_scores set domain_score_basis = 'computed' where trust_code = 'ZG4'",
        "update scoring.delivery_scores set average_basis = null where trust_code = 'ZA0'",
        "update scoring.cut_points set cut_point_basis = 'observed' where boundary = '3/4'",
        "delete from scoring.metric_scores where trust_code = 'ZG4'",
    ],
    "a_bundled_trust_stands_exactly_on_each_cut_point_of_the_average": [
        "update scoring.delivery_scores set average_metric_score = 2.11 where trust_code = 'ZA0'",
        "update scoring.cut_points set cut_point = 2.405 where boundary = '3/4'",
        "delete from scoring.cut_points where boundary = '2/3'",
        "delete from scoring.delivery_scores",
    ],
    "metric_values_are_the_spine": [
        "delete from scoring.metric_values where trust_code = 'ZA0' and metric_id = 'OF0082'",
        "delete from scoring.metric_scores where trust_code = 'ZA0'",
        "insert into scoring.metric_values from scoring.metric_values where trust_code = 'ZA0'",
        "update scoring.metric_values set metric_id = 'OF0067'",
        "update scoring.metric_scores set trust_code = 'ZZZ' where trust_code = 'ZA0'",
        "delete from scoring.trust_quarters",
    ],
}
BREAKS |= broken_elsewhere()
OF_THE_BUNDLED_NATION = [name for name in BREAKS if "bundled" in name]


@pytest.fixture(scope="module")
def tests(tmp_path_factory: pytest.TempPathFactory) -> SingularTests:
    return SingularTests(compiled(tmp_path_factory))


def test_every_singular_test_is_shown_broken(tests: SingularTests) -> None:
    written = {path.stem for path in Path(FOLDER).glob("*.sql")}
    assert set(tests.queries) == written == set(BREAKS)


@pytest.mark.parametrize("name", BREAKS)
def test_it_passes_on_what_is_right(tests: SingularTests, name: str) -> None:
    assert tests.problems(name) == []


@pytest.mark.parametrize(("name", "broken"), [(name, one) for name, all_ in BREAKS.items() for one in all_])
def test_it_fails_on_what_is_broken(tests: SingularTests, name: str, broken: str) -> None:
    assert tests.problems(name, [broken]) != []


@pytest.mark.parametrize("name", harness_singular_thresholds.BREAKS)
def test_a_standard_that_changes_in_the_third_quarter_is_right(tests: SingularTests, name: str) -> None:
    assert tests.problems(name, [harness_singular_thresholds.changed()]) == []


@pytest.mark.parametrize("name", OF_THE_BUNDLED_NATION)
def test_what_is_claimed_of_the_bundled_nation_is_not_asked_of_landed_files(
    tests: SingularTests, name: str
) -> None:
    assert tests.problems(name, [BREAKS[name][0], "insert into landing.files values ('a')"]) == []


@pytest.mark.parametrize("name", OF_THE_BUNDLED_NATION)
def test_what_is_claimed_of_the_bundled_nation_is_not_asked_of_a_framework_that_is_tried(
    tests: SingularTests, name: str
) -> None:
    tried = [
        f"update scoring.{table} set framework_id = 'npaf-2025-26-draft'"
        for table in ("metric_scores", "domain_scores", "delivery_scores", "cut_points")
    ]
    assert tests.problems(name, [BREAKS[name][0], *tried]) == []


@pytest.mark.parametrize("name", BREAKS)
def test_building_the_staged_part_alone_asks_for_no_test_of_the_scored_part(
    tests: SingularTests, name: str
) -> None:
    # dbt takes a test along with any one of its parents: one staged parent beside a scored one would run the
    # test before its tables exist.
    staged = [
        parent for parent in tests.reads[name] if not parent.startswith("model.nof.") or ".stg_" in parent
    ]
    assert staged in ([], tests.reads[name])
