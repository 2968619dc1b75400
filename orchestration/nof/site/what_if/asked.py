"""Which quarter of each trust type can be asked about, and of what nothing can be told."""

from dataclasses import dataclass

from nof.site.released import Released, TrustType


@dataclass(frozen=True)
class Asked:
    """A quarter that is asked about.

    Attributes:
        trust_types: the types of which it is the newest quarter with averages.
    """

    quarter_id: str
    quarter_label: str
    trust_types: tuple[TrustType, ...]

    @property
    def path(self) -> str:
        """Its data for the script."""
        return f"data/what-if-{self.quarter_id}.js"

    @property
    def name(self) -> str:
        """The global that the script finds the data under."""
        return f"nofWhatIf_{self.quarter_id.replace('-', '_')}"


def refusal(released: Released) -> str:
    """Why no question can be asked of a release at all; empty where one can.

    The command refuses the first too: changed cells of a data file would not reach the figures.
    """
    (framework,) = released.rows(
        "select value_origin, is_forecast from method_frameworks where framework_id = ?",
        released.framework_id,
    )
    if framework["is_forecast"] or framework["value_origin"] != "framework_file":
        return "The scores here do not stand on cells of a data file, so a changed cell would not reach them."
    if released.rows("select 1 from method_system_rules where framework_id = ?", released.framework_id):
        return "The segments here also depend on scores of whole systems, which this page does not work out."
    if not asked_quarters(released):
        return "No trust type is whole in hand, so no trust has an average metric score that could move."
    return ""


def asked_quarters(released: Released) -> tuple[Asked, ...]:
    """The quarters to ask about, the newest first."""
    newest = {
        row["trust_type_id"]: row["quarter_id"]
        for row in released.rows(
            "select trust_type_id, max(quarter_id) as quarter_id from fct_segment"
            " where average_metric_score is not null group by trust_type_id"
        )
    }
    return tuple(
        Asked(
            quarter_id,
            released.quarter_labels[quarter_id],
            tuple(each for each in released.types if newest.get(each.trust_type_id) == quarter_id),
        )
        for quarter_id in sorted(set(newest.values()), reverse=True)
    )


def left_out(released: Released) -> tuple[TrustType, ...]:
    """The trust types that have no average in any quarter."""
    asked = {each.trust_type_id for quarter in asked_quarters(released) for each in quarter.trust_types}
    return tuple(each for each in released.types if each.trust_type_id not in asked)
