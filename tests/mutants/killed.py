"""What is said of a mutant that some test noticed."""

from dataclasses import dataclass

STATED, BACKTEST = "rules as stated", "published figures"
UNIT, DATA = "dbt unit test", "dbt data test"
AGREEMENT, APART, STANDS = "plain-Python statement", "frameworks kept apart", "stands on what it needs"
ERROR = "does not run"


@dataclass(frozen=True)
class Killed:
    """The test that failed first: its kind and its name."""

    kind: str
    test: str
