"""On what terms a release is given: its licence, what it was made from, and what it is not."""

from dataclasses import dataclass

from nof.project import read_seed
from nof.release.errors import ReleaseRefused

# What the documents of a release name as their maker: the project, never a person.
MAKER = "NHS Oversight Framework warehouse"


@dataclass(frozen=True)
class Terms:
    """One row of `seeds/reference/release_terms.csv`; `dim_release` says the same.

    Attributes:
        licence: its name.
        licence_url: where it stands.
        source_line: what the figures were made from; whoever uses them says it too.
        notice: what the release is not, and what it is when it is released: provisional.
    """

    licence: str
    licence_url: str
    source_line: str
    notice: str


def read_terms(*, is_bundled: bool) -> Terms:
    """The terms of a release of landed files, or of the invented nation.

    Raises:
        ReleaseRefused: the seed has no such row: nothing is given without its terms.
    """
    for row in read_seed("reference", "release_terms"):
        if (row["is_bundled"] == "true") is is_bundled:
            return Terms(row["licence"], row["licence_url"], row["source_line"], row["notice"])
    raise ReleaseRefused(
        f"seeds/reference/release_terms.csv has no row for is_bundled = {str(is_bundled).lower()}."
    )
