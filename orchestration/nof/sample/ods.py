"""The invented trusts as the ODS trust file lists them at two dates: what closed, opened and moved."""

from collections.abc import Mapping, Sequence

from nof.project import read_seed
from nof.sample import cases
from nof.sample.draws import share
from nof.sample.nation import NON_BREAKING_SPACE, Trust, invented_name, spare_words

BEFORE, AFTER = "2025-07", "2026-07"

# Column of the landing table -> its place in the file, which has 27 columns and no header.
ODS_PLACES = {
    "organisation_code": 0,
    "organisation_name": 1,
    "region_code": 2,
    "icb_code": 3,
    "postcode": 9,
    "opened": 10,
    "closed": 11,
}
ODS_WIDTH = 27
ODS_ADDRESS = {4: "INVENTED HOUSE", 7: "INVENTED TOWN"}

_OPENED = ("19930401", "19940401", "20010401", "20080401", "20171001")


def ods_rows(trusts: Sequence[Trust], leads: Mapping[str, str], as_at: str) -> list[dict[str, str]]:
    """The trusts at a date, sorted by code, in landing names.

    Args:
        trusts: the nation.
        leads: the board that each trust belongs to at the earlier date.
        as_at: the month, BEFORE or AFTER.
    """
    regions = {row["region_label"]: row["region_id"] for row in read_seed("reference", "regions")}
    rows = {
        trust.trust_code: {
            "as_at": as_at,
            "organisation_code": trust.trust_code,
            "organisation_name": _as_ods_writes(trust.trust_name),
            "region_code": regions[trust.region_label],
            "icb_code": leads[trust.trust_code],
            # No postcode area is called ZX.
            "postcode": f"ZX{place // 10} {place % 10}ZZ",
            "opened": _OPENED[int(share("opened", trust.trust_code) * len(_OPENED))],
            "closed": "",
        }
        for place, trust in enumerate(trusts)
    }
    if as_at == AFTER:
        _change(rows)
    return [rows[code] for code in sorted(rows)]


def _as_ods_writes(name: str) -> str:
    return name.replace(NON_BREAKING_SPACE, " ").upper()


def _change(rows: dict[str, dict[str, str]]) -> None:
    """What happened between the two dates (cases.py)."""
    words = spare_words()
    merged = [rows[code] for code in cases.MERGED_CODES]
    rows[cases.MERGED_INTO_CODE] = {
        **merged[0],
        "organisation_code": cases.MERGED_INTO_CODE,
        "organisation_name": _as_ods_writes(invented_name(words[0], cases.MERGED_INTO_ENDING)),
        "opened": "20260401",
    }
    for row in merged:
        row["closed"] = "20260331"
    rows[cases.RENAMED_CODE]["organisation_name"] = _as_ods_writes(
        invented_name(words[1], cases.RENAMED_ENDING)
    )
    rows[cases.MOVED_CODE]["icb_code"] = cases.MOVED_TO_ICB_CODE
    for row in rows.values():
        if row["icb_code"] in cases.MERGED_ICB_CODES:
            row["icb_code"] = cases.MERGED_INTO_ICB_CODE
