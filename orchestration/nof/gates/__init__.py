"""The two gates of a run: suites read, a build judged, results kept, a refusal said in words.

Nothing here imports Great Expectations until a gate runs: it takes seconds to load.
"""

from nof.gates.gate import run_gate
from nof.gates.page import PAGE
from nof.gates.record import record_gate
from nof.gates.refusal import problems_by_row, raise_if_refused
from nof.gates.results import ExpectationResult, GateName, GateResult
from nof.gates.validation import load_meanwhile

__all__ = [
    "PAGE",
    "ExpectationResult",
    "GateName",
    "GateResult",
    "load_meanwhile",
    "problems_by_row",
    "raise_if_refused",
    "record_gate",
    "run_gate",
]
