{#- Every row of every seed that belongs to a framework: which framework, which seed, on what the row rests. A unit test
    compares the list with seeds/framework, so that no seed escapes what is asked of them all. -#}
{% macro method_rows() -%}
    {%- set with_source_and_certainty = [
        'benchmark_quantiles', 'consequences', 'frameworks', 'label_bands', 'matrix_cells', 'metric_owners',
        'metric_periods', 'metrics', 'observed_cut_points', 'organisation_scope', 'override_inputs',
        'peer_context_metrics', 'peer_groupings', 'peer_neighbour_settings', 'planning_targets', 'pool_sizes', 'pools',
        'priority_areas', 'reconciled_figures', 'reconciliation_limits', 'resampling', 'rounded_scores',
        'segment_quantiles', 'segment_thresholds', 'segmentation', 'sensitivity_cases', 'series_rebases',
        'series_rules', 'source_measure_terms', 'source_measures', 'source_organisations', 'system_adjustment_rules',
        'system_area_metrics', 'thresholds', 'value_bands', 'value_steps', 'weight_groups',
    ] -%}
    {%- set with_source = [
        'core_metrics', 'domains', 'metric_applicability', 'metric_services', 'scoring_families', 'system_areas',
    ] -%}
    {%- set plain = [
        'assumptions', 'method_gaps', 'pool_trust_types', 'priority_area_metrics', 'summary_measures',
    ] -%}
    {%- for seed in with_source_and_certainty + with_source + plain -%}
        select
            framework_id,
            '{{ seed }}' as seed_name,
            {% if seed in plain %}{{ no_text() }}{% else %}source{% endif %} as row_source,
            {% if seed in with_source_and_certainty %}certainty{% else %}{{ no_text() }}{% endif %} as certainty
        from {{ ref(seed) }}
        {% if not loop.last %}union all
        {% endif %}
    {%- endfor -%}
{%- endmacro %}
