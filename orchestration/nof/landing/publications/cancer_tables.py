"""The tables of the cancer waiting times extract: routes and modalities of each standard, and its totals."""

from functools import lru_cache
from typing import NamedTuple

from nof.landing.cell_checks import plain_text

ALL_MODALITIES = "ALL MODALITIES"
ALL_CANCERS = "ALL CANCERS"
# The standard in which two providers that share a patient count half of them each.
SHARED_STANDARD = "62-day Combined"

_MODALITIES = ("Anti-cancer drug regimen", "Other", "Radiotherapy", "Surgery")
_NEW = (
    "If the publication has it now, the layout is new: see what it is a part of, and have it added to the "
    "tables that the reader knows, before the file is landed."
)

Fault = tuple[str, str] | None


class Dimensions(NamedTuple):
    """What rows of one standard may name.

    Attributes:
        routes: values of STAGE/ROUTE.
        is_counted_twice: whether each patient is in one row by cancer type (over all modalities) and in one
            row by modality (over all cancers). Where not, the modality is empty.
    """

    routes: tuple[str, ...]
    is_counted_twice: bool


ROW_DIMENSIONS: dict[str, Dimensions] = {
    "28-day FDS": Dimensions(
        (
            "BREAST SYMPTOMATIC, CANCER NOT SUSPECTED",
            "NATIONAL SCREENING PROGRAMME",
            "URGENT SUSPECTED CANCER",
        ),
        is_counted_twice=False,
    ),
    "31-day Combined": Dimensions(("First Treatment", "Subsequent Treatment"), is_counted_twice=True),
    SHARED_STANDARD: Dimensions(
        ("Breast Symptomatic", "Consultant Upgrade", "Screening", "Urgent Suspected Cancer"),
        is_counted_twice=True,
    ),
}


def is_by_cancer_type(modality: str) -> bool:
    """Whether a row counts by cancer type; the others of its standard count the same patients by modality."""
    return modality in ("", ALL_MODALITIES)


@lru_cache(maxsize=4096)
def dimension_fault(
    standard: str, route: str, modality: str, cancer_type: str
) -> tuple[tuple[str, Fault], ...]:
    """What is wrong with the words that say what a row counts, by landing name; all cells cleaned."""
    known = ROW_DIMENSIONS.get(standard)
    if known is None:
        return (("standard", (f"this standard is none of {', '.join(ROW_DIMENSIONS)}.", _NEW)),)
    faults: list[tuple[str, Fault]] = []
    if route not in known.routes:
        faults.append(
            ("stage_or_route", (f"this is no stage or route of {standard}: {', '.join(known.routes)}.", _NEW))
        )
    modalities = (ALL_MODALITIES, *_MODALITIES) if known.is_counted_twice else ("",)
    if modality not in modalities:
        expected = ", ".join(modalities) if known.is_counted_twice else "it is empty"
        faults.append(("treatment_modality", (f"this is no modality of {standard}: {expected}.", _NEW)))
    elif not cancer_type:
        faults.append(("cancer_type", ("the cancer type is missing.", "Fetch the file again.")))
    else:
        faults.append(("cancer_type", _type_fault(standard, modality, cancer_type)))
    return tuple((name, fault) for name, fault in faults if fault)


def _type_fault(standard: str, modality: str, cancer_type: str) -> Fault:
    is_all = cancer_type.casefold().startswith(("all ", "total"))
    if is_by_cancer_type(modality):
        beside = f" and {modality}" if modality else ""
        message = f"a row of all cancers{beside} in {standard} would be counted beside its parts."
        return (message, _NEW) if is_all else plain_text(cancer_type)
    if cancer_type != ALL_CANCERS:
        return (f"a row of one modality counts {ALL_CANCERS}, and this is one type of cancer.", _NEW)
    return None
