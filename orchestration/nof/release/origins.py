"""What notes.md says of a release whose values are not all those of NHS England's data files."""

from typing import TYPE_CHECKING

from nof.frameworks import FRAMEWORK_FILE, is_forecast, value_origin
from nof.release.database import SCHEMA

if TYPE_CHECKING:
    import duckdb

_WORDS = {
    FRAMEWORK_FILE: "as in NHS England's data file of the quarter",
    "source_publication": "made from another publication",
    "carried_forward": "of the quarter before, because nothing newer is in hand",
}


def value_origins(connection: "duckdb.DuckDBPyConnection", framework_id: str, quarter_id: str) -> list[str]:
    """The paragraphs for notes.md; none where every value is of the data files.

    Args:
        connection: the release.
        framework_id: the framework scored.
        quarter_id: the newest quarter of the release.
    """
    if value_origin(framework_id) == FRAMEWORK_FILE:
        return []
    counts = dict(
        connection.execute(
            f"select value_origin, count(*) from {SCHEMA}.fct_metric where framework_id = ? "
            "and quarter_id = ? and (value is not null or value_label is not null) group by value_origin",
            [framework_id, quarter_id],
        ).fetchall()
    )
    listed = "\n".join(f"- `{origin}`: {counts.get(origin, 0)} ({words})" for origin, words in _WORDS.items())
    parts = [f"Values of {quarter_id} by origin (`value_origin` of `fct_metric`):", listed]
    if not is_forecast(framework_id):
        return parts
    partial = connection.execute(
        f"select metric_id, min(months_in_hand), max(months_in_hand), max(months_expected), count(*) "
        f"from {SCHEMA}.fct_metric where framework_id = ? and quarter_id = ? "
        "and months_in_hand < months_expected group by metric_id order by metric_id",
        [framework_id, quarter_id],
    ).fetchall()
    warning = (
        f"**A forecast of {quarter_id}, which is not published yet.** It is made of what was known when it "
        "was made; it never becomes the current release and never final, and no figure of that quarter in it "
        "is a published one. Its quarter is called a forecast in every table, and its files in NHS England's "
        "layout have names that begin with `forecast-`. The earlier quarters are as NHS England's data files "
        "have them."
    )
    if not partial:
        return [warning, *parts]
    lines = "\n".join(
        f"- `{metric}`: {few if few == most else f'{few} to {most}'} of {expected} periods "
        f"({count} organisations)"
        for metric, few, most, expected, count in partial
    )
    return [
        warning,
        *parts,
        "Of these, made from a part of their period (0: an earlier one in its place):",
        lines,
    ]
