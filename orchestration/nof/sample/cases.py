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

# Deficit support received and no flag published: the register alone tells that the override applies.
FLAG_NOT_PUBLISHED = ("2025-26-Q4", "ZR4")

# A value that the register takes out of the score: published without a rank, so no pool is larger for it.
EXCLUDED = ("ZM2", "OF0023")

# The one bundled score that is not computed: NHS England publishes the score and no rating.
PUBLISHED_SCORE_ONLY = ("2025-26-Q4", "ZG4", "OF1067", "2.0")

# (quarter, trust, metric) -> what stands in the value column instead of a number.
SHORTHAND: dict[tuple[str, str, str], str] = {
    **{(quarter_id, "ZS3", "OF0016"): "*" for quarter_id in QUARTER_IDS},
    ("2025-26-Q2", "ZM1", "OF0041"): "z",
    ("2025-26-Q3", "ZJ2", "OF0106"): "NA",
    ("2025-26-Q4", "ZM6", "OF0003"): "",
}

# The same for what is published beside the scores.
CONTEXT_SHORTHAND: dict[tuple[str, str, str], str] = {
    ("2025-26-Q2", "ZL4", "UN0008"): "*",
    ("2025-26-Q3", "ZV3", "UN0007"): "z",
}

# Boards: a few cells held back, a few without a row; never more than two of a metric in a quarter.
ICB_SUPPRESSED = frozenset(
    {
        *((quarter_id, "ZX3", "OF0016") for quarter_id in QUARTER_IDS),
        ("2025-26-Q2", "ZXB", "OF0063"),
        ("2025-26-Q4", "ZZ2", "OF0041"),
    }
)
ICB_NOT_REPORTED = frozenset(
    {
        *((quarter_id, "ZX7", "OF0057") for quarter_id in QUARTER_IDS),
        ("2025-26-Q1", "ZXP", "OF0085"),
        ("2025-26-Q3", "ZXK", "OF0017"),
        ("2025-26-Q3", "ZZ5", "OF0063"),
    }
)
ICB_FAILS_FLOOR = frozenset({"ZX5", "ZZ4"})

# A board whose planned deficit and whose variance add up to exactly nothing: it is not in deficit.
ICB_BREAKS_EVEN = ("ZX0", Decimal("-0.75"), Decimal("0.75"))

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

# Between the two dates of the ODS file: a merger, a new name, another board, and two boards that became one.
MERGED_CODES = ("ZV4", "ZV5")
MERGED_INTO_CODE, MERGED_INTO_ENDING = "ZW5", "Community Health NHS Trust"
RENAMED_CODE, RENAMED_ENDING = "ZB9", "University Hospitals NHS Trust"
MOVED_CODE, MOVED_TO_ICB_CODE = "ZK2", "ZXB"
MERGED_ICB_CODES = ("ZX8", "ZX9")
MERGED_INTO_ICB_CODE = "ZXM00"

# Trusts of several boards: how many there are beside the one that leads.
MORE_THAN_ONE_ICB = {"ZA4": 1, "ZN7": 1, "ZS5": 1, "ZT6": 1, "ZY1": 1, "ZY3": 1, "ZY4": 2, "ZY6": 1}

# (subject, label, members): a dozen trusts, ZQ9 in two collaboratives.
GROUPS = (
    ("provider_collaborative", "Invented Acute Collaborative (sample)", ("ZA3", "ZA9", "ZC2", "ZC9")),
    ("provider_collaborative", "Invented Mental Health Collaborative (sample)", ("ZQ1", "ZQ2", "ZQ5", "ZQ9")),
    ("provider_collaborative", "Invented Young People's Collaborative (sample)", ("ZQ9", "ZT3")),
    ("group", "Invented Hospital Group (sample)", ("ZF4", "ZH6", "ZL1")),
)

# Capability: two ratings go against the segment, which they must not move: ZC9 is in segment 1, ZG3 in 4.
CAPABILITY_APART = {
    "ZC5": ("Red", "In the improvement programme."),
    "ZC9": ("Red", "Concerns about its governance that no score shows."),
    "ZG3": ("Green", "A board that knows its problems and acts on them."),
}
CAPABILITY_CHANGED = ("ZL3", "Red", "What the board confirmed in the autumn does not stand up to review.")
CAPABILITY_EARLIER = {"ZC5": "Major concerns", "ZC9": "No material concerns", "ZL1": "Some concerns"}
CAPABILITY_WITHDRAWN = ("ZA4", "Red", "Entered for the wrong trust.")

# The programme: one trust enters in Q4, one is in it in Q3 only; two reviews of segment 4 trusts.
PROGRAMME_ENTERED = ("ZL2", "2026-02-02", "In segment 4 all year, and no credible plan to leave it.")
PROGRAMME_LEFT = ("ZH6", "2025-10-06", "2026-01-15")
DIAGNOSTIC_REVIEWS = (
    ("ZF4", "Under way", "2025-12-01"),
    ("ZG1", "Under way", "2025-10-20"),
    ("ZG1", "Completed", "2026-02-20"),
)

# Deficit support: one trust is in deficit as well. The list begins with Q2, so in Q1 nothing shows why a
# trust that is not in deficit has the flag.
DEFICIT_AND_SUPPORT_CODE = PROGRAMME_CODE
SUPPORT_KNOWN_FROM = "2025-07-01"

# Services: the trusts of which it is known what they run; of the specialist ZM8 and ZN5 it is not.
SERVICES_KNOWN = frozenset(
    {
        *("ZB7", "ZE2", "ZH5"),
        *("ZM1", "ZM2", "ZM3", "ZM4", "ZM5", "ZM6", "ZM7", "ZM9"),
        *("ZN0", "ZN1", "ZN2", "ZN3", "ZN4", "ZN6"),
        *("ZQ0", "ZQ2", "ZQ5", "ZR3", "ZS1", "ZS8", "ZT4", "ZU0", "ZU5", "ZU7", "ZU9", "ZV0", "ZV3", "ZW0"),
    }
)
RUNS_WITHOUT_ROW = frozenset({("ZR3", "urgent_community_response"), ("ZW0", "crisis_response")})
SERVICE_NOT_SAID = frozenset({("ZM2", "elective_care")})

# Exactly on plan, and exactly 5 points more than in November 2024.
EXACTLY_ON_PLAN = ("ZC1", "OF0013")
EXACTLY_IMPROVED_CODE = "ZA4"


def threshold_values() -> dict[str, Decimal]:
    """Each standard and floor that the framework starts with."""
    return {
        row["metric_id"]: Decimal(row["threshold"])
        for row in read_seed("framework", "thresholds")
        if row["framework_id"] == FRAMEWORK_ID and not row["first_quarter_id"]
    }


def band_edges() -> dict[str, list[Decimal]]:
    """The edges between the bands of each banded metric, from the top down."""
    edges: dict[str, list[Decimal]] = {}
    for row in sorted(read_seed("framework", "value_bands"), key=lambda row: int(row["band_order"])):
        if row["framework_id"] == FRAMEWORK_ID and row["lower_bound"]:
            edges.setdefault(row["metric_id"], []).append(Decimal(row["lower_bound"]))
    return edges
