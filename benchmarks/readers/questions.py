"""What readers ask of a release, as the guides show it: every query answers one question of one person."""

NEWEST = "(select quarter_id from dim_release)"

QUESTIONS = {
    "the league table of a trust type": f"""
        select rank, trust_code, trust_name, average_score, likely_range_of_average_score, segment
        from league_table
        where trust_type_id = 'acute' and quarter_id = {NEWEST}
        order by rank, trust_code
    """,
    "one trust, metric by metric": f"""
        select metric_id, metric_label, value, median_value, metric_score, score_basis_label
        from wide_view
        where trust_code = 'ZY3' and quarter_id = {NEWEST}
        order by metric_score desc nulls last, metric_id
    """,
    "one trust's metrics in every quarter": """
        select metric_id, quarter_id, value, metric_score, pool_rank, ranked_count, cell_status
        from fct_metric
        where trust_code = 'ZY3'
        order by metric_id, quarter_id
    """,
    "one metric's trend over all trusts": """
        select
            trust_type_id, quarter_id, count(value) as trusts, median(value) as middle,
            quantile_cont(value, 0.25) as lower, quantile_cont(value, 0.75) as upper
        from fct_metric
        where metric_id = 'OF0061'
        group by trust_type_id, quarter_id
        order by trust_type_id, quarter_id
    """,
    "one metric's ranking in a quarter": f"""
        select pool_rank, trust_code, trust_name, value, metric_score
        from fct_metric
        inner join dim_trust using (framework_id, trust_code)
        where metric_id = 'OF0061' and quarter_id = {NEWEST} and value is not null
        order by pool_rank, trust_code
    """,
    "who moved segment, and why": f"""
        select trust_code, trust_name, adjusted_segment_before, adjusted_segment_now, main_cause_label
        from fct_segment_movement
        inner join dim_trust using (framework_id, trust_code)
        where quarter_id = {NEWEST} and segment_change <> 0
        order by segment_change, trust_code
    """,
    "why one trust's average moved": f"""
        select part_label, metric_label, score_effect, metric_score_before, metric_score_now
        from fct_score_movement
        left join dim_metric using (framework_id, metric_id)
        where trust_code = 'ZY3' and quarter_id = {NEWEST}
        order by size_order
    """,
    "trusts by segment in every quarter": """
        select quarter_id, trust_type_id, adjusted_segment, count(*) as trusts
        from fct_segment
        group by quarter_id, trust_type_id, adjusted_segment
        order by quarter_id, trust_type_id, adjusted_segment
    """,
    "scores by region, domain and year": """
        select
            dim_quarter.financial_year_label, dim_trust.region_label, dim_metric.domain_label,
            count(fct_metric.metric_score) as scores, avg(fct_metric.metric_score) as mean_score
        from fct_metric
        inner join dim_trust using (framework_id, trust_code)
        inner join dim_metric using (framework_id, metric_id)
        inner join dim_quarter using (framework_id, quarter_id)
        where fct_metric.cell_status = 'scored'
        group by dim_quarter.financial_year_label, dim_trust.region_label, dim_metric.domain_label
        order by dim_quarter.financial_year_label, dim_trust.region_label, dim_metric.domain_label
    """,
    "how sure each rank is": f"""
        select trust_code, league_rank, rank_low, rank_high, average_metric_score, score_low, score_high
        from fct_segment
        inner join fct_likely_range using (framework_id, quarter_id, trust_code)
        where quarter_id = {NEWEST} and score_id = 'OF5002' and fct_segment.trust_type_id = 'acute'
        order by league_rank, trust_code
    """,
    "what is missing, metric by metric": """
        select quarter_label, metric_label, cell_status_label, count(*) as trusts
        from wide_view
        where metric_score is null
        group by quarter_label, metric_label, cell_status_label
        order by quarter_label, metric_label, cell_status_label
    """,
    "five years of one trust beside its peers": """
        with own as (
            select quarter_id, trust_type_id, average_metric_score from fct_segment where trust_code = 'ZY3'
        )
        select own.quarter_id, own.average_metric_score, median(others.average_metric_score) as middle
        from own
        inner join fct_segment as others using (quarter_id, trust_type_id)
        group by own.quarter_id, own.average_metric_score
        order by own.quarter_id desc
        limit 20
    """,
    "a quarter in NHS England's layout": f"""
        select
            quarter_label, region_label, trust_type_label, trust_subtype_label, trust_code, trust_name,
            domain_label, sub_domain_label, measure_id, metric_description, reporting_date, unit_label, value,
            median_value, lower_quartile, upper_quartile, rank
        from oversight_data
        where trust_type_id = 'acute' and quarter_id = {NEWEST}
        order by quarter_id, measure_id, unit_label, trust_code
    """,
}
