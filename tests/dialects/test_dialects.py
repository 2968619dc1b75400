"""An offline check of dialects: parsing, and names of functions. Not a run: no engine has built any of it.

What Snowflake and Databricks would be given to build staging, measures and scoring, and to test them, is
rendered by dbt; sqlfluff and sqlglot read it in the dialect of each; and every function, operator and type in
it is one that the engine's maker documents.
"""

from dialects.harness_allowed import not_allowed, read_list, unused
from dialects.harness_looked_at import LookedAt


def test_sqlfluff_parses_every_statement(looked: LookedAt) -> None:
    assert looked.unparsed() == []


def test_sqlglot_understands_every_statement(looked: LookedAt) -> None:
    assert looked.not_understood() == []


def test_both_find_the_same_calls(looked: LookedAt) -> None:
    assert looked.seen_by_one() == []


def test_quotients_are_of_doubles_and_products_keep_their_places(looked: LookedAt) -> None:
    assert looked.computed_otherwise() == []


def test_every_function_operator_and_type_is_one_that_the_engine_has(looked: LookedAt) -> None:
    assert not_allowed(read_list(), looked.dialect, looked.uses()) == []


def test_no_row_of_the_list_is_unused(looked: LookedAt) -> None:
    assert unused(read_list(), looked.dialect, looked.uses()) == []
