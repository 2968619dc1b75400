"""The part of the query of segments that finds what each trust had and has, where a figure of it differs."""

FIGURES = ("average_metric_score", "unadjusted_segment", "adjusted_segment", "final_segment", "league_rank")
_HAS_MOVED = {
    "has_average_moved": "average_metric_score",
    "has_unadjusted_moved": "unadjusted_segment",
    "has_adjusted_moved": "adjusted_segment",
    "has_final_moved": "final_segment",
    "has_rank_moved": "league_rank",
}

# What each trust and quarter had and has, in quarters of both releases, where a figure of it differs.
_MOVED = """
old_quarters as (select distinct quarter_id from old_segments),

new_quarters as (select distinct quarter_id from new_segments),

paired as (
    select
        coalesce(n.quarter_id, o.quarter_id) as quarter_id,
        coalesce(n.trust_code, o.trust_code) as trust_code,
        coalesce(n.trust_type_id, o.trust_type_id) as trust_type_id,
        case
            when o.trust_code is null then 'came'
            when n.trust_code is null then 'went'
            else 'changed'
        end as change,
        {figures},
        o.delivery_status is distinct from n.delivery_status as has_other_status,
        o.metrics_counted is distinct from n.metrics_counted
        or o.weight_units_counted is distinct from n.weight_units_counted as has_other_weights,
        o.segment_low as old_segment_low,
        o.segment_high as old_segment_high,
        n.segment_low as new_segment_low,
        n.segment_high as new_segment_high,
        o.has_financial_override is distinct from n.has_financial_override
        or o.override_segment_floor is distinct from n.override_segment_floor as has_other_override,
        {override_old} || ' to ' || {override_new} as override_words,
        o.system_segment_steps is distinct from n.system_segment_steps as has_other_steps,
        coalesce(cast(o.system_segment_steps as varchar), 'none') || ' to '
        || coalesce(cast(n.system_segment_steps as varchar), 'none') || ' steps' as steps_words,
        o.is_in_improvement_programme is distinct from n.is_in_improvement_programme
        or o.final_segment_basis is distinct from n.final_segment_basis as has_other_programme,
        {programme_old} || ' to ' || {programme_new} as programme_words,
        o.league_trust_count is distinct from n.league_trust_count as has_other_league,
        coalesce(cast(o.league_trust_count as varchar), 'none') || ' to '
        || coalesce(cast(n.league_trust_count as varchar), 'none') || ' trusts ranked' as league_words
    from old_segments as o
    full outer join new_segments as n on o.quarter_id = n.quarter_id and o.trust_code = n.trust_code
),

moved as (
    select
        *,
        {has_moved}
    from paired
    where
        quarter_id in (select quarter_id from old_quarters)
        and quarter_id in (select quarter_id from new_quarters)
        and (change <> 'changed' or {differs})
),
"""


def moved_ctes() -> str:
    """Common table expressions up to `moved`, over `old_segments` and `new_segments`."""
    return _MOVED.format(
        figures=", ".join(f"o.{name} as old_{name}, n.{name} as new_{name}" for name in FIGURES),
        differs=" or ".join(_differs(name) for name in FIGURES),
        has_moved=", ".join(f"{_differs(name)} as {flag}" for flag, name in _HAS_MOVED.items()),
        override_old=_override("o"),
        override_new=_override("n"),
        programme_old=_programme("o"),
        programme_new=_programme("n"),
    )


def _differs(name: str) -> str:
    return f"old_{name} is distinct from new_{name}"


def _override(side: str) -> str:
    return (
        f"case when {side}.has_financial_override "
        f"then 'on' || coalesce(' (segment ' || {side}.override_segment_floor || ' at best)', '') "
        f"when not {side}.has_financial_override then 'off' else 'not known' end"
    )


def _programme(side: str) -> str:
    return (
        f"case when {side}.is_in_improvement_programme then 'in' "
        f"when not {side}.is_in_improvement_programme then 'not in' else 'not known' end"
        f" || coalesce(' (' || {side}.final_segment_basis || ')', '')"
    )
