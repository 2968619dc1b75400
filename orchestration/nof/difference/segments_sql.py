"""The query behind the segments that moved: what each trust had and has, and what lies behind the move."""

from nof.difference.pair import NEW, OLD, Pair
from nof.difference.segments_behind_sql import behind_ctes
from nof.difference.segments_moved_sql import FIGURES, moved_ctes
from nof.sql import literal

_SEGMENT = (
    "quarter_id",
    "trust_code",
    "trust_type_id",
    *FIGURES,
    "delivery_status",
    "metrics_counted",
    "weight_units_counted",
    "segment_low",
    "segment_high",
    "has_financial_override",
    "override_segment_floor",
    "system_segment_steps",
    "is_in_improvement_programme",
    "final_segment_basis",
    "league_trust_count",
)
_METRIC = (
    "quarter_id",
    "trust_code",
    "metric_id",
    "score_id",
    "cell_status",
    "value",
    "metric_score",
    "metric_score_unrounded",
    "enters_average",
)
_CUT_POINT = ("quarter_id", "score_id", "cut_partition_id", "boundary", "segment", "cut_point")
_REVISION = (
    "revision_source",
    "quarter_id",
    "trust_code",
    "measure_id",
    "figure_kind",
    "version_number",
    "revision_reason",
)


_FINAL = """
select
    moved.quarter_id,
    moved.trust_code,
    names.trust_name,
    moved.trust_type_id,
    moved.change,
    {shown},
    case change when 'came' then 'row_came' when 'went' then 'row_went' else concat_ws(
        '; ',
        case when has_average_moved and own.own_words is not null then 'own_metric_scores' end,
        case when has_average_moved and has_other_weights then 'metrics_counted' end,
        case when has_other_status then 'completeness' end,
        case when has_unadjusted_moved and cuts.cut_words is not null then 'cut_points' end,
        case when has_adjusted_moved and has_other_override then 'override' end,
        case when has_adjusted_moved and has_other_steps then 'system_adjustment' end,
        case when has_final_moved and has_other_programme then 'programme' end,
        case when has_rank_moved and not has_average_moved and not has_adjusted_moved
             then 'other_trusts' end,
        case when {is_method_changed} then 'method' end,
        case
            when {is_method_changed} or has_other_status then null
            when has_average_moved and own.own_words is null and not has_other_weights then 'unexplained'
            when has_unadjusted_moved and not has_average_moved and cuts.cut_words is null then 'unexplained'
            when
                has_adjusted_moved and not has_unadjusted_moved and not has_other_override
                and not has_other_steps
                then 'unexplained'
            when has_final_moved and not has_adjusted_moved and not has_other_programme then 'unexplained'
        end
    ) end as reasons,
    own.own_words,
    case when change = 'changed' and has_unadjusted_moved then cuts.cut_words end,
    case when change = 'changed' and has_other_override then override_words end,
    case when change = 'changed' and has_other_steps then steps_words end,
    case when change = 'changed' and has_other_programme then programme_words end,
    case when change = 'changed' and has_other_league then league_words end,
    case when {is_method_changed} then 'changed' else 'not changed' end
from moved
left join own on moved.quarter_id = own.quarter_id and moved.trust_code = own.trust_code
left join cuts on moved.quarter_id = cuts.quarter_id and moved.trust_code = cuts.trust_code
left join names on moved.trust_code = names.trust_code
order by moved.quarter_id, moved.trust_code
"""


def segments_query(pair: Pair, *, is_method_changed: bool) -> str:
    """The query; what one of the releases does not have is empty in it."""
    read = {
        "old_segments": pair.selected(OLD, "fct_segment", _SEGMENT),
        "new_segments": pair.selected(NEW, "fct_segment", _SEGMENT),
        "old_metrics": pair.selected(OLD, "fct_metric", _METRIC),
        "new_metrics": pair.selected(NEW, "fct_metric", _METRIC),
        "old_cut_points": pair.selected(OLD, "fct_cut_point", _CUT_POINT),
        "new_cut_points": pair.selected(NEW, "fct_cut_point", _CUT_POINT),
        "old_trusts": pair.selected(OLD, "dim_trust", ("trust_code", "trust_name")),
        "new_trusts": pair.selected(NEW, "dim_trust", ("trust_code", "trust_name")),
        "old_revisions": pair.selected(OLD, "fct_revision", _REVISION),
        "new_revisions": pair.selected(NEW, "fct_revision", _REVISION),
        "measures": pair.selected(NEW, "method_summary_measures", ("measure_id", "measure_role")),
        "average_measures": (
            "select cast(measure_id as varchar) as measure_id from measures "
            f"where measure_role = {literal('average_metric_score')}"
        ),
    }
    imports = ",\n\n".join(f"{name} as ({query})" for name, query in read.items())
    changed = "true" if is_method_changed else "false"
    shown = ", ".join(f"cast(moved.{side}_{name} as varchar)" for name in FIGURES for side in ("old", "new"))
    return f"with {imports},\n{moved_ctes()}{behind_ctes()}" + _FINAL.format(
        shown=shown, is_method_changed=changed
    )
