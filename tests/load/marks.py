"""What the load tests' readers look for: a number of the release in every row of several tables.

Readers know nothing of the package: a query set is a few queries, and its answers must all be one number.
"""

import random
from collections.abc import Callable, Iterable
from typing import Any

# Table -> the number of the release in one of its rows; the same text runs on DuckDB and on PostgreSQL.
MARKS = {
    "board_view": "cast(split_part(value_label, '#', 2) as bigint)",
    "dim_release": "cast(release_id as bigint)",
    "fct_domain": "domain_score_rank",
    "fct_reconciliation": "cast(published_figure as bigint)",
    "fct_segment": "cast(split_part(override_reason, '#', 2) as bigint)",
    "league_table": "cast(split_part(trust_name, '#', 2) as bigint)",
    "oversight_data": "cast(split_part(trust_name, '#', 2) as bigint)",
}
# Table -> what puts the number of a release into each of its rows. Only tables to which no other refers:
# DuckDB does not let a row change while its key is referred to.
MARKING = {
    "board_view": "value_label = '#{number}'",
    "dim_release": "release_id = '{number:016d}'",
    "fct_domain": "domain_score_rank = {number}",
    "fct_reconciliation": "published_figure = {number}",
    "fct_segment": "override_reason = '#{number}'",
    "league_table": "trust_name = 'Trust #{number}'",
    "oversight_data": "trust_name = 'Trust #{number}'",
}

Run = Callable[[str], list[tuple[Any, ...]]]


class Mixed(Exception):
    """A query set whose answers come from more than one release."""


def table_query(table: str, source: str) -> str:
    """The lowest and the highest number in a table, and how many rows have none."""
    mark = MARKS[table]
    return f"select min({mark}), max({mark}), count(*) - count({mark}), count(*) from {source}"


def tie_query(domains: str, segments: str) -> str:
    """The numbers of the domains of each trust and quarter, and of the segment beside them."""
    segment = MARKS["fct_segment"].replace("override_reason", "s.override_reason")
    return (
        f"select min(d.domain_score_rank), max({segment}), count(*) - count(s.trust_code), count(*) "
        f"from {domains} as d left join {segments} as s on d.framework_id = s.framework_id "
        "and d.quarter_id = s.quarter_id and d.trust_code = s.trust_code"
    )


def one_statement(source: Callable[[str], str]) -> str:
    """Every table, and the tie, in one statement."""
    parts = [table_query(table, source(table)) for table in MARKS]
    parts.append(tie_query(source("fct_domain"), source("fct_segment")))
    return " union all ".join(parts)


def query_set(run: Run, source: Callable[[str], str], between: Callable[[], None] = lambda: None) -> int:
    """Ask every table, in an order of chance, and a join; the number of the release that they show.

    Raises:
        Mixed: they show more than one, or a table shows none.
    """
    queries = [table_query(table, source(table)) for table in MARKS]
    queries.append(tie_query(source("fct_domain"), source("fct_segment")))
    random.shuffle(queries)
    found = []
    for query in queries:
        found += run(query)
        between()
    return number_of(found)


def number_of(found: Iterable[tuple[Any, ...]]) -> int:
    """The one number in the answers of a query set.

    Raises:
        Mixed: there are several, or a table is empty or has rows without one.
    """
    found = list(found)
    numbers = {number for lowest, highest, *_ in found for number in (lowest, highest)}
    if len(numbers) != 1 or None in numbers or any(without or not rows for *_, without, rows in found):
        raise Mixed(str(sorted(found, key=repr)))
    return int(numbers.pop())
