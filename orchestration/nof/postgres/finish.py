"""What is done around the release itself: what the schema says of it, rules for new rows, and room."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from psycopg import Error, sql

from nof.postgres import tables
from nof.postgres.in_place import Changed
from nof.postgres.locks import try_alter
from nof.postgres.plan import Alteration
from nof.postgres.source import Source
from nof.postgres.target import PushRefused, Target
from nof.postgres.words import said
from nof.release.csv_files import framework_label
from nof.release.database import SCHEMA, open_database
from nof.release.terms import read_terms

if TYPE_CHECKING:
    import psycopg

    from nof.postgres.move import Move

    Cursor = psycopg.Cursor[tuple[Any, ...]]

NOTICE = "Not an NHS England publication."
BUNDLED = "The figures are of the bundled nation, which is invented: none of them is a real trust's."


def describe_schema(cursor: "Cursor", target: Target, source: Source) -> None:
    """Say on the schema itself which release is in it, under which licence, and what it is not."""
    cursor.execute(
        sql.SQL("comment on schema {} is {}").format(
            sql.Identifier(target.schema), sql.Literal(_description(source))
        )
    )


def finish(move: "Move") -> list[str]:
    """Add the rules that only the new release meets, and free the room that replaced rows took.

    The release is there already and stays, whatever happens here.

    Returns:
        What could not be done, for the person to know; the next push does it.
    """
    problems = []
    for each in move.plan.kept:
        for change in _rules(move.target.schema, each):
            try:
                try_alter(
                    move.connection,
                    change,
                    [move.standing.tables[each.table.name].oid],
                    move.patience_seconds,
                )
            except Error as error:
                problems.append(f"{each.table.name}: {said(error, move.target)}")
            except PushRefused as refusal:
                problems.append(f"{each.table.name}: {refusal}")
    touched = [name for name, changed in move.changed.items() if changed != Changed()]
    if touched:
        # Without handing room back to the disk: for that the server would lock readers out for a moment.
        statement = sql.SQL("vacuum (analyze, truncate false) {}").format(
            tables.table_list(move.target.schema, touched)
        )
        try:
            move.connection.execute(statement)
        except Error as error:
            problems.append(f"vacuum: {said(error, move.target)}")
    return problems


def _rules(schema: str, alteration: Alteration) -> list[Callable[["Cursor"], None]]:
    """One change for each lock: one table against its readers; two tables, beside their readers."""
    name, gained = alteration.table.name, alteration.gained
    changes: list[Callable[[Cursor], None]] = []
    if alteration.required:
        changes.append(partial(tables.require, schema=schema, alteration=alteration))
    for constraints in (tables.rules(gained), tables.references(gained)):
        if constraints:
            changes.append(
                partial(tables.add_constraints, schema=schema, table=name, constraints=constraints)
            )
    return changes


def _description(source: Source) -> str:
    """The words for the schema: those that the release has of itself, where it has them."""
    licence, source_line, notice = read_terms(is_bundled=source.is_bundled).licence, None, NOTICE
    with open_database(source.database) as connection:
        has_words = connection.execute(
            "select count(*) from duckdb_columns() where schema_name = ? and table_name = 'dim_release' "
            "and column_name in ('licence', 'source_line', 'notice')",
            [SCHEMA],
        ).fetchall()[0][0]
        if has_words == 3:
            licence, source_line, notice = connection.execute(
                f"select licence, source_line, notice from {SCHEMA}.dim_release"
            ).fetchall()[0]
    parts = [
        f"{framework_label(source.framework_id)}, recomputed: release {source.release}, {source.state}.",
        BUNDLED if source.is_bundled else None,
        source_line,
        f"Licence: {licence}",
        notice,
    ]
    return "\n".join(part for part in parts if part)
