"""Files that are bad as a whole, in their header, or in rows that do not go together."""

from gallery import Bad, landing, sound_rows
from harness_inputs import HEADER, LEAGUE_HEADER, league_row, published, row, text_of

SOUND = text_of(list(sound_rows()))
FIRST, *BELOW = SOUND.removesuffix("\r\n").split("\r\n")


def _lines(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode()


def _header(old: str, new: str) -> bytes:
    return _lines(FIRST.replace(old, new), *BELOW)


def _without(name: str) -> list[str]:
    return [each for each in HEADER if each != name]


_FILES = (
    ("an empty file", b""),
    ("nothing but blank lines", b"\xef\xbb\xbf\r\n\r\n"),
    ("a header and no rows", _lines(FIRST)),
    ("an Excel workbook or zip archive named .csv", b"PK\x03\x04rest"),
    ("an empty zip archive named .csv", b"PK\x05\x06" + bytes(18)),
    ("an old Excel workbook named .csv", b"\xd0\xcf\x11\xe0rest"),
    ("a PDF named .csv", b"%PDF-1.7"),
    ("a gzip archive named .csv", b"\x1f\x8b\x08"),
    ("a 7-Zip archive named .csv", b"7z\xbc\xaf\x27\x1c"),
    ("a bzip2 archive named .csv", b"BZh91AY"),
    ("a RAR archive named .csv", b"Rar!\x1a\x07"),
    ("a Parquet file named .csv", b"PAR1rest"),
    ("a database named .csv", b"SQLite format 3\x00"),
    ("a picture named .csv", b"\x89PNG\r\n"),
    ("a word processor's text named .csv", b"{\\rtf1 text}"),
    ("a program named .csv", b"#!/bin/sh\nrm -rf .\n"),
    ("a web page in place of the file", b"<!DOCTYPE html><html><body>Page not found</body></html>"),
    ("JSON named .csv", b'{"rows": []}'),
    ("UTF-16 with its mark", "\ufeffQuarter,Region".encode("utf-16-le")),
    ("UTF-16 without its mark", "Quarter,Region".encode("utf-16-le")),
    ("UTF-16 of the other order", "Quarter,Région".encode("utf-16-be")),
    ("UTF-32", "\ufeffQuarter".encode("utf-32-le")),
    (
        "Windows-1252, as old Excel saves it",
        text_of([row(), row(Trust_code="ZZ2", Trust_name="Trust – Café")]).encode("cp1252"),
    ),
    ("two byte order marks", b"\xef\xbb\xbf\xef\xbb\xbf" + SOUND.encode()),
    ("a NUL in a cell", text_of([row(), row(Trust_code="ZZ2", Value="9\x00")]).encode()),
    ("a file cut short in a row", SOUND.encode()[:-30]),
    ("a file cut short between quotation marks", SOUND.encode() + b'Q1 2025/26,London,"Acute'),
    ("a stray quotation mark", SOUND.replace("London", '"Lon"don', 1).encode()),
    (
        "a quotation mark that swallows the rest",
        SOUND.replace("London", '"London', 1).encode() + b"x" * 200_000,
    ),
    ("a line of a million signs", SOUND.encode() + b"x" * 1_000_001),
    ("more columns than any table has", (",".join(f"c{n}" for n in range(1_001)) + "\r\n").encode()),
    ("more lines than any table has", SOUND.encode() + b",\n" * 500_000),
)

_HEADERS = (
    ("another table", b"code,name,value\r\n1,2,3\r\n"),
    ("a file without its header", _lines(*BELOW)),
    ("a title above the header", _lines("NHS Oversight Framework,,,,", "", FIRST, *BELOW)),
    ("a blank line above the header", _lines("", FIRST, *BELOW)),
    ("a line for Excel alone above the header", _lines("sep=,", FIRST, *BELOW)),
    ("semicolons between the cells", _lines(*(line.replace(",", ";") for line in (FIRST, *BELOW)))),
    ("tabs between the cells", _lines(*(line.replace(",", "\t") for line in (FIRST, *BELOW)))),
    ("quotation marks around whole rows", _lines(*(f'"{line}"' for line in (FIRST, *BELOW)))),
    ("a column that is missing", published(*sound_rows(), header=_without("Units"))),
    ("a column that is there twice", _lines(f"{FIRST},value", *(f"{line},1" for line in BELOW))),
    ("a column that no such file has", published(*(each | {"Comments": "x"} for each in sound_rows()))),
    ("a heading that is misspelt", _header("Metric_description", "Metric_descripton")),
    ("a heading with a space for its underscore", _header("Trust_code", "Trust code")),
    ("a heading with a sign that is not seen", _header("Region", "Reg\u00adion")),
    ("a comma at the end of the header and of each row", _lines(*(f"{line}," for line in (FIRST, *BELOW)))),
    ("a column that is about persons", published(*(each | {"Patient name": "x"} for each in sound_rows()))),
    (
        "a league table without a column",
        published(league_row(), header=[each for each in LEAGUE_HEADER if each != "Segment"]),
    ),
)

_ROWS = (
    (
        "a comma that is not between quotation marks",
        SOUND.replace("Invented NHS", "Invented, NHS", 1).encode(),
    ),
    ("commas at the end of a row", _lines(FIRST, f"{BELOW[0]},,", BELOW[1])),
    ("a row that is too short", _lines(FIRST, BELOW[0].rpartition(",")[0], BELOW[1])),
    ("a note below the table", _lines(FIRST, *BELOW, "Source: NHS England")),
    ("a note below the table, as a sheet saves it", _lines(FIRST, *BELOW, "Source: NHS England" + "," * 16)),
    ("a total below the table, as a sheet saves it", _lines(FIRST, *BELOW, "Total" + "," * 12 + "18.06,,,,")),
    ("two headers", _lines(FIRST, FIRST, *BELOW)),
    ("two files put together", _lines(FIRST, BELOW[0], FIRST, BELOW[1])),
    ("two values for one thing", published(row(), row(Value="9.04"))),
    ("one value with two ranks", published(row(), row(Rank="34"))),
    ("a trust with two names in one row's place", published(row(), row(Trust_name="Another"))),
    (
        "a metric under one unit written in two ways",
        published(row(Units="count", Value="3"), row(Units="Count", Value="4")),
    ),
    ("a trust of two types", published(row(), row(Trust_type="Ambulance trust", Metric_ID="OF0010"))),
    ("a trust twice in a league table", published(league_row(), league_row(Rank="2"))),
    ("no quarter in the whole file", published(*sound_rows(), header=_without("Quarter"))),
    (
        "a summary without a quarter, and no column for it",
        published(row(), row(Metric_ID="OF5004", Value="1", Units="flag"), header=_without("Quarter")),
    ),
    (
        "two quarters in the summary, and no column for them",
        published(
            row(Metric_ID="OF4000", Reporting_date="Q1 2025/26", Units="score"),
            row(Metric_ID="OF5002", Reporting_date="Q2 2025/26", Units="score"),
            header=_without("Quarter"),
        ),
    ),
    (
        "more than twenty cells",
        published(*(row(Trust_code=f"Z{number}", Value="bad") for number in range(10, 40))),
    ),
)

TABLES = {
    "Files as a whole": [Bad(wrong, landing(data_csv=content)) for wrong, content in _FILES],
    "Headers": [Bad(wrong, landing(data_csv=content)) for wrong, content in _HEADERS],
    "Rows": [Bad(wrong, landing(data_csv=content)) for wrong, content in _ROWS],
}
