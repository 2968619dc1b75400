"""Each checker of dialects, shown a bad case."""

from pathlib import Path

import pytest

from dialects.harness_adapters import DATABRICKS, SNOWFLAKE, Dialect
from dialects.harness_allowed import BadList, not_allowed, read_list, unused
from dialects.harness_looked_at import LookedAt, looked_at
from dialects.harness_render import Statement

BOTH = pytest.mark.parametrize("dialect", [SNOWFLAKE, DATABRICKS], ids=lambda each: each.name)
GOOD = "select cast(sum(metric_value) as bigint) as total from nof.measures.source_values"
HEAD = "dialect,kind,name,documented,remark\n"
SUM = "snowflake,function,sum,https://docs.snowflake.com/en/sql-reference/functions/sum,\n"


def looked_at_one(dialect: Dialect, text: str) -> LookedAt:
    return looked_at(dialect, [Statement("bad", "models/scoring/bad.sql", text)])


@BOTH
def test_a_good_statement_passes_them_all(dialect: Dialect) -> None:
    looked = looked_at_one(dialect, GOOD)
    assert (looked.unparsed(), looked.not_understood(), looked.seen_by_one()) == ([], [], [])
    assert not_allowed(read_list(), dialect.name, looked.uses()) == []
    assert set(looked.uses()) == {("function", "cast"), ("function", "sum"), ("type", "bigint")}


@BOTH
@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("list_aggregate", "select list_aggregate(scores, 'sum') as total from nof.scoring.parts"),
        ("strptime", "select strptime(label, '%Y') as day from nof.staging.parts"),
        # sqlglot knows it, and would write the name of the dialect in its place.
        ("list_sum", "select list_sum(scores) as total from nof.scoring.parts"),
        ("epoch_ms", "select epoch_ms(instant) as instant from nof.staging.parts"),
        (
            "regexp_full_match",
            "select regexp_full_match(label, '[A-Z]+') as is_of_form from nof.staging.parts",
        ),
    ],
)
def test_a_function_that_only_duckdb_has_is_named_with_its_file_and_a_remedy(
    dialect: Dialect, function: str, text: str
) -> None:
    [message] = not_allowed(read_list(), dialect.name, looked_at_one(dialect, text).uses())
    assert message.startswith("models/scoring/bad.sql: ")
    assert f"{dialect.name} is not known to have the function {function}" in message
    assert f"a {dialect.name}__ branch in macros/engines" in message


@BOTH
def test_the_lists_of_the_dialects_are_their_own(dialect: Dialect) -> None:
    other = (
        "select regexp_extract(a, b, 1) as x" if dialect == SNOWFLAKE else "select dateadd(day, -1, a) as x"
    )
    [message] = not_allowed(read_list(), dialect.name, looked_at_one(dialect, f"{other} from nof.x.y").uses())
    assert ("regexp_extract" if dialect == SNOWFLAKE else "dateadd") in message


@BOTH
@pytest.mark.parametrize(
    ("named", "text"),
    [
        ("operator %", "select a % 2 as odd from nof.x.y"),
        ("operator ::", "select a::bigint as number from nof.x.y"),
        ("operator ilike", "select a from nof.x.y where a ilike 'b'"),
        ("type hugeint", "select cast(a as hugeint) as number from nof.x.y"),
    ],
)
def test_an_operator_or_a_type_that_is_not_on_the_list_is_named(
    dialect: Dialect, named: str, text: str
) -> None:
    messages = not_allowed(read_list(), dialect.name, looked_at_one(dialect, text).uses())
    assert any(f"not known to have the {named};" in message for message in messages), messages


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "select (a from nof.x.y",
        "select a, row_number() over (partition by b order) as place from nof.x.y",
        "with one as (select 1 as a)",
    ],
)
def test_a_statement_that_no_parser_reads_fails_with_both(dialect: Dialect, text: str) -> None:
    looked = looked_at_one(dialect, text)
    assert looked.unparsed()
    assert looked.not_understood()
    assert all(each.startswith("models/scoring/bad.sql (bad): ") for each in looked.unparsed())


@BOTH
@pytest.mark.parametrize("text", ["select a from from nof.x.y", "from nof.x.y select a"])
def test_what_sqlglot_takes_for_a_query_sqlfluff_does_not(dialect: Dialect, text: str) -> None:
    looked = looked_at_one(dialect, text)
    assert looked.not_understood() == []
    assert looked.unparsed()


@BOTH
@pytest.mark.parametrize("text", ["", "-- nothing but this", "select 1 as a; select 2 as a"])
def test_nothing_and_more_than_one_statement_fail(dialect: Dialect, text: str) -> None:
    assert looked_at_one(dialect, text).not_understood()


@BOTH
def test_a_command_that_is_not_looked_into_fails(dialect: Dialect) -> None:
    [problem, *_] = looked_at_one(dialect, "vacuum nof.scoring.segments").not_understood()
    assert "opaque command" in problem


def test_a_division_that_snowflake_takes_for_a_comment_fails() -> None:
    # All of it behind the two strokes is gone, and what is left is a query.
    looked = looked_at_one(SNOWFLAKE, "select month // 12 as year\nfrom nof.x.y")
    assert any("all behind // is a comment here" in each for each in looked.unparsed())


def test_a_schema_called_sample_fails_in_snowflake() -> None:
    looked = looked_at_one(SNOWFLAKE, "select 1 as a from nof.sample.sample_files")
    assert looked.unparsed()
    assert looked.not_understood()


def test_trim_with_a_side_fails_in_snowflake() -> None:
    text = "select trim(trailing '*' from a) as b from nof.x.y"
    assert looked_at_one(SNOWFLAKE, text).not_understood()
    assert looked_at_one(DATABRICKS, text).not_understood() == []


@BOTH
@pytest.mark.parametrize(
    ("expression", "is_right"),
    [
        ("a / b", False),
        ("cast(a as decimal(8, 2)) / 3", False),
        ("(a - mod(a, 12)) / 3", False),
        ("(a - mod(a, 12)) / (12)", True),
        ("cast(a as double) / b", True),
        ("case when a > 1 then cast(a as double) else cast(b as double) end / count(*)", True),
        ("cast(a as bigint) / length('ab')", True),
    ],
)
def test_a_quotient_is_of_doubles_or_without_a_rest(
    dialect: Dialect, expression: str, is_right: bool
) -> None:
    problems = looked_at_one(dialect, f"select {expression} as c from nof.x.y").computed_otherwise()
    assert [each.split("; ")[1] for each in problems] == ["take as_double of it, or whole_division"] * (
        not is_right
    )


@pytest.mark.parametrize(
    ("factors", "is_right"),
    [
        ("cast(a as decimal(24, 10)) * cast(b as decimal(8, 4))", False),
        ("cast(a as decimal(24, 10)) * 0.005", False),
        ("cast(a as decimal(28, 14)) * cast(b as decimal(8, 4))", False),
        ("cast(cast(a as decimal(24, 10)) as decimal(28, 14)) * cast(b as decimal(8, 4))", True),
        ("cast(a as decimal(24, 10)) * cast(b as decimal(8, 2))", True),
        ("cast(a as bigint) * 0.000000000000001", True),
        ("a * b", True),
    ],
)
def test_a_product_with_more_than_twelve_places_fails_in_snowflake(factors: str, is_right: bool) -> None:
    text = f"select {factors} as c from nof.x.y"
    assert (looked_at_one(SNOWFLAKE, text).computed_otherwise() == []) == is_right
    assert looked_at_one(DATABRICKS, text).computed_otherwise() == []


def test_calls_that_one_parser_alone_finds_are_named() -> None:
    looked = looked_at_one(SNOWFLAKE, GOOD)
    [(statement, fluff, glot)] = looked.statements
    glot.calls["median"] += 1
    [message] = LookedAt("snowflake", [(statement, fluff, glot)]).seen_by_one()
    assert message.endswith("sqlfluff alone calls nothing, sqlglot alone median (1)")


def test_an_unused_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "allowed.csv"
    path.write_text(HEAD + SUM + SUM.replace("sum", "median"), encoding="utf-8")
    uses = looked_at_one(SNOWFLAKE, GOOD).uses()
    [message] = unused(read_list(path), "snowflake", uses)
    assert "nothing rendered for snowflake has the function median" in message
    assert unused(read_list(path), "databricks", uses) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "is empty"),
        (SUM + SUM, "is there twice"),
        (SUM.replace("docs.snowflake.com", "stackoverflow.com"), "give the page under"),
        (SUM.replace("https", "http"), "give the page under"),
        (SUM.replace("function", "word", 1), "no such kind or dialect"),
        (SUM.replace("snowflake", "oracle", 1), "no such kind or dialect"),
    ],
)
def test_a_bad_list_is_refused(tmp_path: Path, rows: str, said: str) -> None:
    path = tmp_path / "allowed.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(BadList, match=said):
        read_list(path)
