{% for figures in [
    ref('rtt_figures'),
    ref('ae_figures'),
    ref('cancer_figures'),
    ref('ambulance_figures'),
    ref('community_figures'),
    ref('survey_figures'),
] -%}
    select
        dataset_id,
        file_id,
        row_number,
        period_start_date,
        organisation_code,
        figure_group,
        figure_subgroup,
        figure_id,
        band,
        figure_number
    from {{ figures }}
    {% if not loop.last %}union all
    {% endif %}
{%- endfor %}
