"""Making a whole release in a private folder, from a build whose gates have passed."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from nof.described import read_described
from nof.files import files_under
from nof.home import Home
from nof.release import identity
from nof.release.candidate import Candidate
from nof.release.checks import check_tables, check_whole
from nof.release.csv_files import csv_files, tidy_tables
from nof.release.database import SCHEMA, make_database, open_database, read_tables
from nof.release.datapackage import write_datapackage
from nof.release.errors import ReleaseRefused
from nof.release.metadata import write_metadata
from nof.release.notes import write_notes
from nof.release.published_csv import write_published_csvs
from nof.release.seal import write_seal
from nof.release.tables import write_parquet, write_tidy_csv
from nof.release.terms import read_terms
from nof.sql import quoted

if TYPE_CHECKING:
    import duckdb


def assemble(candidate: Candidate, *, build_database: Path, gate_results: Path, home: Home) -> None:
    """Make the tables of a release in every format, and what describes them, in the candidate's folder.

    The same build gives the same bytes on any number of threads, in every file but `nof.duckdb`: DuckDB
    leaves bytes between its segments unset. There the rows and their order are the same; the manifest and
    the seal, which hold its hash, differ.

    Args:
        candidate: what to make; its folder is inside the home's `build/`, new or empty.
        build_database: the build's DuckDB file, which no connection of this process has open for writing.
        gate_results: the folder with what the gates found; copied as it is to `quality/`.
        home: the home that the release is for.

    Raises:
        ReleaseRefused: the release cannot be made whole; nothing outside the candidate folder was touched.
    """
    folder, framework_id = candidate.folder, candidate.framework_id
    _refuse_wrong_start(gate_results, folder, home)
    if candidate.release_id != identity.release_id(
        inputs=candidate.inputs, framework_id=framework_id, quarter_id=candidate.quarter_id
    ):
        raise ReleaseRefused(
            f"Release {candidate.release_id} was named after other inputs, seeds or code than those in hand: "
            "something changed while the run was working. Run again."
        )
    for name in ("parquet", "csv"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(gate_results, folder / "quality", copy_function=shutil.copyfile)

    make_database(build_database, candidate.database, read_described())
    with open_database(candidate.database) as connection:
        tables = read_tables(connection, "nof")
        check_tables(tables)
        about = _about(candidate)
        for table in tables:
            write_parquet(connection, table, folder / "parquet", about)
        for table in tidy_tables(tables):
            write_tidy_csv(connection, table, folder / "csv")
        files = write_published_csvs(connection, folder / "csv", framework_id)
        write_notes(
            connection,
            folder,
            files,
            release_id=candidate.release_id,
            framework_id=framework_id,
            quarter_id=candidate.quarter_id,
            is_bundled=candidate.is_bundled,
        )
        described = csv_files(connection, tables, files)
    write_metadata(candidate, described)
    write_datapackage(candidate, described)
    check_whole(folder, tables, files, framework_id=framework_id, quarter_id=candidate.quarter_id)


def seal_candidate(candidate: Candidate) -> None:
    """Seal a candidate whose tables were assembled and whose companions are there: manifest, then SUCCESS.

    Raises:
        ReleaseRefused: the candidate has no database to count rows of.
    """
    if not candidate.database.is_file():
        raise ReleaseRefused(f"{candidate.folder} holds no {candidate.database.name}: assemble it first.")
    with open_database(candidate.database) as connection:
        row_counts = {
            table.name: _count(connection, f"select count(*) from {SCHEMA}.{quoted(table.name)}")
            for table in read_tables(connection, "nof")
        }
        trust_count = _count(
            connection,
            f"select count(distinct trust_code) from {SCHEMA}.fct_segment where quarter_id = ?",
            candidate.quarter_id,
        )
    write_seal(candidate, row_counts=row_counts, trust_count=trust_count)


def _about(candidate: Candidate) -> dict[str, str]:
    """What a file that travels alone says of the release that it is from."""
    terms = read_terms(is_bundled=candidate.is_bundled)
    return {
        "release_id": candidate.release_id,
        "framework_id": candidate.framework_id,
        "quarter_id": candidate.quarter_id,
        "licence": terms.licence,
        "licence_url": terms.licence_url,
        "source": terms.source_line,
        "notice": terms.notice,
    }


def _refuse_wrong_start(gate_results: Path, candidate: Path, home: Home) -> None:
    """Refuse what would mix two releases, or publish one that no gate has seen."""
    if not candidate.resolve().is_relative_to(home.build.resolve()):
        raise ReleaseRefused(f"{candidate} is not inside {home.build}, where releases are made.")
    if candidate.exists() and any(candidate.iterdir()):
        raise ReleaseRefused(f"{candidate} is not empty: what an earlier run left would enter the release.")
    if not gate_results.is_dir() or not files_under(gate_results):
        raise ReleaseRefused(f"{gate_results} holds no gate results, and nothing is released without a gate.")


def _count(connection: "duckdb.DuckDBPyConnection", query: str, *values: str) -> int:
    return int(connection.execute(query, values).fetchall()[0][0])
