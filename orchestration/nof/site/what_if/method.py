"""The rules of the framework as the script needs them: the release's rows of the method, and seeds."""

from decimal import Decimal
from typing import Any

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.released import Released
from nof.site.what_if.bounds import bounds_of
from nof.site.what_if.cells import Cells, plain

_AGREES = "a_published_override_agrees_with_both_limbs_where_both_are_in_hand"


class Method:
    """The rules of the framework of a release; a rule that it has no table of comes from its seed."""

    def __init__(self, released: Released, quarter_id: str) -> None:
        """Take the release and the quarter.

        Args:
            released: the release.
            quarter_id: standards, recorded pool sizes and early rounding are of a quarter.
        """
        self._released, self._quarter_id = released, quarter_id

    def content(self, cells: Cells) -> dict[str, Any]:
        """All of it, for the script."""
        return {
            "scorePlaces": self._score_places(),
            "families": self._families(),
            "metrics": self._metrics(cells),
            "partitions": self._by("pool_trust_types", "pool_id", "trust_type_id", "pool_partition_id"),
            "poolSizes": self._pool_sizes(),
            "domains": [
                {"id": row["domain_id"], "label": row["domain_label"], "segmentId": row["domain_segment_id"]}
                for row in self._rows("select * from dim_domain where is_scored order by display_order")
            ],
            "core": self._core(),
            "segmentation": {
                row["score_id"]: {
                    "poolId": row["cut_pool_id"],
                    "isCutPointInside": row["is_cut_point_inside"] == "true",
                }
                for row in self._seed("segmentation")
            },
            "override": self._override(),
            "bases": {
                row["score_basis"]: int(row["weakness_order"])
                for row in read_seed("framework", "score_bases")
            },
            "summary": {
                row["measure_role"]: row["measure_id"]
                for row in self._rows("select * from method_summary_measures")
            },
            "reasons": {
                row["missing_reason_id"]: row["meaning"]
                for row in self._rows("select * from method_missing_reasons")
            },
        }

    def _rows(self, query: str) -> tuple[Row, ...]:
        return self._released.rows(query)

    def _seed(self, name: str) -> list[dict[str, str]]:
        return [
            row for row in read_seed("framework", name) if row["framework_id"] == self._released.framework_id
        ]

    def _by(self, seed: str, outer: str, inner: str, value: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self._seed(seed):
            found.setdefault(row[outer], {})[row[inner]] = row[value]
        return found

    def _score_places(self) -> int:
        """The scale of the column of rounded scores: it follows the setting that the models round by."""
        (row,) = self._rows(
            "select numeric_scale from duckdb_columns() where table_name = 'fct_metric'"
            " and column_name = 'metric_score' and schema_name = 'publication'"
            " and database_name = current_database()"
        )
        return int(row["numeric_scale"])

    def _families(self) -> dict[str, dict[str, Any]]:
        return {
            row["scoring_family"]: {
                "isRanked": row["has_ranked_part"],
                "fixedWhenMet": row["fixed_when_met"],
                "fixedScore": plain(row["fixed_score"]),
                "low": plain(row["ranked_low"]),
                "high": plain(row["ranked_high"]),
            }
            for row in self._rows("select * from method_scoring_families")
        }

    def _metrics(self, cells: Cells) -> list[dict[str, Any]]:
        rows = self._rows(
            "select * from dim_metric where metric_role in ('scored', 'component') order by metric_id"
        )
        units = cells.units()
        bounds = bounds_of(
            {row["metric_id"]: units.get(row["metric_id"]) or {row["unit_label"]} for row in rows}
        )
        never = self._by("metric_applicability", "metric_id", "trust_type_id", "applicability")
        parts, thresholds = self._matrices(), self._thresholds()
        return [
            {
                "id": row["metric_id"],
                "scoreId": row["score_id"],
                "label": row["metric_label"],
                "domainId": row["domain_id"],
                "subDomain": row["sub_domain_label"],
                "unit": row["unit_label"],
                "polarity": row["polarity"],
                "kind": row["value_kind"],
                "family": row["scoring_family"],
                "entersAverage": row["enters_average"],
                "weightGroup": row["weight_group_id"],
                "poolId": row["pool_id"],
                "isRoundedFirst": row["metric_id"] in self._rounded_first(),
                "threshold": plain(thresholds.get(row["metric_id"])),
                "comparator": row["threshold_comparator"],
                "never": [kind for kind, each in never.get(row["metric_id"], {}).items() if each == "never"],
                "bounds": bounds[row["metric_id"]],
                "labels": self._labels(row["metric_id"]),
                "bands": self._bands(row["metric_id"]),
                "matrix": parts.get(row["metric_id"]),
            }
            for row in rows
        ]

    def _rounded_first(self) -> set[str]:
        return {
            row["metric_id"]
            for row in self._seed("rounded_scores")
            if row["quarter_id"] == self._quarter_id and row["is_rounded_before_averaging"] == "true"
        }

    def _thresholds(self) -> dict[str, Decimal]:
        """The standards and floors of the quarter."""
        return {
            row["metric_id"]: row["threshold"]
            for row in self._released.rows(
                "select * from method_thresholds where quarter_id = ?", self._quarter_id
            )
        }

    def _labels(self, metric_id: str) -> list[list[Any]]:
        return [
            [row["band_label"], plain(row["band_score"])]
            for row in self._released.rows(
                "select * from method_label_bands where metric_id = ? order by band_score, band_label",
                metric_id,
            )
        ]

    def _bands(self, metric_id: str) -> list[dict[str, Any]]:
        return [
            {
                "low": plain(row["lower_bound"]),
                "isLowInside": row["is_lower_inclusive"],
                "high": plain(row["upper_bound"]),
                "isHighInside": row["is_upper_inclusive"],
                "score": plain(row["band_score"]),
            }
            for row in self._released.rows(
                "select * from method_value_bands where metric_id = ? order by band_order", metric_id
            )
        ]

    def _matrices(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for row in self._rows(
            "select * from method_matrix_cells order by metric_id, row_score, column_score"
        ):
            matrix = found.setdefault(
                row["metric_id"],
                {"row": row["row_metric_id"], "column": row["column_metric_id"], "cells": []},
            )
            matrix["cells"].append([row["row_score"], row["column_score"], plain(row["cell_score"])])
        return found

    def _pool_sizes(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for row in self._seed("pool_sizes"):
            if row["quarter_id"] == self._quarter_id and row["pool_size"]:
                found.setdefault(row["metric_id"], {})[row["pool_partition_id"]] = int(row["pool_size"])
        return found

    def _core(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self._rows("select * from method_core_metrics order by metric_id"):
            found.setdefault(row["trust_type_id"], []).append(row["metric_id"])
        return found

    def _override(self) -> dict[str, Any]:
        (framework,) = self._released.rows(
            "select * from method_frameworks where framework_id = ?", self._released.framework_id
        )
        agreed = self._released.rows(
            "select 1 from dq_result where release_id = ? and expectation_id = ? and is_passed"
            " and checked_count > 0 and unexpected_count = 0",
            self._released.release["release_id"],
            _AGREES,
        )
        return {
            "inputs": [row["metric_id"] for row in self._rows("select * from method_override_inputs")],
            "below": plain(framework["override_sum_below"]),
            "floor": framework["override_segment_floor"],
            "programmeSegment": framework["programme_segment"],
            # Whether every published flag agrees with both of its limbs: a gate of the release says so.
            "isAgreed": bool(agreed),
        }
