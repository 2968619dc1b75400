"""The scoring written three times gives the figures of a release, and a wrong rule is found."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from harness_compiled import compiled_project

from benchmarks.scoring import pandas_cells, pandas_scoring, polars_scoring
from benchmarks.scoring.duckdb_scoring import open_inputs
from benchmarks.scoring.equal import NotEqual, compare
from benchmarks.scoring.nation import make_nation
from benchmarks.scoring.rooms import MADE_BEFORE, METHOD, RESULTS


class Bundled:
    """The bundled nation built by the compiled models, and the inputs that contestants start from."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.folder = factory.mktemp("scoring")
        self.database = self.folder / "build.duckdb"
        project = compiled_project(factory)
        project.land_bundled()
        project.build(*RESULTS)
        kept = {f"scoring.{table}" for table in RESULTS}
        kept |= {f"{room}.{table}" for table, room in MADE_BEFORE.items()}
        kept |= {f"framework.{table}" for table in METHOD}
        project.connection.execute(f"attach '{self.database}' as kept")
        for schema in ("framework", "measures", "scoring"):
            project.connection.execute(f"create schema kept.{schema}")
        for relation in sorted(kept):
            project.connection.execute(f"create table kept.{relation} as from {relation}")
        project.connection.execute("detach kept")
        self.inputs = self.folder / "nation"
        self.cells = make_nation(self.folder, 1, self.inputs)


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Bundled:
    return Bundled(tmp_path_factory)


def test_the_nation_once_is_the_bundled_nation(bundled: Bundled) -> None:
    # 205 trusts, four quarters, thirty metrics of the catalogue.
    assert bundled.cells == 205 * 4 * 30
    with duckdb.connect(str(bundled.database), read_only=True) as connection:
        differ = connection.execute(
            "select count(*) from (select trust_code, quarter_id, metric_id, value_number::double from "
            "scoring.metric_values except all select trust_code, quarter_id, metric_id, value_number "
            f"from '{bundled.inputs}/metric_values.parquet')"
        ).fetchone()
    assert differ == (0,)


def test_identifiers_as_categories_are_the_same_identifiers(bundled: Bundled) -> None:
    columns = "trust_code, quarter_id, metric_id, domain_id, value_number"
    rows = []
    for with_categories, kind in ((False, "VARCHAR"), (True, "ENUM")):
        with duckdb.connect() as connection:
            open_inputs(connection, bundled.inputs, with_categories)
            values = connection.sql(f"select {columns} from scoring.metric_values")
            assert [str(each)[: len(kind)] for each in values.types[:4]] == [kind] * 4
            rows.append(sorted(values.fetchall(), key=str))
    assert len(rows[0]) == bundled.cells
    assert rows[0] == rows[1]


@pytest.mark.parametrize("contestant", [polars_scoring, pandas_scoring], ids=["polars", "pandas"])
def test_each_gives_every_figure(bundled: Bundled, tmp_path: Path, contestant: object) -> None:
    contestant.score(str(bundled.inputs), str(tmp_path))
    columns = {table: len(columns) for table, (_, columns) in RESULTS.items()}
    # Of each cell of the catalogue, and of each trust and quarter.
    least = bundled.cells * columns["metric_scores"] + 205 * 4 * columns["segments"]
    assert compare(bundled.database, tmp_path, "it") > least


def test_a_wrong_rule_is_found(bundled: Bundled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A plain round of doubles in the place of half-up: a published score is a cent off here and there.
    monkeypatch.setattr(pandas_cells, "half_up", lambda numbers: (numbers - 0.005).round(2))
    pandas_scoring.score(str(bundled.inputs), str(tmp_path))
    with pytest.raises(NotEqual, match=r"metric_scores\.metric_score_rounded: \d+ of 24600 differ"):
        compare(bundled.database, tmp_path, "pandas")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda frame: frame.iloc[1:], "segments: 819 rows of 819 keys"),
        (lambda frame: pd.concat([frame, frame.iloc[:1]]), "segments: 821 rows of 820 keys"),
        (lambda frame: frame.drop(columns="league_rank"), "no column league_rank"),
        (
            lambda frame: frame.assign(plan_and_variance=frame["plan_and_variance"] + 1e-8),
            r"segments\.plan_and_variance: \d+ of 820 differ",
        ),
        (
            lambda frame: frame.assign(final_segment=frame["final_segment"].fillna(4)),
            r"segments\.final_segment: \d+ of 820 differ",
        ),
    ],
    ids=["a row missing", "a row twice", "a column missing", "a little off", "a figure where there is none"],
)
def test_any_difference_is_found(bundled: Bundled, tmp_path: Path, spoil: object, message: str) -> None:
    polars_scoring.score(str(bundled.inputs), str(tmp_path))
    path = tmp_path / "segments.parquet"
    spoil(pd.read_parquet(path)).to_parquet(path, index=False)
    with pytest.raises(NotEqual, match=message):
        compare(bundled.database, tmp_path, "it")


def test_a_result_that_is_missing_is_found(bundled: Bundled, tmp_path: Path) -> None:
    with pytest.raises(NotEqual, match="no metric_scores"):
        compare(bundled.database, tmp_path, "it")
