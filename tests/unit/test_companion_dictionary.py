"""The dictionary that travels with a release, read again beside the database that it describes."""

import csv
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from nof.companions import dictionary
from nof.described import read_described
from nof.project import read_seed
from nof.release import Candidate, ReleaseRefused


@pytest.fixture(scope="module")
def candidate(bundled_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Candidate:
    folder = tmp_path_factory.mktemp("candidate")
    shutil.copyfile(bundled_release / "nof.duckdb", folder / "nof.duckdb")
    made = Candidate(
        folder=folder,
        release_id=bundled_release.name,
        framework_id="nof-2025-26",
        quarter_id=bundled_release.parent.name,
        inputs=(),
    )
    dictionary.write(made)
    return made


@pytest.fixture(scope="module")
def rows(candidate: Candidate) -> list[dict[str, str]]:
    with (candidate.folder / dictionary.CSV).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def page(candidate: Candidate) -> str:
    return (candidate.folder / dictionary.PAGE).read_text(encoding="utf-8")


def test_a_row_for_each_column_of_the_database_as_it_is(
    candidate: Candidate, rows: list[dict[str, str]]
) -> None:
    with duckdb.connect(candidate.database, read_only=True) as connection:
        found = connection.execute(
            "select table_name, column_name, cast(column_index as varchar), data_type, "
            "cast(is_nullable as varchar), comment from duckdb_columns() "
            "where schema_name = 'publication' order by table_name, column_index"
        ).fetchall()
    names = ("table", "column", "position", "type", "is_nullable")
    assert [tuple(row[name] for name in names) for row in rows] == [column[:-1] for column in found]
    for row, (*_, comment) in zip(rows, found, strict=True):
        assert comment.startswith(row["description"])
        assert row["unit"] and row["rule"] and row["grain"]
    classes = {each["sensitivity_class"] for each in read_seed("reference", "sensitivity_classes")}
    assert {row["sensitivity"] for row in rows} <= classes


def test_every_table_and_column_of_the_database_bears_its_words(candidate: Candidate) -> None:
    described = read_described()
    with duckdb.connect(candidate.database, read_only=True) as connection:
        tables = dict(
            connection.execute(
                "select table_name, comment from duckdb_tables() where schema_name = 'publication'"
            ).fetchall()
        )
    assert tables == {name: table.comment for name, table in described.items()}


def test_keys_references_and_checks_stand_in_the_row_that_they_are_about(
    rows: list[dict[str, str]],
) -> None:
    by_name = {(row["table"], row["column"]): row for row in rows}
    assert by_name["fct_domain", "domain_id"]["is_key"] == "true"
    assert by_name["fct_domain", "domain_id"]["foreign_key"] == (
        "(framework_id, domain_id) references dim_domain (framework_id, domain_id)"
    )
    assert by_name["fct_domain", "domain_score"]["checks"].split("; ")[0] == "domain_score between 1 and 4"
    # A condition on two columns stands in the row of each.
    shared = "league_rank <= league_trust_count"
    assert shared in by_name["fct_segment", "league_rank"]["checks"]
    assert shared in by_name["fct_segment", "league_trust_count"]["checks"]
    assert shared not in by_name["fct_segment", "final_segment"]["checks"]
    assert by_name["fct_segment", "final_segment"]["unit"] == "segment 1 to 5"


def test_the_csv_is_as_rfc_4180_asks(candidate: Candidate, rows: list[dict[str, str]]) -> None:
    content = (candidate.folder / dictionary.CSV).read_bytes()
    assert content.startswith(b"table,column,position,type,unit,is_key,is_nullable,checks,foreign_key,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(rows) + 1


class Reader(HTMLParser):
    """What a browser or a screen reader makes of a page: its parts, the places they name, what they load."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, {name: value or "" for name, value in attrs}))

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.seen if name == tag]


def test_the_page_stands_alone_and_can_be_read_without_seeing_it(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert not [tag for tag, _ in reader.seen if tag in {"script", "link", "img", "iframe", "form"}]
    assert not re.findall(r"url\(|@import", page)
    assert reader.of("html") == [{"lang": "en-GB"}]
    assert len(reader.of("h1")) == len(reader.of("main")) == len(reader.of("title")) == 1
    tables = len(read_described()) + 1  # and that of the classes
    assert len(reader.of("table")) == len(reader.of("caption")) == tables
    assert {cell["scope"] for cell in reader.of("th")} == {"col", "row"}
    places = [attributes["id"] for _, attributes in reader.seen if "id" in attributes]
    assert len(places) == len(set(places))
    inside = {link["href"].removeprefix("#") for link in reader.of("a") if link["href"].startswith("#")}
    outside = {link["href"] for link in reader.of("a") if not link["href"].startswith("#")}
    assert inside <= set(places)
    assert outside == {
        "data-dictionary.csv",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    }
    # A region that scrolls can be reached with the keyboard and has a name.
    regions = [each for each in reader.of("div") if each.get("class") == "scroll"]
    assert all(each["tabindex"] == "0" and each["aria-labelledby"] in places for each in regions)


def test_the_page_says_what_it_is_not_and_holds_every_column(page: str, rows: list[dict[str, str]]) -> None:
    assert "Not an NHS England publication" in page
    assert "an invented nation" in page
    for row in rows:
        assert f'<th scope="row">{row["column"]}</th>' in page
    assert f"What each of the {len(read_described())} tables and {len(rows)} columns means." in page


def test_it_is_the_same_to_the_byte_when_made_again(candidate: Candidate) -> None:
    before = [(candidate.folder / name).read_bytes() for name in dictionary.FILES]
    dictionary.write(candidate)
    assert [(candidate.folder / name).read_bytes() for name in dictionary.FILES] == before


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("alter table publication.method_value_bands add column colour varchar", "holds colour VARCHAR"),
        ("alter table publication.method_value_bands drop column source", "holds nothing where models/"),
        (
            "alter table publication.method_value_bands alter is_upper_inclusive type varchar",
            "holds is_upper_inclusive VARCHAR where models/publication promises is_upper_inclusive BOOLEAN",
        ),
        ("create table publication.loose (a bigint primary key)", "loose holds a BIGINT where"),
    ],
)
def test_a_dictionary_of_other_tables_than_those_beside_it_is_refused(
    candidate: Candidate, tmp_path: Path, change: str, message: str
) -> None:
    shutil.copyfile(candidate.database, tmp_path / "nof.duckdb")
    with duckdb.connect(tmp_path / "nof.duckdb") as connection:
        connection.execute(change)
    other = Candidate(tmp_path, candidate.release_id, candidate.framework_id, candidate.quarter_id, ())
    with pytest.raises(ReleaseRefused) as refused:
        dictionary.write(other)
    assert message in str(refused.value)
    assert not (tmp_path / dictionary.FOLDER).exists()
