with unioned as (
    select * from {{ ref('average_weight_units') }}
    union all
    select * from {{ ref('domain_weight_units') }}
    union all
    select * from {{ ref('unit_changes') }}
),

resampling as (
    select * from {{ ref('resampling') }}
),

numbered as (
    select
        framework_id,
        quarter_id,
        trust_code,
        trust_type_id,
        score_id,
        resampled,
        weight_unit_id,
        -- Whole numbers add up to the same sum on every machine; ten decimals are what rounding looks at (rules 1).
        cast(cast(unit_score as decimal(28, 10)) * {{ resampling_scale() }} as bigint) as scaled_score,
        row_number() over (
            partition by framework_id, quarter_id, trust_code, score_id, resampled
            order by weight_unit_id
        ) as unit_number,
        count(*) over (
            partition by framework_id, quarter_id, trust_code, score_id, resampled
        ) as unit_count
    from unioned
),

final as (
    select
        dense_rank() over (
            order by
                numbered.framework_id,
                numbered.resampled,
                numbered.score_id,
                numbered.quarter_id,
                numbered.trust_code
        ) as series_number,
        numbered.framework_id,
        numbered.quarter_id,
        numbered.trust_code,
        numbered.trust_type_id,
        numbered.score_id,
        numbered.resampled,
        numbered.weight_unit_id,
        numbered.unit_number,
        numbered.unit_count,
        numbered.scaled_score,
        resampling.draw_count,
        resampling.pattern_count,
        resampling.random_seed,
        {{ trust_stride('numbered.trust_code', 'resampling.pattern_count') }} as pattern_stride,
        {{ trust_offset('numbered.trust_code', 'resampling.pattern_count') }} as pattern_offset
    from numbered
    inner join resampling
        on
            numbered.framework_id = resampling.framework_id
            and numbered.resampled = resampling.resampled
)

select * from final
