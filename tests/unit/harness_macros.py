"""The project's macros as plain Python functions that return SQL: Jinja alone, without dbt, so in no time."""

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


def _load(path: Path, **replaced: str) -> Any:
    """A file's macros as attributes; `replaced` renames a tag of dbt's own into one that Jinja knows."""
    variables = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"]
    source = path.read_text(encoding="utf-8")
    for tag, plain in replaced.items():
        source = source.replace(f"{{% {tag} ", f"{{% {plain} ").replace(f"{{% end{tag} ", f"{{% end{plain} ")
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    environment.globals.update({"var": variables.__getitem__, "return": _return})
    return environment.from_string(source).module


def macros() -> SimpleNamespace:
    """Every macro of macros/*.sql by its name."""
    found: dict[str, Any] = {}
    for path in sorted((ROOT / "macros").glob("*.sql")):
        found.update({name: macro for name, macro in vars(_load(path)).items() if callable(macro)})
    return SimpleNamespace(**found)


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
