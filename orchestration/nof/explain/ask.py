"""What a person may write for a quarter, a trust or a metric, and what to answer when it fits nothing."""

import difflib
from collections.abc import Mapping

from nof.errors import UsageRefused
from nof.quarters import quarter_id_of

_MOST_LISTED = 10


def find_quarter(asked: str, quarters: Mapping[str, str]) -> str:
    """The quarter that is meant: `2025-26-Q3` or `Q3 2025/26`, in any case and spacing.

    Args:
        asked: as written.
        quarters: labels by quarter_id, of the quarters in the release.

    Raises:
        UsageRefused: it is no quarter, or none of the release.
    """
    in_hand = "In hand are " + ", ".join(f"{key} ({quarters[key]})" for key in sorted(quarters)) + "."
    try:
        quarter_id = quarter_id_of(asked)
    except UsageRefused as refusal:
        raise UsageRefused(f"{refusal} {in_hand}") from None
    if quarter_id not in quarters:
        raise UsageRefused(f"The release holds no quarter {quarter_id}. {in_hand}")
    return quarter_id


def find_trust(asked: str, trusts: Mapping[str, str]) -> str:
    """The trust or ICB that is meant: its code in any case, or a piece of its name that only one has.

    Args:
        asked: as written.
        trusts: names by code.

    Raises:
        UsageRefused: it fits none, or several; the message lists what is near.
    """
    code = asked.strip().upper()
    if code in trusts:
        return code
    piece = _folded(asked)
    holding = [key for key in sorted(trusts) if piece and piece in _folded(trusts[key])]
    exact = [key for key in holding if _folded(trusts[key]) == piece]
    if len(holding) == 1 or len(exact) == 1:
        return (exact or holding)[0]
    if holding:
        raise UsageRefused(
            f"{asked!r} is part of several names: {_named(holding, trusts)}. "
            "Write the code, or more of the name."
        )
    near = difflib.get_close_matches(code, sorted(trusts), n=5, cutoff=0.6)
    names = {_folded(trusts[key]): key for key in sorted(trusts, reverse=True)}
    near += [names[name] for name in difflib.get_close_matches(piece, sorted(names), n=5, cutoff=0.5)]
    nearest = list(dict.fromkeys(near))
    hint = f" Near to it: {_named(nearest, trusts)}." if nearest else ""
    raise UsageRefused(
        f"The release holds no trust or ICB with code or name {asked!r}.{hint} "
        f"Write a code such as {min(trusts) if trusts else 'RXX'}, "
        "or a piece of the name that only one of them has."
    )


def find_metric(asked: str, metrics: Mapping[str, str]) -> str:
    """The metric that is meant, by its identifier or that of its score, in any case.

    Args:
        asked: as written.
        metrics: metric_id by every identifier (of metric and of score).

    Raises:
        UsageRefused: there is no such metric for the trust.
    """
    key = asked.strip().upper()
    if key in metrics:
        return metrics[key]
    near = difflib.get_close_matches(key, sorted(metrics), n=5, cutoff=0.7)
    hint = f" Near to it: {', '.join(near)}." if near else ""
    raise UsageRefused(
        f"There is no metric {asked!r}.{hint} Metrics are {', '.join(sorted(set(metrics.values())))}."
    )


def _folded(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").casefold().split())


def _named(codes: list[str], trusts: Mapping[str, str]) -> str:
    shown = "; ".join(f"{code} {trusts[code]}" for code in codes[:_MOST_LISTED])
    return shown if len(codes) <= _MOST_LISTED else f"{shown}; and {len(codes) - _MOST_LISTED} more"
