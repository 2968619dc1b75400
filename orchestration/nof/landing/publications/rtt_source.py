"""The one CSV of a full extract, in its zip or out of it, as a stream that cannot grow without end."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from nof.errors import Problem
from nof.landing.bounds import LARGEST_UNPACKED_BYTES
from nof.landing.opened import Opened
from nof.landing.publications.rtt_layout import find_header
from nof.landing.records import FETCH_AGAIN

# Five times the extract in hand (180,781 rows, the longest of 2,849 bytes).
MOST_ROWS = 1_000_000
# Where the header of a CSV is looked for, and in how many members of an archive.
_TOP_BYTES = 1 << 16
_MOST_MEMBERS = 20
_ENCRYPTED = 0x1
_LOCAL_HEADER_BYTES = 30

# What zipfile raises where a member is damaged, cut short, or packed in a way that it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class OutOfBounds(Exception):
    """The CSV has more rows than any full extract."""


@dataclass(frozen=True)
class Source:
    """Where the CSV is: a member of an archive, or, where there is none, the content itself."""

    content: bytes = field(repr=False)
    member: str | None = None

    def open(self) -> IO[bytes]:
        """The bytes of the CSV, unpacked as they are read; beyond MOST_ROWS reading raises OutOfBounds."""
        return io.BufferedReader(_Counted(self._unpacked()), 1 << 20)

    def top(self) -> bytes:
        """The first bytes, for the header."""
        with self._unpacked() as stream:
            return stream.read(_TOP_BYTES)

    def read_through(self) -> None:
        """Read to the end and keep nothing: what is damaged raises one of UNREADABLE."""
        with self.open() as stream:
            while stream.read(1 << 20):
                pass

    def _unpacked(self) -> IO[bytes]:
        """Of a member comes no more than it says that it holds, which LARGEST_UNPACKED_BYTES bounds."""
        content = io.BytesIO(self.content)
        if self.member is None:
            return content
        return zipfile.ZipFile(content).open(self.member)


class _Counted(io.RawIOBase):
    """A stream that counts ends of lines and stops beyond the most rows."""

    def __init__(self, inner: IO[bytes]) -> None:
        self._inner = inner
        self._rows = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        read = self._inner.read(len(buffer))
        self._rows += read.count(b"\n")
        if self._rows > MOST_ROWS:
            raise OutOfBounds
        buffer[: len(read)] = read
        return len(read)


def is_full_extract(opened: Opened) -> bool:
    """Whether a CSV, or one in an archive, has the header of a full extract.

    A member that cannot be looked into is told by its own name, so that the reader says what is wrong.
    """
    if opened.form == "text":
        return find_header(opened.content[:_TOP_BYTES]) is not None
    if opened.form == "workbook":
        return False
    if not opened.members:
        return _sounds_right(_first_name(opened.content))
    return any(_is_extract(opened.content, name) for name in _csvs(opened)[:_MOST_MEMBERS])


def source_of(file: str, opened: Opened) -> Source | Problem:
    """The CSV to read, or why there is not one."""
    if opened.form == "text":
        return Source(opened.content)
    if opened.unpacked_bytes > LARGEST_UNPACKED_BYTES:
        return Problem(
            file,
            f"the archive would have {opened.unpacked_bytes:,} bytes unpacked, and "
            f"{LARGEST_UNPACKED_BYTES:,} are the most.",
            "See what it is before it is landed: a full extract has about 82 million.",
        )
    if not opened.members:
        return damaged(file, "its directory is missing or broken")
    csvs = _csvs(opened)
    if len(csvs) > 1:
        return Problem(
            file,
            f"the archive holds {len(csvs)} CSV files ({', '.join(csvs[:5])}), and nothing says which "
            "to read.",
            "Land an archive with one CSV, or the CSV itself.",
        )
    with zipfile.ZipFile(io.BytesIO(opened.content)) as archive:
        if archive.getinfo(csvs[0]).flag_bits & _ENCRYPTED:
            return Problem(
                file,
                f"{csvs[0]} in the archive is encrypted.",
                "Unpack it with its password and land the CSV, or fetch it again from where it is published.",
            )
    return Source(opened.content, csvs[0])


def damaged(file: str, why: object) -> Problem:
    """What is said of an archive that cannot be read to its end."""
    return Problem(file, f"the archive is damaged or cut short ({why}).", FETCH_AGAIN)


def _csvs(opened: Opened) -> list[str]:
    return [name for name in opened.members if name.casefold().endswith(".csv")]


def _is_extract(content: bytes, name: str) -> bool:
    try:
        return find_header(Source(content, name).top()) is not None
    except UNREADABLE:
        return _sounds_right(name)


def _sounds_right(member: str) -> bool:
    return "rtt" in member.casefold() and member.casefold().endswith(".csv")


def _first_name(content: bytes) -> str:
    """The name in the first local header, which is there even where the directory at the end is not."""
    length = int.from_bytes(content[26:28], "little")
    return content[_LOCAL_HEADER_BYTES : _LOCAL_HEADER_BYTES + length].decode("utf-8", errors="replace")
