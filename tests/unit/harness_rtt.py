"""A small full extract, right in every sum, and the staging of what is read from it, on DuckDB in memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import SimpleNamespace

import duckdb
import jinja2
from harness_macros import ROOT, macros

from nof.errors import Problem
from nof.landing.columns import LANDING_TABLES
from nof.landing.lookups import read_lookups
from nof.landing.model import Readable
from nof.landing.opened import open_file
from nof.landing.publications import publication_of
from nof.landing.publications.rtt_layout import BANDS, HEADINGS, TOTAL, TOTAL_ALL, UNKNOWN

Line = dict[str, str]
FILE = "rtt.csv"
FETCH = "Fetch the file again from where it is published"


def line(
    function: str,
    bands: dict[int, int],
    *,
    part: str = "Part_2",
    commissioner: str = "ZC1",
    provider: str = "ZP1",
    unknown: int = 0,
    total_all: int | None = None,
) -> Line:
    """One row; `bands` are by their first week, and Part_3 has a total only."""
    cells = dict.fromkeys(HEADINGS, "")
    cells |= {
        "Period": "RTT-April-2026",
        "Provider Parent Org Code": "ZBB",
        "Provider Org Code": provider,
        "Provider Org Name": f"INVENTED {provider}",
        "Commissioner Org Code": commissioner,
        "RTT Part Type": part,
        "Treatment Function Code": function,
    }
    total = sum(bands.values())
    if part != "Part_3":
        cells |= {heading: str(bands.get(week, 0)) for week, heading in enumerate(BANDS)}
    if part in ("Part_1A", "Part_1B"):
        cells |= {TOTAL: str(total), UNKNOWN: str(unknown)}
    cells[TOTAL_ALL] = str(total + unknown if total_all is None else total_all)
    return cells


def small() -> list[Line]:
    """Rows 2 to 11: one provider, three commissioners of which one is not English, three parts."""
    return [
        line("C_100", {0: 3, 17: 1, 18: 2, 52: 4}),
        line("X02", {0: 1, 104: 5}),
        line("C_999", {0: 4, 17: 1, 18: 2, 52: 4, 104: 5}),
        line("C_100", {51: 7}, commissioner="ZC2"),
        line("C_999", {51: 7}, commissioner="ZC2"),
        line("C_100", {60: 9}, commissioner="NONC"),
        line("C_999", {60: 9}, commissioner="NONC"),
        line("C_100", {1: 2}, part="Part_1A", unknown=3),
        line("C_999", {1: 2}, part="Part_1A", unknown=3),
        line("C_100", {}, part="Part_3", total_all=6),
        line("C_999", {}, part="Part_3", total_all=6),
    ]


def written(lines: Iterable[Line], headings: Sequence[str] = HEADINGS) -> bytes:
    """As NHS England writes it: CRLF, no byte order mark."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, headings, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue().encode()


def zipped(**members: bytes) -> bytes:
    """An archive; two underscores in a name stand for the point."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
            archive.writestr(f"__MACOSX/._{name.replace('__', '.')}", b"\x00\x05\x16\x07")
    return packed.getvalue()


def read(content: bytes) -> Readable | list[Problem]:
    """What the publication that knows the file makes of it."""
    opened = open_file(content)
    publication = publication_of(opened)
    assert publication is not None and publication.file_kind == "rtt_waits"
    return publication.read(FILE, opened, read_lookups())


def refusals(content: bytes) -> list[str]:
    """All that is wrong with a file."""
    found = read(content)
    assert isinstance(found, list), "the file was read"
    return [str(problem) for problem in found]


def staged(readable: Readable) -> duckdb.DuckDBPyConnection:
    """The two staging views over what was read, as their SQL in models/staging makes them."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("create schema landing")
    columns = LANDING_TABLES["rtt_waits"]
    rows = [
        ("file", str(number), "true", *cells)
        for number, cells in zip(readable.table.row_numbers, readable.table.rows, strict=True)
    ]
    lists = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"create table landing.rtt_waits ({', '.join(f'{name} varchar' for name in columns)})")
    unnested = ", ".join(["unnest(cast(? as varchar[]))"] * len(columns))
    connection.execute(f"insert into landing.rtt_waits select {unnested}", lists)
    for name in ("stg_nhse__rtt_waits", "stg_nhse__rtt_week_bands"):
        connection.execute(f"create table {name} as {_rendered(ROOT / 'models' / 'staging' / f'{name}.sql')}")
    return connection


def _rendered(path: Path) -> str:
    environment = jinja2.Environment(extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined)
    shared: SimpleNamespace = macros()
    environment.globals.update(vars(shared))
    return environment.from_string(path.read_text(encoding="utf-8")).render(
        source=lambda schema, table: f"{schema}.{table}", ref=lambda name: name
    )
