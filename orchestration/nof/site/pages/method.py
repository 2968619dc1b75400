"""The page of the method, rule by rule with the numbers of the release, and every page of the methodology."""

from collections.abc import Iterator

from nof.site.method.pages import documents, index, pages, section
from nof.site.method.rules import families, label_bands, matrices, metrics, value_bands
from nof.site.method.segments import consequences, cut_points, quantiles
from nof.site.model import Output, Page
from nof.site.released import Released

_WEIGHT_GROUPS = (
    "select weight_group_id, string_agg(metric_label, ', ' order by metric_id) as metrics "
    "from dim_metric where enters_average and weight_group_id <> metric_id group by weight_group_id "
    "order by weight_group_id"
)
_SYSTEM = (
    "select distinct area_label, challenged_score_at_least, challenged_area_count_at_least, segment_steps, "
    "worst_segment, display_order from method_system_rules order by display_order, area_label"
)
_OVERRIDE_INPUTS = "select * from method_override_inputs order by metric_id"


def make(released: Released) -> Iterator[Output]:
    """The page, and one for each document."""
    found = documents()
    yield Page(
        path="method.html",
        template="pages/method.html.j2",
        title="Method",
        section="method.html",
        filled={
            "framework": released.rows("select * from method_frameworks")[0],
            "families": families(released),
            "metrics": metrics(released),
            "value_bands": value_bands(released),
            "label_bands": label_bands(released),
            "matrices": matrices(released),
            "weight_groups": released.rows(_WEIGHT_GROUPS),
            "cut_points": cut_points(released),
            "quantiles": quantiles(released),
            "override_inputs": released.rows(_OVERRIDE_INPUTS),
            "system": released.rows(_SYSTEM),
            "consequences": consequences(released),
            "certainty": section("How sure a rule is", found),
            "words": section("Words", found),
            "groups": index(found),
        },
    )
    yield from pages(found)
