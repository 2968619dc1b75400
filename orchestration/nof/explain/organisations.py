"""Which organisation is meant, of those with figures in the release and those that are only known of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nof.errors import UsageRefused
from nof.explain.ask import find_trust
from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb

_KIND_LABELS = {"icb": "Integrated care board", "provider": "Provider"}
_QUARTERS = """
    select trust_code, quarter_id from publication.fct_segment where framework_id = ?
    union
    select trust_code, quarter_id from publication.fct_context where framework_id = ?
    order by trust_code, quarter_id
"""


@dataclass(frozen=True)
class Known:
    """An organisation that the release knows.

    Attributes:
        described: code, name, type, subtype and region, under the names of dim_trust.
        kind: provider, or icb.
        noun: what to call it: trust, or ICB.
        quarter_ids: quarters in which it has figures.
    """

    code: str
    name: str
    described: Row
    kind: str
    noun: str
    quarter_ids: tuple[str, ...]


def read_known(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> Mapping[str, Known]:
    """Every organisation of a framework, by its code."""
    trusts = all_rows(connection, "select * from publication.dim_trust where framework_id = ?", framework_id)
    organisations = {
        row["organisation_code"]: row
        for row in all_rows(
            connection, "select * from publication.dim_organisation where framework_id = ?", framework_id
        )
    }
    quarters: dict[str, list[str]] = {}
    for row in all_rows(connection, _QUARTERS, framework_id, framework_id):
        quarters.setdefault(row["trust_code"], []).append(row["quarter_id"])
    described = {code: _as_trust(row) for code, row in organisations.items()}
    described |= {row["trust_code"]: row for row in trusts}
    return {
        code: Known(
            code=code,
            name=row["trust_name"] or code,
            described=row,
            kind=row["organisation_kind"],
            noun="ICB" if row["organisation_kind"] == "icb" else "trust",
            quarter_ids=tuple(quarters.get(code, ())),
        )
        for code, row in described.items()
    }


def find_organisation(asked: str, known: Mapping[str, Known]) -> Known:
    """The organisation that is meant; those with figures come first, then those only known of.

    Raises:
        UsageRefused: none fits, or several.
    """
    in_hand = _names(each for each in known.values() if each.quarter_ids)
    everyone = _names(known.values())
    if asked.strip().upper() in everyone:
        return known[asked.strip().upper()]
    try:
        return known[find_trust(asked, in_hand)]
    except UsageRefused as refusal:
        try:
            return known[find_trust(asked, everyone)]
        except UsageRefused:
            raise refusal from None


def _as_trust(organisation: Row) -> Row:
    return {
        "trust_code": organisation["organisation_code"],
        "trust_name": organisation["organisation_name"],
        "trust_type_id": organisation["trust_type_id"],
        "organisation_kind": organisation["organisation_kind"],
        "trust_type_label": _KIND_LABELS.get(organisation["organisation_kind"], "Organisation"),
        "trust_subtype_label": organisation["trust_subtype_label"],
        "region_label": organisation["region_label"],
    }


def _names(known: Iterable[Known]) -> dict[str, str]:
    return {each.code: each.name for each in known}
