with results as (
    select * from {{ ref('stg_nhse__staff_survey_results') }}
),

final as (
    {% for figure, column in [('score', 'score'), ('respondents', 'respondent_count')] -%}
        select
            'staff_survey_results' as dataset_id,
            file_id,
            row_number,
            {{ first_day_of_year('survey_year') }} as period_start_date,
            organisation_code,
            '{{ figure }}' as figure_group,
            {{ no_text() }} as figure_subgroup,
            result_id as figure_id,
            cast(null as integer) as band,
            cast({{ column }} as decimal(28, 16)) as figure_number
        from results
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}
)

select * from final
