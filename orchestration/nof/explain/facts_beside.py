"""The rows of a release beside an organisation's score: context, ratings, targets, consequences."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.explain.reading import QuarterRows, Query, rows_of_table
from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb

_CONTEXT = Query(
    """
    select fct_context.*, dim_metric.metric_label, dim_metric.polarity
    from publication.fct_context
    left join publication.dim_metric using (framework_id, metric_id)
    where framework_id = ? and quarter_id = ?
    """,
    key="trust_code",
    order_by="domain_id, metric_id",
)
# What became of it, and what became of others that it came after.
_CHANGES = Query(
    """
    select
        changes.*,
        unnest(
            case
                when change_kind in ('merged_into', 'code_changed_to', 'icb_code_succeeded')
                    and other_code <> organisation_code
                    then [organisation_code, other_code]
                else [organisation_code]
            end
        ) as about_code
    from publication.fct_organisation_change as changes
    where framework_id = ?
    """,
    key="about_code",
    order_by="change_date, change_kind, organisation_code",
    is_of_quarter=False,
)
_SOURCE_VALUES = Query(
    """
    select fct_source_value.*, measures.value_form, measures.factor, measures.divisor, measures.unit_label
    from publication.fct_source_value
    inner join publication.method_source_measures as measures using (framework_id, measure_id)
    where framework_id = ? and quarter_id = ?
    """,
    key="organisation_code",
    order_by="measure_id",
)
_DESCRIBED = Query(
    "select * from publication.dim_organisation where framework_id = ?",
    key="organisation_code",
    order_by="organisation_code",
    is_of_quarter=False,
)
_ENTRIES = Query(
    "select * from publication.fct_register_entry where framework_id = ?",
    key="organisation_code",
    order_by="file_id, row_number",
    is_of_quarter=False,
)
_ICBS = rows_of_table("dim_organisation_icb", "is_lead desc, icb_code")
_GROUPS = rows_of_table("dim_organisation_group", "group_kind, group_label, from_date")
_RATINGS = rows_of_table("fct_capability", "register_id, display_order")
_RESPONSES = rows_of_table("fct_response", "consequence_id")
_TARGETS = rows_of_table("fct_target", "metric_id, target_id")
_WINTER = rows_of_table("fct_winter_assurance", "display_order")
_SYSTEM_AREAS = rows_of_table("fct_system_area", "area_id")
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


class BesideReader:
    """Reads them, for one organisation after the other."""

    def __init__(
        self, connection: "duckdb.DuckDBPyConnection", rows: QuarterRows, *, has_source_values: bool
    ) -> None:
        """Read what is the same for all of them.

        Args:
            connection: the release.
            rows: the rows of the quarter.
            has_source_values: whether the release keeps values made from source publications.
        """
        self._rows = rows
        self._names = {
            row["organisation_code"]: row["organisation_name"]
            for row in all_rows(connection, _NAMES, rows.framework_id)
        }
        self._has_source_values = has_source_values

    def of(self, code: str) -> BesideFacts:
        """Those about one organisation."""
        about = self._rows.about
        described = about(_DESCRIBED, code)
        return BesideFacts(
            organisation=described[0] if described else None,
            names=self._names,
            icbs=about(_ICBS, code),
            groups=about(_GROUPS, code),
            changes=about(_CHANGES, code),
            context=about(_CONTEXT, code),
            ratings=about(_RATINGS, code),
            responses=about(_RESPONSES, code),
            targets=about(_TARGETS, code),
            winter=about(_WINTER, code),
            system_areas=about(_SYSTEM_AREAS, code),
            source_values=about(_SOURCE_VALUES, code) if self._has_source_values else (),
            entries={
                (row["file_id"], row["row_number"]): row
                for row in (*about(_ENTRIES, code), *about(_ENTRIES, "ALL"))
            },
        )
