"""What the singular tests about contextual metrics and organisations read, and how each is broken.

Two trusts with one contextual metric, and a board with two; ZG4 has gone into ZW5 since.
"""

NATION = """
create schema if not exists context;
create or replace table scoring.organisation_quarters as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, *
    from (values ('ZA0', 'acute'), ('ZG4', 'acute'), ('ZX0', 'icb')) as codes (trust_code, trust_type_id);
create or replace table context.context_values as
    select organisations.*, metric_id, 'in_hand' as context_status
    from scoring.organisation_quarters as organisations
    inner join (values ('acute', 'UN0009'), ('icb', 'OF0067'), ('icb', 'OF0082')) as metrics (type, metric_id)
        on type = trust_type_id;
create or replace table context.organisations as
    select 'nof-2025-26' as framework_id, organisation_code, lead_icb_code, successor_code
    from (
        values ('ZA0', 'ZX0', null), ('ZG4', 'ZX0', 'ZW5'), ('ZW5', null, null), ('ZX0', null, null),
            ('ZX1', null, null)
    ) as organisations (organisation_code, lead_icb_code, successor_code);
create or replace table context.organisation_icbs as
    select 'nof-2025-26' as framework_id, '2025-26-Q4' as quarter_id, 'ZA0' as trust_code, 'ZX0' as icb_code;
create or replace table context.organisation_changes as
    select 'nof-2025-26' as framework_id, organisation_code, other_code
    from (values ('ZG4', 'ZW5'), ('ZA0', ''), ('ZX1', 'ZX0')) as changes (organisation_code, other_code);
create or replace table context.like_for_like as
    select framework_id, quarter_id, trust_code as reported_trust_code,
        case trust_code when 'ZG4' then 'ZW5' else trust_code end as trust_code,
        case trust_code when 'ZG4' then 'merger' else 'same_organisation' end as comparison_basis
    from scoring.organisation_quarters;
create or replace table context.icb_code_successions as
    select date '2026-07-01' as as_at_date, 'ZX1' as old_icb_code, new_icb_code, moved_trust_count,
        3 as of_trust_count, cast(moved_trust_count / 3 as decimal(6, 4)) as moved_share
    from (values ('ZX0', 2), ('ZX2', 1)) as codes (new_icb_code, moved_trust_count);
"""


def _unknown(column: str, table: str) -> str:
    return f"update context.{table} set {column} = 'ZZZ' where {column} in ('ZX0', 'ZW5', 'ZG4')"


BREAKS = {
    "organisations_of_a_type_have_the_same_contextual_cells": [
        "delete from context.context_values where trust_code = 'ZA0'",
        "delete from context.context_values where trust_code = 'ZX0' and metric_id = 'OF0082';"
        "insert into context.context_values from context.context_values where trust_code = 'ZX0'",
        "insert into context.context_values from context.context_values where trust_code = 'ZA0'",
        "update context.context_values set trust_code = 'ZZZ' where trust_code = 'ZA0'",
        "update context.context_values set quarter_id = '2025-26-Q3' where trust_code = 'ZA0'",
        "delete from scoring.organisation_quarters",
    ],
    "no_contextual_cell_is_scored": [
        "update scoring.metric_scores set metric_id = 'UN0009' where trust_code = 'ZA0'",
        "update scoring.metric_scores set trust_code = 'ZX0' where trust_code = 'ZG4'",
        "update context.context_values set context_status = 'scored' where trust_code = 'ZX0'",
    ],
    "every_code_that_the_context_names_is_an_organisation": [
        "delete from context.organisations where organisation_code = 'ZX0'",
        "delete from context.organisations where organisation_code = 'ZX1'",
        "update context.organisations set framework_id = 'nof-2026-27' where organisation_code = 'ZA0'",
        _unknown("icb_code", "organisation_icbs"),
        _unknown("lead_icb_code", "organisations"),
        _unknown("successor_code", "organisations"),
        _unknown("organisation_code", "organisation_changes"),
        _unknown("other_code", "organisation_changes"),
        _unknown("trust_code", "like_for_like"),
        _unknown("reported_trust_code", "like_for_like"),
    ],
    "every_reported_organisation_is_like_for_like_once": [
        "delete from context.like_for_like where reported_trust_code = 'ZG4'",
        "insert into context.like_for_like from context.like_for_like where reported_trust_code = 'ZG4'",
        "update context.like_for_like set reported_trust_code = 'ZZZ' where reported_trust_code = 'ZX0'",
        "update context.like_for_like set trust_code = 'ZW5' where reported_trust_code = 'ZA0'",
        "delete from scoring.organisation_quarters where trust_code = 'ZA0'",
    ],
    "no_trust_is_counted_for_two_successions_of_its_icb": [
        "update context.icb_code_successions set moved_trust_count = 2, moved_share = 0.6667",
        "update context.icb_code_successions set of_trust_count = 4 where new_icb_code = 'ZX2'",
        "update context.icb_code_successions set moved_share = 1 where new_icb_code = 'ZX2'",
        "update context.icb_code_successions set moved_trust_count = 0, moved_share = 0",
        "update context.icb_code_successions set new_icb_code = 'ZX1' where new_icb_code = 'ZX2'",
    ],
}
