"""What the values of each metric look like: centre, spread and limits, near the published distributions."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Recipe:
    """How a standing (0 ordinary, positive good) becomes a value in the metric's own unit.

    `curve` bends the bad end outwards; `seasons` is added in Q1 to Q4; `by_type` is added for a trust type.
    """

    centre: float
    spread: float
    curve: float = 0.0
    low: float | None = None
    high: float | None = None
    places: int = 2
    seasons: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    by_type: dict[str, float] = field(default_factory=dict)


RECIPES: dict[str, Recipe] = {
    "OF0003": Recipe(1.35, 0.75, curve=0.25, low=0.0, high=9.0, seasons=(0.3, 0.2, 0.0, -0.4)),
    "OF0005": Recipe(0.4, 2.4, curve=1.1, low=0.0, high=70.0),
    "OF0010": Recipe(77.5, 5.5, low=50.0, high=99.0, seasons=(0.0, -0.6, 0.4, 1.5)),
    "OF0011": Recipe(71.5, 7.5, low=40.0, high=98.0, seasons=(-0.8, 0.0, 0.6, 2.0)),
    "OF0013": Recipe(75.5, 5.0, low=50.0, high=97.0, seasons=(1.0, 0.5, -2.5, 1.5)),
    "OF0014": Recipe(9.0, 3.6, curve=0.5, low=0.2, high=35.0, seasons=(-0.8, -1.2, 1.6, 0.8)),
    "OF0016": Recipe(65.0, 13.5, low=20.0, high=98.0),
    "OF0017": Recipe(30.5, 4.0, low=20.0, high=55.0, seasons=(-0.5, 0.0, 2.5, -1.0)),
    "OF0020": Recipe(3.0, 2.2, curve=0.6, low=0.0, high=25.0, places=0),
    "OF0023": Recipe(62.0, 6.0, low=42.0, high=90.0, seasons=(-1.0, 0.0, 0.4, 2.0)),
    "OF0025": Recipe(0.85, 0.3, curve=0.05, low=0.05, high=4.0),
    "OF0041": Recipe(7.0, 11.5, low=-45.0, high=60.0),
    "OF0048": Recipe(1.17, 0.22, low=0.1, high=2.6),
    "OF0057": Recipe(86.0, 5.5, low=40.0, high=99.5),
    "OF0061": Recipe(
        6.41, 0.27, low=5.0, high=8.0, by_type={"mental_health_and_community": 0.4, "ambulance": -0.2}
    ),
    "OF0063": Recipe(23.5, 5.5, low=8.0, high=41.0),
    "OF0082": Recipe(
        5.1,
        0.7,
        low=2.0,
        high=9.0,
        seasons=(0.3, 0.0, 0.1, 0.7),
        by_type={"mental_health_and_community": 0.5, "ambulance": 1.3},
    ),
    "OF0084": Recipe(
        6.87, 0.24, low=5.0, high=8.0, by_type={"mental_health_and_community": 0.21, "ambulance": -0.7}
    ),
    "OF0085": Recipe(2.6, 3.4, low=-15.0, high=15.0, places=1),
    "OF0086": Recipe(104.0, 11.5, low=65.0, high=145.0),
    "OF0088": Recipe(1.12, 0.3, low=0.2, high=4.5),
    "OF0106": Recipe(0.1, 1.8, low=-9.0, high=9.0),
    "UN0003": Recipe(76.0, 6.0, low=50.0, high=95.0),
    # Beside the scores: invented altogether, as no published file carries them.
    "UN0005": Recipe(8.3, 0.3, low=5.0, high=10.0),
    "UN0006": Recipe(1.5, 0.5, curve=0.15, low=0.0, high=8.0),
    "UN0007": Recipe(76.0, 4.5, low=50.0, high=95.0),
    "UN0008": Recipe(41.0, 10.0, low=5.0, high=85.0, seasons=(-1.0, -0.4, 0.3, 1.2)),
    "UN0009": Recipe(22.0, 7.5, curve=0.8, low=0.0, high=70.0, seasons=(0.5, -0.5, 0.0, -2.5)),
    "UN0010": Recipe(2.5, 6.5, low=-35.0, high=45.0),
}

# A board is an average over several trusts: its values lie closer together.
_ICB_SPREAD, _ICB_CURVE = 0.6, 0.4
_ICB_RECIPES = {"OF0020": Recipe(9.0, 3.5, curve=0.6, low=0.0, high=60.0, places=0)}


def recipe_of(metric_id: str, trust_type_id: str) -> Recipe:
    """The recipe of a metric for organisations of a type.

    Raises:
        LookupError: the framework has a metric that nothing is invented for yet.
    """
    if metric_id not in RECIPES:
        raise LookupError(
            f"{metric_id} has no recipe, so the bundled nation can have no value of it. Add one to "
            "orchestration/nof/sample/recipes.py, then make sample."
        )
    recipe = RECIPES[metric_id]
    if trust_type_id != "icb":
        return recipe
    closer = replace(recipe, spread=recipe.spread * _ICB_SPREAD, curve=recipe.curve * _ICB_CURVE)
    return _ICB_RECIPES.get(metric_id, closer)


# From the best label down: the standing above which a trust gets it. Those of a scored metric are the labels
# of label_bands.csv.
LABELS: dict[str, tuple[tuple[float, str], ...]] = {
    "OF0067": (
        (1.2, "Outstanding"),
        (-0.3, "Good"),
        (-1.5, "Requires improvement"),
        (-9.0, "Inadequate"),
    ),
    "OF0035": (
        (1.5, "Better than expected"),
        (-1.2, "About the same"),
        (-1.5, "Somewhat worse than expected"),
        (-1.9, "Worse than expected"),
        (-9.0, "Much worse than expected"),
    ),
    "UN0002": (
        (1.5, "Better than expected"),
        (-1.3, "About the same"),
        (-1.6, "Somewhat worse than expected"),
        (-2.0, "Worse than expected"),
        (-9.0, "Much worse than expected"),
    ),
    "UN0001": ((1.2, "Lower than expected"), (-1.2, "As expected"), (-9.0, "Higher than expected")),
    # No bands of it are known: three plain words, which no score reads.
    "UN0004": ((1.3, "Lower than expected"), (-1.3, "As expected"), (-9.0, "Higher than expected")),
}

RANKED_UNROUNDED = frozenset({"OF0005", "OF0061", "OF0082", "OF0084"})
"""NHS England ranks these on values that it does not publish (rules 1); the others tie as published."""

UNROUNDED_PLACES = 6
