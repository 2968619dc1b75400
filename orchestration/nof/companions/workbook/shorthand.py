"""What a cell says where it has no number: the shorthand of `seeds/reference/table_shorthand.csv`."""

from dataclasses import dataclass
from typing import TypeVar

from nof.project import read_seed
from nof.release.errors import ReleaseRefused

Number = TypeVar("Number")


@dataclass(frozen=True)
class Shorthand:
    """The seed, by cause.

    Attributes:
        by_cause: shorthand of each (kind, cause).
        meanings: what each shorthand means, in the seed's order.
    """

    by_cause: dict[tuple[str, str], str]
    meanings: dict[str, str]

    def of(self, kind: str, cause: str) -> str:
        """The shorthand of a cause.

        Raises:
            ReleaseRefused: the seed has no row for it, so the cell would be left without a reason.
        """
        try:
            return self.by_cause[(kind, cause)]
        except KeyError:
            raise ReleaseRefused(
                f"seeds/reference/table_shorthand.csv has no row for {kind} {cause!r}, so the workbook "
                "cannot say why a cell has no number. Add the row."
            ) from None

    @property
    def empty(self) -> str:
        """A figure that should be there and is not in hand."""
        return self.of("figure", "empty")

    @property
    def does_not_apply(self) -> str:
        """A figure that this row cannot have."""
        return self.of("figure", "does_not_apply")

    def filled(self, value: Number | None) -> "Number | str":
        """The value, or that it is not available."""
        return self.empty if value is None else value

    def line(self, used: set[str]) -> str:
        """One sentence for above a table: each shorthand in it with its meaning.

        Raises:
            ReleaseRefused: the table uses one that the seed does not explain.
        """
        unknown = sorted(used - self.meanings.keys())
        if unknown:
            raise ReleaseRefused(f"The workbook uses {', '.join(unknown)} and explains none of it.")
        parts = [f"{mark} {meaning}" for mark, meaning in self.meanings.items() if mark in used]
        return f"Some shorthand is used in this worksheet: {'; '.join(parts)}."


def read_shorthand() -> Shorthand:
    """Read the seed.

    Raises:
        ReleaseRefused: one shorthand is given two meanings.
    """
    by_cause: dict[tuple[str, str], str] = {}
    meanings: dict[str, str] = {}
    for row in read_seed("reference", "table_shorthand"):
        by_cause[(row["cause_kind"], row["cause"])] = row["shorthand"]
        if meanings.setdefault(row["shorthand"], row["meaning"]) != row["meaning"]:
            raise ReleaseRefused(
                f"seeds/reference/table_shorthand.csv gives {row['shorthand']} two meanings: "
                f"{meanings[row['shorthand']]!r} and {row['meaning']!r}."
            )
    return Shorthand(by_cause, meanings)
