"""A change of an organisation in words: opened, closed, merged, renamed, another ICB, another code."""

from collections.abc import Mapping

from nof.explain.rows import Row


def change_words(row: Row, code: str, names: Mapping[str, str]) -> str:
    """`2026-04-01 merged into ZW5 Invented Trust`; with the name in front where it is about another.

    Args:
        row: a row of fct_organisation_change.
        code: the organisation that is explained.
        names: names of organisations by code.
    """
    own = row["organisation_code"]
    who = "" if own == code or row["change_kind"] == "icb_code_succeeded" else f"{named(own, names)} "
    when = f"{row['change_date']} " if row["change_date"] else ""
    return f"{when}{who}{_what(row, names)}"


def named(code: str, names: Mapping[str, str]) -> str:
    """The code, and the name where one is known."""
    return f"{code} {names[code]}" if names.get(code) else code


def _what(row: Row, names: Mapping[str, str]) -> str:
    kind, other = row["change_kind"], row["other_code"]
    if kind == "renamed":
        return f'renamed from "{row["old_value"]}" to "{row["new_value"]}"'
    if kind == "icb_changed":
        return f"ICB changed from {named(row['old_value'], names)} to {named(row['new_value'], names)}"
    if kind == "icb_code_succeeded":
        return f"the ICB code {row['organisation_code']} was followed by {other}{_how_many(row)}"
    if kind == "merged_into":
        return f"merged into {named(other, names)}"
    if kind == "code_changed_to":
        return f"code changed to {named(other, names)}"
    return str(kind)


def _how_many(row: Row) -> str:
    moved, of = row["moved_trust_count"], row["of_trust_count"]
    return f", to which {moved} of its {of} trusts went" if moved is not None and of is not None else ""
