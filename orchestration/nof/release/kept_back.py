"""What of a build may not be in its release: entries given in confidence, words that were typed by hand."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nof.files import files_under
from nof.project import project_root
from nof.release.database import SCHEMA, Table
from nof.sql import literal, quoted

if TYPE_CHECKING:
    import duckdb

# Words, not codes: shorter ones stand in a release by right (a label, a role, a date).
SHORTEST_TEXT = 12
# From here on it is looked for within longer texts too.
SHORTEST_PART = 24

_TYPED = """
    select distinct trim(typed) as typed
    from (
        select reason as typed from build.context.register_entries_in_hand
        union all
        select source_text from build.context.register_entries_in_hand
        union all
        select decided_by_role from build.context.register_entries_in_hand where listed_role is null
        union all
        select value_text from build.context.register_entries_in_hand where not is_value_published
    )
    where length(trim(typed)) >= ? and trim(typed) like '% %'
"""
_PLACES = """
    select file_id, row_number
    from build.context.register_entries_in_hand
    where is_confidential
"""
_KEYS = """
    select distinct register_id, framework_id, quarter_id, trust_code, subject_id
    from build.scoring.register_in_force
    where is_confidential
"""
# What a release says of a plan or baseline lies in columns with these words in their name; whether there is
# one, and that it is withheld, may be said.
_OF_REGISTER = {"plan": re.compile(r"(^|_)plan(_|$)"), "baseline": re.compile(r"(^|_)baseline(_|$)")}
_MAY_BE_SAID = re.compile(r"^(is|has)_\w+_confidential$|_status$|_month$")
_SUPPORT = ("has_deficit_support", "deficit_support_file_id", "deficit_support_row_number")


@dataclass(frozen=True)
class KeptBack:
    """What must not be found in a release.

    Attributes:
        texts: words that were typed by hand and that the project does not say itself, without capitals and
            full stops.
    """

    texts: frozenset[str]

    def found_in(self, texts: Iterable[str]) -> Iterator[str]:
        """Those of the texts that repeat one of them."""
        parts = [each for each in self.texts if len(each) >= SHORTEST_PART]
        for text in texts:
            bare = _bare(text)
            if bare in self.texts or any(part in bare for part in parts if len(part) < len(bare)):
                yield text


def attach_build(connection: "duckdb.DuckDBPyConnection", build_database: Path) -> None:
    """Let a connection to a release read the build as `build`."""
    connection.execute(f"attach {literal(build_database)} as build (read_only)")


def read_kept_back(connection: "duckdb.DuckDBPyConnection") -> KeptBack:
    """The words that stay in the attached build; what the project itself says word for word is public."""
    typed = {_bare(text) for (text,) in connection.execute(_TYPED, [SHORTEST_TEXT]).fetchall()}
    said = _said_by_the_project() if typed else ""
    return KeptBack(texts=frozenset(text for text in typed if text not in said))


def find_confidential(connection: "duckdb.DuckDBPyConnection", tables: Sequence[Table]) -> list[str]:
    """Every way in which a confidential entry of the attached build shows in the tables of the release."""
    connection.execute(f"create temp table confidential_places as {_PLACES}")
    connection.execute(f"create temp table confidential_keys as {_KEYS}")
    problems: list[str] = []
    for table in tables:
        problems += _pointers(connection, table)
        problems += _figures(connection, table)
    return problems


def _pointers(connection: "duckdb.DuckDBPyConnection", table: Table) -> Iterator[str]:
    """Rows that say: this comes from that row of the register."""
    names = set(table.column_names)
    for file_id in sorted(name for name in names if name == "file_id" or name.endswith("_file_id")):
        row_number = f"{file_id.removesuffix('file_id')}row_number"
        if row_number not in names:
            continue
        count = _count(
            connection,
            f"select count(*) from {SCHEMA}.{quoted(table.name)} as rows "
            f"inner join confidential_places as kept on rows.{quoted(file_id)} = kept.file_id "
            f"and rows.{quoted(row_number)} = kept.row_number",
        )
        if count:
            yield (
                f"{table.name}.{file_id}: {count} rows lead to a confidential register entry. Leave the "
                "entry out of the publication model, or empty the column there (macros/withheld.sql)."
            )


def _figures(connection: "duckdb.DuckDBPyConnection", table: Table) -> Iterator[str]:
    """Figures of a plan, a baseline or deficit support that a seed calls confidential."""
    names = set(table.column_names)
    if not {"framework_id", "quarter_id", "trust_code"} <= names:
        return
    by_subject = {"metric_id"} <= names
    for column in table.columns:
        for register_id, expression in _OF_REGISTER.items():
            if by_subject and expression.search(column.name) and not _MAY_BE_SAID.search(column.name):
                yield from _filled(connection, table, column.name, register_id)
        if column.name in _SUPPORT:
            yield from _filled(connection, table, column.name, "deficit_support")
    if by_subject and {"target_id", "target_value"} <= names:
        for name in ("target_value", "gap_to_target"):
            yield from _filled(connection, table, name, "plan", condition="rows.target_id = 'plan'")


def _filled(
    connection: "duckdb.DuckDBPyConnection",
    table: Table,
    column: str,
    register_id: str,
    *,
    condition: str = "true",
) -> Iterator[str]:
    of_subject = "and rows.metric_id = kept.subject_id" if register_id in _OF_REGISTER else ""
    count = _count(
        connection,
        f"select count(rows.{quoted(column)}) from {SCHEMA}.{quoted(table.name)} as rows "
        "inner join confidential_keys as kept on rows.framework_id = kept.framework_id "
        f"and rows.quarter_id = kept.quarter_id and rows.trust_code = kept.trust_code {of_subject} "
        f"where kept.register_id = {literal(register_id)} and {condition}",
    )
    if count:
        yield (
            f"{table.name}.{column}: {count} figures rest on a confidential entry of the register "
            f"{register_id} (seeds/reference/confidential_inputs.csv). Empty the column there "
            "(macros/withheld.sql)."
        )


def _bare(text: str) -> str:
    return text.strip(" .").casefold()


def _said_by_the_project() -> str:
    """What is written in the method, the reference, the descriptions of the tables and the expectations."""
    root = project_root()
    folders = ("seeds/framework", "seeds/reference", "models/publication", "expectations")
    paths = [path for folder in folders for path in files_under(root / folder)]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths if path.suffix != ".sql").casefold()


def _count(connection: "duckdb.DuckDBPyConnection", query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
