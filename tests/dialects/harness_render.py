"""What an engine would be given, in its dialect, to build staging, measures and scoring and to test them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbt.cli.main import dbtRunner

from dialects.harness_adapters import Dialect, plugins

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("staging", "measures", "scoring")
# A build tests what it builds; a seed is loaded by the adapter's own macros, which are not here.
KINDS = ("model", "test")


class NothingRendered(Exception):
    """A model of the three rooms is missing among what was rendered."""


@dataclass(frozen=True)
class Statement:
    """A query as dbt has compiled it.

    Attributes:
        name: of the model or of the data test.
        path: of the file that it is written in, from the root of the project.
        text: the SQL.
    """

    name: str
    path: str
    text: str


def rendered(dialect: Dialect, folder: Path) -> list[Statement]:
    """Every model of the three rooms, and the data tests of the selector `core`, in order of their paths.

    Raises:
        NothingRendered: dbt did not compile them all.
    """
    target = f"{{type: {dialect.name}, database: nof, schema: main, threads: 1}}"
    (folder / "profiles.yml").write_text(
        f"nof:\n  target: {dialect.name}\n  outputs:\n    {dialect.name}: {target}\n", encoding="utf-8"
    )
    with plugins(dialect, folder / "adapters"):
        return compiled(dialect.name, folder, profiles=folder)


def compiled(target: str, folder: Path, profiles: Path = ROOT) -> list[Statement]:
    """The same for a target of the profiles in a folder, by the adapter that dbt finds, unconnected.

    Raises:
        NothingRendered: dbt did not compile them all.
    """
    places = ["--project-dir", str(ROOT), "--profiles-dir", str(profiles), "--target", target]
    places += ["--target-path", str(folder / "target"), "--log-path", str(folder)]
    # No relation is looked up and no query asked: nothing is known but the text of the project.
    alone = ["--no-introspect", "--no-populate-cache"]
    result: Any = dbtRunner().invoke(
        ["--no-write-json", "--quiet", "compile", *alone, "--selector", "core", *places]
    )
    if not result.success:
        raise NothingRendered(f"dbt did not compile the project for {target}: {result.exception}")
    nodes = [each.node for each in result.result if each.node.resource_type in KINDS]
    statements = [Statement(node.name, node.original_file_path, node.compiled_code or "") for node in nodes]
    require_all(statements, ROOT)
    return sorted(statements, key=lambda each: (each.path, each.name))


def require_all(statements: list[Statement], root: Path) -> None:
    """Refuse what leaves a model out, or has no text for one.

    Raises:
        NothingRendered: it names the models.
    """
    wanted = {
        path.relative_to(root).as_posix() for room in ROOMS for path in (root / "models" / room).glob("*.sql")
    }
    if not wanted:
        raise NothingRendered(f"there is no model in models/{{{','.join(ROOMS)}}} of {root}")
    missing = wanted - {each.path for each in statements if each.text.strip()}
    if missing:
        raise NothingRendered(
            f"not rendered, so not looked at: {', '.join(sorted(missing))}; see `core` in selectors.yml"
        )


def without_names(text: str) -> str:
    """The text without quotes and catalogs: in those two adapters differ whose branches are the same."""
    return re.sub(r"\bnof\.", "", text.replace("`", ""))
