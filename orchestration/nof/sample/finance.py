"""Plan, variance to plan and the financial override flag of the invented trusts (rules 1 and 3)."""

from decimal import Decimal

from nof.sample.cases import DEFICIT_SUPPORT_CODES, FINANCE, ON_BAND_EDGES, band_edges
from nof.sample.draws import fixed, standing
from nof.sample.nation import ACUTE, Trust

PLAN_METRIC, VARIANCE_METRIC = "OF0079", "OF0081"


def plan_and_variance(trust: Trust, quarter_id: str) -> tuple[Decimal, Decimal]:
    """Planned surplus or deficit and year-to-date variance, both % of turnover; the plan stands all year."""
    code = trust.trust_code
    if code in FINANCE:
        return FINANCE[code]
    plan, variance = _plan(trust), _variance(trust, quarter_id)
    edges = band_edges()
    if code in ON_BAND_EDGES[PLAN_METRIC]:
        plan = edges[PLAN_METRIC][ON_BAND_EDGES[PLAN_METRIC].index(code)]
    if code in ON_BAND_EDGES[VARIANCE_METRIC]:
        variance = edges[VARIANCE_METRIC][ON_BAND_EDGES[VARIANCE_METRIC].index(code)]
    return plan, variance


def override_flag(trust: Trust, plan: Decimal, variance: Decimal) -> int:
    """1 for a trust in deficit or receiving deficit support (rules 3, derived)."""
    return int(plan + variance < 0 or trust.trust_code in DEFICIT_SUPPORT_CODES)


def _plan(trust: Trust) -> Decimal:
    # Most plans are to break even exactly; acute trusts plan deficits more often and larger ones.
    is_acute = trust.trust_type_id == ACUTE
    z = standing("plan", trust.trust_code) + (0.0 if is_acute else 0.8)
    slope = 3.0 if is_acute else 1.6
    if z > 0.9:
        return fixed(0.8 * (z - 0.9), 2)
    return fixed(slope * (z + 0.1), 2) if z < -0.1 else Decimal(0)


def _variance(trust: Trust, quarter_id: str) -> Decimal:
    # Many are exactly on plan; those that slip go on slipping.
    z = 0.85 * standing("variance", trust.trust_code)
    z += 0.45 * standing("variance", trust.trust_code, quarter_id)
    if trust.trust_type_id != ACUTE:
        z += 0.5
    if z > 0.7:
        return fixed(0.6 * (z - 0.7), 2)
    return fixed(1.3 * (z + 0.1), 2) if z < -0.1 else Decimal(0)
