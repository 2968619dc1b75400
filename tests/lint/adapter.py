"""Stands in for dbt's `adapter` where sqlfluff renders a model: SQL of the shape that a macro gives."""

from collections.abc import Callable

SHAPES: dict[str, Callable[..., str]] = {
    "decimal_as_double": lambda expression, places: f"cast({expression} as double)",
    "decimal_as_text": lambda decimal, places: f"cast({decimal} as varchar)",
    "double_as_decimal": lambda expression, precision, places: (
        f"cast({expression} as decimal({precision}, {places}))"
    ),
    "double_type": lambda: "double",
    "read_number": lambda expression, type_name: f"try_cast({expression} as {type_name})",
    "text_type": lambda: "varchar",
    "worked_out_once": lambda: "",
    "caught_group": lambda label, pattern, number: f"regexp_extract({label}, {pattern}, {number})",
    "day_of": lambda year, month, day: f"make_date({year}, {month}, {day})",
    "day_before": lambda day: f"cast({day} - interval '1' day as date)",
    "days_from": lambda first_day, second_day: f"({second_day} - {first_day})",
    "drawn_totals": lambda series, units, patterns: (
        "drawn_totals as (\n"
        "        select series_number, 1 as draw_number, 1 as drawn_total\n"
        f"        from {series}\n"
        f"        cross join {units}\n"
        f"        cross join {patterns}\n"
        "    )"
    ),
    "is_of_form": lambda label, pattern: f"regexp_full_match({label}, {pattern})",
    "materialized": lambda: "",
    "weighed_value": lambda value: f"cast({value} as decimal(24, 10))",
    "without_end": lambda expression, character: f"trim(trailing {character} from {expression})",
    "whole_division": lambda dividend, divisor: f"(({dividend}) / ({divisor}))",
}


def dispatch(macro: str, package: str) -> Callable[..., str]:
    """What dbt's `adapter.dispatch` gives: the macro of the engine.

    Raises:
        KeyError: the macro has no shape here; add one.
    """
    return SHAPES[macro]
