"""Every dispatched macro has a form for an engine without one of its own, and every form is dispatched.

dbt looks for the forms of a dispatched macro when it reads the project, and DuckDB takes the default: without
one the project cannot be read at all, and the message of dbt names neither the file nor what to write.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from harness_macros import ROOT

# Adapters that a form may be for. What Databricks has none for it takes from Spark.
ENGINES = ("default", "duckdb", "postgres", "spark", "snowflake", "databricks")
# Dispatched by dbt itself, which has the default.
OF_DBT = {"load_csv_rows", "create_csv_table"}
DISPATCHED = re.compile(r"adapter\.dispatch\(\s*'(\w+)'")
FORM = re.compile(r"{%-?\s*macro\s+([a-z]+)__(\w+)\s*\(")


def misfits(files: Iterable[Path]) -> list[str]:
    """What is dispatched without a default, and forms that nothing dispatches; each with file and remedy."""
    dispatched: dict[str, str] = {}
    forms: dict[tuple[str, str], str] = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        dispatched |= dict.fromkeys(DISPATCHED.findall(text), file.name)
        forms |= {(engine, name): file.name for engine, name in FORM.findall(text) if engine in ENGINES}
    found = [
        f"{file}: {name} is dispatched and has no default__{name}: write one, for DuckDB or to raise an error"
        for name, file in sorted(dispatched.items())
        if ("default", name) not in forms
    ]
    found += [
        f"{file}: nothing dispatches {engine}__{name}: take it out, or call it by adapter.dispatch('{name}')"
        for (engine, name), file in sorted(forms.items())
        if name not in dispatched and name not in OF_DBT
    ]
    return found if dispatched else ["no macro is dispatched in the files given: nothing was looked at"]


def test_every_dispatched_macro_has_a_default_and_every_form_is_dispatched() -> None:
    assert misfits([*(ROOT / "macros").rglob("*.sql"), *(ROOT / "models").rglob("*.sql")]) == []


CALL = "{% macro double(x) -%} {{ adapter.dispatch('double', 'nof')(x) }} {%- endmacro %}\n"
DEFAULT = "{% macro default__double(x) -%} 2 * {{ x }} {%- endmacro %}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CALL + DEFAULT, []),
        (CALL, ["double is dispatched and has no default__double"]),
        (CALL + DEFAULT.replace("default", "snowflake"), ["double is dispatched and has no default__double"]),
        (CALL + DEFAULT + DEFAULT.replace("double", "half"), ["nothing dispatches default__half"]),
        (
            CALL + DEFAULT + DEFAULT.replace("default__double", "spark__duoble"),
            ["nothing dispatches spark__duoble"],
        ),
        ("select 1", ["nothing was looked at"]),
        ("", ["nothing was looked at"]),
    ],
)
def test_a_missing_default_and_a_form_out_of_use_are_named(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    path = tmp_path / "doubled.sql"
    path.write_text(text, encoding="utf-8")
    found = misfits([path])
    assert len(found) == len(said)
    assert all(words in message for words, message in zip(said, found, strict=True))


def test_no_file_at_all_is_a_misfit() -> None:
    assert misfits([]) == ["no macro is dispatched in the files given: nothing was looked at"]
