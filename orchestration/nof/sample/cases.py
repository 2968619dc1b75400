"""The awkward cases that the nation carries on purpose: which trust, metric and quarter."""

from decimal import Decimal

from nof.project import read_seed
from nof.sample.periods import QUARTER_IDS

FRAMEWORK_ID = "nof-2025-26"

# A deficit trust that is among the best in everything, and a trust in the improvement programme.
DEFICIT_BUT_BEST_CODE = "ZA3"
PROGRAMME_CODE = "ZC5"

# Deficit support received: the flag is set although plan and variance together are not below zero.
DEFICIT_SUPPORT_CODES = frozenset({"ZB1", "ZF2", "ZK5", "ZR4"})

# No variance reported, and no published flag either: nobody can say whether the override applies.
UNKNOWN_OVERRIDE = ("2025-26-Q3", "ZD6")

# The one bundled score that is not computed: NHS England publishes the score and no rating.
PUBLISHED_SCORE_ONLY = ("2025-26-Q4", "ZG4", "OF1067", "2.0")

# (quarter, trust, metric) -> what stands in the value column instead of a number.
SHORTHAND: dict[tuple[str, str, str], str] = {
    **{(quarter_id, "ZS3", "OF0016"): "*" for quarter_id in QUARTER_IDS},
    ("2025-26-Q2", "ZM1", "OF0041"): "z",
    ("2025-26-Q3", "ZJ2", "OF0106"): "NA",
    ("2025-26-Q4", "ZM6", "OF0003"): "",
}

# A threshold of 0 with a case has no ratio: the rate row is absent, the count row is there.
NO_INFECTION_RATE = frozenset({("ZM9", "OF0088"), ("ZN1", "OF0048"), ("ZN1", "OF0088")})

# No row at all, though the trust runs the service.
NOT_REPORTED = frozenset(
    {
        *((quarter_id, code, "OF0106") for quarter_id in QUARTER_IDS for code in ("ZB7", "ZE2")),
        ("2025-26-Q1", "ZH5", "OF0106"),
        (*UNKNOWN_OVERRIDE, "OF0081"),
    }
)

# Count rows beside the rate rows of the infection metrics.
COUNT_ROW_CODES = frozenset({"ZA0", "ZC7", "ZE9", "ZK2", "ZM9", "ZN1"})

# Who stands exactly on a standard or floor, in every quarter; the number itself is in thresholds.csv.
ON_THRESHOLD: dict[str, str] = {
    "OF0003": "ZD2",
    "OF0010": "ZA8",
    "OF0011": "ZB2",
    "OF0013": "ZC1",
    "OF0017": "ZY3",
    "OF0020": "ZH3",
    "OF0048": "ZF6",
    "OF0057": "ZU9",
    "OF0088": "ZG8",
    "OF0106": "ZE5",
}

# Who stands exactly on the edges of the finance bands, from the top edge down, in every quarter.
ON_BAND_EDGES: dict[str, tuple[str, ...]] = {
    "OF0079": ("ZJ0", "ZJ1", "ZJ3"),
    "OF0081": ("ZK3", "ZK4", "ZK6"),
}

# A whole tied last place: four trusts share the worst value, so that no one scores 4.00.
TIED_LAST_METRIC = "OF0063"
TIED_LAST_CODES = ("ZQ2", "ZR8", "ZS6", "ZT1")
TIED_LAST_VALUE = Decimal("41.67")

# A tie in the values that NHS England ranks on, not only in the published ones.
TIED_UNROUNDED = ("OF0061", "ZQ1", "ZT5")

# A ranked part of one: in Q4 a single ambulance trust misses the standard.
ONE_MISSES = ("2025-26-Q4", "OF0017", "ZY6", Decimal("34.2"))

# What the first edition of the ambulance trusts' Q2 said otherwise; its `-v2` supplies all of that quarter.
RESTATED_QUARTER = "2025-26-Q2"
FIRST_EDITION: dict[tuple[str, str], Decimal] = {
    ("ZY1", "OF0017"): Decimal("33.33"),
    ("ZY4", "OF0017"): Decimal("29.5"),
    ("ZY8", "OF0017"): Decimal("41.07"),
    ("ZY2", "OF0082"): Decimal("7.777777"),
    ("ZY5", "OF0081"): Decimal("-0.8"),
}

# Finance of the trusts whose case needs it: plan and variance, in every quarter.
FINANCE: dict[str, tuple[Decimal, Decimal]] = {
    DEFICIT_BUT_BEST_CODE: (Decimal("-0.4"), Decimal("0.1")),
    PROGRAMME_CODE: (Decimal("-7.85"), Decimal("-2.31")),
    "ZY5": (Decimal("0"), Decimal("0.12")),
    **{code: (Decimal("0"), Decimal("0.03")) for code in DEFICIT_SUPPORT_CODES},
}


def threshold_values() -> dict[str, Decimal]:
    """Each standard and floor of the framework."""
    return {
        row["metric_id"]: Decimal(row["threshold"])
        for row in read_seed("framework", "thresholds")
        if row["framework_id"] == FRAMEWORK_ID
    }


def band_edges() -> dict[str, list[Decimal]]:
    """The edges between the bands of each banded metric, from the top down."""
    edges: dict[str, list[Decimal]] = {}
    for row in sorted(read_seed("framework", "value_bands"), key=lambda row: int(row["band_order"])):
        if row["framework_id"] == FRAMEWORK_ID and row["lower_bound"]:
            edges.setdefault(row["metric_id"], []).append(Decimal(row["lower_bound"]))
    return edges
