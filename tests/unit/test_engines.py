"""Which engine a run takes, and what is refused before anything is built; no engine is started here."""

from pathlib import Path

import pytest
import yaml

from harness_session import ROOT, Nof
from nof.engines import DUCKDB, ROOMS, Choice, EngineRefused
from nof.engines.choose import ADDRESS, choose
from nof.engines.needed import refuse_without_packages
from nof.errors import UsageRefused
from nof.gates.batches import is_asked_of_engine
from nof.gates.suites import load_suites
from nof.home import Home

HERE = "postgresql://nof@db.example.org:5432/nof_build"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv(ADDRESS, raising=False)
    (tmp_path / "home").mkdir()
    return Home(tmp_path / "home")


def write_settings(home: Home, *lines: str) -> None:
    (home.root / "nof.toml").write_text("\n".join(["[engine]", *lines, ""]), encoding="utf-8")


def test_duckdb_is_taken_where_nothing_is_said(home: Home) -> None:
    assert choose(home, None) == DUCKDB


def test_what_is_asked_for_goes_before_the_settings(home: Home) -> None:
    write_settings(home, 'name = "postgres"', f'address = "{HERE}"', 'folder = "spark"')
    assert choose(home, None) == Choice("postgres", HERE, home.root / "spark")
    assert choose(home, "duckdb").name == "duckdb"


def test_an_address_in_the_environment_goes_before_the_settings(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_settings(home, f'address = "{HERE}"')
    monkeypatch.setenv(ADDRESS, HERE + "_other")
    assert choose(home, "postgres").address == HERE + "_other"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://nof:geheim@db.example.org/nof_build", "holds a password"),
        ("postgresql://db.example.org/nof_build?password=geheim", "holds a password"),
        ("db.example.org", "is no address of a database"),
    ],
)
def test_an_address_with_a_password_is_refused_and_not_repeated(home: Home, address: str, said: str) -> None:
    write_settings(home, f'address = "{address}"')
    with pytest.raises(UsageRefused, match=said) as refused:
        choose(home, None)
    assert "geheim" not in str(refused.value)


def test_an_engine_that_there_is_not_is_refused(nof: Nof, tmp_path: Path) -> None:
    status, _, said = nof("run", "--engine", "oracle", "--home", tmp_path / "home")
    assert status == 2
    assert "There is no engine 'oracle'. There are duckdb, postgres, spark." in said


def test_postgresql_without_an_address_is_refused_before_anything_is_built(
    nof: Nof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ADDRESS, raising=False)
    status, _, said = nof("run", "--engine", "postgres", "--home", tmp_path / "home")
    assert status == 2
    # Without the engine's packages that is what is said first.
    assert f"Set {ADDRESS}" in said or "pip install --editable '.[postgres-engine]'" in said
    assert not list((tmp_path / "home").glob("build/*/build.duckdb"))


def test_a_missing_package_is_named_with_what_brings_it() -> None:
    with pytest.raises(EngineRefused) as refused:
        refuse_without_packages("spark", "duckdb", "no_such_package", "no_such_package.within")
    assert "(no_such_package, no_such_package.within)" in str(refused.value)
    assert "pip install --editable '.[spark]'" in str(refused.value)
    assert refused.value.exit_status == 2


def test_a_choice_does_not_show_its_address() -> None:
    assert "db.example.org" not in repr(Choice("postgres", HERE))


def test_an_engine_holds_every_schema_that_is_built_up_to_scoring() -> None:
    project = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    seeds = {each["+schema"] for each in project["seeds"]["nof"].values() if isinstance(each, dict)}
    models = {project["models"]["nof"][room]["+schema"] for room in ("staging", "measures", "scoring")}
    assert set(ROOMS) == seeds | models | {"landing", "gates"}


def test_an_engine_is_asked_for_what_it_holds_and_understands() -> None:
    landed = load_suites(ROOT / "expectations", "landed")
    # Its patterns are in DuckDB's language of regular expressions.
    assert [each.name for each in landed if not is_asked_of_engine(each)] == ["oversight_data_text"]
    scored = [each.name for each in load_suites(ROOT / "expectations", "scored") if is_asked_of_engine(each)]
    assert {"metric_scores", "domain_scores", "delivery_scores", "segments", "league_ranks"} <= set(scored)
    assert "contributions" not in scored
