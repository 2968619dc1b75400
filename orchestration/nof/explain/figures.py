"""How figures are written, and the one rounding of scores: half-up after fixing to ten decimals (rules 1)."""

from decimal import ROUND_HALF_UP, Decimal

SCORE_PLACES = 2
EXACT_PLACES = 10
# Sums of the release are made in doubles kept to fifteen decimals; anything beyond this is another number.
TOLERANCE = Decimal("1e-12")


def fix(number: Decimal, places: int) -> Decimal:
    """The number to so many decimals, halves up."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def half_up(number: Decimal) -> Decimal:
    """A score as published: fixed to ten decimals first, so that an exact half cent is one."""
    return fix(fix(number, EXACT_PLACES), SCORE_PLACES)


def score(number: Decimal) -> str:
    """A score as published, always with its two decimals."""
    return f"{half_up(number):f}"


def plain(number: Decimal, places: int = EXACT_PLACES) -> str:
    """A number without trailing noughts: `2.3533834586`, `82.1`, `2`."""
    text = f"{fix(number, places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def cut(number: Decimal) -> str:
    """A cut point: two decimals, more where it has more (`2.05`, `2.325`)."""
    text = plain(number)
    decimals = len(text.partition(".")[2])
    return text if decimals >= SCORE_PLACES else f"{fix(number, SCORE_PLACES):f}"


def amount(number: Decimal, unit: str | None) -> str:
    """A value with its unit."""
    return f"{plain(number)} {unit}" if unit else plain(number)


def rounded(unrounded: Decimal) -> str:
    """`1.80`, or `2.3533834586 -> 2.35` where rounding takes something away."""
    short = half_up(unrounded)
    return f"{short:f}" if fix(unrounded, EXACT_PLACES) == short else f"{plain(unrounded)} -> {short:f}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 trust`, `3 trusts`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def joined(items: list[str] | tuple[str, ...]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def listed(items: list[str] | tuple[str, ...], most: int = 20) -> str:
    """Items with commas; past `most`, how many more there are."""
    shown = ", ".join(items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most} more"
