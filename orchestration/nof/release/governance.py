"""The last look at a candidate before its seal: aggregate figures only, and nothing that stays in the build.

What is published is decided by the publication models; this finds out whether they keep to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.described import DescribedTable, read_described
from nof.files import files_under
from nof.persons import person_patterns
from nof.project import read_seed
from nof.release.candidate import Candidate
from nof.release.database import SCHEMA, Table, open_database, read_tables
from nof.release.errors import ReleaseRefused
from nof.release.kept_back import KeptBack, attach_build, find_confidential, read_kept_back
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb

# The shape of a value, by the unit that its column declares: a sentence in either is in the wrong place.
SHAPES = {
    "identifier": re.compile(r"[\w.:+-]*", re.ASCII),
    "word of a closed list": re.compile(r".{0,60}"),
}
ROLE = "role"

# What is in a release beside its companions; `{table}` stands for each publication table.
ROOT_FILES = frozenset({"nof.duckdb", "metadata.json", "datapackage.json", "notes.md"})
PUBLISHED_CSV = re.compile(r"csv/(forecast-)?nhs-oversight-framework-[a-z-]+\.csv")
QUALITY = re.compile(r"quality/(quality\.html|(landed|scored)\.(results\.csv|validation\.json))")
# The site: pages, their data and the assets; a page or a data file is named after what it is about.
SITE = re.compile(
    r"site/(assets/[a-z-]+\.(css|js|svg|txt)|data/[\w.-]+\.(csv|js)|"
    r"((trust|metric|league|method|quality)/)?[\w.-]+\.html)",
    re.ASCII,
)
_READABLE = frozenset({".csv", ".html", ".json", ".md", ".bim", ".txt", ".js", ".css", ".svg"})


def check_governance(
    candidate: Candidate,
    *,
    build_database: Path,
    companion_files: Sequence[str],
    described: Mapping[str, DescribedTable] | None = None,
) -> None:
    """Refuse a candidate that holds anything but publishable, aggregate figures.

    Args:
        candidate: a release with everything in its folder but the seal.
        build_database: what it was made from; read for what has to stay there.
        companion_files: what its companions have left, relative to its folder.
        described: what the models say of each table; read from them where None.

    Raises:
        ReleaseRefused: with every table, column and file that is wrong, how often, and what to do.
    """
    models = read_described() if described is None else described
    with open_database(candidate.database) as connection:
        tables = read_tables(connection, candidate.database.stem)
        attach_build(connection, build_database)
        kept = read_kept_back(connection)
        problems = [*_classes(tables, models), *_names(tables)]
        problems += _texts(connection, tables, models, kept)
        problems += find_confidential(connection, tables)
    problems += _files(candidate.folder, [table.name for table in tables], companion_files)
    problems += _words(candidate.folder, kept)
    if problems:
        raise ReleaseRefused(
            "The release may not go out as it is (docs/information-governance.md):\n" + "\n".join(problems)
        )


def _classes(tables: Sequence[Table], models: Mapping[str, DescribedTable]) -> Iterator[str]:
    """Every table and column has a class, and every class may be published."""
    publishable = {
        row["sensitivity_class"]: row["is_publishable"] == "true"
        for row in read_seed("reference", "sensitivity_classes")
    }
    for table in tables:
        model = models.get(table.name)
        if model is None:
            yield (
                f"{table.name}: no YAML in models/publication gives it a sensitivity class. "
                "Describe it there."
            )
            continue
        classes = {column.name: column.sensitivity for column in model.columns}
        for place, name in [
            (table.name, model.sensitivity),
            *((f"{table.name}.{column}", classes.get(column, "")) for column in table.column_names),
        ]:
            if not name:
                yield f"{place}: no sensitivity class. Give it one in the YAML of the model."
            elif name not in publishable:
                yield (
                    f"{place}: the class {name!r} is not known. Take one of "
                    "seeds/reference/sensitivity_classes.csv."
                )
            elif not publishable[name]:
                yield (
                    f"{place}: what is {name} stays in the build. Take the column out of the model, or "
                    "publish only what may go out (macros/withheld.sql)."
                )


def _names(tables: Sequence[Table]) -> Iterator[str]:
    """No column is about persons by its name."""
    patterns = person_patterns()
    for table in tables:
        for column in table.column_names:
            found = patterns.in_heading(column)
            if found:
                yield (
                    f"{table.name}.{column}: by its name it holds {found.finds}, and a release is aggregate. "
                    "Take the column out of the model, or call it what it is."
                )


def _texts(
    connection: "duckdb.DuckDBPyConnection",
    tables: Sequence[Table],
    models: Mapping[str, DescribedTable],
    kept: KeptBack,
) -> Iterator[str]:
    """What is in the columns of text: the shape they declare, no person, no word that stays in the build."""
    patterns = person_patterns()
    for table in tables:
        model = models.get(table.name)
        columns = {column.name: column for column in model.columns} if model else {}
        for column in table.columns:
            if column.data_type != "VARCHAR":
                continue
            place = f"{table.name}.{column.name}"
            declared = columns.get(column.name)
            texts = _distinct(connection, table.name, column.name)
            shape = SHAPES.get(declared.unit) if declared else None
            strange = [text for text in texts if shape is not None and not shape.fullmatch(text)]
            if strange and declared is not None:
                yield (
                    f"{place}: {len(strange)} values are not what its unit says ({declared.unit}), so they "
                    "may be free text. Correct the unit in the YAML, or what fills the column."
                )
            is_role = declared is not None and declared.sensitivity == ROLE
            persons = [found for text in texts for found in patterns.in_text(text, is_typed=is_role)]
            if persons:
                yield (
                    f"{place}: {len(persons)} values look like {persons[0].finds} (such as "
                    f"{persons[0].masked}). Find the row in the landed file and take the file out "
                    "(docs/runbooks/refused-file.md)."
                )
            repeated = list(kept.found_in(texts))
            if repeated:
                yield (
                    f"{place}: {len(repeated)} values repeat words that a register entry gives as its "
                    "reason, source, role or value, and that stay in the build. Publish the file and row "
                    "instead."
                )


def _files(folder: Path, tables: Sequence[str], companion_files: Sequence[str]) -> Iterator[str]:
    """The files of a release are those that are expected: no build file and no landed file among them."""
    expected = {*ROOT_FILES, *companion_files}
    expected |= {f"{kind}/{table}.{kind}" for kind in ("csv", "parquet") for table in tables}
    for path in files_under(folder):
        name = path.relative_to(folder).as_posix()
        if name not in expected and not any(kind.fullmatch(name) for kind in (PUBLISHED_CSV, QUALITY, SITE)):
            yield (
                f"{name}: no part of a release, so nobody has looked at what is in it. Take it out, or name "
                "it among the files of a companion."
            )


def _words(folder: Path, kept: KeptBack) -> Iterator[str]:
    """What is written beside the tables repeats nothing that stays in the build either."""
    for path in files_under(folder):
        name = path.relative_to(folder).as_posix()
        # The files made of tables hold what the tables hold.
        if path.suffix in _READABLE and not name.startswith("csv/"):
            repeated = list(kept.found_in([path.read_text(encoding="utf-8")]))
            if repeated:
                yield (
                    f"{name}: it repeats words of a register entry that stay in the build. Say which row "
                    "they stand in instead."
                )


def _distinct(connection: "duckdb.DuckDBPyConnection", table: str, column: str) -> list[str]:
    rows = connection.execute(
        f"select distinct {quoted(column)} from {SCHEMA}.{quoted(table)} where {quoted(column)} is not null "
        "order by 1"
    ).fetchall()
    return [text for (text,) in rows]
