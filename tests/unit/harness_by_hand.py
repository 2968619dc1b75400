"""A method with expected numbers of one's own, and rows by the handful, for cases worked by hand."""

from collections.abc import Mapping
from fractions import Fraction

from harness_published import method_of_the_seeds

from plain_rules import Method, Nation, Row
from plain_rules.method import Tables

QUARTER = "2025-26-Q2"
ACUTE, MENTAL, AMBULANCE, ICB = "acute", "mental_health_and_community", "ambulance", "icb"
SEEDS = method_of_the_seeds()
DRAFT = method_of_the_seeds("npaf-2025-26-draft")


def small_method(
    sizes: Mapping[tuple[str, str], int] | None = None,
    base: Method = SEEDS,
    seeds: Tables | None = None,
    **expected: int,
) -> Method:
    """The method with other expected numbers of trusts and pool sizes; with none, every type is complete."""
    scope = base.rows("organisation_scope")
    tables: Tables = {
        **base.tables,
        "organisation_scope": [
            {**row, "expected_trust_count": str(expected.get(row["trust_type_id"], 0))} for row in scope
        ],
        "pool_sizes": [
            {
                "framework_id": base.framework_id,
                "metric_id": metric_id,
                "quarter_id": QUARTER,
                "pool_partition_id": partition,
                "pool_size": str(size),
            }
            for (metric_id, partition), size in (sizes or {}).items()
        ],
        **(seeds or {}),
    }
    return Method(tables, base.framework_id)


def rows_of(kind: str, measure: str, values: Mapping[str, str], quarter: str = QUARTER) -> list[Row]:
    """One row per organisation for one measure."""
    unit = next((row["unit_label"] for row in SEEDS.rows("metrics") if row["metric_id"] == measure), "score")
    return [Row(quarter, kind, trust, measure, unit, value) for trust, value in values.items()]


def scores(nation: Nation, metric: str, quarter: str = QUARTER) -> dict[str, Fraction | None]:
    """Scores of one metric by organisation."""
    return {
        cell.trust_code: cell.score for key, cell in nation.cells.items() if key[::2] == (quarter, metric)
    }
