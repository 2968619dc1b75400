"""Who does something to a release, and why: a role, never a person, and a reason in words."""

import re

from nof.errors import UsageRefused
from nof.home import Home
from nof.persons import person_patterns
from nof.settings import FILE_NAME, read_settings

OWN_ROLE = "nof"  # what a run writes for what it does by itself
LONGEST_ROLE, LONGEST_REASON = 80, 500

_ROLE = re.compile(r"[^\W\d_][\w ,.()&/'’-]*")
_AS_A_ROLE = "Name the role that decides, for example 'Head of Performance Analysis'; never a person."


def checked_role(role: str) -> str:
    """The role with its spaces tidied.

    Raises:
        UsageRefused: it is blank, or looks like a person, an address or a number instead.
    """
    text = " ".join(role.split())
    person = _person_in(text)
    if not text:
        problem = "The role is blank."
    elif person:
        problem = f"The role {text!r} holds {person}."
    elif text.casefold() == OWN_ROLE:
        problem = f"The role {text!r} is what a run writes for what it does by itself."
    elif re.search(r"\d{4}", text):
        problem = f"The role {text!r} holds a number, as a person's account does."
    elif len(text) > LONGEST_ROLE:
        problem = f"The role is {len(text)} characters long; at most {LONGEST_ROLE} can be read in a list."
    elif not _ROLE.fullmatch(text) or len(text) < 2:
        problem = f"The role {text!r} is not words."
    else:
        return text
    raise UsageRefused(f"{problem} {_AS_A_ROLE}")


def approver_role(home: Home, role: str) -> str:
    """The role with its spaces tidied, where it may sign a release of this home off.

    Raises:
        UsageRefused: it is no role, or not one of those that nof.toml names.
    """
    text = checked_role(role)
    allowed = read_settings(home).sign_off.approver_roles
    for each in allowed:
        if each.casefold() == text.casefold():
            return each
    if allowed:
        raise UsageRefused(
            f"The role {text!r} may not sign off here: {home.root / FILE_NAME} names {', '.join(allowed)}. "
            "Let one of them decide, or add the role there."
        )
    return text


def checked_reason(reason: str) -> str:
    """The reason as one line.

    It stands in a CSV that people open with a spreadsheet, so it begins as words do and not as a formula.

    Raises:
        UsageRefused: it is blank, too long, holds an address or a number to reach a person by, or does not
            begin with a letter or a digit.
    """
    text = " ".join(reason.split())
    person = _person_in(text)
    if not text:
        problem = "The reason is blank. Say in a sentence why: readers of the release will see it."
    elif person:
        problem = f"The reason holds {person}. Events are kept for ever: leave out who, say what."
    elif len(text) > LONGEST_REASON:
        problem = (
            f"The reason is {len(text)} characters long, and {LONGEST_REASON} is the most. Say it shorter, "
            "and name the document that says more."
        )
    elif not text[0].isalnum() or not text.isprintable():
        problem = f"The reason {text!r} does not begin with a word. Say in a sentence why."
    else:
        return text
    raise UsageRefused(problem)


def _person_in(text: str) -> str | None:
    """What in a text says or leads to who somebody is, in words."""
    for found in person_patterns().in_text(text, is_typed=True):
        return found.finds
    return "an account" if "@" in text or "\\" in text else None
