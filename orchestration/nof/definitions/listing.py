"""Everything that Dagster is shown, as rows: `python -m nof.definitions.listing` pins them for the tests.

What disappears from the graph stops nothing and is missed by nobody, so a test holds the graph to the list.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from dagster import Definitions

from nof.definitions.graph import graph
from nof.project import checkout

PINNED = Path("tests/fixtures/dagster.csv")
HEADER = ("kind", "name", "group", "owner", "detail")

Row = tuple[str, str, str, str, str]


def rows(definitions: Definitions) -> list[Row]:
    """Every asset, check, job, schedule and sensor, in a fixed order."""
    return sorted([*_assets(definitions), *_checks(definitions), *_starters(definitions)])


def as_csv(found: list[Row]) -> str:
    """The rows as they are pinned."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(found)
    return text.getvalue()


def _assets(definitions: Definitions) -> Iterator[Row]:
    assets = definitions.resolve_asset_graph()
    for key in assets.get_all_asset_keys():
        node = assets.get(key)
        owners = "; ".join(owner.removeprefix("team:") for owner in node.owners)
        detail = "partitioned by quarter" if node.partitions_def else ""
        yield "asset", key.to_user_string(), node.group_name or "", owners, detail


def _checks(definitions: Definitions) -> Iterator[Row]:
    assets = definitions.resolve_asset_graph()
    for key in assets.asset_check_keys:
        detail = "blocking" if assets.get(key).blocking else ""
        yield "check", f"{key.asset_key.to_user_string()}: {key.name}", "", "", detail


def _starters(definitions: Definitions) -> Iterator[Row]:
    repository = definitions.get_repository_def()
    for name in repository.job_names:
        if not name.startswith("__"):
            yield "job", name, "", "", ""
    for schedule in repository.schedule_defs:
        yield "schedule", schedule.name, "", "", f"{schedule.cron_schedule} {schedule.execution_timezone}"
    for sensor in repository.sensor_defs:
        yield "sensor", sensor.name, "", "", f"every {sensor.minimum_interval_seconds} s"


if __name__ == "__main__":
    path = checkout() / PINNED
    path.write_text(as_csv(rows(graph())), encoding="utf-8", newline="\n")
    print(path)  # noqa: T201
