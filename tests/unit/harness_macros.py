"""The project's macros as plain Python functions that return SQL: Jinja alone, without dbt, so in no time."""

import re
from collections.abc import Callable
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


FOUND: dict[str, Any] = {}


def _dispatch(name: str, package: str) -> Any:
    """The macro for DuckDB, as dbt finds it."""
    return FOUND.get(f"duckdb__{name}") or FOUND[f"default__{name}"]


def _late(name: str) -> Callable[..., str]:
    """A macro of any file, found when it is called: files call each other's macros."""
    return lambda *given, **named: str(FOUND[name](*given, **named))


def _load(path: Path, names: tuple[str, ...] = (), **replaced: str) -> Any:
    """A file's macros as attributes; `replaced` renames a tag of dbt's own into one that Jinja knows."""
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    source = path.read_text(encoding="utf-8")
    for tag, plain in replaced.items():
        source = source.replace(f"{{% {tag} ", f"{{% {plain} ").replace(f"{{% end{tag} ", f"{{% end{plain} ")
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    environment.globals.update({"var": variables.__getitem__, "return": _return})
    environment.globals["adapter"] = SimpleNamespace(dispatch=_dispatch)
    environment.globals.update({name: _late(name) for name in names})
    return environment.from_string(source).module


def macros() -> SimpleNamespace:
    """Every macro of macros/ by its name."""
    paths = sorted((ROOT / "macros").rglob("*.sql"))
    names = [
        name for path in paths for name in re.findall(r"{%-? macro (\w+)", path.read_text(encoding="utf-8"))
    ]
    for path in paths:
        FOUND.update({name: each for name, each in vars(_load(path, tuple(names))).items() if callable(each)})
    return SimpleNamespace(**FOUND)


def generic_test(name: str) -> Any:
    """The generic test of tests/dbt/generic/<name>.sql as a function that returns its query."""
    return getattr(_load(ROOT / "tests" / "dbt" / "generic" / f"{name}.sql", test="macro"), name)


def returned(macro: Any) -> Any:
    """What a macro that ends in `return` hands back."""
    try:
        macro()
    except Returned as answer:
        return answer.value
    raise AssertionError(f"{macro.name} returned nothing")
