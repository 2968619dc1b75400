"""What a metric is and how it is scored, in words: its unit, standard, family, bands, pool and weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nof.explain.figures import joined, plain, score
from nof.explain.rows import Row
from nof.site.glossary import CERTAINTIES
from nof.site.nation.words import ROLES
from nof.site.released import Released

_COMPARATORS = {"at_least": "at least", "at_most": "at most"}


@dataclass(frozen=True)
class Bands:
    """A table of the method that gives scores.

    Attributes:
        caption: of the table.
        header: of its columns.
        rows: texts.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MethodRows:
    """Rows of the method by metric or family."""

    families: Mapping[str, Row]
    value_bands: Sequence[Row]
    label_bands: Sequence[Row]
    matrix_cells: Sequence[Row]


def read_method_rows(released: Released) -> MethodRows:
    """The rows of the framework that the release was scored under."""
    framework = released.framework_id
    ask = released.rows
    return MethodRows(
        families={
            row["scoring_family"]: row
            for row in ask("select * from method_scoring_families where framework_id = ?", framework)
        },
        value_bands=ask(
            "select * from method_value_bands where framework_id = ? order by metric_id, band_order",
            framework,
        ),
        label_bands=ask(
            "select * from method_label_bands where framework_id = ?"
            " order by metric_id, band_score, band_label",
            framework,
        ),
        matrix_cells=ask(
            "select * from method_matrix_cells where framework_id = ?"
            " order by metric_id, row_score, column_score",
            framework,
        ),
    )


def amount(number: Decimal, unit: str | None) -> str:
    """A value with its unit: `78%`, `30 minutes`; a count or a ratio without."""
    if unit == "%":
        return f"{plain(number)}%"
    return f"{plain(number)} {unit}" if unit in {"minutes", "days", "percentage points"} else plain(number)


def polarity(metric: Row) -> str:
    """Which way is better, in words."""
    if metric["value_kind"] == "label" and metric["scoring_family"] != "band":
        return "Not said: it is a rating or band without a score"
    if metric["value_kind"] != "number":
        return "As the bands say" if metric["scoring_family"] == "band" else "A lower score"
    return "A lower value" if metric["polarity"] == "lower" else "A higher value"


def threshold(metric: Row) -> str:
    """The standard or floor with its comparator; empty where there is none."""
    if metric["threshold"] is None:
        return ""
    comparator = _COMPARATORS[metric["threshold_comparator"]]
    return f"{comparator} {amount(metric['threshold'], metric['unit_label'])}"


def role(metric: Row) -> str:
    """Whether it is scored and enters the average."""
    return ROLES.get(metric["metric_role"], metric["metric_role"])


def weight(metric: Row, metrics: Mapping[str, Row]) -> tuple[str, ...]:
    """The other metrics that share one weight with it; none where it stands alone."""
    return tuple(
        other
        for other, row in metrics.items()
        if row["weight_group_id"] == metric["weight_group_id"]
        and metric["enters_average"]
        and row["enters_average"]
        and other != metric["metric_id"]
    )


def scoring(metric: Row, method: MethodRows) -> str:
    """How its score is made, in a few sentences."""
    family = metric["scoring_family"]
    row = method.families.get(family)
    if row is None or family == "none":
        return "It is not scored."
    if family == "band":
        return "The score is looked up: each band has one. Nothing is ranked, so other trusts do not matter."
    if family == "matrix":
        return (
            "The score is looked up from the scores of two other metrics. Nothing is ranked, so other trusts "
            "do not matter."
        )
    low, high = score(row["ranked_low"]), score(row["ranked_high"])
    spread = (
        f"from {low} for the best to {high} for the last, by place and not by distance; equal values share "
        "the best place"
    )
    if family == "rank":
        return f"All trusts of the pool are ranked by value and scored {spread}."
    fixed = score(row["fixed_score"])
    if row["fixed_when_met"]:
        return (
            f"A trust that meets the standard ({threshold(metric)}) scores {fixed}. Those that miss it are "
            f"ranked among themselves and scored {spread}."
        )
    return (
        f"A trust that does not meet the floor ({threshold(metric)}) scores {fixed}. The others are ranked "
        f"among themselves and scored {spread}."
    )


def bands(metric: Row, method: MethodRows, metrics: Mapping[str, Row]) -> Bands | None:
    """The table that scores are looked up in; None where nothing is."""
    metric_id = metric["metric_id"]
    values = [row for row in method.value_bands if row["metric_id"] == metric_id]
    labels = [row for row in method.label_bands if row["metric_id"] == metric_id]
    cells = [row for row in method.matrix_cells if row["metric_id"] == metric_id]
    if values:
        rows = tuple(
            (_band(row, metric["unit_label"]), score(row["band_score"]), _sure(row)) for row in values
        )
        return Bands("Bands of the value", ("Value", "Score", "How sure"), rows)
    if labels:
        rows = tuple((row["band_label"], score(row["band_score"]), _sure(row)) for row in labels)
        return Bands("Bands", ("Rating or band", "Score", "How sure"), rows)
    return _matrix(cells, metrics) if cells else None


def related(metric_id: str, method: MethodRows) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The metrics that its score is looked up from, and those that are looked up from its score."""
    made_of: dict[str, None] = {}
    part_of: dict[str, None] = {}
    for row in method.matrix_cells:
        pair = (row["row_metric_id"], row["column_metric_id"])
        if row["metric_id"] == metric_id:
            made_of |= dict.fromkeys(pair)
        elif metric_id in pair:
            part_of[row["metric_id"]] = None
    return tuple(made_of), tuple(part_of)


def _sure(row: Row) -> str:
    word = row["certainty"]
    return f"{word}: the rule {CERTAINTIES[word]}" if word in CERTAINTIES else str(word)


def _band(row: Row, unit: str | None) -> str:
    pieces = []
    if row["lower_bound"] is not None:
        word = "at least" if row["is_lower_inclusive"] else "above"
        pieces.append(f"{word} {amount(row['lower_bound'], unit)}".replace("-", "−"))
    if row["upper_bound"] is not None:
        word = "up to" if row["is_upper_inclusive"] else "below"
        pieces.append(f"{word} {amount(row['upper_bound'], unit)}".replace("-", "−"))
    return joined(tuple(pieces))


def _cell(row: Row) -> str:
    """A cell of the matrix; where it was never observed it says on what it rests."""
    told = "" if row["certainty"] == "data" else f" ({row['certainty']})"
    return f"{score(row['cell_score'])}{told}"


def _matrix(cells: Sequence[Row], metrics: Mapping[str, Row]) -> Bands:
    columns = sorted({row["column_score"] for row in cells})
    held = {(row["row_score"], row["column_score"]): row for row in cells}
    names = [metrics[cells[0][side]]["metric_label"] for side in ("row_metric_id", "column_metric_id")]
    rows = tuple(
        (
            str(each),
            *(_cell(held[each, column]) for column in columns),
        )
        for each in sorted({row["row_score"] for row in cells})
    )
    return Bands(
        f"Score by the score of “{names[0]}” (rows) and of “{names[1]}” (columns)",
        (names[0], *(str(column) for column in columns)),
        rows,
    )
