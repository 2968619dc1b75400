"""Tables and bad cases of the suite about why published figures and those worked out here are as they are."""

from harness_gates_beyond import Bad

# Two published figures, as many as insight.reconciliation has in harness_gates.py; both agree.
SCORED_TABLES = (
    """
    create table insight.reconciliation_counts as
    select
        {grain}, 'acute' as trust_type_id, figure_kind, measure_id, 'agree' as explanation,
        cast(1 as bigint) as figure_count, cast(1 as bigint) as published_count
    from (
        values ('metric_score', 'OF1082'), ('benchmark_median', 'OF0082')
    ) as kinds (figure_kind, measure_id)
    """,
)

COUNTS = "insight.reconciliation_counts"
ONE = "figure_kind = 'metric_score'"

BAD: Bad = {
    ("scored", "unexplained_figures"): [
        # One of two is without an explanation: half, and a hundredth may be.
        (
            [f"update {COUNTS} set explanation = 'unexplained' where {ONE}"],
            {"published_figures_are_explained"},
        ),
        (
            ["delete from framework.reconciliation_limits"],
            {"every_framework_with_published_figures_has_a_limit"},
        ),
        ([f"delete from {COUNTS} where {ONE}"], {"every_published_figure_is_counted_once"}),
        ([f"delete from {COUNTS}"], {"every_published_figure_is_counted_once"}),
        (
            [f"update insight.reconciliation set outcome = 'restored' where {ONE}"],
            {"only_what_was_worked_out_here_agrees"},
        ),
        (
            [f"update insight.reconciliation set explanation = 'rounding' where {ONE}"],
            {"only_what_was_worked_out_here_agrees"},
        ),
    ]
}
