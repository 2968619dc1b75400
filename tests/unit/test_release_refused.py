"""A build that is not whole, or companions that are not: no release is made of it."""

import importlib
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from harness_release import FRAMEWORK, QUARTER, Maker

from nof.release import ReleaseRefused
from nof.release.checks import AS_THE_SEED, NEVER_EMPTY, _check_as_the_seed


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("delete from publication.league_table", "league_table has no rows, and 3 trusts"),
        ("drop table publication.oversight_data", "The build has no oversight_data in publication"),
        ("drop table publication.league_table", "The build has no league_table in publication"),
        ("update publication.fct_metric set framework_id = 'other'", "fct_metric holds"),
        (f"delete from publication.fct_segment where quarter_id = '{QUARTER}'", "fct_segment holds"),
        ("update publication.oversight_data set trust_type_id = 'dental'", "oversight_data: 4 rows"),
        ("update publication.league_table set framework_id = 'other'", "league_table: 2 rows"),
        ("create table publication.loose as select 1 as a", "No primary key in publication: loose"),
        ("create table publication.loose (a bigint primary key)", "Nothing says what loose, loose.a means"),
        ("create view publication.seen as select 1 as a", "Views in publication: seen"),
        ("drop schema publication cascade", "nothing to release"),
        ("drop table publication.fct_response", "The build has no fct_response in publication"),
        ("drop table publication.fct_register_entry", "The build has no fct_register_entry in publication"),
        ("delete from publication.fct_response", "fct_response has no rows, and 10 rows of seeds/framework"),
    ],
)
def test_a_build_that_is_not_whole_is_refused(maker: Maker, change: str, reason: str) -> None:
    candidate = maker.home.build / "candidate"
    with pytest.raises(ReleaseRefused, match=reason):
        maker(change=change, candidate=candidate)
    assert not (candidate / "SUCCESS").exists()


def test_every_table_that_must_hold_rows_and_does_not_is_named_at_once(maker: Maker) -> None:
    with pytest.raises(ReleaseRefused) as refused:
        maker(change="; ".join(f"delete from publication.{name}" for name in NEVER_EMPTY))
    assert [name for name in NEVER_EMPTY if f"{name} has no rows." not in str(refused.value)] == []


def test_a_table_that_the_seeds_of_the_framework_fill_may_not_be_empty(maker: Maker) -> None:
    """Not that of the assumptions or of the system adjustment: the framework in force has none."""
    with pytest.raises(ReleaseRefused) as refused:
        maker(change="; ".join(f"delete from publication.{name}" for name in AS_THE_SEED))
    named = {name for name in AS_THE_SEED if f"{name} has no rows, and" in str(refused.value)}
    assert named == set(AS_THE_SEED) - {"method_assumptions", "method_system_rules"}


def test_what_a_framework_says_of_its_own_quarters_may_lack_only_where_it_is_tried_on_others() -> None:
    counts = dict.fromkeys(AS_THE_SEED, 1) | {"fct_source_period": 0, "fct_context": 0}
    own, another = (
        [said.split()[0] for said in _check_as_the_seed(counts, FRAMEWORK, quarter_id, {"acute"})]
        for quarter_id in ("2025-26-Q1", "2024-25-Q4")
    )
    assert own == ["fct_context", "fct_source_period"]
    assert another == ["fct_context"]


def test_an_empty_league_table_is_right_where_no_trust_has_a_league_rank(maker: Maker) -> None:
    candidate = maker(
        change="delete from publication.league_table; update publication.fct_segment set league_rank = null"
    )
    assert (candidate / "SUCCESS").is_file()


@pytest.mark.parametrize("writer", ["write_parquet", "write_tidy_csv"])
def test_a_companion_that_lost_a_row_is_noticed(
    maker: Maker, monkeypatch: pytest.MonkeyPatch, writer: str
) -> None:
    module = importlib.import_module("nof.release.assemble")
    write: Callable[..., None] = getattr(module, writer)

    class Short:
        """A connection whose queries leave out the first trust."""

        def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
            self.connection = connection

        def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
            return self.connection.execute(sql.replace(" order by ", " where trust_code <> 'ZZA' order by "))

    def short(connection: duckdb.DuckDBPyConnection, table: object, *more: object) -> None:
        is_hit = getattr(table, "name", "") == "fct_metric"
        write(Short(connection) if is_hit else connection, table, *more)

    monkeypatch.setattr(module, writer, short)
    with pytest.raises(ReleaseRefused, match=r"fct_metric: 4 rows in nof\.duckdb and 2 in"):
        maker()


def test_a_release_is_made_only_in_the_build_folder_of_its_home(maker: Maker, tmp_path: Path) -> None:
    with pytest.raises(ReleaseRefused, match="is not inside"):
        maker(candidate=tmp_path / "elsewhere")


def test_a_candidate_folder_with_something_in_it_is_refused(maker: Maker) -> None:
    candidate = maker()
    with pytest.raises(ReleaseRefused, match="is not empty"):
        maker(candidate=candidate)


def test_nothing_is_released_without_gate_results(maker: Maker) -> None:
    shutil.rmtree(maker.gates)
    maker.gates.mkdir()
    with pytest.raises(ReleaseRefused, match="holds no gate results"):
        maker()


def test_code_that_changed_during_the_run_is_noticed(maker: Maker) -> None:
    with pytest.raises(ReleaseRefused, match="Run again"):
        maker(named="0" * 16)
