"""The rows of a release beside an organisation's score: context, ratings, targets, consequences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb

_OF_THE_QUARTER = "where framework_id = ? and quarter_id = ? and trust_code = ?"
_CONTEXT = """
    select fct_context.*, dim_metric.metric_label, dim_metric.polarity
    from publication.fct_context
    left join publication.dim_metric using (framework_id, metric_id)
    where framework_id = ? and quarter_id = ? and trust_code = ?
    order by fct_context.domain_id, fct_context.metric_id
"""
# What became of it, and what became of others that it came after.
_CHANGES = """
    select * from publication.fct_organisation_change
    where
        framework_id = ?
        and (
            organisation_code = ?
            or (other_code = ? and change_kind in ('merged_into', 'code_changed_to', 'icb_code_succeeded'))
        )
    order by change_date, change_kind, organisation_code
"""
_SOURCE_VALUES = """
    select fct_source_value.*, measures.value_form, measures.factor, measures.divisor, measures.unit_label
    from publication.fct_source_value
    inner join publication.method_source_measures as measures using (framework_id, measure_id)
    where framework_id = ? and quarter_id = ? and organisation_code = ?
    order by measure_id
"""
_NAMES = (
    "select organisation_code, organisation_name from publication.dim_organisation where framework_id = ?"
)


@dataclass(frozen=True, kw_only=True)
class BesideFacts:
    """Rows of one organisation and quarter that no score is made from.

    Attributes:
        organisation: its row of dim_organisation, where there is one.
        names: names of organisations by code, for those that the lines mention.
        source_values: what source publications give, with how each measure is made.
        entries: register entries about it or about all, by file and row.
    """

    organisation: Row | None
    names: Mapping[str, str]
    icbs: tuple[Row, ...]
    groups: tuple[Row, ...]
    changes: tuple[Row, ...]
    context: tuple[Row, ...]
    ratings: tuple[Row, ...]
    responses: tuple[Row, ...]
    targets: tuple[Row, ...]
    winter: tuple[Row, ...]
    system_areas: tuple[Row, ...]
    source_values: tuple[Row, ...]
    entries: Mapping[tuple[str, int], Row]

    @property
    def is_in_hand(self) -> bool:
        """Whether the organisation is in the quarter at all."""
        return bool(self.context or self.ratings or self.responses)


def read_beside(connection: "duckdb.DuckDBPyConnection", key: tuple[str, str, str]) -> BesideFacts:
    """Read them.

    Args:
        connection: the release.
        key: framework_id, quarter_id and the organisation's code.
    """
    framework_id, _, code = key

    def of_the_quarter(table: str, order_by: str) -> tuple[Row, ...]:
        query = f"select * from publication.{table} {_OF_THE_QUARTER} order by {order_by}"
        return all_rows(connection, query, *key)

    described = all_rows(
        connection,
        "select * from publication.dim_organisation where framework_id = ? and organisation_code = ?",
        framework_id, code,
    )  # fmt: skip
    entries = all_rows(
        connection,
        "select * from publication.fct_register_entry"
        " where framework_id = ? and organisation_code in (?, 'ALL')",
        framework_id, code,
    )  # fmt: skip
    return BesideFacts(
        organisation=described[0] if described else None,
        names={
            row["organisation_code"]: row["organisation_name"]
            for row in all_rows(connection, _NAMES, framework_id)
        },
        icbs=of_the_quarter("dim_organisation_icb", "is_lead desc, icb_code"),
        groups=of_the_quarter("dim_organisation_group", "group_kind, group_label, from_date"),
        changes=all_rows(connection, _CHANGES, framework_id, code, code),
        context=all_rows(connection, _CONTEXT, *key),
        ratings=of_the_quarter("fct_capability", "register_id, display_order"),
        responses=of_the_quarter("fct_response", "consequence_id"),
        targets=of_the_quarter("fct_target", "metric_id, target_id"),
        winter=of_the_quarter("fct_winter_assurance", "display_order"),
        system_areas=of_the_quarter("fct_system_area", "area_id"),
        source_values=_source_values(connection, key),
        entries={(row["file_id"], row["row_number"]): row for row in entries},
    )


def _source_values(connection: "duckdb.DuckDBPyConnection", key: tuple[str, str, str]) -> tuple[Row, ...]:
    # A release from before there were any is read as well.
    has_them = all_rows(connection, "select 1 from duckdb_tables() where table_name = ?", "fct_source_value")
    return all_rows(connection, _SOURCE_VALUES, *key) if has_them else ()
