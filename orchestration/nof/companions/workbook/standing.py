"""The sheets about where organisations stand: league tables, segments, and every quarter side by side."""

from nof.companions.workbook.facts import ORGANISATION_COLUMNS, Facts, in_words
from nof.companions.workbook.model import Cell, Column, Sheet
from nof.project import read_seed

_LEAGUE = (
    Column("Rank", 10, "league"),
    Column("Code", 9),
    Column("Name", 62),
    Column("Region", 26),
    Column("Subtype", 36),
    Column("Average metric score", 12, "score"),
    Column("Segment", 12, "override"),
    Column("In financial deficit", 12, "deficit"),
)
_LIKELY = (Column("Likely range of average score", 16), Column("Likely range of rank", 16))


def league_tables(facts: Facts) -> list[Sheet]:
    """One league table for each type that has one in the newest quarter."""
    sheets = []
    for trust_type in read_seed("reference", "trust_types"):
        rows = facts.ask(
            'select "rank", trust_code, trust_name, region_label, trust_subtype_label, average_score, '
            "segment, trust_in_financial_deficit, likely_range_of_average_score, likely_range_of_rank "
            "from {s}.league_table where framework_id = ? and quarter_id = ? and trust_type_id = ? "
            'order by "rank" nulls last, trust_name, trust_code',
            facts.candidate.framework_id,
            facts.candidate.quarter_id,
            trust_type["trust_type_id"],
        )
        if not rows:  # the type is not complete in hand, or not segmented; the sheet Completeness says which
            continue
        has_ranges = any(row[-1] is not None or row[-2] is not None for row in rows)
        columns = (*_LEAGUE, *_LIKELY) if has_ranges else _LEAGUE
        label = trust_type["trust_type_label"]
        plural = f"{label[:1].lower()}{label[1:]}s"
        sheets.append(
            Sheet(
                name=f"League_{trust_type['trust_type_id'].partition('_and_')[0]}",
                title=facts.titled(f"League table of {plural} by average metric score"),
                about=(),
                columns=columns,
                rows=[tuple(facts.shorthand.filled(cell) for cell in row[: len(columns)]) for row in rows],
            )
        )
    return sheets


_SEGMENTS = (
    Column("Average metric score", 12, "score"),
    Column("Basis of the average", 14, "basis"),
    Column("Metrics counted", 10),
    Column("Unadjusted segment", 13, "segment"),
    Column("Financial override", 12, "override"),
    Column("Reason for the override", 40),
    Column("In financial deficit", 12),
    Column("Adjusted segment", 12),
    Column("In the improvement programme", 15),
    Column("Final segment", 11, "final"),
    Column("Basis of the final segment", 14),
    Column("League rank", 9, "league"),
)


def segments(facts: Facts) -> list[Sheet]:
    """How each segment of the newest quarter came about, step by step."""
    found = facts.ask(
        "select trust_code, average_metric_score, average_basis, metrics_counted, unadjusted_segment, "
        "has_financial_override, override_reason, is_in_deficit, adjusted_segment, "
        "is_in_improvement_programme, final_segment, final_segment_basis, league_rank from {s}.fct_segment "
        "where framework_id = ? and quarter_id = ?",
        facts.candidate.framework_id,
        facts.candidate.quarter_id,
    )
    filled = facts.shorthand.filled
    by_code: dict[str, tuple[Cell, ...]] = {}
    for (
        code,
        average,
        basis,
        counted,
        unadjusted,
        override,
        why,
        deficit,
        adjusted,
        programme,
        *rest,
    ) in found:
        reason = facts.shorthand.does_not_apply if why is None and override is False else filled(why)
        by_code[code] = (
            *(filled(cell) for cell in (average, basis, counted, unadjusted, in_words(override))),
            reason,
            *(filled(cell) for cell in (in_words(deficit), adjusted, in_words(programme), *rest)),
        )
    organisations = facts.organisations("fct_segment", facts.candidate.quarter_id)
    rows = [(*names, *by_code[code]) for code, names in organisations.items()]
    return _unless_empty(facts, "Segments", "Segments and how they came about", _SEGMENTS, rows)


def every_quarter(facts: Facts) -> list[Sheet]:
    """Average and segments of every quarter in the release, a row for each organisation."""
    quarters = facts.ask(
        "select distinct quarter_id, quarter_label from {s}.fct_segment inner join {s}.dim_quarter "
        "using (framework_id, quarter_id) where framework_id = ? order by quarter_id",
        facts.candidate.framework_id,
    )
    found = facts.ask(
        "select trust_code, quarter_id, average_metric_score, adjusted_segment, final_segment "
        "from {s}.fct_segment where framework_id = ?",
        facts.candidate.framework_id,
    )
    by_cell = {(code, quarter): figures for code, quarter, *figures in found}
    columns = [
        Column(f"{label}: {what}", 12, note_id)
        for _, label in quarters
        for what, note_id in (
            ("average metric score", "score"),
            ("adjusted segment", "override"),
            ("final segment", "final"),
        )
    ]
    columns.append(Column("Any of these revised", 12, "revised"))
    revised = _revised(facts)
    nothing = [None] * 3
    rows = [
        (
            *names,
            *(
                facts.shorthand.filled(figure)
                for quarter, _ in quarters
                for figure in by_cell.get((code, quarter), nothing)
            ),
            facts.shorthand.of("figure", "revised") if code in revised else "No",
        )
        for code, names in facts.organisations("fct_segment").items()
    ]
    when = " to ".join(dict.fromkeys((quarters[0][1], quarters[-1][1]))) if quarters else None
    return _unless_empty(
        facts,
        "Every_quarter",
        "Average metric score and segments by quarter",
        tuple(columns),
        rows,
        when=when,
    )


def _revised(facts: Facts) -> set[str]:
    """Organisations of which one of the figures beside each other is not what the release before said."""
    found = facts.ask(
        "select distinct trust_code from {s}.fct_revision "
        "where framework_id = ? and revision_source = 'recomputed' and new_release_id = ? "
        "and figure_kind in ('average_metric_score', 'adjusted_segment', 'final_segment')",
        facts.candidate.framework_id,
        facts.candidate.release_id,
    )
    return {code for (code,) in found}


def _unless_empty(
    facts: Facts,
    name: str,
    what: str,
    columns: tuple[Column, ...],
    rows: list[tuple[Cell, ...]],
    *,
    when: str | None = None,
) -> list[Sheet]:
    """A sheet with a row for each organisation; none where there is no row, for a table needs one."""
    if not rows:
        return []
    return [
        Sheet(
            name=name,
            title=facts.titled(what, when=when),
            about=(),
            columns=(*ORGANISATION_COLUMNS, *columns),
            rows=rows,
        )
    ]
