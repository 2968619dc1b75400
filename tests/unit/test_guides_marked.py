"""Every block of the guides says whether it is run; a block that says nothing, or what cannot be, is refused.

That the blocks work is shown by `make clients`, `make superset` and `make postgres`, where the programs are.
"""

import re
from pathlib import Path

import pytest

from clients.blocks import GuideRefused, read_guide
from clients.expected import EXPECTED
from harness_some import some

GUIDES = Path(__file__).resolve().parents[2] / "docs" / "guides"
PAGES = sorted(path.name for path in GUIDES.glob("*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_marked(page: str) -> None:
    read_guide(GUIDES / page)


def test_the_index_names_every_page() -> None:
    named = re.findall(r"\]\(([a-z]+\.md)\)", (GUIDES / "README.md").read_text(encoding="utf-8"))
    assert sorted({*named, "README.md"}) == PAGES


def test_every_figure_is_of_a_block_and_every_named_block_has_figures() -> None:
    blocks = [block for page in PAGES for block in read_guide(GUIDES / page)]
    assert set(EXPECTED) == {
        (block.page, block.name) for block in blocks if block.mark == "run" and block.name
    }


def openings(page: str) -> list[str]:
    """What a page gives to the function that opens a release."""
    text = "\n".join(block.text for block in read_guide(GUIDES / page) if block.mark != "not-run")
    return re.findall(r"(?:connect|create_engine|DuckDBInstance\.create)\((.*nof\.duckdb.*)", text)


def test_pages_open_releases_read_only_and_through_current() -> None:
    for page, opened in some((each, opened) for each in PAGES for opened in openings(each)):
        assert re.search(r"read_only|READ_ONLY", opened), (
            f"{page} opens a release otherwise than read-only: {opened}"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```python\nprint(1)\n```\n", "line 1: the block says 'python'. Give a language and one mark"),
        ("```\nls\n```\n", "line 1: the block says ''"),
        ("Words.\n\n```cobol run\nSTOP RUN.\n```\n", "line 3: nothing here runs 'cobol'"),
        ("```cobol\nSTOP RUN.\n```\n", "line 1: the block says 'cobol'"),
        ("```python ran=a\nprint(1)\n```\n", "the mark 'ran=a' is not known"),
        ("```python run=\nprint(1)\n```\n", "the mark 'run=' is not known"),
        ("```python skip\nprint(1)\n```\n", "the mark 'skip' is not known"),
        ("Try:\n\n```m not-run\nlet\n```\n", "not run and the page does not say so before it"),
        (
            "Not run here.\n\nTry:\n\n```m not-run\nlet\n```\n",
            "not run and the page does not say so before it",
        ),
        ("```python run=a\n```\n```python run=a\n```\n", "line 3: run=a is used twice"),
        ("```python run\nprint(1)\n", "line 1: the block is never closed"),
    ],
)
def test_a_bad_block_is_refused(tmp_path: Path, text: str, said: str) -> None:
    page = tmp_path / "bad.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(GuideRefused, match=re.escape(said)):
        read_guide(page)
