with vintages as (
    select * from {{ ref('stg_nhse__league_table_vintages') }}
)

select
    file_id,
    row_number,
    quarter_id,
    trust_type_id,
    trust_code,
    trust_name,
    trust_subtype_label,
    region_label,
    average_score,
    average_score_range_label,
    segment,
    is_in_deficit,
    league_rank,
    rank_range_label
from vintages
where is_current_vintage
