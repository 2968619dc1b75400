"""What the comparison is made of: each trust in its newest quarter, its figures as they are shown.

The script that shows them words nothing and rounds nothing: every text is made here. Texts that many trusts
share are kept once, and meant by their number.
"""

from collections.abc import Mapping
from typing import Any

from nof.explain.figures import fix
from nof.explain.rows import Row
from nof.site.compared_words import (
    SUMMARY,
    cuts_in_words,
    rests_on,
    score_basis_in_words,
    shown_score,
    signed_part,
    summary,
    with_unit,
)
from nof.site.glossary import SCORE_STATUSES
from nof.site.released import Released, metric_path

MOST_TRUSTS = 4
MOST_PEERS = 5
# Every organisation in the newest quarter in which the release has it.
NEWEST = (
    "with newest as (select trust_code, max(quarter_id) as quarter_id from fct_segment group by trust_code) "
)
SEGMENTS = NEWEST + (
    "select s.*, r.score_low, r.score_high, r.rank_low, r.rank_high from fct_segment as s "
    "join newest using (trust_code, quarter_id) left join fct_likely_range as r "
    "on s.trust_code = r.trust_code and s.quarter_id = r.quarter_id "
    "and r.score_id = (select measure_id from method_summary_measures "
    "where measure_role = 'average_metric_score') order by s.trust_code"
)
_DOMAINS = NEWEST + "select d.* from fct_domain as d join newest using (trust_code, quarter_id)"
_METRICS = NEWEST + (
    "select f.trust_code, f.metric_id, f.value, f.value_label, f.unit_label, f.metric_score, f.score_basis, "
    "f.missing_reason, f.missing_reason_id, f.cell_status, f.trust_type_id, f.quarter_id, f.median_value, "
    "f.benchmark_basis, f.enters_average, c.part_of_average, c.distance_from_peer_median "
    "from fct_metric as f join newest using (trust_code, quarter_id) left join fct_contribution as c "
    "on f.trust_code = c.trust_code and f.quarter_id = c.quarter_id and f.metric_id = c.metric_id "
    "order by f.trust_code, f.metric_id"
)
_NEIGHBOURS = NEWEST + (
    "select p.group_id, p.trust_code from fct_peer_member as p "
    "join newest on p.group_id = newest.trust_code and p.quarter_id = newest.quarter_id "
    "where p.grouping_id = 'context_neighbours' and p.neighbour_order between 1 and ? "
    "order by p.group_id, p.neighbour_order"
)
_NOT_FOR_TYPE = "not_for_this_trust_type"
_STATUS_WORDS = "select cell_status, meaning from method_cell_statuses"


class _Texts:
    """Texts kept once, each by its number."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        return self.all.setdefault(text, len(self.all))


def comparison(released: Released) -> dict[str, Any]:
    """Everything that the script of the page reads."""
    texts = _Texts()
    statuses = {row["cell_status"]: row["meaning"] for row in released.rows(_STATUS_WORDS)}
    domains = released.rows("select * from dim_domain order by display_order")
    segments = {row["trust_code"]: row for row in released.rows(SEGMENTS)}
    scores: dict[str, dict[str, tuple[str | None, int | None, int]]] = {code: {} for code in released.trusts}
    for row in released.rows(_DOMAINS):
        scores[row["trust_code"]][row["domain_id"]] = _domain(row, texts)
    metrics: dict[str, dict[str, list[Any]]] = {code: {} for code in released.trusts}
    medians: dict[str, dict[str, str]] = {}
    for row in released.rows(_METRICS):
        if row["missing_reason_id"] != _NOT_FOR_TYPE:
            metrics[row["trust_code"]][row["metric_id"]] = _metric(row, statuses, texts)
        if row["median_value"] is not None:
            partial = row["benchmark_basis"] == "computed_partial_pool"
            text = (
                f"{with_unit(row['median_value'], row['unit_label'])}{' (partial pool)' if partial else ''}"
            )
            medians.setdefault(f"{row['trust_type_id']} {row['quarter_id']}", {})[row["metric_id"]] = text
    peers: dict[str, list[str]] = {}
    for row in released.rows(_NEIGHBOURS, MOST_PEERS):
        peers.setdefault(row["group_id"], []).append(row["trust_code"])
    shown = {metric_id for of_trust in metrics.values() for metric_id in of_trust}
    return {
        "most": MOST_TRUSTS,
        "types": {each.trust_type_id: each.plural for each in released.types},
        "quarters": released.quarter_labels,
        "summary": SUMMARY,
        "domains": [[row["domain_id"], row["domain_label"], bool(row["is_scored"])] for row in domains],
        "metrics": [
            [row["metric_id"], row["metric_label"], row["domain_id"], metric_path(row["metric_id"])]
            for row in released.metrics.values()
            if row["metric_id"] in shown
        ],
        "medians": medians,
        "trusts": {
            trust.trust_code: {
                "n": trust.name,
                "t": trust.trust_type_id,
                "r": ", ".join(part for part in (trust.subtype_label, trust.region_label) if part),
                "q": trust.quarter_id,
                "p": peers.get(trust.trust_code, []),
                "s": [
                    [main, texts(note)] for main, note in summary(segments[trust.trust_code], trust, released)
                ],
                "d": scores[trust.trust_code],
                "m": metrics[trust.trust_code],
            }
            for trust in released.trusts.values()
        },
        "texts": list(texts.all),
    }


def _domain(row: Row, texts: _Texts) -> tuple[str | None, int | None, int]:
    if row["domain_score"] is None:
        return None, None, texts(f"No score: {SCORE_STATUSES.get(row['domain_status'], '')}")
    has_segment = row["domain_segment"] is not None
    about_segment = cuts_in_words(row["cut_point_basis"]) if has_segment else "no domain segment"
    parts = (rests_on(row["domain_score_basis"]), about_segment)
    return (
        shown_score(row["domain_score"]),
        row["domain_segment"],
        texts("; ".join(part for part in parts if part)),
    )


def _metric(row: Row, statuses: Mapping[str, str], texts: _Texts) -> list[Any]:
    """Value, score, the number of the note, part of the average, distance from the median of the peers."""
    value = row["value_label"] if row["value"] is None else with_unit(row["value"], row["unit_label"])
    if row["metric_score"] is None:
        note = row["missing_reason"] or statuses.get(row["cell_status"], "")
    else:
        note = score_basis_in_words(row["score_basis"])
        if not row["enters_average"]:
            note = "; ".join(part for part in (note, "in no average") if part)
    part, distance = row["part_of_average"], row["distance_from_peer_median"]
    return [
        value,
        shown_score(row["metric_score"]),
        texts(note),
        None if part is None else f"{fix(part, 3):f}",
        None if distance is None else signed_part(distance),
    ]
