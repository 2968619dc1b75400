"""Values of the nation before its cases: from a trust's standing, by the recipe of each metric."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nof.sample.cases import DEFICIT_BUT_BEST_CODE, PROGRAMME_CODE
from nof.sample.draws import fixed, share, standing
from nof.sample.nation import ACUTE, Trust
from nof.sample.periods import QUARTER_IDS, reporting_date
from nof.sample.recipes import LABELS, RANKED_UNROUNDED, UNROUNDED_PLACES, recipe_of

Metric = Mapping[str, str]
"""A row of seeds/framework/metrics.csv."""

# A trust is the same trust from quarter to quarter: how much of its standing is general, the domain's, the
# metric's own, and this period's.
_GENERAL, _DOMAIN, _OWN, _PERIOD = 0.5, 0.35, 0.6, 0.3
_BEST, _WORST = 2.4, -1.9

# The share of trusts with a CQC rating inside the two-year window, by when it falls in.
_RATED_THROUGHOUT, _RATED_UNTIL_Q2, _RATED_FROM_Q3 = 0.13, 0.17, 0.21


@dataclass(frozen=True)
class Cell:
    """One trust's value: unrounded as NHS England ranks it, or a label, or shorthand."""

    number: Decimal | None = None
    text: str | None = None


def trust_standing(trust: Trust, metric: Metric, period: str) -> float:
    """How good a trust is at a metric in a period; 0 is ordinary, positive is better."""
    metric_id, code = metric["metric_id"], trust.trust_code
    now = standing("period", code, metric_id, period)
    if code == DEFICIT_BUT_BEST_CODE:
        return _BEST + 0.1 * now
    if code == PROGRAMME_CODE:
        return _WORST + 0.2 * now
    return (
        _GENERAL * standing("trust", code)
        + _DOMAIN * standing("domain", code, metric["domain_id"])
        + _OWN * standing("metric", code, metric_id)
        + _PERIOD * now
    )


def number_cell(trust: Trust, metric: Metric, quarter_id: str, fails_floor: bool) -> Cell:
    """The value of a number metric, at the places that NHS England ranks it on."""
    metric_id = metric["metric_id"]
    recipe = recipe_of(metric_id, trust.trust_type_id)
    # The text of the period names the draw: a survey, a cost year and so on change only when it changes.
    z = trust_standing(trust, metric, reporting_date(metric_id, quarter_id))
    sign = 1.0 if metric["polarity"] == "higher" else -1.0
    value = recipe.centre + recipe.by_type.get(trust.trust_type_id, 0.0)
    value += recipe.seasons[QUARTER_IDS.index(quarter_id)] + sign * recipe.spread * z
    if z < 0:
        value -= sign * recipe.curve * z * z
    if recipe.low is not None:
        value = max(value, recipe.low)
    if recipe.high is not None:
        value = min(value, recipe.high)
    if metric_id == "OF0057":
        # The recorded pool is the passing part, so who fails the floor is decided beforehand.
        value = min(69.99, value - 22.0) if fails_floor else max(value, 71.4)
    places = UNROUNDED_PLACES if metric_id in RANKED_UNROUNDED else recipe.places
    return Cell(number=fixed(value, places))


def label_cell(trust: Trust, metric: Metric, quarter_id: str) -> Cell | None:
    """The label of a banded metric; none for a trust without a CQC rating inside the window."""
    metric_id = metric["metric_id"]
    if metric_id == "OF0067" and not _is_rated(trust, quarter_id):
        return None
    # A rating stands until the next one; the other labels move with their period.
    period = "standing" if metric_id == "OF0067" else reporting_date(metric_id, quarter_id)
    z = trust_standing(trust, metric, period)
    return Cell(text=next(label for edge, label in LABELS[metric_id] if z > edge))


def _is_rated(trust: Trust, quarter_id: str) -> bool:
    drawn = share("rated", trust.trust_code) * (1.0 if trust.trust_type_id == ACUTE else 1.6)
    if drawn < _RATED_THROUGHOUT:
        return True
    is_early = quarter_id in QUARTER_IDS[:2]
    return drawn < _RATED_UNTIL_Q2 if is_early else _RATED_UNTIL_Q2 <= drawn < _RATED_FROM_Q3
