{#- The landing tables, empty where `nof run` has not written them. The list of columns is the contract
    between orchestration/nof/landing and models/staging; a test compares it with the writer. -#}
{% macro landing_tables() -%}
    {%- set week_bands = [] -%}
    {%- for week in range(105) -%}
        {%- do week_bands.append('weeks_%03d' % week) -%}
    {%- endfor -%}
    {%- do return({
        'oversight_data': [
            'file_id', 'row_number', 'is_current_vintage', 'quarter', 'region', 'trust_type', 'trust_subtype',
            'trust_code', 'trust_name', 'domain', 'sub_domain', 'metric_id', 'metric_description',
            'reporting_date', 'units', 'value', 'median_value', 'lower_quartile', 'upper_quartile', 'rank',
        ],
        'league_table': [
            'file_id', 'row_number', 'is_current_vintage', 'quarter', 'region', 'trust_type', 'trust_subtype',
            'trust_code', 'trust_name', 'average_score', 'likely_range_of_average_score', 'segment',
            'trust_in_financial_deficit', 'rank', 'likely_range_of_rank',
        ],
        'register_entries': [
            'file_id', 'row_number', 'is_current_vintage', 'register', 'organisation_code', 'subject', 'value',
            'from_date', 'to_date', 'entry_status', 'decided_by_role', 'reason', 'source',
        ],
        'ods_trusts': [
            'file_id', 'row_number', 'is_current_vintage', 'as_at', 'organisation_code', 'organisation_name',
            'region_code', 'icb_code', 'postcode', 'opened', 'closed',
        ],
        'rtt_waits': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'provider_code', 'provider_name',
            'provider_parent_code', 'part_type', 'commissioner_group', 'row_count', 'total',
            'total_with_unknown_start', 'unknown_start',
        ] + week_bands,
        'ae_attendances': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'organisation_code', 'parent_name',
            'organisation_name', 'attendances_type_1', 'attendances_type_2', 'attendances_other', 'booked_type_1',
            'booked_type_2', 'booked_other', 'over_4_hours_type_1', 'over_4_hours_type_2', 'over_4_hours_other',
            'booked_over_4_hours_type_1', 'booked_over_4_hours_type_2', 'booked_over_4_hours_other',
            'waited_4_to_12_hours_from_decision', 'waited_over_12_hours_from_decision', 'admissions_type_1',
            'admissions_type_2', 'admissions_other', 'other_admissions',
        ],
        'cancer_waits': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'standard', 'organisation_code',
            'stage_or_route', 'treatment_modality', 'cancer_type', 'total_treated', 'within_standard', 'breaches',
        ],
        'ambulance_responses': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'region_code', 'area_code', 'indicator_id', 'value',
        ],
        'community_waits': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'organisation_type', 'organisation_code',
            'organisation_name', 'weeks_band', 'service', 'waiting',
        ],
        'staff_survey_results': [
            'file_id', 'row_number', 'is_current_vintage', 'period', 'organisation_code', 'organisation_name',
            'benchmark_group', 'weighting', 'result_id', 'result_label', 'respondents', 'value',
        ],
        'files': [
            'file_id', 'file_name', 'file_kind', 'sha256', 'byte_count', 'row_count', 'landed_date',
            'landed_order',
        ],
        'run_settings': ['framework_id', 'quarter_id'],
        'derived_framework': [
            'framework_id', 'base_framework_id', 'framework_label', 'value_origin', 'is_forecast', 'source',
            'certainty',
        ],
        'lineage': [
            'release_id', 'released_date', 'previous_release_id', 'previous_quarter_id',
            'has_changed_method',
        ],
        'previous_versions': [
            'quarter_id', 'trust_code', 'trust_type_id', 'measure_id', 'figure_kind', 'version_number',
            'figure_text', 'file_id', 'row_number', 'from_release_id', 'from_date', 'until_release_id',
            'until_date', 'revision_reason', 'has_own_input_changed', 'has_method_changed',
            'has_pool_changed', 'has_published_result_changed', 'cause_trust_code', 'cause_measure_id',
            'old_file_id', 'old_row_number', 'new_file_id', 'new_row_number',
        ],
        'previous_metrics': [
            'quarter_id', 'trust_code', 'trust_type_id', 'metric_id', 'cell_status', 'value', 'value_label',
            'value_rank', 'value_rank_origin', 'published_score', 'score_basis', 'file_id', 'row_number',
            'score_file_id', 'score_row_number', 'status_file_id', 'status_row_number',
        ],
        'previous_segments': [
            'quarter_id', 'trust_code', 'has_financial_override', 'override_basis', 'override_file_id',
            'override_row_number', 'is_in_improvement_programme', 'programme_file_id',
            'programme_row_number',
        ],
        'previous_cut_points': [
            'quarter_id', 'score_id', 'cut_partition_id', 'boundary', 'cut_point', 'cut_point_basis',
        ],
        'previous_quality': [
            'release_id', 'release_order', 'framework_id', 'quarter_id', 'released_date', 'gate', 'suite',
            'relation', 'column_names', 'expectation_id', 'expectation_type', 'severity', 'outcome', 'is_passed',
            'checked_count', 'unexpected_count', 'observed', 'first_unexpected', 'meaning', 'remedy',
            'owner_role',
        ],
    }) -%}
{%- endmacro %}

{% macro create_empty_landing() -%}
    {%- if execute -%}
        {%- set text = text_type() | trim -%}
        {%- set statements = ['create schema if not exists landing'] -%}
        {%- for table, columns in landing_tables().items() -%}
            {%- do statements.append(
                'create table if not exists landing.' ~ table ~ ' (' ~ (columns | join(' ' ~ text ~ ', ')) ~ ' ' ~ text ~ ')'
            ) -%}
        {%- endfor -%}
        {%- do return(statements_of_hook(statements)) -%}
    {%- endif -%}
{%- endmacro %}
