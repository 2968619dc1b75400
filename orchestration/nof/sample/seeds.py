"""The seed files of the bundled nation: making their text, writing them, and comparing them."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nof.sample.entries import REGISTER_HEADER
from nof.sample.files import (
    DATA_FILE_KIND,
    FILES,
    FIRST_ROW,
    ODS_DAYS,
    ODS_FILE_KIND,
    ODS_FILES,
    PUBLISHED_HEADER,
    REGISTER_DAY,
    REGISTER_FILE,
    REGISTER_FILE_KIND,
    data_bytes,
    ods_bytes,
    register_bytes,
)
from nof.sample.grid import Grid, first_edition, make_grid
from nof.sample.icbs import icb_cells, invented_icbs, lead_icb_codes
from nof.sample.nation import Trust, invented_nation
from nof.sample.ods import ODS_PLACES, ods_rows
from nof.sample.registers import register_rows
from nof.sample.rows import data_rows

_WALK_COLUMNS = ("file_id", "row_number", "is_current_vintage")
OVERSIGHT_DATA_COLUMNS = (*_WALK_COLUMNS, *PUBLISHED_HEADER)
REGISTER_COLUMNS = (*_WALK_COLUMNS, *REGISTER_HEADER)
ODS_COLUMNS = (*_WALK_COLUMNS, "as_at", *ODS_PLACES)
LEAGUE_TABLE_COLUMNS = (
    *_WALK_COLUMNS,
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
    "landed_order",
)

_FILE_ID_LENGTH = 12


def seed_texts() -> dict[str, str]:
    """Name of each seed file -> its whole text, made from the fixed seed and the framework's seeds."""
    trusts, icbs = invented_nation(), invented_icbs()
    leads = lead_icb_codes(trusts, icbs)
    grid = make_grid(trusts)
    register = register_rows(grid, trusts, icbs, leads)
    files = [
        *_data_files(grid | icb_cells(icbs), first_edition(grid, trusts), [*trusts, *icbs]),
        *(
            _File(
                name, ODS_FILE_KIND, rows := ods_rows(trusts, leads, as_at), ods_bytes(rows), ODS_DAYS[as_at]
            )
            for as_at, name in ODS_FILES.items()
        ),
        _File(REGISTER_FILE, REGISTER_FILE_KIND, register, register_bytes(register), REGISTER_DAY),
    ]
    columns = {
        DATA_FILE_KIND: OVERSIGHT_DATA_COLUMNS,
        REGISTER_FILE_KIND: REGISTER_COLUMNS,
        ODS_FILE_KIND: ODS_COLUMNS,
    }
    return {
        **{
            f"sample_{kind}.csv": _seed_text(
                kind_columns, [row for file in files if file.kind == kind for row in file.seed_rows()]
            )
            for kind, kind_columns in columns.items()
        },
        "sample_league_table.csv": _seed_text(LEAGUE_TABLE_COLUMNS, []),
        "sample_files.csv": _seed_text(
            FILES_COLUMNS,
            [
                file.register_row() | {"landed_order": order}
                for file, order in zip(files, _orders(files), strict=True)
            ],
        ),
    }


@dataclass(frozen=True)
class _File:
    """One file: its rows in landing names, and its bytes as `nof sample` writes them."""

    name: str
    kind: str
    rows: Sequence[Mapping[str, str]]
    content: bytes
    landed_date: str
    is_current_vintage: bool = True

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def file_id(self) -> str:
        return self.sha256[:_FILE_ID_LENGTH]

    def seed_rows(self) -> list[dict[str, str]]:
        """The rows with the way back to the file."""
        file_id = self.file_id
        return [
            {
                "file_id": file_id,
                "row_number": str(row_number),
                "is_current_vintage": str(self.is_current_vintage).lower(),
                **row,
            }
            for row_number, row in enumerate(self.rows, start=FIRST_ROW[self.kind])
        ]

    def register_row(self) -> dict[str, str]:
        """The file as sample_files.csv names it."""
        return {
            "file_id": self.file_id,
            "file_name": self.name,
            "file_kind": self.kind,
            "sha256": self.sha256,
            "byte_count": str(len(self.content)),
            "row_count": str(len(self.rows)),
            "landed_date": self.landed_date,
        }


def _orders(files: Sequence[_File]) -> list[str]:
    """The place of each file in the order of landing: by day, and by name as a run lands those of one day."""
    in_order = sorted(files, key=lambda file: (file.landed_date, file.name))
    return [str(1 + in_order.index(file)) for file in files]


def _data_files(current: Grid, before: Grid, organisations: Sequence[Trust]) -> Iterator[_File]:
    for file in FILES:
        rows = data_rows(
            current if file.is_current_vintage else before,
            [each for each in organisations if each.trust_type_id == file.trust_type_id],
            file.quarter_ids,
            file.trust_type_label,
        )
        content = data_bytes(rows, file.has_quarter_column)
        yield _File(file.file_name, DATA_FILE_KIND, rows, content, file.landed_date, file.is_current_vintage)


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
