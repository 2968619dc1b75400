"""The rows of the method that the lines quote: ends of ranked parts, bands, matrix cells, core metrics.

They come from the release itself (`publication.method_<seed>`, the seed's rows as they were), never from the
checkout, whose method may be another by now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nof.explain.figures import counted

if TYPE_CHECKING:
    import duckdb

_SEEDS = (
    "frameworks",
    "scoring_families",
    "value_bands",
    "matrix_cells",
    "core_metrics",
    "cell_statuses",
    "summary_measures",
    "override_inputs",
    "system_rules",
    "consequences",
    "registers",
    "assumptions",
)


# A figure on one of these bases was taken over from NHS England, of the quarter itself or of the one before.
ADOPTED = frozenset({"published", "carried_forward"})


@dataclass(frozen=True)
class Band:
    """One band of values and the score it gives; None where it is open at that end."""

    lower: Decimal | None
    is_lower_inclusive: bool
    upper: Decimal | None
    is_upper_inclusive: bool
    score: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the band."""
        is_above = (
            self.lower is None or value > self.lower or (self.is_lower_inclusive and value == self.lower)
        )
        is_below = (
            self.upper is None or value < self.upper or (self.is_upper_inclusive and value == self.upper)
        )
        return is_above and is_below


@dataclass(frozen=True)
class Matrix:
    """A lookup from the scores of two other metrics."""

    row_metric_id: str
    column_metric_id: str
    cells: Mapping[tuple[Decimal, Decimal], Decimal]


@dataclass(frozen=True)
class SystemArea:
    """An area of the system, and the metrics whose mean is its score; none where none is in hand."""

    area_id: str
    label: str
    metric_ids: tuple[str, ...]


@dataclass(frozen=True)
class SystemRule:
    """The system adjustment of a trust type: so many challenged areas make the segment so much worse."""

    areas: tuple[SystemArea, ...]
    challenged_score_at_least: Decimal
    challenged_area_count_at_least: int
    segment_steps: int
    worst_segment: int
    certainty: str


@dataclass(frozen=True)
class Method:
    """What the lines quote of one framework.

    Attributes:
        ranked_ends: best and worst score of the ranked part, by scoring family.
        bands: by metric, in order.
        matrices: by metric.
        core_metrics: by trust type.
        core_metric_share: share of the expected trusts that must have each core metric.
        status_words: meaning of each cell status.
        measures: identifier of each summary measure by its role.
        programme_segment: the segment of a trust in the improvement programme.
        override_inputs: what is added up for the financial override, in words by metric.
        override_sum_below: a sum below this is a deficit.
        system_rules: the system adjustment, by trust type.
        consequence_segments: first and last segment that each follows from, where it follows from one.
        register_labels: by register.
        register_kinds: which kind of organisation each register is about: provider, icb or any.
        framework_label: the framework by name.
        is_in_force: whether it is the framework in force.
        has_published_figures: whether figures made under it are published.
        is_forecast: whether the newest quarter under it is a forecast.
        assumption_count: on how many assumptions it rests.
    """

    ranked_ends: Mapping[str, tuple[Decimal, Decimal]]
    bands: Mapping[str, tuple[Band, ...]]
    matrices: Mapping[str, Matrix]
    core_metrics: Mapping[str, tuple[str, ...]]
    core_metric_share: Decimal
    status_words: Mapping[str, str]
    measures: Mapping[str, str]
    programme_segment: int
    override_inputs: Mapping[str, str]
    override_sum_below: Decimal
    system_rules: Mapping[str, SystemRule]
    consequence_segments: Mapping[str, tuple[int, int]]
    register_labels: Mapping[str, str]
    register_kinds: Mapping[str, str]
    framework_label: str
    is_in_force: bool
    has_published_figures: bool
    is_forecast: bool
    assumption_count: int

    @property
    def standing(self) -> str:
        """The framework by name, and where it is not in force that it is not."""
        if self.is_in_force:
            return f"{self.framework_label} (in force)"
        if not self.assumption_count:
            return f"{self.framework_label}, which is NOT in force"
        return (
            f"{self.framework_label}, which is NOT in force and rests on "
            f"{counted(self.assumption_count, 'assumption')} (in notes.md of the release)"
        )


def read_method(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> Method:
    """The method rows of a framework."""
    return _method(
        {
            seed: [
                row
                for row in _published(connection, seed)
                if row.get("framework_id", framework_id) == framework_id
            ]
            for seed in _SEEDS
        }
    )


def _published(connection: "duckdb.DuckDBPyConnection", seed: str) -> list[dict[str, str]]:
    result = connection.execute(f"select * from publication.method_{seed}")
    names = [column[0] for column in result.description]
    return [{name: _text(cell) for name, cell in zip(names, row, strict=True)} for row in result.fetchall()]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _method(rows: Mapping[str, list[dict[str, str]]]) -> Method:
    framework = rows["frameworks"][0]
    return Method(
        ranked_ends={
            row["scoring_family"]: (Decimal(row["ranked_low"]), Decimal(row["ranked_high"]))
            for row in rows["scoring_families"]
            if row["ranked_low"]
        },
        bands={
            metric_id: tuple(_band(row) for row in sorted(group, key=lambda row: int(row["band_order"])))
            for metric_id, group in _grouped(rows["value_bands"], "metric_id").items()
        },
        matrices={
            metric_id: _matrix(group)
            for metric_id, group in _grouped(rows["matrix_cells"], "metric_id").items()
        },
        core_metrics={
            trust_type_id: tuple(sorted(row["metric_id"] for row in group))
            for trust_type_id, group in _grouped(rows["core_metrics"], "trust_type_id").items()
        },
        core_metric_share=Decimal(framework["core_metric_share"]),
        status_words={row["cell_status"]: row["meaning"] for row in rows["cell_statuses"]},
        measures={row["measure_role"]: row["measure_id"] for row in rows["summary_measures"]},
        programme_segment=int(framework["programme_segment"]),
        override_inputs={row["metric_id"]: row["input_label"] for row in rows["override_inputs"]},
        override_sum_below=Decimal(framework["override_sum_below"]),
        system_rules={
            trust_type_id: _system_rule(group)
            for trust_type_id, group in _grouped(rows["system_rules"], "trust_type_id").items()
        },
        consequence_segments={
            row["consequence_id"]: (int(row["segment_low"]), int(row["segment_high"]))
            for row in rows["consequences"]
            if row["segment_low"]
        },
        register_labels={row["register_id"]: row["register_label"] for row in rows["registers"]},
        register_kinds={row["register_id"]: row["organisation_kind"] for row in rows["registers"]},
        framework_label=framework["framework_label"],
        is_in_force=framework["is_in_force"] == "true",
        has_published_figures=framework["has_published_figures"] == "true",
        # Releases made before there were forecasts have no such column, and are none.
        is_forecast=framework.get("is_forecast") == "true",
        assumption_count=len(rows["assumptions"]),
    )


def _band(row: Mapping[str, str]) -> Band:
    return Band(
        lower=Decimal(row["lower_bound"]) if row["lower_bound"] else None,
        is_lower_inclusive=row["is_lower_inclusive"] == "true",
        upper=Decimal(row["upper_bound"]) if row["upper_bound"] else None,
        is_upper_inclusive=row["is_upper_inclusive"] == "true",
        score=Decimal(row["band_score"]),
    )


def _system_rule(rows: list[dict[str, str]]) -> SystemRule:
    areas = _grouped(sorted(rows, key=lambda row: (int(row["display_order"]), row["metric_id"])), "area_id")
    return SystemRule(
        areas=tuple(
            SystemArea(
                area_id, group[0]["area_label"], tuple(row["metric_id"] for row in group if row["metric_id"])
            )
            for area_id, group in areas.items()
        ),
        challenged_score_at_least=Decimal(rows[0]["challenged_score_at_least"]),
        challenged_area_count_at_least=int(rows[0]["challenged_area_count_at_least"]),
        segment_steps=int(rows[0]["segment_steps"]),
        worst_segment=int(rows[0]["worst_segment"]),
        certainty=rows[0]["rule_certainty"],
    )


def _matrix(rows: list[dict[str, str]]) -> Matrix:
    return Matrix(
        row_metric_id=rows[0]["row_metric_id"],
        column_metric_id=rows[0]["column_metric_id"],
        cells={
            (Decimal(row["row_score"]), Decimal(row["column_score"])): Decimal(row["cell_score"])
            for row in rows
        },
    )


def _grouped(rows: Iterable[dict[str, str]], key: str) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
