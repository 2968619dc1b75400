"""Names made to do harm where they are shown: each is shown as it is, runs nothing, and spoils no figure."""

from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
from harness_difference import Tables, side_of
from harness_difference_segments import METRIC, SEGMENT, release
from harness_inputs import NAME, TODAY, league_row, published, row
from openpyxl.cell import Cell
from python_calamine import CalamineWorkbook
from rich.console import Console
from test_workbook_rules import BOOK, SMALL

from harness_home import ONE, Q1, put_out, unlock
from harness_session import Nof
from nof.companions.workbook.ods import write_ods
from nof.companions.workbook.xlsx import write_xlsx
from nof.difference import compare, write_difference
from nof.explain import layout
from nof.explain.ask import find_trust
from nof.gates.page import write_page
from nof.gates.results import FAILED, Example, ExpectationResult, write_rows
from nof.home import Home
from nof.landing import land, register_new_files, write_landing
from nof.release.tables import write_csv

HTML = '<script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)'
SQL = "'); drop table landing.oversight_data; --"
TEMPLATE = "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}"
MARKDOWN = "[x](javascript:alert(1)) ![x](https://example.org/x.png) `x` | **x**"
MARKUP = "[red]x[/red] [/] [link=https://example.org]x[/link] \\[x]"
SHEET = "{=1+1} http://example.org external:x.xlsx mailto:x ;DDE"
NAMES = (HTML, SQL, TEMPLATE, MARKDOWN, MARKUP, SHEET)


class Shown(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [f"{name}={value}" for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(page: str, *names: str) -> None:
    shown = Shown(page)
    text = " ".join(shown.text.split())
    for name in names:
        assert " ".join(name.split()) in text
    assert not {"script", "img", "iframe", "object", "svg"} & set(shown.tags)
    assert not [each for each in shown.attributes if each.startswith("on") or "javascript:" in each]
    assert not [each for each in shown.attributes if each.startswith(("href=http", "src="))]


def test_the_check_of_pages_sees_what_would_run() -> None:
    for page in ("<p><script>alert(1)</script></p>", "<p onclick='x'>x</p>", "<a href='javascript:x'>x</a>"):
        with pytest.raises(AssertionError):
            assert_harmless(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_landed_as_it_is_and_no_query_is_made_of_it(tmp_path: Path, name: str) -> None:
    home, inbox = Home(tmp_path / "home"), tmp_path / "in"
    inbox.mkdir()
    (inbox / NAME).write_bytes(published(row(Trust_name=name, Region=name), row(Trust_code="ZZ2")))
    (inbox / "league.csv").write_bytes(published(league_row(Trust_name=name)))
    landed = land(home, [inbox], today=TODAY)
    with duckdb.connect() as connection:
        write_landing(connection, landed, framework_id=None, quarter_id=None)
        tables = connection.execute(
            "select trust_name, value from landing.oversight_data order by row_number"
        )
        assert tables.fetchall() == [(name, "9.03"), ("Invented NHS Trust", "9.03")]
        assert connection.execute("select trust_name from landing.league_table").fetchall() == [(name,)]
    register_new_files(home, landed)
    # No cell becomes a path: a landed file lies under its hash and its own name.
    found = {path.name for path in home.landed.rglob("*") if path.is_file()}
    assert found == {NAME, "league.csv", "register.csv"}
    assert find_trust(name, {"ZZ1": name, "ZZ2": "Another"}) == "ZZ1"


def test_the_quality_page_shows_them(tmp_path: Path) -> None:
    results = [
        ExpectationResult(
            gate="landed",
            suite="suite",
            relation=f"relation {name}",
            expectation_id="claim",
            expectation_type="type",
            column=name,
            severity="critical",
            is_passed=False,
            outcome=FAILED,
            checked_count=2,
            unexpected_count=1,
            first_unexpected=str(
                Example((("file", f"{name}.csv"), ("trust", name)), (("trust_name", name),))
            ),
            observed=f"observed {name}",
            meaning=f"meaning {name}",
            remedy=f"remedy {name}",
            owner_role=f"role {name}",
        )
        for name in NAMES
    ]
    write_rows(tmp_path / "landed.results.csv", results)
    write_page(tmp_path)
    page = (tmp_path / "quality.html").read_text(encoding="utf-8")
    for name in NAMES:
        for part in ("relation", "observed", "meaning", "remedy", "role"):
            assert_harmless(page, f"{part} {name}")
        assert_harmless(page, f"file {name}.csv, trust {name}: trust_name = {name}")


def test_the_page_of_a_difference_shows_them(tmp_path: Path) -> None:
    trusts = "trust_code varchar primary key, trust_name varchar"
    for number, name in enumerate(NAMES):
        sides = []
        for label, score, value in (("one", "2.00", "1"), ("two", "2.60", "2")):
            segment = {**SEGMENT, "average_metric_score": score, "adjusted_segment": int(value)}
            tables: Tables = {
                **release([segment], [{**METRIC, "value": value}]),
                "dim_trust": (trusts, [(SEGMENT["trust_code"], name)]),
            }
            folder = tmp_path / f"{label}{number}"
            inputs = (
                {"kind": "oversight_data", "landed_date": "2026-01-01", "sha256": value * 64, "name": name},
            )
            sides.append(side_of(folder, tables, inputs=inputs))
        with compare(*sides) as difference:
            write_difference(difference, tmp_path / f"page{number}")
        page = (tmp_path / f"page{number}" / "index.html").read_text(encoding="utf-8")
        assert_harmless(page, name)
        # The figures beside the name are intact.
        assert "2.60" in Shown(page).text


def test_the_workbook_holds_them_as_text(tmp_path: Path) -> None:
    names = (*NAMES, "=1+1", "+1", "@x", "-x", "http://example.org", "external:x.xlsx", "mailto:x", "{=1+1}")
    rows = [("RAA", name, Decimal("1.50")) for name in names]
    book = replace(BOOK, sheets=(*BOOK.sheets[:-1], replace(SMALL, rows=rows)))
    write_xlsx(book, tmp_path / "book.xlsx")
    write_ods(book, tmp_path / "book.ods")
    cells: list[Cell] = [
        cell  # type: ignore[misc]
        for line in openpyxl.load_workbook(tmp_path / "book.xlsx")["Segments"].iter_rows()
        for cell in line
        if cell.value is not None
    ]
    shown = {str(cell.value): cell for cell in cells}
    for name in names:
        assert shown[name].data_type == "s"
        assert shown[name].hyperlink is None
        assert shown[name].offset(0, 1).value == 1.5
    with ZipFile(tmp_path / "book.xlsx") as archive:
        assert not [each for each in archive.namelist() if "externalLink" in each]
        sheets = [archive.read(each).decode() for each in archive.namelist() if "worksheets/sheet" in each]
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    table = CalamineWorkbook.from_path(tmp_path / "book.ods").get_sheet_by_name("Segments").to_python()
    assert {name: score for _, name, score in table if name in names} == dict.fromkeys(names, 1.5)
    with ZipFile(tmp_path / "book.ods") as archive:
        assert "table:formula" not in archive.read("content.xml").decode()


def test_a_csv_gives_them_back(tmp_path: Path) -> None:
    rows = [(name, "1.50") for name in NAMES]
    write_csv(tmp_path / "t.csv", ["trust_name", "score"], rows, encoding="utf-8")
    read = duckdb.sql(f"select * from read_csv('{tmp_path / 't.csv'}', all_varchar = true)").fetchall()
    assert read == rows


def test_a_terminal_prints_them(tmp_path: Path) -> None:
    console = Console(file=StringIO(), width=400, force_terminal=True, color_system="truecolor")
    layout.heading(console, MARKUP)
    layout.paragraph(console, MARKUP)
    layout.named_lines(console, [("name", MARKUP)])
    layout.table(console, ["Name", "Score"], [(MARKUP, "1.50")], figures=["Score"])
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert printed.count(MARKUP) == 4
    assert "\x1b]8;" not in printed  # no link was made of it


def test_the_list_of_releases_prints_a_reason_as_it_is_written(nof: Nof, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    release_folder = put_out(home, Q1, ONE)
    reason = "agreed [red]as it[/red] stands [/bold] {{ 7 * 7 }} <b>"
    status, out, err = nof(
        "finalise", ONE, "--role", "Head of Analysis", "--reason", reason, "--home", home.root
    )
    assert (status, err) == (0, "")
    assert reason in out
    _, out, _ = nof("releases", "--home", home.root)
    assert "[red]" in out
    unlock(release_folder)
