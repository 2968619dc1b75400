"""The SQL of macros/records.sql for one engine, without starting dbt: it is about files, not about models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nof.project import project_root

# What the second is written with comes first.
_FILES = ("engines/texts.sql", "records.sql")


@dataclass(frozen=True)
class Macros:
    """The macros of these files for one engine; each is called by its name and gives SQL.

    Attributes:
        engine: as dbt calls its adapter, duckdb or spark.
        found: by name, those with the prefix of an engine too.
    """

    engine: str
    found: Mapping[str, Callable[..., Any]]

    def __getitem__(self, name: str) -> Callable[..., str]:
        """The macro of this name."""
        return self.found[name]

    def dispatch(self, name: str, package: str) -> Callable[..., Any]:
        """As dbt's `adapter.dispatch`: the engine's own macro, or the default one."""
        own = self.found.get(f"{self.engine}__{name}")
        return own if own is not None else self.found[f"default__{name}"]


def record_macros(engine: str) -> Macros:
    """The macros of macros/records.sql, as `engine` has them."""
    import jinja2  # noqa: PLC0415 - only what works on records needs it

    found: dict[str, Callable[..., Any]] = {}
    macros = Macros(engine, found)
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    environment.globals["adapter"] = macros
    for path in _FILES:
        text = (project_root() / "macros" / path).read_text(encoding="utf-8")
        module = environment.from_string(text).module
        found.update({name: macro for name, macro in vars(module).items() if callable(macro)})
        environment.globals.update(found)
    return macros
