"""Reads the rows a suite is about from a build, and says of a row where it came from."""

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from nof.engines.engine import Engine, EngineFailed
from nof.engines.typed_rows import columns_of, typed_rows
from nof.gates.results import Example
from nof.gates.suites import Suite

if TYPE_CHECKING:
    import pandas as pd

# Column -> the word for it in a message, in the order in which a message says them.
PLACES = {
    "file_name": "file",
    "file_id": "file",
    "row_number": "row",
    "quarter_id": "quarter",
    "trust_type_id": "trust type",
    "trust_code": "trust",
    "metric_id": "metric",
    "measure_id": "metric",
    "score_id": "score",
    "domain_id": "domain",
    "figure_kind": "figure",
    "framework_id": "framework",
}
# Schemas that are DuckDB's whichever engine has made the figures: what is in them, no other engine holds.
# And regular expressions: each engine has a language of its own for them. To DuckDB `\b` is the edge of a
# word, to PostgreSQL a backspace: the same pattern would look for something else.
_OWN = re.compile(r"\b((context|insight|publication)\.|regexp_\w+\s*\()", re.IGNORECASE)


@dataclass(frozen=True)
class Batch:
    """The rows of one suite; without them, the reason why they could not be read."""

    frame: "pd.DataFrame | None"
    error: str = ""


def is_asked_of_engine(suite: Suite) -> bool:
    """Whether an engine that has built the heavy rooms holds, and understands, all that a suite asks."""
    return _OWN.search(suite.sql) is None


def read_batches(
    database: Path, suites: Sequence[Suite], engine: Engine | None = None
) -> tuple[list[Batch], dict[str, str]]:
    """Read every suite's rows over one read-only connection, closed before anything is judged.

    Args:
        database: the build file.
        suites: whose rows are read.
        engine: that has built the heavy rooms: a suite over these alone gets its rows from there, by the same
            SQL. The others (`is_asked_of_engine`) read the build file, to which those rooms were brought.

    Returns:
        One batch per suite, in order, and file_id -> file_name of the landed files.

    Raises:
        FileNotFoundError: there is no build file to judge.
    """
    if not database.is_file():
        raise FileNotFoundError(f"There is no build file {database}; build the selector before its gate.")
    connection = duckdb.connect(str(database), read_only=True)
    try:
        return [_read(connection, suite, engine) for suite in suites], _file_names(connection)
    finally:
        connection.close()


def _read(connection: duckdb.DuckDBPyConnection, suite: Suite, engine: Engine | None) -> Batch:
    import pandas as pd  # noqa: PLC0415 - heavy, and only a gate needs it

    try:
        columns = columns_of(connection, suite.sql)
        names = [name for name, _ in columns]
        # A fixed order makes "the first of them" the same row on every run.
        places = [name for name in PLACES if name in names]
        order = [*places, *(name for name in names if name not in places)]
        asked = (
            nullcontext(suite.sql)
            if engine is None or not is_asked_of_engine(suite)
            else typed_rows(engine, suite.sql, columns)
        )
        with asked as sql:
            table = connection.execute(
                f"select * from ({sql}) as batch order by "
                + ", ".join(f'"{name}" nulls first' for name in order)
            ).to_arrow_table()
    except (duckdb.Error, EngineFailed) as error:
        return Batch(None, str(error).splitlines()[0].rstrip(".!"))
    # Arrow types: a decimal stays a decimal, an integer with gaps stays an integer.
    return Batch(table.to_pandas(types_mapper=pd.ArrowDtype))


def _file_names(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    try:
        rows = connection.execute("select file_id, file_name from staging.stg_nhse__files").fetchall()
    except duckdb.Error:
        return {}  # Names only make a message readable; a suite of its own checks that the register is there.
    return {str(file_id): str(name) for file_id, name in rows}


def examples_at(
    frame: "pd.DataFrame", positions: Sequence[int], columns: Sequence[str], files: Mapping[str, str]
) -> tuple[Example, ...]:
    """Where the rows at `positions` came from and what stands in `columns` there."""
    wanted = [name for name in (*PLACES, *columns) if name in frame.columns]
    # Column by column: a cell at a time takes seconds where a whole file is wrong.
    cells = {name: frame[name].iloc[list(positions)].tolist() for name in wanted}
    return tuple(
        _example({name: cells[name][place] for name in wanted}, columns, files)
        for place in range(len(positions))
    )


def _example(row: Mapping[str, Any], columns: Sequence[str], files: Mapping[str, str]) -> Example:
    place: dict[str, str] = {}
    for column, word in PLACES.items():
        if column not in row or word in place or _is_missing(row[column]):
            continue
        text = as_text(row[column])
        place[word] = files.get(text, text) if column == "file_id" else text
    if "trust" in place:
        place.pop("trust type", None)
    return Example(
        tuple(place.items()), tuple((column, as_text(row[column])) for column in columns if column in row)
    )


def totals(frame: "pd.DataFrame", columns: Sequence[str]) -> str:
    """The sums of counting columns: the denominators behind a share."""
    return ", ".join(f"{name} {int(frame[name].sum())}" for name in columns if name in frame.columns)


def as_text(value: Any) -> str:
    """A cell as a person writes it: no trailing zeros, `empty` for a missing one."""
    if _is_missing(value):
        return "empty"
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if str(value) in ("True", "False"):
        return str(value).lower()
    return str(value)


def _is_missing(value: Any) -> bool:
    import pandas as pd  # noqa: PLC0415 - as above

    return bool(pd.isna(value))
