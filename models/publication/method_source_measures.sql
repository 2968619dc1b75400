with source_measures as (
    select * from {{ ref('source_measures') }}
),

source_datasets as (
    select * from {{ ref('source_datasets') }}
),

scored_frameworks as (
    select distinct framework_id from {{ ref('run_scope') }}
)

select
    source_measures.framework_id,
    source_measures.measure_id,
    source_measures.metric_id,
    source_measures.measure_label,
    source_measures.dataset_id,
    source_datasets.publication_label,
    source_datasets.is_read,
    source_measures.period_basis,
    source_measures.value_form,
    source_measures.factor,
    source_measures.divisor,
    source_measures.unit_label,
    source_measures.first_rounding_places,
    source_measures.second_rounding_places,
    source_measures.published_places,
    source_measures.caveat,
    source_measures.source,
    source_measures.certainty
from source_measures
inner join source_datasets
    on source_measures.dataset_id = source_datasets.dataset_id
inner join scored_frameworks
    on source_measures.framework_id = scored_frameworks.framework_id
