"""What dbt could not build, in words: each model or test, and which rows of the method a test found wrong."""

from pathlib import Path
from typing import Any

SHOWN_FAILURES = 10
SHOWN_ROWS = 3


def told(selector: str, failures: list[Any], exception: BaseException | None, *, database: Path) -> str:
    """The message of a build that failed.

    Args:
        selector: what was to be built.
        failures: dbt's results of what failed.
        exception: what ended dbt itself, if anything did.
        database: the DuckDB file that was built in; nothing has it open.
    """
    lines = [f"Building {selector} failed; nothing was published."]
    for each in failures[:SHOWN_FAILURES]:
        rows = f" ({each.failures} rows)" if each.failures else ""
        lines.append(f"- {each.node.name}: {each.status}{rows}. {each.message or ''}".rstrip())
        if each.failures and _is_of_the_method(each.node):
            lines += [f"    {row}" for row in _rows(each, database)]
            lines.append(f"    What it asks for: {each.node.original_file_path}")
    if len(failures) > SHOWN_FAILURES:
        lines.append(f"- and {len(failures) - SHOWN_FAILURES} more")
    if exception is not None:
        lines.append(str(exception))
    return "\n".join(lines)


def _is_of_the_method(node: Any) -> bool:
    """Whether a test reads seeds alone: a message may leave the machine, and landed rows stay."""
    read = node.depends_on.nodes
    return bool(read) and all(name.startswith("seed.") for name in read)


def _rows(failure: Any, database: Path) -> list[str]:
    """The first rows that a test found wrong, cell by cell."""
    import duckdb  # noqa: PLC0415 - a build that succeeds needs none of it

    query = f"select * from ({failure.node.compiled_code}) as found limit {SHOWN_ROWS}"
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            asked = connection.execute(query)
            names = [column[0] for column in asked.description or ()]
            found = asked.fetchall()
    except duckdb.Error as error:
        return [f"Its rows cannot be shown: {str(error).splitlines()[0]}"]
    rows = [
        ", ".join(f"{name} {_shown(cell)}" for name, cell in zip(names, row, strict=True)) for row in found
    ]
    more = int(failure.failures) - len(rows)
    return [*rows, f"and {more} more"] if more > 0 else rows


def _shown(cell: object) -> str:
    return "(empty)" if cell is None else str(cell)
