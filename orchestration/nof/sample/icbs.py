"""The invented integrated care boards (ICBs), which trust belongs to which, and their contextual values."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from nof.project import read_seed
from nof.sample import cases
from nof.sample.draws import fixed, share, standing
from nof.sample.finance import PLAN_METRIC, VARIANCE_METRIC
from nof.sample.nation import FIRST_WORDS, ICB, Trust, invented_name
from nof.sample.periods import QUARTER_IDS
from nof.sample.values import Cell, number_cell

# Trees: no board is called so, and the name says twice that it is invented.
_SECOND_WORDS = ("Alder", "Hazel", "Rowan")
_ENDING = "Integrated Care Board"

# How many boards each region has, in the order of seeds/reference/regions.csv; together 42.
_PER_REGION = (6, 5, 11, 4, 3, 6, 7)

# Real boards have Q and two more characters, or five that go letter, digit, letter, digit, letter; these do
# not. I and O are left out, as they read like digits.
_LAST_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
FIVE_CHARACTER_ICB_CODE = "ZXT00"


def _codes() -> Iterator[str]:
    for start, last in product(("ZX", "ZZ"), _LAST_CHARACTERS):
        code = start + last
        yield FIVE_CHARACTER_ICB_CODE if code == "ZXT" else code


def invented_icbs() -> list[Trust]:
    """All 42 boards, region by region."""
    regions = [row["region_label"] for row in read_seed("reference", "regions")]
    codes, words = _codes(), product(_SECOND_WORDS, FIRST_WORDS)
    return [
        Trust(
            trust_code=next(codes),
            trust_name=invented_name(" ".join(reversed(next(words))), _ENDING),
            trust_type_id=ICB,
            trust_subtype_label=_ENDING.capitalize(),
            region_label=region,
            services=frozenset(),
        )
        for region, count in zip(regions, _PER_REGION, strict=True)
        for _ in range(count)
    ]


def lead_icb_codes(trusts: Sequence[Trust], icbs: Sequence[Trust]) -> dict[str, str]:
    """Trust code -> the board of its region that it belongs to, dealt out in an order by lot."""
    leads = {}
    for region in {icb.region_label for icb in icbs}:
        here = [icb.trust_code for icb in icbs if icb.region_label == region]
        members = sorted(
            (share("icb", trust.trust_code), trust.trust_code)
            for trust in trusts
            if trust.region_label == region
        )
        leads.update({code: here[place % len(here)] for place, (_, code) in enumerate(members)})
    return leads


def icb_metrics() -> list[dict[str, str]]:
    """The metrics with numbers that are published for boards beside the scores, as the framework says."""
    contextual = {
        row["metric_id"]
        for row in read_seed("framework", "metric_applicability")
        if row["framework_id"] == cases.FRAMEWORK_ID
        and row["trust_type_id"] == ICB
        and row["treatment"] == "contextual"
        and row["applicability"] != "never"
    }
    return [
        row
        for row in read_seed("framework", "metrics")
        if row["framework_id"] == cases.FRAMEWORK_ID
        and row["metric_id"] in contextual
        and row["value_kind"] == "number"
    ]


def icb_cells(icbs: Sequence[Trust]) -> dict[tuple[str, str, str], Cell]:
    """(quarter, board, metric) -> cell; finance is whole, everything else all but whole."""
    cells: dict[tuple[str, str, str], Cell] = {}
    metrics = icb_metrics()
    for quarter_id, icb in product(QUARTER_IDS, icbs):
        code = icb.trust_code
        for metric in metrics:
            metric_id = metric["metric_id"]
            key = (quarter_id, code, metric_id)
            if key not in cases.ICB_NOT_REPORTED and metric_id not in {PLAN_METRIC, VARIANCE_METRIC}:
                cells[key] = number_cell(icb, metric, quarter_id, code in cases.ICB_FAILS_FLOOR)
        plan, variance = icb_plan_and_variance(code, quarter_id)
        cells[quarter_id, code, PLAN_METRIC] = Cell(number=plan)
        cells[quarter_id, code, VARIANCE_METRIC] = Cell(number=variance)
    for key in cases.ICB_SUPPRESSED:
        cells[key] = Cell(text="*")
    return cells


def icb_plan_and_variance(code: str, quarter_id: str) -> tuple[Decimal, Decimal]:
    """Planned surplus or deficit and variance to date of a board, % of budget; the plan stands all year."""
    if code == cases.ICB_BREAKS_EVEN[0]:
        return cases.ICB_BREAKS_EVEN[1:]
    z = standing("plan", code)
    drift = 0.8 * standing("variance", code) + 0.4 * standing("variance", code, quarter_id)
    # About a third plan a deficit and slip a little further or less far; the others keep what they planned.
    if z < -0.43:
        return fixed(1.5 * (z + 0.4), 2), fixed(0.25 * drift, 2)
    plan = fixed(0.5 * (z - 1.1), 2) if z > 1.1 else Decimal(0)
    slips = drift < -1.6
    return plan, fixed(0.4 * (drift + 1.6) - 0.05, 2) if slips else fixed(max(0.3 * (drift - 0.6), 0.0), 2)
