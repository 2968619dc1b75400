"""Every place that a source publication needs, at once: docs/runbooks/new-source-publication.md."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness_macros import ROOT, macros, returned

from nof.landing.publications import PUBLICATIONS
from nof.landing.source_columns import SOURCE_COLUMNS
from nof.project import read_seed

RUNBOOK = ROOT / "docs" / "runbooks" / "new-source-publication.md"
LANDED = ROOT / "expectations" / "landed"
READ = [row["dataset_id"] for row in read_seed("reference", "source_datasets") if row["is_read"] == "true"]


def text_of(path: str | Path) -> str:
    """A file of the project as it is."""
    return (ROOT / path).read_text(encoding="utf-8")


def figures_of(dataset_id: str) -> list[str]:
    """The models that make figures of a publication."""
    wanted = re.compile(rf"'{dataset_id}' as dataset_id")
    return [
        path.stem
        for path in sorted((ROOT / "models" / "measures").glob("*_figures.sql"))
        if wanted.search(text_of(path))
    ]


def lacking(dataset_id: str) -> Iterator[str]:
    """Each file that does not know of a publication yet."""
    if dataset_id not in SOURCE_COLUMNS:
        yield "orchestration/nof/landing/source_columns.py: its columns"
    if dataset_id not in {each.file_kind for each in PUBLICATIONS}:
        yield "orchestration/nof/landing/publications/__init__.py: what reads it"
    if dataset_id not in returned(macros().landing_tables):
        yield "macros/landing.sql: its landing table"
    if f"- name: {dataset_id}\n" not in text_of("models/staging/_landing.yml"):
        yield "models/staging/_landing.yml: its landing table"
    for ending in ("sql", "yml"):
        if not (ROOT / "models" / "staging" / f"stg_nhse__{dataset_id}.{ending}").is_file():
            yield f"models/staging/stg_nhse__{dataset_id}.{ending}: there is none"
    union = text_of("models/measures/source_figures.sql")
    if not any(f"ref('{name}')" in union for name in figures_of(dataset_id)):
        yield "models/measures/source_figures.sql: a model of its figures"
    if f'"{dataset_id}"' not in json.dumps(json.loads(text_of(LANDED / "files.json"))):
        yield "expectations/landed/files.json: its kind of file"
    if f'from staging.stg_nhse__{dataset_id}"' not in text_of(LANDED / "source_publications.json"):
        yield "expectations/landed/source_publications.json: its rows"
    if dataset_id not in {row["dataset_id"] for row in read_seed("reference", "awaited_publications")}:
        yield "seeds/reference/awaited_publications.csv: when it is due"
    if dataset_id not in {row["dataset_id"] for row in read_seed("framework", "source_measures")}:
        yield "seeds/framework/source_measures.csv: what is made of it"
    pages = (ROOT / "docs" / "methodology").glob("sources-*.md")
    if not any(f"stg_nhse__{dataset_id}" in text_of(page) for page in pages):
        yield "docs/methodology: a page sources-….md that says what it holds"


@pytest.mark.parametrize("dataset_id", READ)
def test_a_publication_that_is_read_is_everywhere_it_has_to_be(dataset_id: str) -> None:
    assert list(lacking(dataset_id)) == []


def test_nothing_is_read_that_the_seed_does_not_say_is() -> None:
    assert set(READ) == set(SOURCE_COLUMNS) == {each.file_kind for each in PUBLICATIONS}


def test_a_publication_that_nothing_knows_lacks_every_place_and_the_runbook_names_each() -> None:
    places = [each.partition(":")[0].replace("invented", "…") for each in lacking("invented")]
    assert len(places) == 12
    text = text_of(RUNBOOK)
    assert [place for place in places if f"`{place}`" not in text] == []
