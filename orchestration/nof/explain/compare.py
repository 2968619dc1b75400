"""The published figures of the trust and quarter beside the recomputed ones: how many agree, which do not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from nof.explain.facts import Facts
from nof.explain.figures import plain, score
from nof.explain.model import Comparison, Difference
from nof.explain.places import Places

OUTCOMES = ("agrees", "differs", "restored", "adopted", "not_computed")
_TOLD = {"differs", "not_computed"}


def tell_comparison(facts: Facts, places: Places) -> Comparison:
    """Counts by outcome, of the trust and of the benchmarks of its type, and the figures that differ."""
    own = [row for row in facts.reconciliation if row["trust_code"] == facts.trust["trust_code"]]
    benchmarks = [row for row in facts.reconciliation if row["trust_code"] != facts.trust["trust_code"]]
    return Comparison(
        counts=_counts(own),
        benchmark_counts=_counts(benchmarks),
        differences=tuple(_difference(row, places) for row in own + benchmarks if row["outcome"] in _TOLD),
    )


def _counts(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    found = Counter(row["outcome"] for row in rows)
    return tuple((outcome, found[outcome]) for outcome in (*OUTCOMES, *sorted(found.keys() - set(OUTCOMES))))


def _difference(row: Mapping[str, Any], places: Places) -> Difference:
    kind = row["figure_kind"]
    return Difference(
        figure=kind.replace("_", " "),
        measure_id=row["measure_id"],
        computed=_written(row["recomputed_figure"], kind),
        published=_written(row["published_figure"], kind),
        outcome=row["outcome"],
        place=places.at(row["file_id"], row["row_number"]),
    )


def _written(figure: Decimal | None, kind: str) -> str:
    if figure is None:
        return "none"
    has_places = kind.startswith("benchmark") or kind.endswith("score")
    return score(figure) if has_places else plain(figure)
