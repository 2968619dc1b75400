-- The rows by cancer type count everybody once; those by modality count the treated again.
with waits as (
    select * from {{ ref('stg_nhse__cancer_waits') }}
    where breakdown_id = 'cancer_type'
),

final as (
    {% for figure, column in [
        ('total', 'total_count'), ('within_standard', 'within_standard_count'), ('breach', 'breach_count'),
    ] -%}
        select
            'cancer_waits' as dataset_id,
            file_id,
            row_number,
            period_start_date,
            organisation_code,
            standard_label as figure_group,
            stage_or_route_label as figure_subgroup,
            '{{ figure }}' as figure_id,
            cast(null as integer) as band,
            cast({{ column }} as decimal(28, 16)) as figure_number
        from waits
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor %}
)

select * from final
