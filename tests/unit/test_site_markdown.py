"""Pages of the methodology as HTML: links led to pages or to none, tables in boxes, nothing of a page run."""

import posixpath
import re
from html import unescape

import pytest

from browser.harness_pages import parse
from harness_some import some
from nof.project import project_root
from nof.site.glossary import CERTAINTIES
from nof.site.method.markdown import render, slug
from nof.site.method.pages import documents, folder, index, section

NAMES = {"metric-scores.md", "frameworks.md"}


def body(text: str) -> str:
    return str(render(f"# Title\n\n{text}", NAMES).body)


def test_the_first_heading_is_the_title_and_no_other_is_of_its_level() -> None:
    made = render("# A `title` of it\n\ntext\n\n# Another\n\n## Part\n", NAMES)
    assert made.title == "A title of it"
    assert [each.tag for each in parse(made.body).of("h1", "h2")] == ["h2", "h2"]


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("[scores](metric-scores.md)", "metric-scores.html"),
        ("[years](frameworks.md#what-each-rests-on)", "frameworks.html#what-each-rests-on"),
        ("[all](README.md)", "../method.html"),
        ("[sure](README.md#how-sure-a-rule-is)", "../method.html#how-sure-a-rule-is"),
        ("[here](#part)", "#part"),
        ("[manual](https://www.england.nhs.uk/nof/)", "https://www.england.nhs.uk/nof/"),
    ],
)
def test_a_link_leads_to_a_page_of_the_site(written: str, leads_to: str) -> None:
    assert [each.attributes["href"] for each in parse(body(written)).of("a")] == [leads_to]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[rank](../../models/scoring/unit_tests/rank.yml)", "rank (models/scoring/unit_tests/rank.yml)"),
        ("[`_sources.yml`](../../seeds/framework/_sources.yml)", "_sources.yml"),
        ("[gone](no-such-page.md)", "gone (docs/methodology/no-such-page.md)"),
        ("[decision](../decisions/0006-exact-scores.md)", "decision (docs/decisions/0006-exact-scores.md)"),
    ],
)
def test_a_link_into_the_repository_is_its_name_and_no_link(written: str, shown: str) -> None:
    made = parse(body(written))
    assert made.of("a") == []
    assert "".join(text for text, _ in made.texts).strip() == shown


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "[x](javascript:alert(1))",
        "| a |\n| --- |\n| <b onclick=x>b</b> |",
        "## <script>x</script>\n\n| a |\n| --- |\n| b |",
        "```\n<script>x</script>\n```",
        "![x](javascript:x)",
    ],
)
def test_html_is_shown_and_not_run(written: str) -> None:
    made = parse(body(written))
    assert made.of("script", "img", "b") == []
    assert not [each for each in made.elements if any(name.startswith("on") for name in each.attributes)]
    assert not [each for each in made.of("a") if "javascript" in each.attributes.get("href", "")]


def test_a_table_is_in_a_box_of_its_own_with_a_caption_of_its_own() -> None:
    table = "| a | b |\n| --- | ---: |\n| 1 | 2 |\n\ntext\n\n"
    made = parse(body(f"{table}## Part\n\n{table}{table}"))
    assert [each.text for each in made.of("caption")] == ["Title", "Part", "Part, table 2"]
    boxes = [each for each in made.of("div") if each.attributes.get("class") == "scroll"]
    assert [each.attributes["aria-label"] for each in boxes] == ["Title", "Part", "Part, table 2"]
    assert all(each.attributes["tabindex"] == "0" for each in boxes)
    assert {each.attributes["scope"] for each in made.of("th")} == {"col"}
    assert not [each for each in made.elements if "style" in each.attributes]
    assert "numeric" in made.of("td")[1].attributes["class"]


def test_a_heading_without_words_heads_nothing() -> None:
    made = parse(body("| | b |\n| --- | --- |\n| 1 | 2 |"))
    assert [each.text for each in made.of("th")] == ["b"]
    assert len(made.of("td")) == 3


def test_code_is_reached_by_keyboard() -> None:
    assert parse(body("```sql\nselect 1 < 2\n```")).of("pre")[0].attributes["tabindex"] == "0"
    assert "select 1 &lt; 2" in body("```sql\nselect 1 < 2\n```")


def test_headings_are_named_as_repositories_name_them() -> None:
    assert slug("What each rests on?") == "what-each-rests-on"
    made = parse(body("## Part\n\n## Part\n\n## `of_it`, too\n"))
    assert [each.attributes["id"] for each in made.of("h2")] == ["part", "part-1", "of_it-too"]


def test_every_document_is_a_page_and_stands_in_the_index_once() -> None:
    names = {path.name for path in folder().glob("*.md")} - {"README.md"}
    found = documents()
    assert set(found) == names
    listed = [entry.path for group in index(found) for entry in group.entries]
    assert sorted(listed) == sorted(f"method/{name.removesuffix('.md')}.html" for name in names)
    assert all(entry.title for group in index(found) for entry in group.entries)


def test_links_between_documents_lead_to_pages_and_parts_that_are_there() -> None:
    found = documents()
    ids = {f"{name.removesuffix('.md')}.html": set(parse(made.body).ids) for name, made in found.items()}
    top = {"how-sure-a-rule-is", "words", "all"}
    count = 0
    for name, made in found.items():
        for link in parse(made.body).of("a"):
            path, _, fragment = link.attributes["href"].partition("#")
            if path == "../method.html":
                assert not fragment or fragment in top, (name, link.attributes)
            elif not path.startswith("https://"):
                target = path or f"{name.removesuffix('.md')}.html"
                assert target in ids, (name, link.attributes)
                assert not fragment or fragment in ids[target], (name, link.attributes)
            count += 1
    assert count > 40


def test_what_a_document_names_in_the_repository_is_there() -> None:
    named = [
        (name, path)
        for name, made in documents().items()
        for path in re.findall(r"\(<code>([^<]*)</code>\)", made.body)
    ]
    for name, path in some(each for each in named if posixpath.dirname(each[1])):
        assert (project_root() / unescape(path)).exists(), (name, path)


def test_sections_of_the_readme_lead_into_the_folder() -> None:
    shown = str(section("How sure a rule is", documents()))
    assert 'href="method/frameworks.html#what-each-rests-on"' in shown
    assert 'href="frameworks.html' not in shown


def test_the_glossary_says_of_certainty_what_the_readme_says() -> None:
    rows = dict(
        re.findall(r"^\| (\w+) \| (.*) \|$", (folder() / "README.md").read_text(encoding="utf-8"), flags=re.M)
    )
    for word, meaning in CERTAINTIES.items():
        assert rows[word].startswith(meaning), word
