"""What the charts of trusts share: ground that is drawn once for a type, and a trust's own marks upon it.

A mark's place follows from the scale alone, so that a chart costs a trust next to nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from nof.site.charts.draw import BLACK

BEST, WORST = 1, 4
# Stands where the words of a trust will.
UNNAMED = "-"


@dataclass(frozen=True)
class Ground:
    """What trusts of a type share in a chart.

    Attributes:
        picture: drawn, with no trust on it.
        left: where the plot begins, in pixels.
        top: the same from above.
        width: of the plot.
        height: of the plot.
    """

    picture: Markup
    left: int
    top: int
    width: int
    height: int

    def along(self, place: Decimal) -> float:
        """How far along the line from 1 to 4 a score stands, in pixels of the plot."""
        return self._share(place) * self.width

    def down(self, place: Decimal) -> float:
        """How far down a score stands where the best is at the top."""
        return self._share(place) * self.height

    def across(self, number: int, count: int) -> float:
        """The middle of one of so many columns, counted from 0."""
        return (number + 0.5) / count * self.width

    def with_marks(self, marks: Sequence[Markup], words: str) -> Markup:
        """The picture with a trust's own marks on it, and what it shows in words."""
        named = self.picture.replace(
            Markup('aria-label="{}"').format(UNNAMED), Markup('aria-label="{}"').format(words), 1
        )
        own = Markup('<g transform="translate({},{})">{}</g></svg>').format(
            self.left, self.top, Markup("").join(marks)
        )
        return Markup(named.removesuffix("</svg>")) + own

    @staticmethod
    def _share(place: Decimal) -> float:
        return float((place - BEST) / (WORST - BEST))


def written(number: float) -> str:
    """How a place is written."""
    return f"{number:.1f}"


def line(x: float, y: float, x2: float, y2: float, *, width: int) -> Markup:
    """A straight line."""
    return Markup('<path d="M{},{}L{},{}" stroke="{}" stroke-width="{}"/>').format(
        *map(written, (x, y, x2, y2)), BLACK, width
    )


def diamond(x: float, y: float, size: int) -> Markup:
    """An average."""
    return Markup(
        '<path d="M{},{}l{s},{s}l-{s},{s}l-{s},-{s}Z" fill="#ffeb3b" stroke="{}" stroke-width="2"/>'
    ).format(written(x), written(y - size), BLACK, s=size)


def text(x: float, y: float, text: str, anchor: str, *, halo: bool) -> Markup:
    """A figure beside a mark."""
    back = Markup(' class="trust-halo"') if halo else ""
    return Markup(
        '<text x="{}" y="{}" font-size="14" font-weight="bold" text-anchor="{}"{}>{}</text>'
    ).format(written(x), written(y), anchor, back, text)
