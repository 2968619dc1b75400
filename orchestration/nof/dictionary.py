"""`python -m nof.dictionary` writes docs/data-dictionary.md from the YAML of the publication models.

With `--check` it writes nothing and says whether the page is stale.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from nof.project import project_root

_HEAD = """\
# Data dictionary

The tables that readers get: schema `publication` of a release's `nof.duckdb`, and beside it the same tables
as Parquet and CSV. Made from `models/publication/*.yml` by `python -m nof.dictionary`: change the YAML, not
this page. *Rules 1*, *rules 2* and so on are parts of the method; the [methodology](methodology/README.md)
lists them.

A column that is *key* or *always* is never empty. A condition under *filled* is enforced by the database.
"""


def data_dictionary(root: Path) -> str:
    """The page as text.

    Args:
        root: the project's folder.

    Returns:
        Markdown, one part for each publication model, in the order of their names.
    """
    models = sorted(_models(root), key=lambda model: str(model["name"]))
    index = [f"| [{model['name']}](#{model['name']}) | {_cell(_first(model))} |" for model in models]
    parts = ["\n".join((_HEAD, "| table | what is in it |", "| --- | --- |", *index))]
    parts += [_part(model) for model in models]
    return "\n\n".join(parts) + "\n"


def _models(root: Path) -> list[dict[str, Any]]:
    import yaml  # type: ignore[import-untyped]  # noqa: PLC0415 - dbt brings it, without types

    folder = root / "models" / "publication"
    models: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.yml")):
        models += yaml.safe_load(path.read_text(encoding="utf-8")).get("models", [])
    if not models:
        raise FileNotFoundError(f"{folder} describes no model, so there is nothing to make a dictionary of.")
    return models


def _part(model: dict[str, Any]) -> str:
    key = _key(model)
    rows = [
        f"| `{column['name']}` | {_type(column)} | {_bound(column, key)} | {_cell(column['description'])} |"
        for column in model["columns"]
    ]
    return "\n".join(
        (
            f"## {model['name']}",
            "",
            str(model["description"]),
            "",
            "| column | type | filled | meaning |",
            "| --- | --- | --- | --- |",
            *rows,
        )
    )


def _key(model: dict[str, Any]) -> list[str]:
    keys = [rule["columns"] for rule in model.get("constraints", []) if rule["type"] == "primary_key"]
    return list(keys[0]) if keys else []


def _bound(column: dict[str, Any], key: list[str]) -> str:
    """Whether the column is in the key or always filled, and what the database lets it hold."""
    rules = column.get("constraints", [])
    said = []
    if column["name"] in key:
        said.append("key")
    elif any(rule["type"] == "not_null" for rule in rules):
        said.append("always")
    said += [f"`{rule['expression']}`" for rule in rules if rule["type"] == "check"]
    return _cell(", ".join(said))


def _type(column: dict[str, Any]) -> str:
    return str(column["data_type"]).replace(",", ", ")


def _first(model: dict[str, Any]) -> str:
    return str(model["description"]).partition(". ")[0].removesuffix(".")


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def main() -> int:
    """Write or check the page; 1 when a check finds it stale."""
    parser = argparse.ArgumentParser(prog="python -m nof.dictionary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed page, write nothing")
    page = project_root() / "docs" / "data-dictionary.md"
    text = data_dictionary(project_root())
    if parser.parse_args().check:
        if page.is_file() and page.read_text(encoding="utf-8") == text:
            return 0
        sys.stdout.write(f"{page} is not what models/publication says. Run: python -m nof.dictionary\n")
        return 1
    page.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"{page}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
