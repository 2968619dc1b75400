"""What is awaited, looked at each morning: an asset with a check that fails while an input is late."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetsDefinition,
    Config,
    MaterializeResult,
    MetadataValue,
    ScheduleDefinition,
    TableColumn,
    TableRecord,
    TableSchema,
    asset,
)
from pydantic import Field

from nof import alerts
from nof.definitions.calendar import each_morning, published_quarters
from nof.definitions.names import AWAITED_JOB, CALENDAR_GROUP, ENGINEER, INPUTS
from nof.definitions.settings import home_folder
from nof.definitions.whole_run import day_of, refusals_as_failures
from nof.home import Home
from nof.project import read_seed
from nof.release.find import find_current
from nof.release.seal import read_manifest
from nof.status import Awaited, publication_labels, standing_of

NOTHING_LATE = "nothing_is_late"
NEWEST_RELEASED = "the_newest_published_quarter_is_released"
_COLUMNS = (
    *("quarter", "file", "period", "trust type", "state", "due", "late from", "landed", "asked"),
    "without it",
)


class Day(Config):
    """The day to judge by."""

    day: str = Field(default="", description="A day such as 2026-06-21. Empty: today.")


def awaited_asset() -> AssetsDefinition:
    """What each quarter of the calendar is awaited to bring, held against what is landed: `nof status`."""

    @asset(
        key=INPUTS,
        group_name=CALENDAR_GROUP,
        owners=[ENGINEER],
        description="What each quarter of the publication calendar is awaited to bring, held against what is "
        "landed: the same as `nof status` says. Late inputs are told to whom nof.toml says.",
        check_specs=[
            AssetCheckSpec(
                NOTHING_LATE,
                asset=INPUTS,
                description="Every input is in hand, or its days of grace "
                "(seeds/reference/awaited_inputs.csv, and awaited_publications.csv for source publications "
                "that the home uses) have not passed.",
            ),
            AssetCheckSpec(
                NEWEST_RELEASED,
                asset=INPUTS,
                description="The current release is of the newest quarter that is published by "
                "seeds/reference/publication_calendar.csv.",
            ),
        ],
    )
    def look(config: Day) -> Iterator[AssetCheckResult | MaterializeResult[Any]]:
        home = Home(Path(home_folder()))
        with refusals_as_failures():
            day = day_of(config.day)
            found = standing_of(home, on=day).awaited
        alerts.tell_late(home, today=day)
        # A survey year is awaited of each quarter that is made with it, and is late once.
        late = list(
            {
                (each.file_kind, each.trust_type_id, each.period or each.quarter_id): each
                for each in found
                if each.state == "late"
            }.values()
        )
        yield MaterializeResult(
            metadata={
                "late": len(late),
                "due": sum(each.state == "due" for each in found),
                "in_hand": sum(each.landed_date is not None for each in found),
                "inputs": _table(found),
            },
            check_results=[_nothing_late(late), _newest_released(home, day)],
        )

    return look


def awaited_schedule(job: Any) -> ScheduleDefinition:
    """Looks each morning. Off until a person turns it on."""
    return each_morning(
        AWAITED_JOB,
        job,
        hour=8,
        description="Each morning, says what is late, since when, and which role is asked.",
    )


def _nothing_late(late: Sequence[Awaited]) -> AssetCheckResult:
    roles = " and the ".join(sorted({each.asked_role for each in late}))
    count = f"{len(late)} input{' is' if len(late) == 1 else 's are'} late"
    said = f"{count}: ask the {roles} for what the table names. A run without them is right, and says so."
    return AssetCheckResult(
        check_name=NOTHING_LATE,
        passed=not late,
        severity=AssetCheckSeverity.WARN,
        description=said if late else "Nothing is late.",
        metadata={"late": len(late)} | ({"late_inputs": _table(late)} if late else {}),
    )


def _newest_released(home: Home, day: date) -> AssetCheckResult:
    published = published_quarters(day)
    current = find_current(home)
    # A release of the invented nation is none of a published quarter.
    has = current.parent.name if current and not read_manifest(current)["is_bundled"] else ""
    wanted = published[-1] if published else ""
    if has >= wanted:
        said = f"The current release is of {has}." if has else "No quarter is published by the calendar yet."
    else:
        said = (
            f"{wanted} is published, and the current release is of {has or 'no published quarter'}. Put its "
            "files into the inbox (docs/runbooks/new-quarter.md)."
        )
    return AssetCheckResult(
        check_name=NEWEST_RELEASED,
        passed=has >= wanted,
        severity=AssetCheckSeverity.WARN,
        description=said,
        metadata={"newest_published": wanted or "none", "newest_released": has or "none"},
    )


def _table(found: Sequence[Awaited]) -> Any:
    types = {row["trust_type_id"]: row["trust_type_label"] for row in read_seed("reference", "trust_types")}
    labels = publication_labels()
    return MetadataValue.table(
        records=[
            TableRecord(
                {
                    "quarter": each.quarter_id,
                    "file": labels.get(each.file_kind, each.file_kind.replace("_", " ")),
                    "period": each.period,
                    "trust type": types.get(each.trust_type_id, ""),
                    "state": each.state.replace("_", " "),
                    "due": str(each.due_date),
                    "late from": str(each.late_date),
                    "landed": str(each.restated_date or each.landed_date or ""),
                    "asked": each.asked_role,
                    "without it": each.without_it,
                }
            )
            for each in found
        ],
        schema=TableSchema([TableColumn(name) for name in _COLUMNS]),
    )
