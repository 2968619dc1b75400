"""The table of all trusts on the page of a metric: value, score, basis, rank, status, file and row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nof.explain.rows import Row
from nof.site.model import DataFile
from nof.site.nation.order import places, text_key
from nof.site.nation.words import STATUS_LABELS, spaced
from nof.site.released import Released, Trust

NOT_APPLICABLE = "not_applicable"
_HEADER = (
    "quarter_id",
    "organisation_code",
    "organisation_name",
    "type",
    "status",
    "missing_reason",
    "value",
    "value_label",
    "value_origin",
    "reporting_period",
    "metric_score",
    "score_basis",
    "value_rank",
    "file_id",
    "row_number",
    "score_file_id",
    "score_row_number",
)


@dataclass(frozen=True)
class MetricRow:
    """A trust in the table.

    Attributes:
        row: of the release.
        trust: the trust.
        place: file and row that the figure, or its status, was read from; None where there is none.
        reason: status in words, with the reason where there is no score.
        order: what each column is sorted by.
    """

    row: Row
    trust: Trust
    place: tuple[int, str, int] | None
    reason: str
    order: dict[str, int]


@dataclass(frozen=True)
class MetricTable:
    """The table.

    Attributes:
        rows: trusts by name, those to which the metric does not apply left out.
        files: the files that they name by number, from 1.
        has_several_quarters: whether the newest quarters of the types differ.
        has_scores: whether any row can have one.
    """

    rows: tuple[MetricRow, ...]
    files: tuple[str, ...]
    has_several_quarters: bool
    has_scores: bool

    def choices(self, column: str) -> tuple[str, ...]:
        """What there is to choose from."""
        return tuple(sorted({str(getattr(each.trust, column)) for each in self.rows}))


def metric_table(released: Released, cells: Sequence[Row]) -> MetricTable:
    """The rows of the types that have any figure.

    Args:
        released: the release.
        cells: newest cells of the metric.
    """
    told = {row["trust_type_id"] for row in cells if has_figure(row)}
    rows = [
        row
        for row in cells
        if row["trust_type_id"] in told
        and row["status"] != NOT_APPLICABLE
        and row["trust_code"] in released.trusts
    ]
    rows.sort(key=lambda row: (released.trusts[row["trust_code"]].name.casefold(), row["trust_code"]))
    found = {file_id for row in rows if (file_id := _place(row)[0]) in released.files}
    files = sorted(found, key=lambda each: (released.files[each]["file_name"], each))
    numbers = {file_id: number for number, file_id in enumerate(files, 1)}
    order = _order(rows, released.trusts, numbers)
    return MetricTable(
        rows=tuple(
            MetricRow(
                row=row,
                trust=released.trusts[row["trust_code"]],
                place=_numbered(row, numbers),
                reason=_reason(row),
                order={column: held[place] for column, held in order.items()},
            )
            for place, row in enumerate(rows)
        ),
        files=tuple(files),
        has_several_quarters=len({row["quarter_id"] for row in rows}) > 1,
        has_scores=any(row["table_name"] == "fct_metric" for row in rows),
    )


def has_figure(row: Row) -> bool:
    """Whether there is a value, a label or a score."""
    return row["value"] is not None or row["value_label"] is not None or row["metric_score"] is not None


def metric_data(released: Released, metric_id: str, cells: Sequence[Row]) -> DataFile:
    """All newest cells to download, those that do not apply and integrated care boards among them."""
    names = (
        {
            row["organisation_code"]: row["organisation_name"]
            for row in released.rows("select organisation_code, organisation_name from dim_organisation")
        }
        if any(row["trust_code"] not in released.trusts for row in cells)
        else {}
    )
    return DataFile(
        f"data/metric-{metric_id}.csv",
        _HEADER,
        [
            [
                row["quarter_id"],
                row["trust_code"],
                trust.name
                if (trust := released.trusts.get(row["trust_code"]))
                else names.get(row["trust_code"]),
                row["trust_type_id"],
                row["status"],
                row["missing_reason"],
                row["value"],
                row["value_label"],
                row["value_origin"],
                row["reporting_period_label"],
                row["metric_score"],
                row["score_basis"],
                row["value_rank"],
                row["file_id"],
                row["row_number"],
                row["score_file_id"],
                row["score_row_number"],
            ]
            for row in cells
        ],
    )


def _place(row: Row) -> tuple[str, int | None]:
    """The value's own row; else that of the published score; else that of the status."""
    for kind in ("", "score_", "status_"):
        if row[f"{kind}file_id"] is not None:
            return row[f"{kind}file_id"], row[f"{kind}row_number"]
    return "", None


def _numbered(row: Row, numbers: Mapping[str, int]) -> tuple[int, str, int] | None:
    file_id, row_number = _place(row)
    return (numbers[file_id], file_id, row_number) if file_id in numbers and row_number is not None else None


def _reason(row: Row) -> str:
    status = STATUS_LABELS.get(row["status"], spaced(row["status"]))
    part = ""
    if row["months_expected"] and row["months_in_hand"] < row["months_expected"]:
        part = f"; {row['months_in_hand']} of {row['months_expected']} months in hand"
    return f"{status}: {row['missing_reason']}{part}" if row["missing_reason"] else f"{status}{part}"


def _order(
    rows: Sequence[Row], trusts: Mapping[str, Trust], numbers: Mapping[str, int]
) -> dict[str, list[int]]:
    values = [row["value"] for row in rows]
    return {
        "trust": places(text_key(trusts[row["trust_code"]].name) for row in rows),
        # Ratings and bands are sorted by their score, then by their words.
        "value": places(values)
        if any(value is not None for value in values)
        else places(
            None if row["value_label"] is None else (row["metric_score"] or 9, row["value_label"])
            for row in rows
        ),
        "score": places(row["metric_score"] for row in rows),
        "rank": places(row["value_rank"] for row in rows),
        "place": places(
            None if (each := _numbered(row, numbers)) is None else (each[0], each[2]) for row in rows
        ),
    }
