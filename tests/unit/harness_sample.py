"""Looking things up in the committed seeds of the bundled nation, for its tests."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import cache

from nof.project import project_root, read_seed

FRAMEWORK_ID = "nof-2025-26"
QUARTERS = {f"Q{number} 2025/26": f"2025-26-Q{number}" for number in (1, 2, 3, 4)}
FOLDER = project_root() / "seeds" / "sample"

Row = dict[str, str]


@cache
def all_rows() -> list[Row]:
    return read_seed("sample", "sample_oversight_data")


@cache
def current_rows() -> list[Row]:
    return [row for row in all_rows() if row["is_current_vintage"] == "true"]


@cache
def framework_rows(name: str) -> list[Row]:
    return [row for row in read_seed("framework", name) if row["framework_id"] == FRAMEWORK_ID]


@cache
def organisation_types() -> dict[str, str]:
    """Code -> type of every trust and board, by the labels that the files carry."""
    labels = {
        row["trust_type_label"]: row["trust_type_id"] for row in read_seed("reference", "trust_type_labels")
    }
    return {row["trust_code"]: labels[row["trust_type"]] for row in current_rows()}


@cache
def trust_types() -> dict[str, str]:
    """Trust code -> trust type; the boards left out."""
    return {code: type_id for code, type_id in organisation_types().items() if type_id != "icb"}


@cache
def icb_codes() -> frozenset[str]:
    return frozenset(organisation_types().keys() - trust_types().keys())


@cache
def contextual_pairs() -> frozenset[tuple[str, str]]:
    """(metric, type) of what is published beside the scores."""
    return frozenset(
        (row["metric_id"], row["trust_type_id"])
        for row in framework_rows("metric_applicability")
        if row["treatment"] == "contextual" and row["applicability"] != "never"
    )


@cache
def entries(register: str, subject: str = "") -> list[Row]:
    """The entries of one register, of one subject of it where that is named."""
    return [
        row
        for row in read_seed("sample", "sample_register_entries")
        if row["register"] == register and subject in {"", row["subject"]}
    ]


@cache
def ods_trusts(as_at: str) -> dict[str, Row]:
    """Code -> the row of the ODS trust file of a month."""
    rows = [row for row in read_seed("sample", "sample_ods_trusts") if row["as_at"] == as_at]
    found = {row["organisation_code"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def as_number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


@cache
def _cells() -> dict[tuple[str, str, str], Row]:
    counted = {row["metric_id"] for row in framework_rows("metrics") if row["companion_unit_label"]}
    return {
        (QUARTERS[row["quarter"]], row["trust_code"], row["metric_id"]): row
        for row in current_rows()
        if not (row["metric_id"] in counted and row["units"] == "count")
    }


def cell(quarter_id: str, code: str, metric_id: str) -> Row | None:
    """The current row of a cell, the count rows beside the rates left out."""
    return _cells().get((quarter_id, code, metric_id))


def number(quarter_id: str, code: str, metric_id: str) -> Decimal | None:
    row = cell(quarter_id, code, metric_id)
    return as_number(row["value"]) if row else None


def numbers(quarter_id: str, metric_id: str) -> dict[str, Decimal]:
    """Trust code -> value, for the trusts with a number."""
    return _numbers_of(trust_types(), quarter_id, metric_id)


def icb_numbers(quarter_id: str, metric_id: str) -> dict[str, Decimal]:
    """Board code -> value, for the boards with a number."""
    return _numbers_of(icb_codes(), quarter_id, metric_id)


def _numbers_of(codes: Iterable[str], quarter_id: str, metric_id: str) -> dict[str, Decimal]:
    found = {code: number(quarter_id, code, metric_id) for code in codes}
    return {code: value for code, value in found.items() if value is not None}
