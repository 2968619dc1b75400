"""Making a whole release in a private folder, from a build whose gates have passed."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nof.home import Home
from nof.release import identity
from nof.release.checks import check_tables, check_whole
from nof.release.companions import write_parquet, write_tidy_csv
from nof.release.database import SCHEMA, make_database, open_database, read_tables
from nof.release.errors import ReleaseRefused
from nof.release.files import files_under
from nof.release.identity import InputEntry
from nof.release.metadata import tidy_tables, write_metadata
from nof.release.notes import write_notes
from nof.release.published_csv import write_published_csvs
from nof.release.seal import write_seal

if TYPE_CHECKING:
    import duckdb


def assemble(
    *,
    build_database: Path,
    gate_results: Path,
    candidate: Path,
    release_id: str,
    framework_id: str,
    quarter_id: str,
    inputs: Sequence[InputEntry],
    home: Home,
) -> Path:
    """Make everything that a release holds, check it as a reader would, and seal it.

    The same build gives the same bytes on any number of threads, in every file but `nof.duckdb`: DuckDB
    leaves bytes between its segments unset. There the rows and their order are the same; the manifest and
    the seal, which hold its hash, differ.

    Args:
        build_database: the build's DuckDB file, which no connection of this process has open for writing.
        gate_results: the folder with what the gates found; copied as it is to `quality/`.
        candidate: the folder to make, inside the home's `build/`, new or empty.
        release_id: what `release_id()` gave at the start of the run.
        framework_id: the framework scored.
        quarter_id: the newest quarter in the build.
        inputs: the landed files in the register's order; none where the bundled seeds were scored.
        home: the home that the release is for.

    Returns:
        The candidate folder, sealed, ready for `promote`.

    Raises:
        ReleaseRefused: the release cannot be made whole; nothing outside the candidate folder was touched.
    """
    _refuse_wrong_start(gate_results, candidate, home)
    if release_id != identity.release_id(inputs=inputs, framework_id=framework_id, quarter_id=quarter_id):
        raise ReleaseRefused(
            f"Release {release_id} was named after other inputs, seeds or code than those in hand: "
            "something changed while the run was working. Run again."
        )
    for folder in ("parquet", "csv"):
        (candidate / folder).mkdir(parents=True)
    shutil.copytree(gate_results, candidate / "quality", copy_function=shutil.copyfile)

    database = candidate / "nof.duckdb"
    make_database(build_database, database)
    with open_database(database) as connection:
        tables = read_tables(connection, "nof")
        check_tables(tables)
        for table in tables:
            write_parquet(connection, table, candidate / "parquet")
        for table in tidy_tables(tables):
            write_tidy_csv(connection, table, candidate / "csv")
        files = write_published_csvs(connection, candidate / "csv", framework_id)
        write_notes(
            connection,
            candidate,
            files,
            release_id=release_id,
            framework_id=framework_id,
            quarter_id=quarter_id,
            is_bundled=not inputs,
        )
        trust_count = _trust_count(connection, quarter_id)
    write_metadata(candidate, tables, files, framework_id=framework_id, quarter_id=quarter_id)
    row_counts = check_whole(candidate, tables, files, framework_id=framework_id, quarter_id=quarter_id)
    write_seal(
        candidate,
        release_id=release_id,
        framework_id=framework_id,
        quarter_id=quarter_id,
        inputs=inputs,
        row_counts=row_counts,
        trust_count=trust_count,
    )
    return candidate


def _refuse_wrong_start(gate_results: Path, candidate: Path, home: Home) -> None:
    """Refuse what would mix two releases, or publish one that no gate has seen."""
    if not candidate.resolve().is_relative_to(home.build.resolve()):
        raise ReleaseRefused(f"{candidate} is not inside {home.build}, where releases are made.")
    if candidate.exists() and any(candidate.iterdir()):
        raise ReleaseRefused(f"{candidate} is not empty: what an earlier run left would enter the release.")
    if not gate_results.is_dir() or not files_under(gate_results):
        raise ReleaseRefused(f"{gate_results} holds no gate results, and nothing is released without a gate.")


def _trust_count(connection: "duckdb.DuckDBPyConnection", quarter_id: str) -> int:
    rows = connection.execute(
        f"select count(distinct trust_code) from {SCHEMA}.fct_segment where quarter_id = ?", [quarter_id]
    ).fetchall()
    return int(rows[0][0])
