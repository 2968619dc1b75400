"""Counts about a metric: trusts by status, whether pools are whole, agreement with source publications."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nof.explain.figures import counted
from nof.explain.rows import Row
from nof.site.nation.metric_read import MetricRows
from nof.site.nation.words import STATUS_LABELS, spaced

# A trust is scored or it is not, the commonest reason first; a status that no trust has is not shown.
_ORDER = ("scored", "in_hand", "not_reported", "suppressed", "excluded", "absent", "not_applicable")
_AGREEMENT: Mapping[str, str] = {
    "equal": "equal to the published value",
    "differs": "another than the published value",
    "part_of_the_period": "not compared (only a part of the period is in hand)",
    "only_in_source": "only in the publication (no framework file in hand has a value)",
    "only_in_file": "only in the framework's file",
    "neither": "in neither",
}


@dataclass(frozen=True)
class StatusCount:
    """A status and reason with the number of organisations by type."""

    status: str
    label: str
    meaning: str
    counts: tuple[int, ...]


def status_counts(
    cells: Sequence[Row], types: Sequence[str], meanings: Mapping[str, str]
) -> tuple[StatusCount, ...]:
    """How many organisations of each type have which status.

    Args:
        cells: newest cells of the metric.
        types: the columns.
        meanings: of the statuses.
    """
    found = Counter((row["status"], row["missing_reason"] or "", row["trust_type_id"]) for row in cells)
    keys = {(status, reason) for status, reason, _ in found}
    return tuple(
        StatusCount(
            status,
            STATUS_LABELS.get(status, spaced(status)),
            reason or meanings[status],
            tuple(found[status, reason, each] for each in types),
        )
        for status, reason in sorted(keys, key=lambda key: (_ORDER.index(key[0]), key[1]))
    )


def pool_sentences(
    rows: MetricRows, quarter_labels: Mapping[str, str], type_labels: Mapping[str, str]
) -> list[str]:
    """Whether the pool is whole in hand, in its newest quarter; a sentence for each partition."""
    if not rows.pools:
        return []
    made = []
    newest = {row["pool_partition_id"]: row for row in rows.pools}
    for partition, row in sorted(newest.items()):
        quarter = quarter_labels[row["quarter_id"]]
        of_type = f" of {type_labels[partition].lower()}s" if partition in type_labels else ""
        size = f"{row['pool_size']} with a value{of_type} in {quarter}"
        count = row["ranked_count"]
        ranked = "" if count in {None, row["pool_size"]} else f", {count} of them ranked"
        if row["is_pool_complete"]:
            made.append(f"The pool is whole in hand: {size}{ranked}.")
        else:
            expected = f"; {row['expected_pool_size']} are expected" if row["expected_pool_size"] else ""
            made.append(
                f"The pool is not whole in hand: {size}{ranked}{expected}. Scores that rest on a place are "
                "those published where there are any, and otherwise of a partial pool."
            )
    return made


def agreement_sentences(rows: MetricRows, quarter_labels: Mapping[str, str]) -> list[str]:
    """How values from the source publication agree with those of the framework's file, quarter by quarter."""
    made = []
    for quarter_id in sorted({row["quarter_id"] for row in rows.sources}):
        own = [row for row in rows.sources if row["quarter_id"] == quarter_id]
        found: Counter[str] = Counter()
        for row in own:
            found[row["agreement"]] += row["figure_count"]
        told = "; ".join(f"{found[word]} {meaning}" for word, meaning in _AGREEMENT.items() if found[word])
        quarter = quarter_labels.get(quarter_id, quarter_id)
        made.append(f"In {quarter}, {counted(sum(found.values()), 'organisation')}: {told}.")
    return made
