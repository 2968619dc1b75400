{%- set figures = [] -%}
{%- for attended_as, prefix in [('attended', ''), ('booked', 'booked_')] -%}
    {%- for kind in ['type_1', 'type_2', 'other'] -%}
        {%- set count = ('booked_' if prefix else 'attendances_') ~ kind ~ '_count' -%}
        {%- do figures.append((attended_as, kind, 'attendances', count)) -%}
        {%- do figures.append((attended_as, kind, 'over_4_hours', prefix ~ 'over_4_hours_' ~ kind ~ '_count')) -%}
    {%- endfor -%}
{%- endfor -%}
{%- for kind in ['type_1', 'type_2', 'other'] -%}
    {%- do figures.append(('admitted', kind, 'admissions', 'admissions_' ~ kind ~ '_count')) -%}
{%- endfor -%}
{%- do figures.append(('from_decision', none, 'waited_4_to_12_hours', 'waited_4_to_12_hours_from_decision_count')) -%}
{%- do figures.append(('from_decision', none, 'waited_over_12_hours', 'waited_over_12_hours_from_decision_count')) -%}
{%- do figures.append(('other_admissions', none, 'other_admissions', 'other_admissions_count')) -%}

with attendances as (
    select * from {{ ref('stg_nhse__ae_attendances') }}
),

final as (
    {% for group, subgroup, figure, column in figures -%}
        select
            'ae_attendances' as dataset_id,
            file_id,
            row_number,
            period_start_date,
            organisation_code,
            '{{ group }}' as figure_group,
            {{ "'" ~ subgroup ~ "'" if subgroup else no_text() }} as figure_subgroup,
            '{{ figure }}' as figure_id,
            cast(null as integer) as band,
            cast({{ column }} as decimal(28, 16)) as figure_number
        from attendances
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}
)

select * from final
