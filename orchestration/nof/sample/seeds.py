"""The seed files of the bundled nation: making their text, writing them, and comparing them."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from nof.sample.files import DATA_FILE_KIND, FILES, PUBLISHED_HEADER, published_bytes
from nof.sample.grid import first_edition, make_grid
from nof.sample.nation import invented_nation
from nof.sample.rows import data_rows

OVERSIGHT_DATA_COLUMNS = ("file_id", "row_number", "is_current_vintage", *PUBLISHED_HEADER)
LEAGUE_TABLE_COLUMNS = (
    "file_id",
    "row_number",
    "is_current_vintage",
    "quarter",
    "region",
    "trust_type",
    "trust_subtype",
    "trust_code",
    "trust_name",
    "average_score",
    "likely_range_of_average_score",
    "segment",
    "trust_in_financial_deficit",
    "rank",
    "likely_range_of_rank",
)
FILES_COLUMNS = (
    "file_id",
    "file_name",
    "file_kind",
    "sha256",
    "byte_count",
    "row_count",
    "landed_date",
)

# The header is row 1, as in a spreadsheet.
_FIRST_DATA_ROW = 2
_FILE_ID_LENGTH = 12


def seed_texts() -> dict[str, str]:
    """Name of each seed file -> its whole text, made from the fixed seed and the framework's seeds."""
    trusts = invented_nation()
    grid = make_grid(trusts)
    before = first_edition(grid, trusts)
    data: list[Mapping[str, str]] = []
    register: list[Mapping[str, str]] = []
    for file in FILES:
        rows = data_rows(
            grid if file.is_current_vintage else before,
            [trust for trust in trusts if trust.trust_type_id == file.trust_type_id],
            file.quarter_ids,
            file.trust_type_label,
        )
        content = published_bytes(rows, file.has_quarter_column)
        sha256 = hashlib.sha256(content).hexdigest()
        file_id = sha256[:_FILE_ID_LENGTH]
        register.append(
            {
                "file_id": file_id,
                "file_name": file.file_name,
                "file_kind": DATA_FILE_KIND,
                "sha256": sha256,
                "byte_count": str(len(content)),
                "row_count": str(len(rows)),
            }
        )
        data.extend(
            {
                "file_id": file_id,
                "row_number": str(row_number),
                "is_current_vintage": str(file.is_current_vintage).lower(),
                **row,
            }
            for row_number, row in enumerate(rows, start=_FIRST_DATA_ROW)
        )
    return {
        "sample_oversight_data.csv": _seed_text(OVERSIGHT_DATA_COLUMNS, data),
        "sample_league_table.csv": _seed_text(LEAGUE_TABLE_COLUMNS, []),
        "sample_files.csv": _seed_text(FILES_COLUMNS, register),
    }


def write_seeds(folder: Path) -> list[Path]:
    """Regenerate the seeds in `folder`."""
    paths = []
    for name, text in seed_texts().items():
        path = folder / name
        path.write_bytes(text.encode())
        paths.append(path)
    return paths


def stale_seeds(folder: Path) -> list[str]:
    """Names of the seed files in `folder` that are not, byte for byte, what the script makes."""
    return [
        name
        for name, text in seed_texts().items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]


def _seed_text(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
