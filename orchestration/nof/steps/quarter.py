"""Which quarter a run scores: the newest of its release."""

from collections.abc import Sequence

from nof.errors import UsageRefused
from nof.project import read_seed


def bundled_quarters() -> tuple[str, ...]:
    """The quarters of the invented nation, the oldest first."""
    ids = {each["quarter_label"]: each["quarter_id"] for each in read_seed("reference", "quarters")}
    labels = {each["quarter"] for each in read_seed("sample", "sample_oversight_data")}
    return tuple(sorted(ids[label] for label in labels))


def quarter_to_score(asked: str | None, in_hand: Sequence[str]) -> str:
    """The quarter asked for, or the newest in hand.

    Raises:
        UsageRefused: it is not in hand, or none is.
    """
    newest = _newest(in_hand)
    if asked is None:
        return newest
    if asked not in in_hand:
        raise UsageRefused(f"Quarter {asked!r} is not in hand. In hand: {', '.join(in_hand)}.")
    return asked


def quarter_to_forecast(asked: str | None, in_hand: Sequence[str]) -> str:
    """The quarter after the newest in hand: no other can be a forecast made of it.

    Raises:
        UsageRefused: another was asked for, or none is in hand.
    """
    newest = _newest(in_hand)
    following = [
        row["quarter_id"]
        for row in read_seed("reference", "quarters")
        if row["previous_quarter_id"] == newest
    ]
    if not following:
        raise UsageRefused(
            f"No quarter follows {newest}, the newest in hand. Add it to seeds/reference/quarters.csv."
        )
    if asked is None or asked == following[0]:
        return following[0]
    if asked in in_hand:
        raise UsageRefused(
            f"Quarter {asked!r} is in hand: the data files say what it is, so there is nothing to forecast. "
            f"Score it with `nof run --quarter {asked}`."
        )
    raise UsageRefused(
        f"Quarter {asked!r} cannot be forecast: only {following[0]} can, the one right after the newest in "
        f"hand, {newest}. Land the data files of the quarters that are missing."
    )


def _newest(in_hand: Sequence[str]) -> str:
    if not in_hand:
        raise UsageRefused(
            "No oversight data is in hand to score: league tables, registers and ODS trust files alone make "
            "no quarter. Land a data file as well."
        )
    return in_hand[-1]
