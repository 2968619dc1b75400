{#- Rules 2, once for domains and for the whole: the mean over metrics, where the metrics of a weight group are
    first averaged among those present and then weigh as one. `within` names
    what the means are made within besides, a column or several. `alone` says which rows are one unit each, where
    the caller can tell: nothing has to be averaged first for those. Gives the CTEs `weight_units` and `averages`. -#}
{% macro average_of_metrics(scores, within=none, alone='false') -%}
    {%- set more = [within] if within is string else (within or []) -%}
    {%- set grain = ['framework_id', 'quarter_id', 'trust_code'] + more -%}
    {%- set scored_grain = scores ~ '.' ~ (grain | join(', ' ~ scores ~ '.')) -%}
    weight_units as (
        {% if alone != 'false' -%}
        select
            {{ scored_grain }},
            {{ scores }}.weight_group_id,
            cast(1 as bigint) as metrics_counted,
            {{ scores }}.averaged_score as unit_score,
            {{ scores }}.averaged_score as lowest_part_score,
            {{ scores }}.averaged_score as highest_part_score,
            score_bases.weakness_order
        from {{ scores }}
        inner join score_bases
            on {{ scores }}.score_basis = score_bases.score_basis
        where {{ alone }}
        union all
        {% endif -%}
        select
            {{ scored_grain }},
            {{ scores }}.weight_group_id,
            count(*) as metrics_counted,
            {{ mean_score(scores ~ '.averaged_score') }} as unit_score,
            min({{ scores }}.averaged_score) as lowest_part_score,
            max({{ scores }}.averaged_score) as highest_part_score,
            max(score_bases.weakness_order) as weakness_order
        from {{ scores }}
        inner join score_bases
            on {{ scores }}.score_basis = score_bases.score_basis
        where not ({{ alone }})
        group by
            {{ scored_grain }},
            {{ scores }}.weight_group_id
    ),

    averages as (
        select
            {{ grain | join(', ') }},
            cast(sum(metrics_counted) as bigint) as metrics_counted,
            count(*) as weight_units_counted,
            {{ mean_score('unit_score') }} as average_score,
            min(lowest_part_score) as lowest_part_score,
            max(highest_part_score) as highest_part_score,
            max(weakness_order) as weakness_order
        from weight_units
        group by {{ grain | join(', ') }}
    )
{%- endmacro %}
