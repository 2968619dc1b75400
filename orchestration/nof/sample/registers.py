"""The dated register of the bundled nation, use after use; no winter entry or list of peers is invented."""

from collections.abc import Mapping, Sequence

from nof.sample.decisions import (
    deficit_support,
    exclusions,
    groups,
    icb_memberships,
    organisation_changes,
    programme_decisions,
)
from nof.sample.entries import Entry, in_order
from nof.sample.grid import Grid
from nof.sample.nation import Trust
from nof.sample.ratings import capability_ratings, icb_assessments
from nof.sample.targets import baselines, plans, services


def register_rows(
    grid: Grid, trusts: Sequence[Trust], icbs: Sequence[Trust], leads: Mapping[str, str]
) -> list[Entry]:
    """Every entry of the file, in landing names.

    Args:
        grid: the cells of the current editions, which plans, baselines and services agree with.
        trusts: the nation.
        icbs: its boards.
        leads: the board that each trust belongs to.
    """
    return [
        row
        for of_one_register in (
            capability_ratings(trusts),
            programme_decisions(),
            icb_assessments(icbs),
            deficit_support(),
            services(grid, trusts),
            exclusions(),
            plans(grid, trusts),
            baselines(grid, trusts),
            icb_memberships(leads, icbs),
            organisation_changes(),
            groups(),
        )
        for row in in_order(of_one_register)
    ]
