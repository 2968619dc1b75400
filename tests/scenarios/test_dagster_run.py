"""The job, really run in this process: what it makes, and what it leaves alone when it is refused."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import duckdb
import pytest
from dagster import AssetCheckKey, AssetKey, DagsterInstance, Definitions, ExecuteInProcessResult

from harness_home import tree
from nof.definitions import defs as lazy_definitions
from nof.definitions.names import INPUTS
from nof.home import Home
from nof.project import project_root
from nof.release import find_release
from nof.release.seal import read_manifest

QUARTER = "2025-26-Q4"
Run = Callable[..., ExecuteInProcessResult]


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    loaded = lazy_definitions()
    assert isinstance(loaded, Definitions)
    return loaded


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DagsterInstance]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(tmp_path_factory.mktemp("dagster")))
        patch.setenv("DAGSTER_DISABLE_TELEMETRY", "1")
        with DagsterInstance.ephemeral() as made:
            yield made


@pytest.fixture(scope="module")
def run(definitions: Definitions, instance: DagsterInstance) -> Run:
    """Run the job for a quarter in a home."""

    def start(
        home: Home,
        *landing: Path,
        quarter: str = QUARTER,
        only: list[AssetKey] | None = None,
        busy_retries: int = 0,
    ) -> ExecuteInProcessResult:
        config: dict[str, Any] = {
            "home": str(home.root),
            "landing": [str(each) for each in landing],
            "landed_on": "2026-07-01",
            "busy_retries": busy_retries,
            "busy_seconds": 0.5,
        }
        return definitions.resolve_job_def("quarterly_release").execute_in_process(
            instance=instance,
            partition_key=quarter,
            run_config={"resources": {"whole_run": {"config": config}}},
            asset_selection=only,
            raise_on_error=False,
        )

    return start


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("by_dagster") / "home")


@pytest.fixture(scope="module")
def result(run: Run, home: Home) -> ExecuteInProcessResult:
    """The whole way on the bundled nation, once."""
    return run(home)


def refusal_of(result: ExecuteInProcessResult, step: str) -> str:
    """What the step that failed said; no other step may have failed, nor may it be tried again."""
    assert not result.success
    (failure,) = [event for event in result.all_node_events if event.is_step_failure]
    assert failure.step_key == step
    assert not [event for event in result.all_node_events if event.is_step_up_for_retry]
    said = failure.step_failure_data.user_failure_data
    assert said is not None
    return str(said.description)


def materialised(result: ExecuteInProcessResult) -> set[AssetKey]:
    return {
        event.asset_key for event in result.get_asset_materialization_events() if event.asset_key is not None
    }


# DuckDB lays out the same rows differently from one run to the next, whoever runs it; the manifest holds the
# hash of the database, and SUCCESS that of the manifest.
DATABASE_AND_SEAL = {"nof.duckdb", "manifest.json", "SUCCESS"}


def manifest_without_database(release: Path) -> dict[str, Any]:
    manifest = read_manifest(release)
    outputs = [each for each in manifest["outputs"] if each["path"] != "nof.duckdb"]
    assert len(outputs) == len(manifest["outputs"]) - 1
    return {**manifest, "outputs": outputs}


def rows_of(release: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of the database, their rows in the order in which they lie."""
    with duckdb.connect(str(release / "nof.duckdb"), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'publication' order by 1"
        ).fetchall()
        assert len(names) >= len(list((release / "parquet").iterdir()))
        return {name: connection.execute(f"select * from publication.{name}").fetchall() for (name,) in names}


def test_the_job_makes_every_asset_of_its_quarter(
    result: ExecuteInProcessResult, definitions: Definitions
) -> None:
    assert result.success
    assert materialised(result) == set(definitions.resolve_asset_graph().executable_asset_keys) - {INPUTS}
    assert {event.partition for event in result.get_asset_materialization_events()} == {QUARTER}


def test_every_check_was_made_and_passed(result: ExecuteInProcessResult, definitions: Definitions) -> None:
    made = {each.asset_check_key: each for each in result.get_asset_check_evaluations()}
    wanted = set(definitions.resolve_asset_graph().asset_check_keys)
    assert set(made) == {key for key in wanted if key.asset_key != INPUTS}
    assert all(each.passed for each in made.values())
    for key, each in made.items():
        if key.name == "passes":
            assert each.metadata["failed"].value == []
            assert int(str(each.metadata["expectations"].value)) > 10
    percentages = made[AssetCheckKey(AssetKey(["gates", "landed"]), "values_percentages")].metadata
    assert int(str(percentages["rows_checked"].value)) > 1_000
    assert percentages["rows_against"].value == 0


def test_every_table_shows_how_many_rows_it_has(result: ExecuteInProcessResult, home: Home) -> None:
    release = find_release(home)
    assert release is not None
    counts = {name: len(rows) for name, rows in rows_of(release).items()}
    made = [
        event.step_materialization_data.materialization for event in result.get_asset_materialization_events()
    ]
    shown = {
        each.asset_key.path[1]: each.metadata["dagster/row_count"].value
        for each in made
        if each.asset_key.path[0] == "publication"
    }
    assert shown == counts


def test_a_run_names_its_inputs_and_what_it_makes(
    result: ExecuteInProcessResult, instance: DagsterInstance, bundled_release: Path
) -> None:
    run = instance.get_run_by_id(result.run_id)
    assert run is not None
    assert run.tags["nof/release_id"] == bundled_release.name
    assert run.tags["nof/inputs"] == "the bundled nation, which is invented"
    (made,) = [
        event.step_materialization_data.materialization
        for event in result.get_asset_materialization_events()
        if event.asset_key == AssetKey("release")
    ]
    assert made.metadata["release_status"].value == "provisional"
    assert Path(str(made.metadata["quality_page"].value)).is_file()


def test_dagster_and_the_command_make_the_same_bytes(
    result: ExecuteInProcessResult, home: Home, bundled_release: Path
) -> None:
    assert result.success
    made = find_release(home)
    assert made is not None
    assert (made.parent.name, made.name) == (QUARTER, bundled_release.name)
    ours, theirs = tree(made), tree(bundled_release)
    assert {"parquet/fct_segment.parquet", "quality/quality.html", "metadata.json", "notes.md"} <= set(ours)
    assert set(ours) == set(theirs)
    assert {name for name in ours if ours[name] != theirs[name]} <= DATABASE_AND_SEAL
    assert manifest_without_database(made) == manifest_without_database(bundled_release)
    assert rows_of(made) == rows_of(bundled_release)


def test_the_home_is_free_when_the_run_has_ended(result: ExecuteInProcessResult, home: Home) -> None:
    assert result.success
    with home.lock(wait_seconds=0.05):
        assert not any(home.build.iterdir())


def test_nothing_new_to_release_is_no_failure_and_makes_nothing(
    result: ExecuteInProcessResult, run: Run, home: Home
) -> None:
    assert result.success
    before = tree(home.root)
    again = run(home)
    assert again.success
    assert not materialised(again)
    assert not again.get_asset_check_evaluations()
    assert len(again.get_asset_observation_events()) == 1
    assert tree(home.root) == before


def test_a_failing_scored_gate_stops_publication_and_release(
    run: Run, bundled_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown a suite that cannot hold: the release before stays as it is, byte for byte."""
    home = Home(tmp_path / "home")
    shutil.copytree(bundled_release.parents[2], home.root, symlinks=True)
    before = tree(home.releases)
    monkeypatch.setenv("NOF_PROJECT_DIR", str(project_that_cannot_pass(tmp_path / "project")))

    result = run(home)

    said = refusal_of(result, "gates__scored")
    assert said.startswith("The scored gate refused: 1 of ")
    assert "unadjusted_segments_are_1_to_4" in said
    suite, gate = [each for each in result.get_asset_check_evaluations() if not each.passed]
    assert {suite.asset_key, gate.asset_key} == {AssetKey(["gates", "scored"])}
    assert (suite.check_name, gate.check_name) == ("segments", "passes")
    assert gate.description == said
    assert gate.metadata["failed"].value == ["unadjusted_segments_are_1_to_4"]
    for each in (suite, gate):
        (first, *_) = each.metadata["failing_rows"].records
        assert first.data["expectation"] == "unadjusted_segments_are_1_to_4"
        assert "trust Z" in str(first.data["where"])
        page = Path(str(each.metadata["all_on_one_page"].value))
        assert (page.parent, page.name) == (home.root.absolute() / "quality", "000002-refused.html")
        assert "unadjusted_segments_are_1_to_4" in page.read_text(encoding="utf-8")
    made = {key.path[0] for key in materialised(result)}
    seeds = {"framework", "reference", "sample"}
    rooms = {"staging", "measures", "scoring", "context", "insight"}
    assert made == {"landing", "gates"} | seeds | rooms
    assert AssetKey(["gates", "scored"]) not in materialised(result)
    assert tree(home.releases) == before
    assert find_release(home) is not None


def project_that_cannot_pass(folder: Path) -> Path:
    """A copy of the project in which the scored gate allows no segment but the first."""
    root = project_root()
    for name in ("models", "macros", "seeds", "expectations", "tests/dbt"):
        shutil.copytree(root / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml", "selectors.yml"):
        shutil.copyfile(root / name, folder / name)
    path = folder / "expectations" / "scored" / "segments.json"
    suite = json.loads(path.read_text(encoding="utf-8"))
    (expectation,) = [e for e in suite["expectations"] if e["id"] == "unadjusted_segments_are_1_to_4"]
    expectation["kwargs"]["value_set"] = [1]
    path.write_text(json.dumps(suite), encoding="utf-8")
    return folder


def test_a_file_that_cannot_be_read_is_refused_before_anything_is_built(run: Run, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "acute-trust-q4-data.csv").write_text("Quarter,Nonsense\nQ4 2025/26,1\n", encoding="utf-8")
    home = Home(tmp_path / "home")
    result = run(home, inbox)
    said = refusal_of(result, "land")
    assert "acute-trust-q4-data.csv" in said
    assert not materialised(result)
    assert not home.releases.exists()


def test_a_quarter_that_is_not_in_hand_is_refused(run: Run, tmp_path: Path) -> None:
    said = refusal_of(run(Home(tmp_path / "home"), quarter="2027-28-Q4"), "land")
    assert "'2027-28-Q4' is not in hand" in said


def test_a_home_that_another_run_holds_is_refused(run: Run, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with home.lock():
        said = refusal_of(run(home), "land")
    assert str(home.lock_file) in said


def test_a_home_that_another_run_holds_is_waited_for(run: Run, tmp_path: Path) -> None:
    """Held for the first tries, then free: it goes on, and stops where it has nothing to go on with."""
    home = Home(tmp_path / "home")
    code = (
        "import sys, time, pathlib, nof.home\n"
        "with nof.home.Home(pathlib.Path(sys.argv[1])).lock():\n"
        "    print('held', flush=True)\n"
        "    time.sleep(12)\n"
    )
    with Popen([sys.executable, "-c", code, home.root], stdout=PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        result = run(home, quarter="2027-28-Q4", busy_retries=20)
    assert [event for event in result.all_node_events if event.is_step_up_for_retry]
    (failure,) = [event for event in result.all_node_events if event.is_step_failure]
    said = failure.step_failure_data.user_failure_data
    assert said is not None
    assert "'2027-28-Q4' is not in hand" in str(said.description)


def test_publication_cannot_be_made_by_itself(run: Run, definitions: Definitions, tmp_path: Path) -> None:
    keys = definitions.resolve_asset_graph().executable_asset_keys
    home = Home(tmp_path / "home")
    published = [key for key in keys if key.path[0] == "publication"]
    assert "quarterly_release" in refusal_of(run(home, only=published), "build_publication")
    one = [AssetKey(["scoring", "segments"])]
    assert "A part of the step build_scored" in refusal_of(run(home, only=one), "build_scored")
    assert not home.root.exists()
