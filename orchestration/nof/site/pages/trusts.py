"""The list of all trusts, to find one by name, code, type or region."""

from collections.abc import Iterator
from dataclasses import dataclass

from nof.explain.rows import Row
from nof.site.model import DataFile, Output, Page
from nof.site.released import Released, Trust

_QUERY = "select * from fct_segment order by trust_code, quarter_id"
_PATH = "data/trusts.csv"
_HEADER = (
    "trust_code",
    "trust_name",
    "trust_type",
    "trust_subtype",
    "region",
    "quarter_id",
    "average_metric_score",
    "adjusted_segment",
    "final_segment",
    "final_segment_basis",
    "league_rank",
)


@dataclass(frozen=True)
class Letter:
    """The trusts whose names begin with a letter, each with its newest row of fct_segment."""

    letter: str
    trusts: tuple[tuple[Trust, Row, str], ...]


def make(released: Released) -> Iterator[Output]:
    """The page and its data."""
    newest = {row["trust_code"]: row for row in released.rows(_QUERY)}
    found = [(trust, newest[trust.trust_code]) for trust in released.trusts.values()]
    yield DataFile(
        _PATH,
        _HEADER,
        [
            [
                trust.trust_code,
                trust.name,
                trust.type_label,
                trust.subtype_label,
                trust.region_label,
                *(row[name] for name in _HEADER[5:]),
            ]
            for trust, row in found
        ],
    )
    letters: dict[str, list[tuple[Trust, Row, str]]] = {}
    for trust, row in sorted(found, key=lambda each: (each[0].name.casefold(), each[0].trust_code)):
        letters.setdefault(trust.name[:1].upper(), []).append((trust, row, _no_segment(row)))
    yield Page(
        path="trusts.html",
        template="pages/trusts.html.j2",
        title="Trusts",
        section="trusts.html",
        filled={
            "letters": [Letter(letter, tuple(trusts)) for letter, trusts in letters.items()],
            "kinds": [kind.label for kind in released.types],
            "regions": sorted(
                {trust.region_label for trust in released.trusts.values() if trust.region_label}
            ),
            "data_path": _PATH,
        },
    )


def _no_segment(row: Row) -> str:
    """Why a trust has no segment to show; empty where it has one."""
    if row["final_segment"] is not None or row["adjusted_segment"] is not None:
        return ""
    if row["delivery_status"] == "incomplete":
        return "no segment: its trust type is not complete in hand"
    if row["delivery_status"] == "no_metrics":
        return "no segment: no scored metric"
    return "no segment: not known whether the financial override is set"
