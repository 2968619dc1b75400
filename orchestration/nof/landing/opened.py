"""What a file is before anybody reads it: a text with a first line, a workbook with sheets, an archive."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from typing import Literal

from nof.landing.bounds import LARGEST_UNPACKED_BYTES, LONGEST_LINE_BYTES, cells_bounded

_ZIP = b"PK\x03\x04"
_WORKBOOK_MEMBER = "xl/workbook.xml"

Form = Literal["text", "workbook", "archive"]


@dataclass(frozen=True)
class Opened:
    """A file, looked at and not read.

    Attributes:
        form: text is whatever is no archive; a workbook is an archive, too, and is told from it.
        first_record: the cells of the first line of a text.
        sheets: the names of a workbook's sheets in their order, hidden ones included.
        members: of an archive that is no workbook: the names of its files, without folders and what a
            Macintosh adds (`__MACOSX/`).
        unpacked_bytes: what an archive or a workbook says that it holds.
    """

    content: bytes = field(repr=False)
    form: Form
    first_record: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    unpacked_bytes: int = 0


def open_file(content: bytes) -> Opened:
    """Look at a file; what is damaged, or would be too large unpacked, is an archive without members."""
    if not content.startswith(_ZIP):
        return Opened(content, "text", first_record=_first_record(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
    except zipfile.BadZipFile:
        return Opened(content, "archive")
    size = sum(each.file_size for each in found)
    if size > LARGEST_UNPACKED_BYTES:
        return Opened(content, "archive", unpacked_bytes=size)
    names = [each.filename for each in found if not each.is_dir()]
    if _WORKBOOK_MEMBER in names:
        return Opened(content, "workbook", sheets=_sheets(content), unpacked_bytes=size)
    members = tuple(name for name in names if not name.startswith("__MACOSX/"))
    return Opened(content, "archive", members=members, unpacked_bytes=size)


def _sheets(content: bytes) -> tuple[str, ...]:
    """Through the directory of the workbook alone: its cells are read where it is known what they are."""
    from xml.etree import ElementTree  # noqa: PLC0415 - only for workbooks

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read(_WORKBOOK_MEMBER)
    # Entities are what makes XML dangerous, and a workbook has none.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return ()
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return ()
    return tuple(each.get("name", "") for each in root.iter() if each.tag.endswith("}sheet"))


def _first_record(content: bytes) -> tuple[str, ...]:
    line = content[:LONGEST_LINE_BYTES].split(b"\n", 1)[0]
    try:
        text = line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ()
    try:
        with cells_bounded():
            return tuple(next(csv.reader(io.StringIO(text)), ()))
    except csv.Error:
        return ()
