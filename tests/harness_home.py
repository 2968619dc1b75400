"""Homes with small whole releases in them, made in milliseconds: every kind of file that a release has."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from nof.home import Home
from nof.landing.register import REGISTER_COLUMNS
from nof.release import Candidate, InputEntry, promote
from nof.release.seal import write_seal
from nof.release.tables import write_csv

IN_FORCE, DRAFT = "nof-2025-26", "npaf-2025-26-draft"
Q1, Q2, Q3 = "2025-26-Q1", "2025-26-Q2", "2025-26-Q3"
ONE, TWO, THREE, FOUR = ("1" * 16, "2" * 16, "3" * 16, "4" * 16)
ROLE, REASON = "Head of Performance Analysis", "signed off by the oversight group"


def land(home: Home, name: str, day: date, text: str = "Quarter,Value\r\nQ1,1\r\n") -> InputEntry:
    """Put a file into the home as a promoted release would have, and its row into the register."""
    content = text.encode()
    digest = sha256(content).hexdigest()
    path = home.landed / digest / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    lines = home.register.read_text().splitlines() if home.register.exists() else [",".join(REGISTER_COLUMNS)]
    row = dict.fromkeys(REGISTER_COLUMNS, "1") | {
        "landed_order": str(len(lines)),
        "file_name": name,
        "sha256": digest,
        "landed_date": day.isoformat(),
    }
    home.register.write_text("\n".join([*lines, ",".join(row.values())]) + "\n")
    return InputEntry(digest, name, "oversight_data", day)


def small_candidate(
    home: Home,
    quarter_id: str,
    release_id: str,
    *,
    framework_id: str = IN_FORCE,
    inputs: tuple[InputEntry, ...] = (),
    released_date: date | None = None,
    previous: Path | None = None,
    rows: int = 3,
) -> Path:
    """A sealed candidate: one tidy table, one in NHS England's shape, each in every format."""
    made = Candidate(
        folder=home.build / release_id / "candidate",
        release_id=release_id,
        framework_id=framework_id,
        quarter_id=quarter_id,
        inputs=inputs,
        previous=previous,
        released_date=released_date,
    )
    for name in ("parquet", "csv", "quality"):
        (made.folder / name).mkdir(parents=True)
    (made.folder / "notes.md").write_text(f"# Notes of {release_id}\n")
    (made.folder / "quality" / "scored.json").write_text('{"success": true}\n')
    with duckdb.connect(made.database) as connection:
        connection.execute("create schema publication")
        for table, count in (("fct_metric", rows), ("league_table", 2)):
            connection.execute(
                f"create table publication.{table} as "
                f"select 'ZZ' || number as trust_code, number as value from range({count}) as t(number)"
            )
            found = connection.execute(f"select * from publication.{table}").fetchall()
            cells = [tuple(str(cell) for cell in row) for row in found]
            name = {"league_table": "nhs-oversight-framework-acute-trust-league-table"}.get(table, table)
            write_csv(made.folder / "csv" / f"{name}.csv", ["trust_code", "value"], cells, encoding="utf-8")
            target = made.folder / "parquet" / f"{table}.parquet"
            connection.execute(f"copy publication.{table} to '{target}' (format parquet)")
    write_seal(made, row_counts={"fct_metric": rows, "league_table": 2}, trust_count=rows)
    return made.folder


def put_out(home: Home, quarter_id: str, release_id: str, **more: object) -> Path:
    """A small release, promoted as a run does it; under the framework in force unless another is named."""
    framework_id = str(more.get("framework_id", IN_FORCE))
    return promote(
        candidate=small_candidate(home, quarter_id, release_id, **more),  # type: ignore[arg-type]
        home=home,
        quarter_id=quarter_id,
        release_id=release_id,
        framework_is_in_force=framework_id == IN_FORCE,
    )


def unlock(folder: Path) -> None:
    """Make a sealed release writable, so that a test can do it harm."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def lock_again(folder: Path) -> None:
    """Seal it again as it was, but for the harm."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o555 if path.is_dir() else 0o444)
    folder.chmod(0o555)


def tree(folder: Path) -> dict[str, str]:
    """Everything in a folder, to compare two moments: files by hash, links by where they point, modes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = f"{sha256(path.read_bytes()).hexdigest()} {path.stat().st_mode:o}"
        else:
            found[name] = f"folder {path.stat().st_mode:o}"
    return found
