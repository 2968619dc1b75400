"""The figures of a nation as the statement and as the SQL give them, keyed alike for the comparison."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from harness_sql import SqlScoring

from plain_rules import Method, Nation
from plain_rules.registers import DECIDING

Figures = dict[tuple[str, ...], Any]
# The SQL keeps scores in fifteen decimals.
CLOSE = Fraction(1, 10**12)


def statement_figures(nation: Nation) -> Figures:
    """What the statement makes of a nation; a figure that is not there is left out."""
    found: Figures = {("complete", *key): is_complete for key, is_complete in nation.complete.items()}
    for org_key, is_segmented in nation.is_segmented.items():
        found["segmented", *org_key] = is_segmented
    for entry_key, said in nation.in_force.items():
        found["in force", *entry_key] = said.value_id
        found["in force from", *entry_key] = said.from_date
        found["in force for all", *entry_key] = said.is_for_all
    for service_key, runs in nation.runs_service.items():
        found["runs service", *service_key] = runs
    for key, cell in nation.cells.items():
        found["status", *key] = cell.status
        found["missing reason", *key] = cell.missing_reason
        found["score", *key] = cell.score
        found["score basis", *key] = cell.basis
        found["is restored", *key] = cell.is_restored or None
        found["pool rank", *key] = cell.rank
    for domain_key, made in nation.domains.items():
        found["domain score unrounded", *domain_key] = made.exact
        found["domain score", *domain_key] = made.rounded
        found["domain basis", *domain_key] = made.basis
        found["domain metrics", *domain_key] = made.metrics_counted
        found["domain segment", *domain_key] = nation.domain_segments[domain_key]
        found["domain rank", *domain_key] = nation.domain_ranks.get(domain_key)
    for cut_key, point in nation.cut_points.items():
        found["cut point", *cut_key] = point.value
        found["cut point basis", *cut_key] = point.basis
    for trust_key, result in nation.trusts.items():
        if result.average:
            found["average unrounded", *trust_key] = result.average.exact
            found["average", *trust_key] = result.average.rounded
            found["average basis", *trust_key] = result.average.basis
            found["average units", *trust_key] = result.average.units_counted
        found["average rank", *trust_key] = result.average_rank
        found["override", *trust_key] = result.override.is_set
        found["override basis", *trust_key] = result.override.basis
        found["override limb", *trust_key] = result.override.limb
        found["in deficit", *trust_key] = result.override.is_in_deficit
        found["deficit support", *trust_key] = result.override.has_support
        if result.system:
            found["areas", *trust_key] = len(result.system.areas)
            found["challenged areas", *trust_key] = result.system.challenged_count
            found["system steps", *trust_key] = result.system.steps
            for area_id, area in result.system.areas.items():
                found["area score", *trust_key, area_id] = area.score
                found["area metrics", *trust_key, area_id] = area.metrics_counted
                found["is challenged", *trust_key, area_id] = area.is_challenged
        found["unadjusted", *trust_key] = result.unadjusted
        found["adjusted", *trust_key] = result.adjusted
        found["final", *trust_key] = result.final
        found["final basis", *trust_key] = result.final_basis
        found["league rank", *trust_key] = result.league_rank
    for rank_key, rank in nation.value_ranks.items():
        found["value rank", *rank_key] = rank
    for (quarter, kind, metric, benchmark), value in nation.benchmarks.items():
        found[benchmark, quarter, kind, metric] = value
    return {key: value for key, value in found.items() if value is not None}


SAID_OF = {"domain metrics": "domain score", "average units": "average", "cut point basis": "cut point"}
# Where false says something; in the other columns it is the same as nothing.
FLAGS = (
    *("complete", "override", "segmented", "in force for all", "runs service"),
    *("in deficit", "deficit support", "is challenged"),
)
# Figure -> (relation, key columns after quarter_id, column).
TRUST = ("trust_code",)
CELL = ("trust_code", "metric_id")
DOMAIN = ("trust_code", "domain_id")
SCORED = ("trust_code", "score_id")
CUT = ("score_id", "cut_partition_id", "boundary")
ENTRY = ("trust_code", "register_id", "subject_id")
AREA = ("trust_code", "area_id")
COLUMNS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "complete": ("trust_type_completeness", ("trust_type_id",), "is_complete"),
    "segmented": ("organisation_quarters", TRUST, "is_segmented"),
    "in force": ("register_in_force", ENTRY, "value_id"),
    "in force from": ("register_in_force", ENTRY, "from_date"),
    "in force for all": ("register_in_force", ENTRY, "is_for_all"),
    "runs service": ("service_applicability", CELL, "runs_service"),
    "status": ("metric_scores", CELL, "cell_status"),
    "missing reason": ("metric_values", CELL, "missing_reason_id"),
    "score": ("metric_scores", CELL, "metric_score"),
    "score basis": ("metric_scores", CELL, "score_basis"),
    "is restored": ("metric_scores", CELL, "is_grid_restored"),
    "pool rank": ("metric_scores", CELL, "pool_rank"),
    "domain score unrounded": ("domain_scores", DOMAIN, "domain_score_unrounded"),
    "domain score": ("domain_scores", DOMAIN, "domain_score"),
    "domain basis": ("domain_scores", DOMAIN, "domain_score_basis"),
    "domain metrics": ("domain_scores", DOMAIN, "metrics_counted"),
    "domain segment": ("score_segments", SCORED, "segment"),
    "domain rank": ("score_segments", SCORED, "score_rank"),
    "cut point": ("cut_points", CUT, "cut_point"),
    "cut point basis": ("cut_points", CUT, "cut_point_basis"),
    "average unrounded": ("delivery_scores", TRUST, "average_metric_score_unrounded"),
    "average": ("delivery_scores", TRUST, "average_metric_score"),
    "average basis": ("delivery_scores", TRUST, "average_basis"),
    "average units": ("delivery_scores", TRUST, "weight_units_counted"),
    "average rank": ("segments", TRUST, "average_score_rank"),
    "override": ("segments", TRUST, "has_financial_override"),
    "override basis": ("segments", TRUST, "override_basis"),
    "override limb": ("financial_overrides", TRUST, "override_limb"),
    "in deficit": ("financial_overrides", TRUST, "is_in_deficit"),
    "deficit support": ("financial_overrides", TRUST, "has_deficit_support"),
    "areas": ("system_adjustments", TRUST, "scored_area_count"),
    "challenged areas": ("system_adjustments", TRUST, "challenged_area_count"),
    "system steps": ("system_adjustments", TRUST, "segment_steps"),
    "area score": ("system_area_scores", AREA, "area_score"),
    "area metrics": ("system_area_scores", AREA, "metrics_counted"),
    "is challenged": ("system_area_scores", AREA, "is_challenged"),
    "unadjusted": ("segments", TRUST, "unadjusted_segment"),
    "adjusted": ("segments", TRUST, "adjusted_segment"),
    "final": ("segments", TRUST, "final_segment"),
    "final basis": ("segments", TRUST, "final_segment_basis"),
    "league rank": ("segments", TRUST, "league_rank"),
    "value rank": ("value_ranks", CELL, "rank_by_value"),
    "lower_quartile": ("benchmarks", ("trust_type_id", "metric_id"), "lower_quartile_value"),
    "median": ("benchmarks", ("trust_type_id", "metric_id"), "median_value"),
    "upper_quartile": ("benchmarks", ("trust_type_id", "metric_id"), "upper_quartile_value"),
}


def sql_figures(sql: SqlScoring, method: Method) -> Figures:
    """What the SQL made of the same nation; of the registers only those that a figure follows from."""
    average_id = method.measure_ids["average_metric_score"]
    wanted: dict[str, set[str]] = {}
    for relation, key, column in COLUMNS.values():
        wanted.setdefault(relation, {"quarter_id"}).update((*key, column))
    relations = {
        relation: sql.read(f"scoring.{relation}", sorted(names)) for relation, names in wanted.items()
    }
    found: Figures = {}
    for figure, (relation, key, column) in COLUMNS.items():
        for row in relations[relation]:
            if figure.startswith("domain") and row.get("score_id") == average_id:
                continue
            if relation == "register_in_force" and row["register_id"] not in DECIDING:
                continue
            found[figure, row["quarter_id"], *(row[name] for name in key)] = row[column]
    # What is said of a figure that is not there (how many were counted, what it would stand on) is no figure.
    for said, of in SAID_OF.items():
        for key in [key for key in found if key[0] == said and found.get((of, *key[1:])) is None]:
            del found[key]
    return {
        key: value
        for key, value in found.items()
        if value is not None and (value is not False or key[0] in FLAGS)
    }


def differences(statement: Mapping[tuple[str, ...], Any], sql: Mapping[tuple[str, ...], Any]) -> list[str]:
    """Every figure on which the two differ, one line each."""
    lines = []
    for key in sorted(statement.keys() | sql.keys()):
        said, made = statement.get(key), sql.get(key)
        is_number = isinstance(said, Fraction) and made is not None
        if (abs(said - Fraction(made)) > CLOSE) if is_number else (said != made):
            lines.append(f"{' '.join(key)}: the rules give {said}, the SQL gives {made}")
    return lines
