"""The invented trusts: codes, names, regions, and the services that decide which metrics a trust has."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from nof.project import read_seed
from nof.sample.draws import share

ACUTE = "acute"
NON_ACUTE = "mental_health_and_community"
AMBULANCE = "ambulance"
ICB = "icb"

FIVE_CHARACTER_CODE = "Z7V2S"
NON_BREAKING_SPACE = "\u00a0"
NON_BREAKING_NAME_CODE = "ZB4"

# Colours and animals: no place in England is called so, and the name says twice that it is invented.
FIRST_WORDS = (
    "Amber", "Azure", "Bronze", "Cobalt", "Copper", "Coral", "Crimson", "Golden",
    "Indigo", "Ivory", "Russet", "Scarlet", "Silver", "Teal", "Violet",
)  # fmt: skip
_SECOND_WORDS = (
    "Badger", "Beetle", "Curlew", "Dormouse", "Falcon", "Grebe", "Heron",
    "Kestrel", "Lapwing", "Marten", "Otter", "Puffin", "Sparrow", "Weasel",
)  # fmt: skip

# What a trust does, as far as it decides which metrics it has.
_GENERAL = ("elective", "cancer", "emergency", "adult_beds", "adult_survey", "infections", "mortality")
_SPECIALIST = "Acute - Specialist"
_MENTAL_HEALTH = "Mental Health and Learning Disability"

# Trust type, NHS England's word for the subtype, how the name ends, how many, services.
_GROUPS: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = (
    (ACUTE, "Acute - Teaching", "University Hospitals NHS Trust", 49, _GENERAL),
    (ACUTE, "Acute - Large", "Hospitals NHS Foundation Trust", 23, _GENERAL),
    (ACUTE, "Acute - Medium", "Hospitals NHS Trust", 20, _GENERAL),
    (ACUTE, "Acute - Small", "Hospital NHS Trust", 19, _GENERAL),
    (ACUTE, _SPECIALIST, "Cancer Centre NHS Trust", 4, ("cancer", "adult_survey", "infections")),
    (ACUTE, _SPECIALIST, "Children's Hospital NHS Trust", 4, ("elective", "emergency", "infections")),
    (ACUTE, _SPECIALIST, "Orthopaedic NHS Trust", 4, ("elective", "adult_survey", "infections")),
    (ACUTE, _SPECIALIST, "Heart NHS Trust", 4, ("elective", "cancer", "adult_survey", "infections")),
    (ACUTE, "Acute - Multi-Service", "Integrated Care NHS Trust", 7, (*_GENERAL, "community")),
    (NON_ACUTE, _MENTAL_HEALTH, "Mental Health NHS Foundation Trust", 45, ("mental_health",)),
    (NON_ACUTE, "Care Trust", "Care NHS Foundation Trust", 2, ("mental_health", "community")),
    (NON_ACUTE, "Community", "Community Health NHS Trust", 14, ("community",)),
    (AMBULANCE, "Ambulance", "Ambulance Service NHS Trust", 10, ("ambulance",)),
)

# No ODS trust code begins with Z; I and O are left out, as they read like digits.
_CODE_LETTERS = {ACUTE: "ABCDEFGHJKLMNP", NON_ACUTE: "QRSTUVW", AMBULANCE: "Y"}


@dataclass(frozen=True)
class Trust:
    """One invented organisation, persistent over the quarters: a trust, or an ICB (icbs.py)."""

    trust_code: str
    trust_name: str
    trust_type_id: str
    trust_subtype_label: str
    region_label: str
    services: frozenset[str]


def invented_name(words: str, ending: str) -> str:
    """A name that says twice that it is invented."""
    return f"Invented {words} {ending} (sample)"


def spare_words() -> list[str]:
    """The pairs of words that no trust is called by: for a name that comes later."""
    return list(_words())[sum(count for *_, count, _ in _GROUPS) :]


def _words() -> Iterator[str]:
    return (f"{first} {second}" for second, first in product(_SECOND_WORDS, FIRST_WORDS))


def _codes(trust_type_id: str) -> Iterator[str]:
    for letter, digit in product(_CODE_LETTERS[trust_type_id], range(10)):
        code = f"Z{letter}{digit}"
        # One merged trust has a code of five characters, as one real trust has.
        yield FIVE_CHARACTER_CODE if code == "ZQ7" else code


def invented_nation() -> list[Trust]:
    """All 205 trusts, group by group: 134 acute, 61 mental health and community, 10 ambulance."""
    regions = [row["region_label"] for row in read_seed("reference", "regions")]
    codes = {trust_type_id: _codes(trust_type_id) for trust_type_id in _CODE_LETTERS}
    words = _words()
    trusts = []
    for trust_type_id, subtype, ending, count, services in _GROUPS:
        for _ in range(count):
            code = next(codes[trust_type_id])
            name = invented_name(next(words), ending)
            if code == NON_BREAKING_NAME_CODE:
                name = name.replace("Invented ", f"Invented{NON_BREAKING_SPACE}")
            region = regions[int(share("region", code) * len(regions))]
            trusts.append(Trust(code, name, trust_type_id, subtype, region, frozenset(services)))
    return trusts
