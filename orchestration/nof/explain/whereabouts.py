"""Where an organisation belongs and what became of it: ICBs, groups, mergers, changed codes (labels only)."""

from collections.abc import Mapping

from nof.explain.changes import change_words, named
from nof.explain.facts import OrganisationFacts
from nof.explain.kept import named_in
from nof.explain.places import Places
from nof.explain.rows import Row

_GROUPS = {"group": "Group", "provider_collaborative": "Provider collaborative"}


def tell_whereabouts(facts: OrganisationFacts, places: Places) -> tuple[str, ...]:
    """A line for its ICBs, one for each group, one for each change; an opening only within the quarters."""
    beside = facts.beside
    lines = []
    if beside.icbs:
        told = [_icb(row, beside.names, places) for row in beside.icbs]
        lines.append(f"{'ICB' if len(told) == 1 else 'ICBs'}: {'; '.join(told)}")
    lines += [
        f"{_GROUPS.get(row['group_kind'], row['group_kind'])}: {_group(row, places)} "
        "(a label: each member is scored by itself)"
        for row in beside.groups
    ]
    code = facts.trust["trust_code"]
    for row in beside.changes:
        if row["change_kind"] != "opened" or row["change_date"] >= facts.first_day:
            what = change_words(row, code, beside.names)
            lines.append(f"History: {_with_place(what, row['change_basis'], row, places)}")
    return tuple(lines)


def _group(row: Row, places: Places) -> str:
    return row["group_label"] or named_in(places.at(row["file_id"], row["row_number"]))


def _icb(row: Row, names: Mapping[str, str], places: Places) -> str:
    lead = "lead" if row["is_lead"] else "member"
    basis = f"{lead}, {row['membership_basis']}"
    return _with_place(named(row["icb_code"], names), basis, row, places)


def _with_place(told: str, basis: str, row: Row, places: Places) -> str:
    place = places.at(row["file_id"], row["row_number"])
    return f"{told} ({basis}; {place})" if place else f"{told} ({basis})"
