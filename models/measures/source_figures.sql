{% for figures in [
    'rtt_figures', 'ae_figures', 'cancer_figures', 'ambulance_figures', 'community_figures', 'survey_figures',
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
    from {{ ref(figures) }}
    {% if not loop.last %}union all
    {% endif %}
{%- endfor %}
