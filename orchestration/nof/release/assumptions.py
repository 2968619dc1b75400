"""What the method of a release rests on: the framework's standing, its own period, its assumptions."""

from typing import TYPE_CHECKING

from nof.release.database import SCHEMA

if TYPE_CHECKING:
    import duckdb

_NONE_NAMED = (
    "It rests on no named assumption. What its sources leave open is marked `default`: `rule_certainty` of "
    "`dim_metric`, `certainty` of the `method_` tables."
)


def assumptions(connection: "duckdb.DuckDBPyConnection", framework_id: str, quarter_id: str) -> str:
    """The paragraphs for notes.md.

    Args:
        connection: the release.
        framework_id: the framework scored.
        quarter_id: the newest quarter of the release.
    """
    frameworks = connection.execute(
        "select framework_label, is_in_force, first_quarter_id, last_quarter_id "
        f"from {SCHEMA}.method_frameworks where framework_id = ?",
        [framework_id],
    ).fetchall()
    if not frameworks:  # the checks of the whole release refuse it, together with what else is missing
        return "The build does not describe its framework."
    label, is_in_force, first, last = frameworks[0]
    parts = [_standing(label, is_in_force=is_in_force, quarter_id=quarter_id)]
    outside = [
        quarter
        for (quarter,) in connection.execute(
            f"select distinct quarter_id from {SCHEMA}.fct_segment where framework_id = ? order by 1",
            [framework_id],
        ).fetchall()
        if not (first or quarter) <= quarter <= (last or quarter)
    ]
    if outside:
        period = f"from {first}" if not last else f"{first} to {last}"
        parts.append(
            f"**Scored outside the framework's own period** ({period}): {', '.join(outside)}. These show "
            "what its rules would have made of the quarter, with the metrics that were published for it."
        )
    rows = connection.execute(
        f"select assumption_id, assumption, reason, seed_name from {SCHEMA}.method_assumptions "
        "where framework_id = ? order by assumption_id",
        [framework_id],
    ).fetchall()
    if not rows:
        return "\n\n".join([*parts, _NONE_NAMED])
    parts.append(f"It rests on {len(rows)} assumption{'s' if len(rows) > 1 else ''}:")
    lines = [f"- `{key}` (`{seed}`): {text} *Why:* {reason}" for key, text, reason, seed in rows]
    return "\n\n".join([*parts, "\n".join(lines)])


def _standing(label: str, *, is_in_force: bool, quarter_id: str) -> str:
    if is_in_force:
        return f"{label} is the framework in force."
    return (
        f"**{label} is not the framework in force.** Nothing that NHS England published for {quarter_id} or "
        "before was made under it, and this release never becomes the current one."
    )
