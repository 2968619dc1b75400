"""The sheets about the data: what each metric is, which types are complete, which figures are missing."""

from typing import Any

from nof.companions.workbook.facts import Facts, in_words, unit_in_words
from nof.companions.workbook.model import Cell, Column, Sheet
from nof.project import read_seed

_METRICS = (
    Column("Metric", 10),
    Column("Name", 50),
    Column("Domain", 26),
    Column("Sub-domain", 26),
    Column("Unit", 16),
    Column("Better when", 10),
    Column("Part it plays", 13),
    Column("How it is scored", 20),
    Column("Counts in the average", 12),
    Column("Kind of standard", 12),
    Column("Standard is", 12),
    Column("Standard", 11, "standard"),
    Column("Compared with", 30),
    Column("Source", 40),
    Column("Certainty of the rule", 13, "certainty"),
)
_COMPLETENESS = (
    Column("Quarter", 13),
    Column("Type", 34),
    Column("Complete", 11, "complete"),
    Column("Organisations expected", 15),
    Column("Organisations in hand", 15),
    Column("With an average score", 13),
)
_MISSING = (
    Column("Status", 16),
    Column("Shorthand", 12),
    Column("Why", 80),
    Column("Metric figures", 12),
)


def metrics(facts: Facts) -> list[Sheet]:
    """Every metric of the framework: name, unit, standard, how it is scored, where it comes from."""
    found = facts.ask(
        "select metric_id, metric_label, domain_label, sub_domain_label, unit_label, polarity, metric_role, "
        "scoring_family, enters_average, threshold_kind, threshold_comparator, threshold, pool_label, "
        "published_source, rule_certainty from {s}.dim_metric where framework_id = ? order by metric_id",
        facts.candidate.framework_id,
    )
    filled, does_not_apply = facts.shorthand.filled, facts.shorthand.does_not_apply
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        *names, unit, polarity, role, family, enters = row[:9]
        *standard, pool, source, certainty = row[9:]
        rows.append(
            (
                *(filled(cell) for cell in (*names, unit_in_words(unit), polarity, role)),
                *(filled(_spaced(cell)) for cell in (family, in_words(enters))),
                *(does_not_apply if standard[0] is None else filled(_spaced(cell)) for cell in standard),
                *(does_not_apply if pool is None else pool, filled(source), filled(certainty)),
            )
        )
    title = f"Metrics of the {facts.framework_label}: units, standards and sources"
    return [Sheet("Metrics", title, (), _METRICS, rows)]


def completeness(facts: Facts) -> list[Sheet]:
    """Which types are complete in which quarter, and how many organisations are in hand."""
    found = facts.ask(
        "select quarters.quarter_label, whole.trust_type_id, whole.is_complete, whole.expected_trust_count, "
        "count(segments.trust_code), count(segments.average_metric_score), whole.quarter_id "
        "from {s}.fct_completeness as whole "
        "inner join {s}.dim_quarter as quarters using (framework_id, quarter_id) "
        "left join {s}.fct_segment as segments using (framework_id, quarter_id, trust_type_id) "
        "where whole.framework_id = ? group by 1, 2, 3, 4, 7",
        facts.candidate.framework_id,
    )
    types = {row["trust_type_id"]: row for row in read_seed("reference", "trust_types")}
    found.sort(key=lambda row: (row[6], int(types[row[1]]["display_order"])))
    rows = [
        tuple(
            facts.shorthand.filled(cell)
            for cell in (quarter, types[type_id]["trust_type_label"], in_words(is_complete), *counts)
        )
        for quarter, type_id, is_complete, *counts, _ in found
    ]
    title = f"Completeness of each type of organisation by quarter, {facts.where}, {facts.framework_label}"
    return [Sheet("Completeness", title, (), _COMPLETENESS, rows)] if rows else []


def missing(facts: Facts) -> list[Sheet]:
    """Why metric figures of the newest quarter are missing, and how many."""
    found = facts.ask(
        "select cell_status, missing_reason, count(*) from {s}.fct_metric "
        "where framework_id = ? and quarter_id = ? and cell_status <> 'scored' group by 1, 2 order by 1, 2",
        facts.candidate.framework_id,
        facts.candidate.quarter_id,
    )
    meanings = {row["cell_status"]: row["meaning"] for row in read_seed("framework", "cell_statuses")}
    rows: list[tuple[Cell, ...]] = [
        (_spaced(status), facts.shorthand.of("cell_status", status), reason or meanings[status], count)
        for status, reason, count in found
    ]
    title = facts.titled("Metric figures that are missing, by reason")
    return [Sheet("Missing", title, (), _MISSING, rows)] if rows else []


def _spaced(word: Any) -> Any:
    """A word of a closed list as people write it; anything else as it is."""
    return word.replace("_", " ") if isinstance(word, str) else word
