"""A role is a role and a reason a reason: persons, addresses and numbers are refused with what to write."""

import pytest

from nof.errors import UsageRefused
from nof.release.roles import checked_reason, checked_role


@pytest.mark.parametrize(
    ("role", "kept"),
    [
        ("Head of Performance Analysis", "Head of Performance Analysis"),
        ("  data   engineer\n", "data engineer"),
        ("Director of Finance & Performance (North West)", "Director of Finance & Performance (North West)"),
        ("Band 8a analyst, on call", "Band 8a analyst, on call"),
        ("Cyfarwyddwr Cyllid", "Cyfarwyddwr Cyllid"),
        ("Chief Nurse’s Office", "Chief Nurse’s Office"),
        ("SRO", "SRO"),
    ],
)
def test_a_role_is_taken_with_its_spaces_tidied(role: str, kept: str) -> None:
    assert checked_role(role) == kept


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("", "is blank"),
        (" \t ", "is blank"),
        ("jane.doe@example.org", "an e-mail address"),
        ("analyst @jdoe", "an account"),
        ("DOMAIN\\jdoe", "an account"),
        ("Analyst 0113 496 0000", "a telephone number"),
        ("+44 20 7946 0000", "a telephone number"),
        ("analyst 943 476 5919", "an NHS number"),
        ("Dr Jane Doe", "a title with a name"),
        ("Analyst Mrs Doe", "a title with a name"),
        ("user 48213", "a number"),
        ("nof", "what a run writes"),
        ("NOF", "what a run writes"),
        ("=1+1", "is not words"),
        ("?", "is not words"),
        ("x", "is not words"),
        ("12", "is not words"),
        ("https://example.org/me", "is not words"),
        ("analyst; drop", "is not words"),
        ("a" * 81, "81 characters"),
    ],
)
def test_what_is_no_role_is_refused_with_an_example(role: str, why: str) -> None:
    with pytest.raises(UsageRefused, match=why) as refused:
        checked_role(role)
    assert "for example 'Head of Performance Analysis'; never a person." in str(refused.value)


@pytest.mark.parametrize(
    "reason",
    [
        "signed off by the oversight group on 2026-03-31, after 2026-03-01 - 2026-03-30",
        "acute file replaced: OF0013 of RXX restated, 12 of 205 rows (see https://example.org/notice)",
        "£2m deficit counted twice"[1:],
        "2 trusts merged",
    ],
)
def test_a_reason_is_taken(reason: str) -> None:
    assert checked_reason(f" {reason}\n") == reason


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("", "The reason is blank"),
        ("\n", "The reason is blank"),
        ("ask jane.doe@example.org", "an e-mail address.*leave out who"),
        ("ring 020 7946 0000", "a telephone number"),
        ("patient 943 476 5919 was counted twice", "an NHS number"),
        ("Dr Jane Doe said so", "a title with a name"),
        ("=HYPERLINK(1)", "does not begin with a word"),
        ("+1", "does not begin with a word"),
        ("- wrong", "does not begin with a word"),
        ("wrong\x07", "does not begin with a word"),
        ("x" * 501, "501 characters.*500 is the most"),
    ],
)
def test_what_is_no_reason_is_refused(reason: str, why: str) -> None:
    with pytest.raises(UsageRefused, match=why):
        checked_reason(reason)
