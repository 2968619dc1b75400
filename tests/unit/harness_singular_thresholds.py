"""Statements that break what the singular tests claim of standards and floors, by test."""

# A standard that changes in the third quarter, and fits.
CHANGED = {
    "framework_id": "'nof-2025-26'",
    "metric_id": "'OF0013'",
    "first_quarter_id": "'2025-26-Q3'",
    "threshold_kind": "'standard'",
    "comparator": "'at_least'",
    "threshold": "80",
    "source": "'a test'",
    "certainty": "'default'",
}


def changed(**other: str) -> str:
    """The statement that adds the row, with what is wrong about it."""
    row = CHANGED | other
    return f"insert into framework.thresholds ({', '.join(row)}) values ({', '.join(row.values())})"


BREAKS = {
    "thresholds_belong_to_the_families_that_use_one": [
        "delete from framework.thresholds where metric_id = 'OF0057'",
        "update framework.thresholds set threshold = null where metric_id = 'OF0013'",
        "update framework.thresholds set threshold_kind = 'standard' where metric_id = 'OF0057'",
        "update framework.thresholds set comparator = 'at_most' where metric_id = 'OF0013'",
        "update framework.metrics set scoring_family = 'rank' where metric_id = 'OF0013'",
        # Nothing holds in the first two quarters.
        "update framework.thresholds set first_quarter_id = '2025-26-Q3' where metric_id = 'OF0013'",
        changed(first_quarter_id="null"),
        changed(threshold_kind="'floor'"),
        changed(comparator="'at_most'"),
        changed(metric_id="'OF0082'"),
    ],
    "a_standard_changes_once_a_quarter_within_its_framework": [
        changed() + ";" + changed(threshold="81"),
        changed(threshold="null"),
        changed(first_quarter_id="'2025-26-Q1'"),
        changed(first_quarter_id="'2025-26-Q5'"),
        changed(framework_id="'npaf-2025-26-draft'", first_quarter_id="'2026-27-Q1'"),
        changed(framework_id="'nof-2026-27'"),
    ],
}
