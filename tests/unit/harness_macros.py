"""The project's macros as plain Python functions that return SQL: Jinja alone, without dbt, so in no time."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import yaml

ROOT = Path(__file__).resolve().parents[2]


class Returned(Exception):
    """What a macro handed back by dbt's `return`."""

    def __init__(self, value: Any) -> None:
        super().__init__(value)
        self.value = value


def _return(value: Any) -> None:
    raise Returned(value)


def _load(path: Path, words: Mapping[str, Any], **replaced: str) -> Any:
    """A file's macros as attributes, with the words that they use of other files and of dbt.

    `replaced` renames a tag of dbt's own into one that Jinja knows.
    """
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    source = path.read_text(encoding="utf-8")
    for tag, plain in replaced.items():
        source = source.replace(f"{{% {tag} ", f"{{% {plain} ").replace(f"{{% end{tag} ", f"{{% end{plain} ")
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    environment.globals.update({"var": variables.__getitem__, "return": _return})
    environment.globals.update(words)
    return environment.from_string(source).module


def macros(engine: str = "duckdb") -> SimpleNamespace:
    """Every macro of macros/ by its name, as dbt finds them for an engine."""
    found: dict[str, Any] = {}

    def dispatch(name: str, package: str) -> Any:
        return found.get(f"{engine}__{name}") or found[f"default__{name}"]

    def late(name: str) -> Callable[..., str]:
        # Files call each other's macros, so one is looked for when it is called.
        return lambda *given, **named: str(found[name](*given, **named))

    paths = sorted((ROOT / "macros").rglob("*.sql"))
    words: dict[str, Any] = {
        name: late(name)
        for path in paths
        for name in re.findall(r"{%-? macro (\w+)", path.read_text(encoding="utf-8"))
    }
    words["adapter"] = SimpleNamespace(dispatch=dispatch)
    for path in paths:
        found.update({name: each for name, each in vars(_load(path, words)).items() if callable(each)})
    return SimpleNamespace(**found)


def generic_test(name: str) -> Any:
    """The generic test of tests/dbt/generic/<name>.sql as a function that returns its query."""
    return getattr(_load(ROOT / "tests" / "dbt" / "generic" / f"{name}.sql", {}, test="macro"), name)


def returned(macro: Any) -> Any:
    """What a macro that ends in `return` hands back."""
    try:
        macro()
    except Returned as answer:
        return answer.value
    raise AssertionError(f"{macro.name} returned nothing")
