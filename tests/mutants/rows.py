"""The mutants of the method's rows: one cell a step away or another word of its list, or one row left out."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

Rows = list[dict[str, str]]

# Of each seed the columns that name a row, and those that scoring reads or that say which scores a published
# file may show. A key that changes is a row left out and another put in. Labels, sources and certainties are
# words for readers.
RULES = {
    "benchmark_quantiles": ("framework_id benchmark_id", "quantile estimator"),
    "core_metrics": ("framework_id trust_type_id metric_id", ""),
    "cut_point_bases": ("cut_point_basis", "preference_order score_basis"),
    "domains": ("framework_id domain_id", "domain_segment_id is_scored"),
    "frameworks": (
        "framework_id",
        "first_quarter_id last_quarter_id is_in_force has_published_figures adopts_published_scores "
        "core_metric_share override_sum_below override_segment_floor programme_segment value_origin "
        "is_forecast",
    ),
    "label_bands": ("framework_id metric_id band_label", "band_label band_score"),
    "matrix_cells": (
        "framework_id row_score column_score",
        "metric_id row_metric_id column_metric_id cell_score",
    ),
    "metric_applicability": ("framework_id metric_id trust_type_id", "applicability treatment"),
    "metric_services": ("framework_id metric_id service_id", "service_id"),
    "metrics": (
        "framework_id metric_id",
        "score_id domain_id companion_unit_label polarity value_kind scoring_family enters_average "
        "weight_group_id pool_id",
    ),
    "missing_reasons": ("missing_reason_id", "cell_status"),
    "observed_cut_points": ("quarter_id score_id boundary", "highest_score_inside lowest_score_outside"),
    "organisation_scope": ("framework_id trust_type_id", "expected_trust_count is_segmented"),
    "override_inputs": ("framework_id metric_id", ""),
    "pool_sizes": ("framework_id metric_id quarter_id pool_partition_id", "pool_size"),
    "pool_trust_types": ("framework_id pool_id trust_type_id", "pool_partition_id"),
    "pools": ("framework_id pool_id", ""),
    "rounded_scores": ("framework_id metric_id quarter_id", "is_rounded_before_averaging"),
    "score_bases": ("score_basis", "weakness_order stands_in_published_layout"),
    "scoring_families": (
        "framework_id scoring_family",
        "has_ranked_part threshold_kind fixed_when_met fixed_score ranked_low ranked_high",
    ),
    "segment_quantiles": ("framework_id boundary", "segment quantile"),
    "segmentation": ("framework_id score_id", "cut_pool_id cut_method estimator is_cut_point_inside"),
    "shorthand": ("symbol", "value_status"),
    "summary_measures": ("framework_id measure_role", "measure_id"),
    "system_adjustment_rules": (
        "framework_id trust_type_id",
        "challenged_score_at_least challenged_area_count_at_least segment_steps worst_segment",
    ),
    "system_area_metrics": ("framework_id area_id metric_id", "area_id"),
    "thresholds": (
        "framework_id metric_id first_quarter_id",
        "first_quarter_id threshold_kind comparator threshold",
    ),
    "weight_groups": ("framework_id weight_group_id", ""),
    "value_bands": (
        "framework_id metric_id band_order",
        "lower_bound is_lower_inclusive upper_bound is_upper_inclusive band_score",
    ),
}
# What scoring reads of seeds/reference: days of quarters, kinds of organisation, what a register's words say.
REFERENCE = {
    "quarters": ("quarter_id", "start_date end_date previous_quarter_id"),
    "register_subjects": ("register_id subject_id", "subject_kind value_kind allows_many"),
    "register_values": ("register_id subject_id value_label", "value_label value_id"),
    "registers": ("register_id", "organisation_kind allows_all"),
    "trust_type_labels": ("trust_type_label", "trust_type_id"),
    "trust_types": ("trust_type_id", "organisation_kind"),
}
# Which side an edge falls on says nothing where there is no edge.
SIDES = {"is_lower_inclusive": "lower_bound", "is_upper_inclusive": "upper_bound"}


@dataclass(frozen=True)
class RowMutant:
    """One changed row.

    Attributes:
        name: seed, row and what was changed into what.
        seed: the file of seeds/framework or seeds/reference.
        row: place of the row in it.
        column: what was changed; empty where the row is left out.
        value: the new cell.
    """

    name: str
    seed: str
    row: int
    column: str
    value: str

    def rows(self, rows: Rows) -> Rows:
        """The seed with the change."""
        if not self.column:
            return rows[: self.row] + rows[self.row + 1 :]
        changed = rows[self.row] | {self.column: self.value}
        return [*rows[: self.row], changed, *rows[self.row + 1 :]]


def read_seeds(folder: Path) -> dict[str, Rows]:
    """The seeds that scoring reads, as their files below the folder of all seeds have them."""
    found = {}
    for name in (*RULES, *REFERENCE):
        with (folder / room_of(name) / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


def room_of(seed: str) -> str:
    """Folder and schema that a seed is in."""
    return "reference" if seed in REFERENCE else "framework"


def mutants_of(seed: str, rows: Rows) -> list[RowMutant]:
    """Every mutant of a seed, row by row."""
    found = []
    keys, columns = (names.split() for names in (RULES | REFERENCE)[seed])
    for number, row in enumerate(rows):
        named = " ".join(row[key] for key in keys if row[key])
        found.append(RowMutant(f"{seed}: {named}: row left out", seed, number, "", ""))
        for column in columns:
            if column in SIDES and not row[SIDES[column]]:
                continue
            for value in others(row[column], [each[column] for each in rows]):
                name = f"{seed}: {named}: {column} {row[column] or 'nothing'} -> {value or 'nothing'}"
                found.append(RowMutant(name, seed, number, column, value))
    return found


def others(cell: str, column: list[str]) -> Iterator[str]:
    """What a cell becomes: the other truth value, a step up and down, or another word that the column has."""
    if cell in {"true", "false"}:
        yield "false" if cell == "true" else "true"
    elif is_number(cell):
        step = Decimal(1).scaleb(Decimal(cell).as_tuple().exponent)  # type: ignore[arg-type]
        yield from (str(Decimal(cell) + step), str(Decimal(cell) - step))
    else:
        words = sorted({word for word in column if word != cell})
        following = [word for word in words if word > cell]
        if words:
            yield (following or words)[0]
        # Alone in its column: a word that means nothing, or no word.
        elif cell:
            yield f"{cell}~"


def is_number(cell: str) -> bool:
    """Whether a cell is a decimal number."""
    try:
        return bool(cell) and Decimal(cell).is_finite()
    except ArithmeticError:
        return False
