"""Series through the models of the control chart, as rows of a test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
from harness_macros import macros

from nof.project import read_seed

FRAMEWORK = "nof-2025-26"
RULES = {
    row["rule_id"]: row["rule_value"]
    for row in read_seed("framework", "series_rules")
    if row["framework_id"] == FRAMEWORK
}
WHOLE = set(RULES) - {"limit_multiplier", "screen_multiplier"}
OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# set.seed(123); rnorm(20)
NORMAL = [
    *(-0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123),
    *(-0.68685285, -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314),
    *(0.49785048, -1.96661716, 0.70135590, -0.47279141),
]
VISCOSITY = [
    *(33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12),
    33.84,
]  # fmt: skip
# Two points on either side of 10, so that the mean of all is 10 and nothing is special.
CALM = [9, 11] * 6


@dataclass(frozen=True)
class Chart:
    """The points of one series as the macro gives them, in order."""

    points: list[dict[str, Any]]

    def __getitem__(self, name: str) -> list[Any]:
        return [point[name] for point in self.points]

    def rounded(self, name: str, places: str = "0.01") -> Decimal:
        """A figure of the latest point as published examples print it."""
        return Decimal(self.points[-1][name]).quantize(Decimal(places), ROUND_HALF_UP)

    def with_rule(self, rule: str) -> list[int]:
        """Points, 1 first, of which this is said."""
        return [number for number, said in enumerate(self[rule], start=1) if said]


def charts(
    series: Mapping[str, Sequence[float]],
    *,
    rebased: Mapping[str, Sequence[int]] | None = None,
    polarity: str | None = "higher",
    target: float | None = None,
    **rules: str,
) -> dict[str, Chart]:
    """Chart some series with the constants of the seed, but for those given."""
    constants = RULES | rules
    listed = ", ".join(
        f"cast({constants[rule] or 'null'} as {'integer' if rule in WHOLE else 'decimal(8, 3)'}) as {rule}"
        for rule in constants
    )
    rows = ", ".join(
        f"('{FRAMEWORK}', '{name}', {place}, cast({value} as decimal(18, 4)), "
        f"{place in (rebased or {}).get(name, ())})"
        for name, values in series.items()
        for place, value in enumerate(values, start=1)
    )
    sql = macros()
    way = "cast(null as varchar)" if polarity is None else f"'{polarity}'"
    aim = "cast(null as decimal(18, 4))" if target is None else f"cast({target} as decimal(18, 4))"
    # The order of rows, and of threads, says nothing.
    query = f"""
        with given as (
            select * from (values {rows})
                as t (framework_id, series_id, point_order, point_value, is_rebased)
            order by hash(point_order)
        ),
        constants as (select '{FRAMEWORK}' as framework_id, {listed}),
        {sql.process_control("given", "constants", ["framework_id", "series_id"])},
        ruled as (select *, {sql.series_rule()} as point_rule from charted)
        select *, {sql.series_variation(way)} as variation, {sql.series_assurance(aim, way)} as assurance
        from ruled order by series_id, point_order
    """
    with duckdb.connect() as connection:
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        found: dict[str, Chart] = {}
        for row in result.fetchall():
            point = dict(zip(names, row, strict=True))
            found.setdefault(point["series_id"], Chart([])).points.append(point)
    return found


def chart(values: Sequence[float], *, rebased: Sequence[int] = (), **settings: Any) -> Chart:
    """One series."""
    return charts({"one": values}, rebased={"one": rebased}, **settings)["one"]
