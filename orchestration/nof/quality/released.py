"""The results of the releases in a release's line, from its table `dq_result`."""

from pathlib import Path

from nof.quality.results import Result, Run
from nof.release.database import SCHEMA, open_database

_COLUMNS = (
    "release_order, cast(released_date as varchar), quarter_id, release_id, gate, expectation_id, severity, "
    "outcome, is_passed, checked_count, unexpected_count, coalesce(first_unexpected, ''), meaning, remedy, "
    "owner_role"
)


def read_released(database: Path) -> list[Result]:
    """All results, by release and expectation."""
    with open_database(database) as connection:
        rows = connection.execute(
            f"select {_COLUMNS} from {SCHEMA}.dq_result order by release_order, gate, expectation_id"
        ).fetchall()
    return [
        Result(Run(order, day, quarter_id, release_id), *said)
        for order, day, quarter_id, release_id, *said in rows
    ]
