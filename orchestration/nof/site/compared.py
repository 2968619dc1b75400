"""What the comparison is made of: each trust in its newest quarter, its figures as they are shown.

The script that shows them words nothing and rounds nothing: every text is made here. Texts that many trusts
share are kept once, and meant by their number.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nof.explain.figures import cut, fix, plain, score
from nof.explain.rows import Row
from nof.site.glossary import CUT_BASES, FINAL_BASES, OVERRIDE_BASES, RESTS_ON, SCORE_STATUSES, SHORT_BASES
from nof.site.released import Released, Trust, metric_path

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
SUMMARY = (
    ("Average metric score", "score"),
    ("Likely range of the average", "text"),
    ("Unadjusted segment", "segment"),
    ("Financial override", "text"),
    ("Adjusted segment", "segment"),
    ("Final segment", "segment"),
    ("League rank in its trust type", "text"),
    ("Likely range of the rank", "text"),
)

Told = tuple[str | None, str]


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
                f"{_with_unit(row['median_value'], row['unit_label'])}{' (partial pool)' if partial else ''}"
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


def summary(row: Row, trust: Trust, released: Released) -> Iterator[Told]:
    """The figures of `SUMMARY`, each with what it rests on or why it is not there.

    Args:
        row: of fct_segment, with its likely ranges.
        trust: whose it is.
        released: the release.
    """
    status = SCORE_STATUSES.get(row["delivery_status"], "")
    average = row["average_metric_score"]
    yield (
        _score(average),
        _rests(row["average_basis"]) if average is not None else f"No average: {status}",
    )
    yield _between(row["score_low"], row["score_high"], f"No average: {status}", score)
    unadjusted = row["unadjusted_segment"]
    no_segment = f"No segment: {status}" if status else "No segment: there are no cut points"
    yield ((_text(unadjusted), _lies(row)) if unadjusted is not None else (None, no_segment))
    yield _override(row)
    yield (
        (_text(row["adjusted_segment"]), _rests(row["segment_basis"]))
        if row["adjusted_segment"] is not None
        else (
            None,
            no_segment if unadjusted is None else "Not known: an override that is not known could change it",
        )
    )
    yield _text(row["final_segment"]), _final(row)
    type_words = released.type_of(trust.trust_type_id).plural
    rank = row["league_rank"]
    partial = row["league_rank_basis"] == "computed_partial_pool"
    yield (
        (
            f"{rank} of {row['league_trust_count']}",
            f"among {type_words}{'; not all of them have a segment' if partial else ''}",
        )
        if rank is not None
        else (None, "No rank: there is no adjusted segment")
    )
    yield _between(row["rank_low"], row["rank_high"], "No rank: there is no adjusted segment", str)


def _override(row: Row) -> Told:
    basis = OVERRIDE_BASES.get(row["override_basis"], "")
    if row["has_financial_override"] is None:
        return None, f"Not known: {basis}"
    if row["has_financial_override"]:
        return f"set: no better than segment {row['override_segment_floor']}", basis
    return "not set", basis


def _final(row: Row) -> str:
    basis = FINAL_BASES.get(row["final_segment_basis"], "")
    if row["final_segment"] is not None:
        programme = "in the improvement programme" if row["is_in_improvement_programme"] else ""
        return "; ".join(part for part in (programme, basis) if part)
    if row["final_segment_basis"] == "unknown":
        return f"Not known: {basis}"
    return "No final segment: there is no adjusted one"


def _lies(row: Row) -> str:
    """Between which cut points an average lies."""
    low, high, basis = row["segment_low"], row["segment_high"], _cuts(row["cut_point_basis"])
    if low is None:
        where = "" if high is None else f"at or below the cut point {cut(high)}"
    else:
        where = f"above {cut(low)}" + ("" if high is None else f", at or below {cut(high)}")
    return "; ".join(part for part in (where, basis) if part)


def _domain(row: Row, texts: _Texts) -> tuple[str | None, int | None, int]:
    if row["domain_score"] is None:
        return None, None, texts(f"No score: {SCORE_STATUSES.get(row['domain_status'], '')}")
    has_segment = row["domain_segment"] is not None
    about_segment = _cuts(row["cut_point_basis"]) if has_segment else "no domain segment"
    parts = (_rests(row["domain_score_basis"]), about_segment)
    return (
        _score(row["domain_score"]),
        row["domain_segment"],
        texts("; ".join(part for part in parts if part)),
    )


def _metric(row: Row, statuses: Mapping[str, str], texts: _Texts) -> list[Any]:
    """Value, score, the number of the note, part of the average, distance from the median of the peers."""
    value = row["value_label"] if row["value"] is None else _with_unit(row["value"], row["unit_label"])
    if row["metric_score"] is None:
        note = row["missing_reason"] or statuses.get(row["cell_status"], "")
    else:
        note = _score_basis(row["score_basis"])
        if not row["enters_average"]:
            note = "; ".join(part for part in (note, "in no average") if part)
    part, distance = row["part_of_average"], row["distance_from_peer_median"]
    return [
        value,
        _score(row["metric_score"]),
        texts(note),
        None if part is None else f"{fix(part, 3):f}",
        None if distance is None else signed_part(distance),
    ]


def signed_part(number: Decimal) -> str:
    """A part of an average with its sign and a true minus."""
    text = f"{fix(number, 3):+f}"
    return "0.000" if not Decimal(text) else text.replace("-", "−")


def _basis(word: str | None) -> str:
    return SHORT_BASES.get(word or "", (word or "").replace("_", " "))


def _cuts(word: str | None) -> str:
    return CUT_BASES.get(word or "", (word or "").replace("_", " "))


def _rests(word: str | None) -> str:
    return RESTS_ON.get(word or "", (word or "").replace("_", " "))


def _score_basis(word: str) -> str:
    short = _basis(word)
    if word == "computed_partial_pool":
        return f"score of a {short}"
    return f"score {short}" if short else ""


def _score(number: Decimal | None) -> str | None:
    return None if number is None else score(number)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _with_unit(number: Decimal, unit: str | None) -> str:
    return f"{plain(number)} {unit}" if unit else plain(number)


def _between(low: Any, high: Any, without: str, shown: Any) -> Told:
    return (None, without) if low is None else (f"{shown(low)} to {shown(high)}", "95 % of repeated draws")
