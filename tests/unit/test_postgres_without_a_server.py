"""What a push decides before it meets a server: checks, order, names, and what it may say of a URL."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from nof.errors import UsageRefused
from nof.postgres.checks import translate_check
from nof.postgres.layout import ServerColumn, ServerTable, constraint_name
from nof.postgres.order import There, refuse_forecast, refuse_wrong_order
from nof.postgres.plan import make_plan
from nof.postgres.source import Source
from nof.postgres.standing import Standing, StandingTable
from nof.postgres.target import PushRefused, Target, refuse_old_server, scrub

COLUMNS = ("final_segment", "rank", "note", "is_a")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("CHECK((final_segment BETWEEN 1 AND 5))", 'check ( ( "final_segment" between 1 and 5 ) )'),
        ("CHECK((note != 'it''s'))", "check ( ( \"note\" <> 'it''s' ) )"),
        ("CHECK((note ~~ '20__-Q_'))", "check ( ( \"note\" ~~ '20__-Q_' ) )"),
        ('CHECK(("rank" >= 1))', 'check ( ( "rank" >= 1 ) )'),
        ("CHECK(((is_a IS NULL) = (note IS NULL)))", 'check ( ( ( "is_a" is null ) = ( "note" is null ) ) )'),
        ("CHECK((length(note) >= 2))", 'check ( ( length ( "note" ) >= 2 ) )'),
        # What the two may read differently is not carried over.
        ("CHECK(((final_segment / 2) = 1))", None),
        ("CHECK((lower(note) = note))", None),
        ("CHECK(regexp_matches(note, 'a'))", None),
        ("CHECK((note = 'a\\b'))", None),
        ("CHECK((unknown_column = 1))", None),
        ("CHECK((CAST(note AS INTEGER) = 1))", None),
        ("UNIQUE(note)", None),
        ("", None),
    ],
)
def test_checks_are_carried_over_where_they_mean_the_same(text: str, wanted: str | None) -> None:
    assert translate_check(text, COLUMNS) == wanted


THERE = There("2" * 16, "2025-26-Q2", "f", False, date(2026, 4, 1), "provisional", "home", 5)
SOURCE = Source(
    folder=Path("x"),
    release_id="3" * 16,
    quarter_id="2025-26-Q2",
    framework_id="f",
    is_bundled=False,
    released_date=date(2026, 4, 1),
    manifest_sha256="",
    row_counts={},
    home_key="home",
    order=6,
    event_number=6,
    states=(),
)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({}, None),
        ({"order": 4}, "was released before it"),
        ({"quarter_id": "2025-26-Q3", "order": 4}, None),
        ({"quarter_id": "2025-26-Q1"}, "ends with an older quarter"),
        ({"home_key": "other", "released_date": date(2026, 4, 2)}, None),
        ({"home_key": "other"}, "not later than 2026-04-01"),
        ({"home_key": "other", "released_date": None}, "cannot be told"),
        ({"framework_id": "g", "quarter_id": "2025-26-Q3"}, "another framework"),
        ({"is_bundled": True, "quarter_id": "2025-26-Q3"}, "which is invented"),
        ({"release_id": "2" * 16, "order": 1}, None),
    ],
)
def test_the_order_of_releases(change: dict[str, object], refusal: str | None) -> None:
    source = replace(SOURCE, **change)  # type: ignore[arg-type]
    if refusal is None:
        refuse_wrong_order(THERE, source, allow_older=False, allow_other=False)
        return
    with pytest.raises(PushRefused, match=refusal):
        refuse_wrong_order(THERE, source, allow_older=False, allow_other=False)
    refuse_wrong_order(THERE, source, allow_older=True, allow_other=True)


def test_real_figures_always_replace_invented_ones() -> None:
    there = replace(THERE, is_bundled=True, quarter_id="2025-26-Q4")
    refuse_wrong_order(there, SOURCE, allow_older=False, allow_other=False)


A = ServerColumn("a", "bigint", True)
B = ServerColumn("b", "text", False)


def standing(*columns: ServerColumn, key: tuple[str, ...] = ("a",)) -> Standing:
    table = StandingTable(1, "t", columns, key, frozenset({"t_check_00000000", "mine"}), None)
    return Standing(exists=True, tables={"t": table}, there=None, hashes={})


def wanted(*columns: ServerColumn, key: tuple[str, ...] = ("a",)) -> list[ServerTable]:
    return [ServerTable("t", columns, key, "publication.t", {"t_check_11111111": "check (true)"})]


def test_what_is_added_stays_in_place_and_what_goes_is_a_swap() -> None:
    plan = make_plan(standing(A), wanted(A, B))
    assert not plan.is_swap
    assert plan.kept[0].added == (B,)
    assert plan.kept[0].dropped == ("t_check_00000000",)  # somebody else's rule stays
    assert list(plan.kept[0].gained) == ["t_check_11111111"]
    assert make_plan(standing(A, B), wanted(A)).reasons == ("t: column b is no longer there",)
    assert make_plan(standing(A, B), wanted(A, replace(B, data_type="date"))).reasons == (
        "t: column b was text and is date",
    )
    assert make_plan(standing(A, B), wanted(A, B, key=("a", "b"))).reasons == (
        "t: the key was (a) and is (a, b)",
    )
    assert make_plan(standing(A), []).reasons == ("table t is no longer there",)
    assert make_plan(standing(A, B), wanted(B, A)).reasons == ()  # the order of columns is no change


def test_another_definition_is_another_name() -> None:
    assert constraint_name("t", "check", "check (a)") != constraint_name("t", "check", "check (b)")
    assert len(constraint_name("t" * 80, "check", "check (a)")) <= 63


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:se/cret@host/db",
        "se/cret",
        "postgresql://user:se/cret@host/db",
        "postgresql://user:se@cret@host/db",
        "postgresql://user:se/cret@host:port/db",
    ],
)
def test_a_torn_url_is_refused_without_a_word_of_it(url: str) -> None:
    with pytest.raises(UsageRefused) as refusal:
        Target(url)
    assert "cret" not in str(refusal.value)
    assert "user:" not in str(refusal.value)


def test_a_password_is_never_in_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "from-outside")
    url = "postgresql://user:pa%2Fss@host/db?password=other"
    assert "pa%2Fss" not in repr(Target(url))
    said = scrub("failed for pa/ss and pa%2Fss and other and from-outside", url)
    assert said == "failed for *** and *** and *** and ***"


@pytest.mark.parametrize(
    "name", ["pg_mine", "Nof", "a b", "1a", "", "a" * 51, 'x"; drop', "information_schema"]
)
def test_names_that_are_no_names_are_refused(name: str) -> None:
    with pytest.raises(UsageRefused, match="--schema"):
        Target("postgresql://user@host/db", schema=name)
    with pytest.raises(UsageRefused, match="--reader-role"):
        Target("postgresql://user@host/db", reader_role=name)


def test_an_old_server_is_refused() -> None:
    refuse_old_server(140000)
    with pytest.raises(PushRefused, match="PostgreSQL 13; at least 14"):
        refuse_old_server(130014)


def test_a_forecast_is_pushed_only_where_that_is_allowed() -> None:
    forecast = replace(SOURCE, framework_id="nof-2025-26-early-view")
    with pytest.raises(PushRefused, match=r"is a forecast.*--allow-other"):
        refuse_forecast(forecast, allow_other=False)
    refuse_forecast(forecast, allow_other=True)
    refuse_forecast(SOURCE, allow_other=False)
