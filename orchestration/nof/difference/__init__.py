"""The difference from the release before, row by row: what a release ships, and what `nof diff` shows.

`sealed_side` and `candidate_side` name a release, `compare` sets two of them side by side, `write_difference`
makes the files of a release from that.
"""

from nof.difference.files import write_difference
from nof.difference.side import Side, candidate_side, sealed_side
from nof.difference.whole import Difference, compare

__all__ = ["Difference", "Side", "candidate_side", "compare", "sealed_side", "write_difference"]
