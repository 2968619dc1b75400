"""`python -m nof.dictionary` writes docs/data-dictionary.md from the YAML of the publication models.

With `--check` it writes nothing and says whether the page is stale.
"""

import argparse
import sys
from pathlib import Path

from nof.described import DescribedColumn, DescribedTable, read_described
from nof.project import checkout

_HEAD = """\
# Data dictionary

The tables that readers get: schema `publication` of a release's `nof.duckdb`, and beside it the same tables
as Parquet and CSV. Made from `models/publication/*.yml` by `python -m nof.dictionary`: change the YAML, not
this page. *Rules 1*, *rules 2* and so on are parts of the method; the [methodology](methodology/README.md)
lists them.

A column that is *key* or *always* is never empty. A condition, and a reference to another table (→), is
enforced by the database. A column is public unless its unit names another class
([sensitivity classes](../seeds/reference/sensitivity_classes.csv)).
"""


def data_dictionary(root: Path) -> str:
    """The page as text.

    Args:
        root: the project's folder.

    Returns:
        Markdown, one part for each publication model, in the order of their names.
    """
    tables = read_described(root).values()
    index = [f"| [{table.name}](#{table.name}) | {_cell(_first(table.description))} |" for table in tables]
    parts = ["\n".join((_HEAD, "| table | what is in it |", "| --- | --- |", *index))]
    parts += [_part(table) for table in tables]
    return "\n\n".join(parts) + "\n"


def _part(table: DescribedTable) -> str:
    rows = [
        f"| `{column.name}` | {column.data_type.lower().replace(',', ', ')} | {_bound(column, table)} "
        f"| {_cell(_unit(column))} | {_cell(column.description)} |"
        for column in table.columns
    ]
    together = [f"Always: {', '.join(f'`{check}`' for check in table.checks)}.", ""] if table.checks else []
    return "\n".join(
        (
            f"## {table.name}",
            "",
            table.description,
            "",
            f"One row per {table.grain}. Rule: {table.rule}. Owner: {table.owner}. "
            f"Sensitivity: {table.sensitivity}.",
            "",
            *together,
            "| column | type | filled | unit | meaning |",
            "| --- | --- | --- | --- | --- |",
            *rows,
        )
    )


def _bound(column: DescribedColumn, table: DescribedTable) -> str:
    """Whether the column is in the key or always filled, what it refers to and what it may hold."""
    said = []
    if column.name in table.primary_key:
        said.append("key")
    elif not column.is_nullable:
        said.append("always")
    said += [f"→ [{key.table}](#{key.table})" for key in table.foreign_keys_of(column.name)]
    said += [f"`{check}`" for check in column.checks]
    return _cell(", ".join(said))


def _unit(column: DescribedColumn) -> str:
    return column.unit if column.sensitivity == "public" else f"{column.unit} (*{column.sensitivity}*)"


def _first(text: str) -> str:
    return text.partition(". ")[0].removesuffix(".")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main() -> int:
    """Write or check the page; 1 when a check finds it stale."""
    parser = argparse.ArgumentParser(prog="python -m nof.dictionary", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed page, write nothing")
    page = checkout() / "docs" / "data-dictionary.md"
    text = data_dictionary(checkout())
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
