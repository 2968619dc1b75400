"""Adapters of dbt that only compile: dispatch and quotes as in dbt-snowflake and dbt-databricks.

dbt renders a model for an adapter by three things: its type and those that it builds on, which say the branch
of each dispatched macro; how it writes the name of a relation; and how it quotes. They are stated here as the
two adapters state them. What else dbt would ask of an engine is refused: nothing here can be taken for a run.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from dbt.adapters.base.plugin import AdapterPlugin
from dbt.adapters.base.relation import BaseRelation, Policy
from dbt.adapters.contracts.connection import Credentials
from dbt.adapters.factory import FACTORY
from dbt.adapters.sql import SQLAdapter, SQLConnectionManager

# dbt asks every adapter for one, to log it.
VERSION = "1.11.0"


@dataclass(frozen=True)
class Dialect:
    """A dialect that SQL is rendered for.

    Attributes:
        name: the type of its adapter in dbt; of its dialect in sqlfluff and sqlglot too.
        parents: types of the adapters that it builds on: their branches are taken where it has none.
        quote: the character around a quoted name.
        is_quoted: whether dbt quotes the parts of a relation's name unless told otherwise.
    """

    name: str
    parents: tuple[str, ...]
    quote: str
    is_quoted: bool


SNOWFLAKE = Dialect("snowflake", (), '"', is_quoted=False)
DATABRICKS = Dialect("databricks", ("spark",), "`", is_quoted=True)
DIALECTS = (SNOWFLAKE, DATABRICKS)


class NothingIsRun(Exception):
    """dbt wanted a connection."""


@contextmanager
def plugins(dialect: Dialect, folder: Path) -> Iterator[None]:
    """For as long: those of this dialect where dbt looks for adapters, in place of any that are installed."""
    names = [dialect.name, *dialect.parents]
    modules: dict[str, ModuleType] = {}
    for name in names:
        include = folder / name
        (include / "macros").mkdir(parents=True)
        (include / "dbt_project.yml").write_text(
            f'name: dbt_{name}\nversion: "1.0"\nconfig-version: 2\nmacro-paths: [macros]\n', encoding="utf-8"
        )
        parents = list(dialect.parents) if name == dialect.name else []
        modules[f"dbt.adapters.{name}"] = module = ModuleType(name)
        module.Plugin = AdapterPlugin(  # type: ignore[attr-defined]
            adapter=_adapter(name, dialect),
            credentials=_credentials(name),
            include_path=str(include),
            dependencies=parents,
        )
        modules[f"dbt.adapters.{name}.__version__"] = version = ModuleType("__version__")
        version.version = VERSION  # type: ignore[attr-defined]
    before = {name: sys.modules.get(name) for name in modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name, module_before in before.items():
            sys.modules.pop(name)
            if module_before is not None:
                sys.modules[name] = module_before
        for name in names:
            FACTORY.plugins.pop(name, None)
            FACTORY.packages.pop(f"dbt_{name}", None)
            FACTORY.adapters.pop(name, None)


def _credentials(adapter_name: str) -> type[Credentials]:
    @dataclass
    class NoCredentials(Credentials):
        @property
        def type(self) -> str:
            return adapter_name

        @property
        def unique_field(self) -> str:
            return adapter_name

        def _connection_keys(self) -> tuple[str, ...]:
            return ("database", "schema")

    return NoCredentials


def _refused(*_: Any, **__: Any) -> NoReturn:
    raise NothingIsRun("nothing is run here: what a query answers cannot be part of what is compiled")


class NoConnections(SQLConnectionManager):
    """Opens none."""

    cancel = get_response = exception_handler = execute = add_query = _refused

    @classmethod
    def open(cls, connection: Any) -> NoReturn:
        _refused()


def _adapter(adapter_name: str, dialect: Dialect) -> type[SQLAdapter]:
    @dataclass
    class Quoting(Policy):
        database: bool = dialect.is_quoted
        schema: bool = dialect.is_quoted
        identifier: bool = dialect.is_quoted

    @dataclass(frozen=True, eq=False, repr=False)
    class Relation(BaseRelation):
        quote_policy: Policy = field(default_factory=Quoting)
        quote_character: str = dialect.quote

    class Connections(NoConnections):
        TYPE = adapter_name

    relation = Relation

    class CompilesOnly(SQLAdapter):
        ConnectionManager = Connections
        Relation = relation

        @classmethod
        def type(cls) -> str:
            return adapter_name

        @classmethod
        def date_function(cls) -> str:
            return "current_timestamp()"

        @classmethod
        def quote(cls, identifier: str) -> str:
            return f"{dialect.quote}{identifier}{dialect.quote}"

    return CompilesOnly
