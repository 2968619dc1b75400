"""The steps that make a release of a build: its tables, what travels with it, its site, and its place."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from nof import landing, release
from nof.companions import companions, write_companions
from nof.engines.engine import Engine
from nof.steps.request import Prepared

Progress = Callable[[str], None]


def assemble(prepared: Prepared) -> None:
    """Make the tables of the release in every format, in the private folder of the build."""
    release.assemble(
        prepared.candidate,
        build_database=prepared.database,
        gate_results=prepared.gate_results,
        home=prepared.request.home,
    )


def make_companions(prepared: Prepared, progress: Progress) -> None:
    """Make what travels with the release beside its tables: dictionary, difference, workbook and the like."""
    write_companions(prepared.candidate, progress)


def make_site(prepared: Prepared) -> int:
    """Make the pages that travel with the release, from all that the candidate holds by now.

    Returns:
        How many files they are.
    """
    from nof.site.write import FOLDER, write_site  # noqa: PLC0415 - what draws charts is heavy

    candidate = prepared.candidate.folder
    return len(write_site(candidate, candidate / FOLDER))


def publish(prepared: Prepared, engine: Engine | None = None) -> Path:
    """Look over the whole candidate, seal it, enter the new files into the register, and promote it.

    Args:
        prepared: what the run stands on.
        engine: that has made the figures, for the home's events; None for DuckDB.

    Raises:
        ReleaseRefused: the candidate holds what may not leave the build, has no site, or cannot be sealed.
    """
    from nof.site.complete import check_site  # noqa: PLC0415
    from nof.site.write import FOLDER  # noqa: PLC0415

    check_site(prepared.candidate.folder, prepared.candidate.folder / FOLDER)
    release.check_governance(
        prepared.candidate,
        build_database=prepared.database,
        companion_files=[name for each in companions() for name in each.files],
    )
    release.seal_candidate(prepared.candidate)
    # The register first: a release whose files are not landed could not be rebuilt, while landed files
    # without a release are released by the next run.
    landing.register_new_files(prepared.request.home, prepared.landed)
    released = release.promote(
        candidate=prepared.candidate.folder,
        home=prepared.request.home,
        quarter_id=prepared.quarter_id,
        release_id=prepared.release_id,
        framework_is_in_force=prepared.is_framework_in_force,
        scored_on=f"{engine.name} {engine.version}" if engine else f"duckdb {version('duckdb')}",
    )
    release.clean_build(prepared.request.home)
    return released
