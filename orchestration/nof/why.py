"""Why a trust moved since the quarter before, read out of the tables of a release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from nof.errors import UsageRefused
from nof.explain.ask import find_quarter, find_trust
from nof.explain.reading import QuarterRows, Query
from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb

MOVEMENT = Query(
    """
    select movements.*, causes.meaning as cause_meaning, statuses.meaning as status_meaning,
        parts.part_label as largest_part_label, metrics.metric_label as largest_part_metric_label
    from fct_segment_movement as movements
    inner join method_movement_statuses as statuses
        on movements.movement_status = statuses.movement_status
    left join method_movement_causes as causes on movements.main_cause_id = causes.cause_id
    left join method_movement_parts as parts on movements.largest_part_id = parts.part_id
    left join dim_metric as metrics
        on movements.framework_id = metrics.framework_id
        and movements.largest_part_metric_id = metrics.metric_id
    where movements.framework_id = ? and movements.quarter_id = ?
    """,
    key="trust_code",
    order_by="trust_code",
)
PARTS = Query(
    """
    select parts.*, metrics.metric_label
    from fct_score_movement as parts
    left join dim_metric as metrics
        on parts.framework_id = metrics.framework_id and parts.metric_id = metrics.metric_id
    where parts.framework_id = ? and parts.quarter_id = ?
    """,
    key="trust_code",
    order_by="size_order",
)
_STEPS = """
    select cause_id, cause_label from method_movement_causes where step_order is not null order by step_order
"""


@dataclass(frozen=True)
class Why:
    """Why one trust moved into one quarter.

    Attributes:
        trust_code: its code.
        trust_name: its name in the release.
        quarter_label: the quarter, as `Q3 2025/26`.
        earlier_label: the one before; None where the release does not have it.
        movement: the row of fct_segment_movement, with the meanings of its words.
        parts: rows of fct_score_movement, the largest first; effects in points of the score, above nought for
            the worse.
        steps: what moved the adjusted segment and by how many segments, in the order of the way.
    """

    trust_code: str
    trust_name: str
    quarter_label: str
    earlier_label: str | None
    movement: Row
    parts: tuple[Row, ...]
    steps: tuple[tuple[str, int], ...]

    @property
    def sentence(self) -> str:
        """All of it in a sentence or two."""
        told = self.told
        is_told = self.movement["score_change"] is not None
        return f"{self.trust_code} ({self.trust_name}), {self.quarter_label}: " + (
            told if is_told else f"{told[:1].lower()}{told[1:]}"
        )

    @property
    def told(self) -> str:
        """The same without saying who and when."""
        row = self.movement
        if row["score_change"] is None:
            return f"There is no movement to tell: {row['status_meaning']}."
        return f"{self._of_the_segment()} {self._of_the_average()}"

    def _of_the_segment(self) -> str:
        row, earlier = self.movement, self.earlier_label
        if row["segment_change"] is None:
            return f"{_capital(row['status_meaning'])}."
        before, now = row["adjusted_segment_before_as_released"], row["adjusted_segment_now"]
        if before == now:
            return f"Adjusted segment {now} as in {earlier}: {row['cause_meaning']}."
        only = "" if row["is_only_cause"] else ", most of all"
        return f"Adjusted segment {now} after {before} in {earlier}{only}: {row['cause_meaning']}."

    def _of_the_average(self) -> str:
        row = self.movement
        told, now = row["average_metric_score_before_as_released"], row["average_metric_score_now"]
        if row["score_change"] == 0:
            return f"Average metric score {now} in both."
        said = f"Average metric score {now} after {told} ({signed(row['score_change'], 2)})"
        if row["largest_part_id"] is None:
            return f"{said}."
        metric = f", {row['largest_part_metric_label']}" if row["largest_part_metric_id"] else ""
        return f"{said}; the largest part is {row['largest_part_label']}{metric}."


def read_why(database: Path, trust: str, quarter: str | None = None) -> Why:
    """Why a trust moved.

    Args:
        database: the nof.duckdb of a release.
        trust: its code, or a piece of its name that only it has.
        quarter: as `2025-26-Q3` or `Q3 2025/26`; None for the newest of the release.

    Raises:
        UsageRefused: there is no such trust or quarter in the release, it is in neither of the two quarters,
            or the release keeps no movements.
    """
    from nof.release.database import open_database  # noqa: PLC0415 - DuckDB

    with open_database(database) as connection:
        connection.execute("use publication")
        if not all_rows(connection, "from duckdb_tables() where table_name = 'fct_segment_movement'"):
            raise UsageRefused("This release was made before movements were kept. Choose a later one.")
        found = all_rows(connection, "select framework_id, quarter_id, quarter_label from dim_quarter")
        quarters = {row["quarter_id"]: row["quarter_label"] for row in found}
        trusts = {
            row["trust_code"]: row["trust_name"]
            for row in all_rows(connection, "select trust_code, trust_name from dim_trust")
        }
        trust_code = find_trust(trust, trusts)
        quarter_id = find_quarter(quarter, quarters) if quarter else max(quarters)
        rows = QuarterRows(connection, found[0]["framework_id"], quarter_id, of_all=False)
        why = tell_why(rows, trust_code, trusts[trust_code], quarters, read_steps(connection))
        if why is None:
            raise UsageRefused(
                f"{trust_code} is neither in {quarters[quarter_id]} nor in the quarter before it, or the "
                "framework gives it no segment."
            )
        return why


def read_steps(connection: "duckdb.DuckDBPyConnection") -> tuple[Row, ...]:
    """The steps that can move a segment, in the order of the way."""
    return all_rows(connection, _STEPS)


def tell_why(
    rows: QuarterRows,
    trust_code: str,
    trust_name: str,
    quarters: Mapping[str, str],
    steps: Sequence[Row],
) -> Why | None:
    """Put it together; None where the release has no movement of the trust into the quarter.

    Args:
        rows: the rows of the later quarter.
        trust_code: the trust.
        trust_name: its name.
        quarters: labels by quarter_id.
        steps: from `read_steps`.
    """
    found = rows.about(MOVEMENT, trust_code)
    if not found:
        return None
    (movement,) = found
    counted = [(str(row["cause_label"]), int(movement[f"{row['cause_id']}_steps"] or 0)) for row in steps]
    return Why(
        trust_code=trust_code,
        trust_name=str(trust_name),
        quarter_label=str(quarters[rows.quarter_id]),
        earlier_label=quarters.get(movement["earlier_quarter_id"]),
        movement=movement,
        parts=rows.about(PARTS, trust_code),
        steps=tuple(step for step in counted if step[1]),
    )


def signed(number: Decimal, places: int) -> str:
    """A number with its sign and so many decimals; nought has none."""
    text = f"{number:+.{places}f}"
    return text if text.strip("+-0.") else text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
