"""All that is made of the publication tables is named in the project, with a role that answers for it."""

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness_some import some
from nof.companions import companions
from nof.companions.dictionary import FILES as DICTIONARY
from nof.files import files_under
from nof.project import project_root

ROLES = {"data supplier", "method owner", "oversight analyst", "warehouse engineer"}
REMEDY = "name it in models/publication/_exposures.yml"


@pytest.fixture(scope="module")
def exposures() -> list[dict[str, Any]]:
    text = (project_root() / "models" / "publication" / "_exposures.yml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)["exposures"]
    return found


def files_of(exposure: dict[str, Any]) -> list[str]:
    return list(exposure.get("config", {}).get("meta", {}).get("files", []))


def unnamed(exposures: list[dict[str, Any]], files: list[str]) -> list[str]:
    patterns = [pattern for exposure in exposures for pattern in files_of(exposure)]
    return [file for file in files if not any(fnmatch(file, pattern) for pattern in patterns)]


def test_every_exposure_says_what_it_is_whose_it_is_and_what_it_stands_on(
    exposures: list[dict[str, Any]],
) -> None:
    for exposure in some(exposures):
        assert exposure["description"], exposure["name"]
        assert exposure["label"], exposure["name"]
        assert exposure["maturity"] in {"high", "medium", "low"}, exposure["name"]
        # A role, and no address: who holds it changes, and is nobody's business here.
        assert exposure["owner"].keys() == {"name"}, exposure["name"]
        assert exposure["owner"]["name"] in ROLES, exposure["name"]
        assert exposure["depends_on"], exposure["name"]


def test_every_publication_model_is_in_an_exposure(exposures: list[dict[str, Any]]) -> None:
    models = {path.stem for path in (project_root() / "models" / "publication").glob("*.sql")}
    named = {ref.removeprefix("ref('").removesuffix("')") for each in exposures for ref in each["depends_on"]}
    assert sorted(models - named) == [], REMEDY
    everything = next(each for each in exposures if each["name"] == "release_database")
    assert len(everything["depends_on"]) == len(models)


def test_every_file_that_a_companion_makes_is_in_an_exposure(exposures: list[dict[str, Any]]) -> None:
    files = [name for companion in companions() for name in companion.files]
    assert unnamed(exposures, [*files, *DICTIONARY]) == [], REMEDY
    assert unnamed(exposures, ["dictionary/other.html"]) == ["dictionary/other.html"]


def test_every_file_of_a_release_is_in_an_exposure(
    exposures: list[dict[str, Any]], bundled_release: Path
) -> None:
    files = [path.relative_to(bundled_release).as_posix() for path in files_under(bundled_release)]
    assert len(files) > 100
    assert unnamed(exposures, files) == [], REMEDY
