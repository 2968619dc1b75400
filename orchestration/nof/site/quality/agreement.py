"""Whether the figures agree with the published ones, and why not: counts, and what nothing explains."""

from dataclasses import dataclass

from nof.explain.rows import Row
from nof.project import read_seed
from nof.site.glossary import kind, spaced
from nof.site.look import NONE, figure
from nof.site.marks import explained, trust_mark
from nof.site.released import Released
from nof.site.table import Cell, Column, Line, Table

SHOWN = 30
# As the explanations are worded for readers, in the order of the seed.
_LABELS = {
    "agree": "Agrees",
    "rounding": "Differs by rounding",
    "resampling": "Differs by random draws",
    "input_by_rule": "Taken over, by the rules",
    "input_missing": "Taken over, nothing to work it out from",
    "pool_incomplete": "Taken over, pool not complete",
    "restated": "Restated since",
    "not_scored": "Never scored",
    "unexplained": "Unexplained",
}
_COUNTS = (
    "select explanation, sum(figure_count)::bigint as figure_count from fct_agreement group by explanation"
)
_KINDS = (
    "select figure_kind, explanation, sum(figure_count)::bigint as figure_count from fct_agreement "
    "group by figure_kind, explanation order by figure_kind"
)
_UNEXPLAINED = (
    "select * from fct_reconciliation where explanation = 'unexplained' "
    "order by quarter_id desc, figure_kind, measure_id, trust_code"
)


@dataclass(frozen=True)
class Agreement:
    """What the page shows of the agreement.

    Attributes:
        total: published figures in hand.
        computed: those of them that are worked out here without taking them over.
        agreeing: those of these that are equal.
        unexplained: how many nothing explains.
        counts: by explanation; None where nothing is published.
        kinds: by kind of figure.
        rows: those that nothing explains; None where there are none.
    """

    total: int
    computed: int
    agreeing: int
    unexplained: int
    counts: Table | None
    kinds: Table | None
    rows: Table | None


def agreement(released: Released) -> Agreement:
    """Read how the figures stand to the published ones."""
    found = {row["explanation"]: row["figure_count"] for row in released.rows(_COUNTS)}
    total = sum(found.values())
    computed = sum(found.get(name, 0) for name in ("agree", "rounding", "resampling", "unexplained"))
    rows = released.rows(_UNEXPLAINED)
    return Agreement(
        total,
        computed,
        found.get("agree", 0),
        found.get("unexplained", 0),
        _counts(found, total) if total else None,
        _kinds(released) if total else None,
        _unexplained(rows, released) if rows else None,
    )


def _counts(found: dict[str, int], total: int) -> Table:
    meanings = {
        row["explanation"]: row["meaning"] for row in read_seed("framework", "reconciliation_explanations")
    }
    return Table(
        "Published figures beside those worked out here",
        (
            Column("How they stand to each other", is_wide=True),
            Column("Published figures", is_numeric=True),
            Column("Share", is_numeric=True),
        ),
        tuple(
            Line(
                (
                    Cell(explained(_LABELS.get(name, spaced(name)), meaning)),
                    Cell(found.get(name, 0)),
                    Cell(_share(found.get(name, 0), total)),
                ),
                {"data-explanation": name},
            )
            for name, meaning in meanings.items()
        ),
    )


def _share(part: int, whole: int) -> str:
    """A share in per cent; what is not all and not nothing is never shown as either."""
    text = f"{100 * part / whole:.1f}"
    if part and text == "0.0":
        return "under 0.1\N{NO-BREAK SPACE}%"
    if part < whole and text == "100.0":
        return "over 99.9\N{NO-BREAK SPACE}%"
    return f"{text}\N{NO-BREAK SPACE}%"


def _kinds(released: Released) -> Table:
    rows = released.rows(_KINDS)
    found = {(row["figure_kind"], row["explanation"]): row["figure_count"] for row in rows}
    names = [name for name in _LABELS if any(key[1] == name for key in found) or name == "unexplained"]
    lines = []
    for figure_kind in dict.fromkeys(row["figure_kind"] for row in rows):
        label = kind(figure_kind)
        counts = [found.get((figure_kind, name), 0) for name in names]
        lines.append(
            Line(
                (
                    Cell(label[:1].upper() + label[1:]),
                    Cell(sum(counts)),
                    *(Cell(count or NONE) for count in counts),
                ),
                {"data-kind": figure_kind},
            )
        )
    return Table(
        "The same by kind of figure",
        (
            Column("Figure"),
            Column("Published", is_numeric=True),
            *(Column(_LABELS[name], is_numeric=True) for name in names),
        ),
        lines,
        is_of_names=True,
    )


def _unexplained(rows: tuple[Row, ...], released: Released) -> Table:
    lines = []
    for row in rows[:SHOWN]:
        trust = released.trusts.get(row["trust_code"])
        file = released.files.get(row["file_id"] or "")
        place = f"{file['file_name']}, row {row['row_number']}" if file else NONE
        lines.append(
            Line(
                (
                    Cell(trust_mark(trust) if trust else row["trust_code"]),
                    Cell(released.quarter_labels.get(row["quarter_id"], row["quarter_id"])),
                    Cell(explained(kind(row["figure_kind"]), row["measure_id"])),
                    Cell(figure(row["published_figure"], "fct_reconciliation.published_figure")),
                    Cell(figure(row["recomputed_figure"], "fct_reconciliation.recomputed_figure")),
                    Cell(place),
                ),
                {"data-trust": row["trust_code"], "data-quarter": row["quarter_id"]},
            )
        )
    more = (
        f"{SHOWN} of {len(rows)}; all are in fct_reconciliation of the release." if len(rows) > SHOWN else ""
    )
    return Table(
        "Published figures that nothing explains",
        (
            Column("Trust"),
            Column("Quarter"),
            Column("Figure"),
            Column("Published", is_numeric=True),
            Column("Worked out here", is_numeric=True),
            Column("Published in", is_wide=True),
        ),
        lines,
        note=more,
        is_of_names=True,
    )
