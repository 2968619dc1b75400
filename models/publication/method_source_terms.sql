with source_measure_terms as (
    select * from {{ ref('source_measure_terms') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    source_measure_terms.framework_id,
    source_measure_terms.measure_id,
    source_measure_terms.term_id,
    source_measure_terms.side,
    source_measure_terms.figure_group,
    source_measure_terms.figure_subgroup,
    source_measure_terms.figure_id,
    source_measure_terms.band_from,
    source_measure_terms.band_to,
    source_measure_terms.sign,
    source_measure_terms.source,
    source_measure_terms.certainty
from source_measure_terms
inner join scored_frameworks
    on source_measure_terms.framework_id = scored_frameworks.framework_id
