"""The sums that landing makes, as one query over the CSV; and whether both are the same."""

from nof.landing.lookups import read_lookups
from nof.landing.publications.rtt_groups import ENGLISH_GROUP
from nof.landing.publications.rtt_layout import (
    ALL_FUNCTIONS,
    BANDS,
    FUNCTION,
    PART,
    PROVIDER,
    TOTAL,
    TOTAL_ALL,
    UNKNOWN,
)
from nof.landing.source_columns import RTT_BANDS

COUNTS = {
    "total": TOTAL,
    "total_with_unknown_start": TOTAL_ALL,
    "unknown_start": UNKNOWN,
    **dict(zip(RTT_BANDS, BANDS, strict=True)),
}
KEYS = ("provider_code", "part_type", "commissioner_group")


def query() -> str:
    """One row per provider, part and group of commissioners: its total rows, and the sum of each count."""
    groups = " ".join(
        f"when \"{each.column_name}\" = '{each.code}' then '{each.group_id}'"
        for each in read_lookups().source_exclusions["rtt_waits"]
    )
    sums = ", ".join(f'cast(sum("{heading}") as bigint) as {name}' for name, heading in COUNTS.items())
    return (
        f'select "{PROVIDER}" as provider_code, "{PART}" as part_type, '
        f"case {groups} else '{ENGLISH_GROUP}' end as commissioner_group, count(*) as row_count, {sums} "
        f"from read_csv(?, header = true) where \"{FUNCTION}\" = '{ALL_FUNCTIONS}' group by all"
    )


def differing(landed: str, queried: str) -> tuple[int, int]:
    """How many rows were landed, and how many of these and of the query's are not the same.

    Args:
        landed: database file with landing.rtt_waits.
        queried: database file with the table `sums`.
    """
    import duckdb  # noqa: PLC0415

    names = [*KEYS, "row_count", *COUNTS]
    whole = ", ".join(name if name in KEYS else f"try_cast({name} as bigint) as {name}" for name in names)
    with duckdb.connect(landed, read_only=True) as connection:
        connection.execute(f"attach '{queried}' as other (read_only)")
        one, two = f"select {whole} from landing.rtt_waits", f"select {', '.join(names)} from other.sums"
        rows, differ = connection.execute(
            f"select (select count(*) from ({one})), (select count(*) from ({one} except all {two}))"
            f" + (select count(*) from ({two} except all {one}))"
        ).fetchall()[0]
    return int(rows), int(differ)
