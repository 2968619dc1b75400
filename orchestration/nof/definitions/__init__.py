"""Dagster's view of a run: the same steps as `nof run`, as assets, checks, a job and a schedule.

Nothing outside this folder imports Dagster. Load it with `dagster dev -m nof.definitions`; the graph is made
when Dagster asks for it, because it needs dbt to read the project.
"""

from dagster import Definitions, definitions


@definitions
def defs() -> Definitions:
    """All that Dagster is to know."""
    from nof.definitions.graph import graph  # noqa: PLC0415 - loads dagster-dbt, seconds

    return graph()
