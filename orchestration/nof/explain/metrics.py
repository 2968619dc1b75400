"""One metric of the trust at a time: value, benchmark, score, rank, share in the average, published score."""

from collections.abc import Mapping
from typing import Any

from nof.explain.ages import age_line
from nof.explain.facts import Facts
from nof.explain.figures import amount, counted, score
from nof.explain.method import ADOPTED, Method
from nof.explain.missing import because_line, reason_words
from nof.explain.model import Claim, Metric
from nof.explain.places import Places
from nof.explain.scores import score_line
from nof.explain.sources import source_lines
from nof.explain.targets import target_lines

Row = Mapping[str, Any]
Line = tuple[str, Claim]


def tell_metrics(facts: Facts, places: Places) -> tuple[Metric, ...]:
    """Every metric of the trust, scored or not, in the order of domains and identifiers."""
    scores = {row["metric_id"]: row for row in facts.metrics}
    return tuple(_metric(row, scores, facts, places) for row in facts.metrics)


def _metric(row: Row, scores: Mapping[str, Row], facts: Facts, places: Places) -> Metric:
    lines = [
        _value_line(row, places),
        age_line(row["metric_id"], facts),
        *source_lines(row["metric_id"], facts, places),
        _benchmark_line(row, facts.noun),
    ]
    if row["metric_score"] is not None:
        type_label = str(facts.trust["trust_type_label"])
        lines.append(("score", score_line(row, scores, facts.method, type_label)))
        lines.append(_order_line(row, facts.pool_places))
        lines += _average_lines(row, facts.method, scores)
    lines.append(_published_line(row, places))
    lines.append(because_line(row, facts, places))
    lines += target_lines(row["metric_id"], facts, places)
    return Metric(
        metric_id=row["metric_id"],
        score_id=row["score_id"] or "",
        metric_label=row["metric_label"],
        domain_id=row["domain_id"],
        status=row["cell_status"],
        status_words=facts.method.status_words.get(row["cell_status"], row["cell_status"]),
        score=row["metric_score"],
        basis=row["score_basis"],
        lines=tuple(line for line in lines if line is not None),
        reason=reason_words(row, row["cell_status"], facts.method),
    )


def _value_line(row: Row, places: Places) -> Line | None:
    place = places.at(row["file_id"], row["row_number"])
    period = f", {row['reporting_period_label']}" if row["reporting_period_label"] else ""
    if row["value"] is not None:
        text = f"{amount(row['value'], row['unit_label'])}{period}"
    elif row["value_label"]:
        text = f'"{row["value_label"]}"{period}'
    elif place:
        text = f"no number in the row{period}"
    else:
        return None
    text += _origin_words(row)
    return "value", Claim(f"{text}; {place}" if place else text)


def _origin_words(row: Row) -> str:
    """Where a value comes from, if not from the data file of the quarter itself."""
    if row["value_origin"] == "carried_forward":
        return f" (carried forward from {row['value_quarter_id']}: nothing newer is in hand)"
    if row["value_origin"] != "source_publication":
        return ""
    held, expected = row["months_in_hand"], row["months_expected"]
    if held is None or expected is None:
        part = ""
    elif held == 0:
        part = ", an earlier period in the place of the one that is not in hand"
    else:
        part = f", {held} of {counted(expected, 'period')}"
    return f" (made from a source publication{part})"


def _benchmark_line(row: Row, noun: str) -> Line | None:
    if row["median_value"] is None:
        return None
    text = (
        f"lower quartile {score(row['lower_quartile_value'])}, median {score(row['median_value'])}, "
        f"upper quartile {score(row['upper_quartile_value'])} "
        f"({counted(row['benchmark_trust_count'], noun)} of the type; {row['benchmark_basis']})"
    )
    if row["value_rank"] is not None:
        origin = "published rank" if row["value_rank_origin"] == "published_rank" else "ranked by value"
        text += f"; value rank {row['value_rank']} of {row['value_rank_count']} ({origin})"
    return "benchmark", Claim(text)


def _order_line(row: Row, pool_places: Mapping[str, Row]) -> Line | None:
    place = pool_places.get(row["metric_id"])
    if place is None or row["score_basis"] in ADOPTED or row["is_fixed_part"]:
        return None
    better = "lower" if row["polarity"] == "lower" else "higher"
    order = "by the published rank" if row["rank_origin"] == "published_rank" else "by value"
    text = f"ordered {order}, {better} is better; {place['before_count']} before it"
    tied = place["tied_count"]
    text += f", {tied} tied with it (all take the best rank)" if tied else ", none tied with it"
    return "rank", Claim(text, holds=place["before_count"] + 1 == row["pool_rank"])


def _average_lines(row: Row, method: Method, scores: Mapping[str, Row]) -> list[Line]:
    if not row["enters_average"]:
        through = [
            str(scores[metric_id]["score_id"])
            for metric_id, matrix in method.matrices.items()
            if row["metric_id"] in {matrix.row_metric_id, matrix.column_metric_id} and metric_id in scores
        ]
        only = f"; it counts only through {' and '.join(through)}" if through else ""
        return [("average", Claim(f"enters no average itself{only}"))]
    if row["weight_group_id"] != row["metric_id"]:
        return [("average", Claim(f'weighs as one together with the others of "{row["weight_group_id"]}"'))]
    if row["is_rounded_before_averaging"]:
        rounded_first = f"rounded to {score(row['metric_score'])} before averaging in this quarter"
        return [("average", Claim(rounded_first))]
    return []


def _published_line(row: Row, places: Places) -> Line | None:
    if row["published_score"] is None:
        return None
    place = places.at(row["score_file_id"], row["score_row_number"])
    if row["metric_score"] is None:
        said = "not used"
    elif row["score_basis"] == "published":
        said = "adopted"
    elif row["score_basis"] == "carried_forward":
        said = f"adopted, carried forward from {row['score_quarter_id']}"
    elif row["published_score"] == row["metric_score"]:
        said = "agrees"
    else:
        said = f"DIFFERS from {score(row['metric_score'])}"
    return "published", Claim(f"{score(row['published_score'])} ({said}); {place}".removesuffix("; "))
