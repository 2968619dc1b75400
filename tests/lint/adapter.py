"""Stands in for dbt's `adapter` where sqlfluff renders a model: SQL of the shape that a macro gives."""

from collections.abc import Callable

SHAPES: dict[str, Callable[..., str]] = {
    "drawn_totals": lambda series, units, patterns: (
        "drawn_totals as (\n"
        "        select series_number, 1 as draw_number, 1 as drawn_total\n"
        f"        from {series}\n"
        f"        cross join {units}\n"
        f"        cross join {patterns}\n"
        "    )"
    ),
    "materialized": lambda: "",
    "whole_division": lambda dividend, divisor: f"(({dividend}) / ({divisor}))",
}


def dispatch(macro: str, package: str) -> Callable[..., str]:
    """What dbt's `adapter.dispatch` gives: the macro of the engine.

    Raises:
        KeyError: the macro has no shape here; add one.
    """
    return SHAPES[macro]
