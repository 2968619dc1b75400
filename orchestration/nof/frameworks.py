"""The frameworks that a run can be under, those of the seeds and those derived from them, and their rows.

A derived framework (seeds/framework/derived_frameworks.csv) has every row of its base under an identifier of
its own; in the build macros/derived_framework.sql gives it them. Who reads seeds in Python asks here.
"""

from collections.abc import Mapping

from nof.errors import UsageRefused
from nof.project import read_seed

Row = dict[str, str]

FRAMEWORK_FILE = "framework_file"


def frameworks() -> list[Row]:
    """The rows of seeds/framework/frameworks.csv, and after them one for each derived framework."""
    written = read_seed("framework", "frameworks")
    by_id = {row["framework_id"]: row for row in written}
    derived = [
        {
            **by_id[row["base_framework_id"]],
            **{name: cell for name, cell in row.items() if name != "base_framework_id"},
            "is_in_force": "false",
            "has_published_figures": "false",
        }
        for row in _derived()
    ]
    return [*written, *derived]


def framework(framework_id: str | None) -> Row:
    """One framework's row; without an identifier that of the one in force.

    Raises:
        UsageRefused: there is none.
    """
    known = frameworks()
    for each in known:
        if each["framework_id"] == framework_id or (framework_id is None and each["is_in_force"] == "true"):
            return each
    names = ", ".join(each["framework_id"] for each in known)
    raise UsageRefused(f"There is no framework {framework_id!r}. Known: {names}.")


def refuse_a_quarter_of_another_framework(chosen: Mapping[str, str], quarter_id: str) -> None:
    """Refuse to score another's quarter under the framework in force; under any other every one may be tried.

    Args:
        chosen: the framework's row.
        quarter_id: the newest quarter that would be scored.

    Raises:
        UsageRefused: naming the frameworks that the quarter is within.
    """
    if chosen["is_in_force"] != "true" or is_within(chosen, quarter_id):
        return
    others = [
        each["framework_id"]
        for each in read_seed("framework", "frameworks")
        if each["framework_id"] != chosen["framework_id"] and is_within(each, quarter_id)
    ]
    until = f" to {chosen['last_quarter_id']}" if chosen["last_quarter_id"] else " on"
    remedy = (
        f"Land data files of those quarters, or name a framework of that one: --framework {others[0]}."
        if others
        else "Land data files of those quarters."
    )
    raise UsageRefused(
        f"{chosen['framework_id']}, the framework in force, scores quarters from {chosen['first_quarter_id']}"
        f"{until}, and {quarter_id} is none of them. {remedy}"
    )


def is_within(row: Mapping[str, str], quarter_id: str) -> bool:
    """Whether a quarter is one of a framework's own."""
    return row["first_quarter_id"] <= quarter_id <= (row["last_quarter_id"] or quarter_id)


def derived_framework(framework_id: str | None) -> Row | None:
    """The row of a derived framework, with its own identifier as framework_id; None where it is none."""
    return next((row for row in _derived() if row["framework_id"] == framework_id), None)


def is_forecast(framework_id: str) -> bool:
    """Whether what is made under a framework is a forecast; one that the seeds no longer have is none."""
    derived = derived_framework(framework_id)
    return derived is not None and derived["is_forecast"] == "true"


def forecasting_framework() -> str:
    """The framework that forecasts by the method of the one in force.

    Raises:
        UsageRefused: none is derived from it.
    """
    in_force = framework(None)["framework_id"]
    for row in _derived():
        if row["base_framework_id"] == in_force and row["is_forecast"] == "true":
            return row["framework_id"]
    raise UsageRefused(
        f"No framework that forecasts is derived from {in_force}, the one in force. Name another with "
        "--framework, or add one to seeds/framework/derived_frameworks.csv."
    )


def value_origin(framework_id: str) -> str:
    """Where the values that a framework scores come from: data files, unless it is derived for others."""
    derived = derived_framework(framework_id)
    return derived["value_origin"] if derived else FRAMEWORK_FILE


def seed_rows(seed: str, framework_id: str) -> list[Row]:
    """A framework's rows of a seed of seeds/framework; a derived one has those of its base, as its own."""
    if seed == "frameworks":
        return [row for row in frameworks() if row["framework_id"] == framework_id]
    derived = derived_framework(framework_id)
    owner = derived["base_framework_id"] if derived else framework_id
    return [
        {**row, "framework_id": framework_id}
        for row in read_seed("framework", seed)
        if row["framework_id"] == owner
    ]


def _derived() -> list[Row]:
    return [
        {"framework_id": row.pop("derived_framework_id"), **row}
        for row in read_seed("framework", "derived_frameworks")
    ]
