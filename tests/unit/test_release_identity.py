"""A release id follows from everything that decides the figures, and from nothing else."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import nof
from nof.project import project_root
from nof.release import InputEntry, code_hash, method_hash, release_id, seed_hashes
from nof.release.identity import GIVING_SEEDS

FIRST = InputEntry("a" * 64, "first.csv", "oversight_data", date(2026, 1, 2))
SECOND = InputEntry("b" * 64, "second.csv", "league_table", date(2026, 1, 3))


def made_from(*inputs: InputEntry, framework_id: str = "nof-2025-26", quarter_id: str = "2025-26-Q3") -> str:
    return release_id(inputs=inputs, framework_id=framework_id, quarter_id=quarter_id)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project of its own, and a small package, so that a test may change them."""
    files = {
        "dbt_project.yml": "name: nof\n",
        "selectors.yml": "selectors: []\n",
        "profiles.yml": "nof: {}\n",
        "models/scoring/segments.sql": "select 1\n",
        "macros/rank.sql": "-- rank\n",
        "expectations/scored/scores.json": "{}\n",
        "seeds/framework/metrics.csv": "metric_id\nOF0001\n",
        "seeds/framework/_seeds.yml": "seeds: []\n",
        "tests/dbt/one.sql": "select 1\n",
        "package/__init__.py": "",
        "package/release/page.html.j2": "<p>\n",
    }
    for name, text in files.items():
        path = tmp_path / "project" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(tmp_path / "project"))
    monkeypatch.setattr(nof, "__file__", str(tmp_path / "project" / "package" / "__init__.py"))
    return tmp_path / "project"


def test_an_id_is_sixteen_hexadecimal_digits_and_the_same_again(project: Path) -> None:
    found = made_from(FIRST, SECOND)
    assert found == made_from(FIRST, SECOND)
    assert len(found) == 16
    assert int(found, 16) > 0


def test_every_part_of_an_input_counts_and_so_does_the_order_of_landing(project: Path) -> None:
    ids = [
        made_from(FIRST, SECOND),
        made_from(SECOND, FIRST),
        made_from(FIRST),
        made_from(),
        made_from(replace(FIRST, sha256="c" * 64), SECOND),
        made_from(replace(FIRST, name="other.csv"), SECOND),
        made_from(replace(FIRST, kind="league_table"), SECOND),
        made_from(replace(FIRST, landed_date=date(2026, 1, 9)), SECOND),
        made_from(FIRST, SECOND, framework_id="nof-2026-27"),
        made_from(FIRST, SECOND, quarter_id="2025-26-Q4"),
    ]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "name",
    [
        "dbt_project.yml",
        "selectors.yml",
        "models/scoring/segments.sql",
        "macros/rank.sql",
        "expectations/scored/scores.json",
        "seeds/framework/metrics.csv",
        "seeds/framework/_seeds.yml",
        "package/release/page.html.j2",
    ],
)
def test_a_change_of_code_or_seed_gives_another_id(project: Path, name: str) -> None:
    before = made_from(FIRST)
    (project / name).write_bytes((project / name).read_bytes() + b"\n")
    assert made_from(FIRST) != before


def test_a_renamed_model_gives_another_id(project: Path) -> None:
    before = code_hash()
    (project / "models/scoring/segments.sql").rename(project / "models/scoring/others.sql")
    assert code_hash() != before


@pytest.mark.parametrize(
    "name",
    [
        "profiles.yml",
        "tests/dbt/one.sql",
        "package/__pycache__/one.pyc",
        "models/.one.sql.swp",
    ],
)
def test_what_cannot_change_a_figure_gives_the_same_id(project: Path, name: str) -> None:
    before = made_from(FIRST)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text("something else\n")
    assert made_from(FIRST) == before


@pytest.mark.parametrize(
    ("name", "is_method"),
    [
        ("seeds/framework/metrics.csv", True),
        ("seeds/reference/quarters.csv", True),
        ("models/scoring/segments.sql", True),
        ("macros/rank.sql", True),
        ("seeds/reference/release_terms.csv", False),
        ("seeds/reference/publication_versions.csv", False),
        ("models/publication/dim_release.sql", False),
        ("package/release/page.html.j2", False),
    ],
)
def test_the_method_is_what_decides_a_figure_and_not_how_it_is_given(
    project: Path, name: str, is_method: bool
) -> None:
    before = method_hash()
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text("something else\n")
    assert (method_hash() != before) is is_method


def test_the_seeds_that_decide_no_figure_are_there() -> None:
    found = {path.stem for path in (project_root() / "seeds" / "reference").glob("*.csv")}
    assert found >= GIVING_SEEDS


def test_the_id_does_not_depend_on_where_the_project_is(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made_from(FIRST)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(project, elsewhere)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(elsewhere))
    monkeypatch.setattr(nof, "__file__", str(elsewhere / "package" / "__init__.py"))
    assert made_from(FIRST) == before


def test_every_seed_of_the_project_is_named() -> None:
    root = project_root()
    found = seed_hashes()
    assert "seeds/framework/metrics.csv" in found
    assert set(found) == {path.relative_to(root).as_posix() for path in (root / "seeds").rglob("*.csv")}
