"""`nof what-if`: the nation of a release rerun with cells changed, and what moves; also for notebooks."""

from nof.whatif.model import Answer, Change, Figure, Standing
from nof.whatif.session import WhatIf, what_if_session

__all__ = ["Answer", "Change", "Figure", "Standing", "WhatIf", "what_if_session"]
