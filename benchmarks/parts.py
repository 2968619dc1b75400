"""The parts of the benchmark, in the order of the page. Each is imported only in the process that runs it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One part.

    Attributes:
        key: its name on the command line, and of its result.
        module: the module with `measure(settings) -> Part`.
        needs: packages that it takes beside those of the lock's main part.
        reads_release: whether it wants a release of the bundled nation to be there.
    """

    key: str
    module: str
    needs: tuple[str, ...] = ()
    reads_release: bool = False


PARTS = (
    Listed("run", "benchmarks.run.part"),
    Listed("scoring", "benchmarks.scoring.part", needs=("pandas", "polars")),
    Listed("likely_ranges", "benchmarks.likely_ranges.part", reads_release=True),
    Listed("readers", "benchmarks.readers.part", reads_release=True),
    Listed("landing", "benchmarks.landing.part"),
    Listed("records", "benchmarks.records.part", needs=("pyspark",)),
    Listed("engines", "benchmarks.engines.part", needs=("pyspark", "dbt-spark", "dbt-postgres")),
)


def listed(key: str) -> Listed:
    """The part with this name.

    Raises:
        KeyError: there is none.
    """
    for part in PARTS:
        if part.key == key:
            return part
    raise KeyError(f"There is no part {key!r}. Parts: {', '.join(part.key for part in PARTS)}.")
