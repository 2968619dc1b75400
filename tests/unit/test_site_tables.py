"""Tables made in Python: ranks to sort by, texts escaped, figures named."""

from decimal import Decimal

from jinja2 import Environment
from markupsafe import Markup

from browser.harness_pages import parse
from nof.site.look import NONE, environment, figure, shown
from nof.site.marks import explained, link, range_mark, segment_mark
from nof.site.table import Column, Line, Table, cell, ranked, simple

HOSTILE = "\"><script>alert('x')</script> & O'Brien"


def html(table: Table) -> str:
    templates: Environment = environment()
    source = '{% import "tables.html.j2" as t with context %}{{ t.table(made) }}'
    return templates.from_string(source).render(made=table)


def made(*keys: object) -> Table:
    return ranked(
        Table(
            "Sorted",
            (Column("Name"), Column("Key", is_numeric=True, is_sorted_by=True)),
            tuple(Line((cell("a"), cell(str(key), key))) for key in keys),
        )
    )


def ranks(table: Table) -> list[int | None]:
    return [line.cells[1].rank for line in table.lines]


def test_ranks_are_whole_numbers_in_the_order_of_the_keys_and_nothing_is_last() -> None:
    assert ranks(made(Decimal("-0.5"), Decimal("10"), None, Decimal("2"), Decimal("2"))) == [1, 3, 6, 2, 2]
    assert ranks(made("b", None, "a")) == [2, 4, 1]
    assert ranks(made(True, False)) == [2, 1]


def test_only_a_column_to_sort_by_has_ranks() -> None:
    table = made(1, 2)
    assert all(line.cells[0].rank is None for line in table.lines)
    page = parse(html(table))
    assert [each.attributes.get("data-sort-value") for each in page.of("td")] == ["1", "2"]
    assert page.of("table")[0].attributes["data-module"] == "nhsuk-table"
    assert "data-module" not in parse(html(simple("Plain", ("A",), [("a",)]))).of("table")[0].attributes


def test_texts_are_shown_and_not_run() -> None:
    table = Table(
        HOSTILE,
        (Column(HOSTILE), Column("B")),
        (Line((cell(HOSTILE), cell(explained(HOSTILE, HOSTILE))), {"data-text": HOSTILE}),),
        table_id="body",
        note=HOSTILE,
    )
    page = parse(html(table))
    assert page.of("script") == []
    assert [each.text for each in page.of("caption")] == [HOSTILE]
    assert page.of("tr")[1].attributes["data-text"] == HOSTILE
    assert page.of("div")[0].attributes["aria-label"] == HOSTILE


def test_markup_is_shown_as_it_is_and_nothing_as_a_dash() -> None:
    assert shown(Markup("<b>a</b>")) == "<b>a</b>"
    assert shown(None) == NONE
    assert explained(None or NONE, "x").startswith("<span")
    assert "&lt;" in link("a.html", HOSTILE)
    assert segment_mark(None) == NONE
    assert 'data-figure="t.c">3<' in segment_mark(3, "t.c")
    assert range_mark(Decimal("1.2"), Decimal("1.895")) == '<span class="nowrap">1.20 to 1.90</span>'
    assert range_mark(None, Decimal(1)) == NONE


def test_an_attribute_names_what_a_cell_is_of() -> None:
    each = cell(figure(Decimal("1.50"), "fct_domain.domain_score"), 1, data_domain="OF4000")
    assert each.attributes == {"data-domain": "OF4000"}
    assert each.content == '<span data-figure="fct_domain.domain_score">1.50</span>'
