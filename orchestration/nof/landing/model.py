"""What landing hands on: files, their rows as text, and which file supplies which vintage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from nof.errors import Problem
from nof.landing.text import canonical

FileKind = Literal[
    "oversight_data",
    "league_table",
    "register_entries",
    "ods_trusts",
    "rtt_waits",
    "ae_attendances",
    "cancer_waits",
    "ambulance_responses",
    "community_waits",
    "staff_survey_results",
]
OVERSIGHT_DATA: FileKind = "oversight_data"
LEAGUE_TABLE: FileKind = "league_table"
REGISTER_ENTRIES: FileKind = "register_entries"
ODS_TRUSTS: FileKind = "ods_trusts"

FILE_ID_LENGTH = 12


class Vintage(NamedTuple):
    """The unit that one file supplies whole: cells of two files never mix within it."""

    file_kind: str
    trust_type_id: str
    quarter_id: str


class EntryKey(NamedTuple):
    """What one entry of a register is about: the unit there, so that a later file adds and replaces entries.

    Attributes:
        value: only where the subject allows many values side by side, otherwise empty.
    """

    file_kind: str
    register_id: str
    organisation_code: str
    subject: str
    from_date: str
    value: str


class Period(NamedTuple):
    """What a file of ODS or of a source publication covers: periods stand side by side, each from one file.

    Attributes:
        period: a month as 2026-07; a survey year as 2024.
    """

    file_kind: str
    period: str


Unit = Vintage | EntryKey | Period


@dataclass(frozen=True)
class Table:
    """The rows of one file, cells as published; a row that is repeated exactly is here once.

    Attributes:
        rows: cells in the order of the landing columns after file_id, row_number and is_current_vintage.
        row_numbers: the spreadsheet row of each (the header is row 1).
        vintages: the unit that each row belongs to.
    """

    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    vintages: tuple[Unit, ...]


class Readable(NamedTuple):
    """A file that can be read; the counts are those of LandedFile."""

    file_kind: FileKind
    table: Table
    row_count: int
    repeated_row_count: int

    @property
    def vintages(self) -> tuple[Unit, ...]:
        """All vintages that the file covers, sorted."""
        return tuple(sorted(set(self.table.vintages)))

    @property
    def entries(self) -> Mapping[Unit, tuple[str, ...]]:
        """What each entry of a register says; empty for other kinds, whose units are many rows."""
        if self.file_kind != REGISTER_ENTRIES:
            return {}
        rows = (tuple(canonical(cell) for cell in row) for row in self.table.rows)
        return dict(zip(self.table.vintages, rows, strict=True))


@dataclass(frozen=True)
class LandedFile:
    """One file that this run stands on, whether landed by an earlier run or new.

    Attributes:
        file_id: the first twelve hexadecimal digits of its hash.
        version: from a `-v2` or `-revised` at the end of its name, otherwise 1.
        landed_date: the day of the run that first landed it; kept by the register ever after.
        landed_order: 1 for the first file of the home; the higher one supplies a vintage that both hold.
        row_count: rows of data in the file as published, repeated ones included.
        repeated_row_count: rows that repeat another row exactly and are loaded once.
        vintages: all that it covers, whether or not a later file supplies them.
        is_new: not in the register yet.
        content: its bytes, so that what is registered is what was scored, whatever happens to the source.
    """

    file_id: str
    file_name: str
    file_kind: FileKind
    sha256: str
    byte_count: int
    row_count: int
    landed_date: date
    version: int
    landed_order: int
    vintages: tuple[Unit, ...]
    repeated_row_count: int
    is_new: bool
    table: Table = field(repr=False, compare=False)
    content: bytes = field(repr=False, compare=False)


@dataclass(frozen=True)
class SetAside:
    """A file that an earlier run refused and that is still refused: the run goes on without it."""

    path: Path
    sha256: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Landed:
    """All that a run stands on.

    Attributes:
        files: in the order of landing, those that a later file supersedes included.
        vintages: the file_id that supplies each vintage.
        ignored: what lies in the folders and is no data (notes, hidden files, folders).
        already_landed: files found again whose bytes the home, or another file of this run, already has.
        set_aside: files refused before, and again now; a run must tell its reader about them.
        clock_behind: the day of the newest landed file where the clock says an earlier one, and on which new
            files count as landed then; a run must tell that too.
        is_read: whether the rows of the files are here. Without them it only tells which release it would be.
    """

    files: tuple[LandedFile, ...]
    vintages: Mapping[Unit, str]
    ignored: tuple[Path, ...] = ()
    already_landed: tuple[Path, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    clock_behind: date | None = None
    is_read: bool = True

    @property
    def new_files(self) -> tuple[LandedFile, ...]:
        """Those that no release was made from yet."""
        return tuple(file for file in self.files if file.is_new)

    @property
    def is_empty(self) -> bool:
        """Nothing landed and nothing new: the run scores the bundled seeds."""
        return not self.files

    def up_to(self, quarter_id: str) -> "Landed":
        """The same without the files that hold newer quarters only: they take no part in such a release.

        Registers and ODS trust files always stay: their dates say what they mean for a quarter.
        New files that stay are numbered anew, so that they enter the register without a gap.
        """
        staying = [
            file
            for file in self.files
            if any(not isinstance(each, Vintage) or each.quarter_id <= quarter_id for each in file.vintages)
        ]
        landed_count = sum(not file.is_new for file in self.files)
        fresh = [file for file in staying if file.is_new]
        return replace(
            self,
            files=(
                *(file for file in staying if not file.is_new),
                *(
                    replace(file, landed_order=landed_count + place)
                    for place, file in enumerate(fresh, start=1)
                ),
            ),
        )

    @property
    def quarters(self) -> tuple[str, ...]:
        """Quarters with oversight data, oldest first; a league table or a register alone makes no quarter."""
        return tuple(
            sorted(
                {
                    each.quarter_id
                    for each in self.vintages
                    if isinstance(each, Vintage) and each.file_kind == OVERSIGHT_DATA
                }
            )
        )
