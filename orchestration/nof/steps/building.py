"""The steps that build: a home held, rows as text in a build database, the rooms and the dbt of a build."""

from collections.abc import Iterator
from contextlib import contextmanager

from nof import landing, release
from nof.engines.engine import Engine
from nof.engines.rooms import Rooms
from nof.halted import said_in_words
from nof.home import Home
from nof.release.previous import write_lineage
from nof.steps.request import Prepared
from nof.warehouse import Warehouse


@contextmanager
def hold(home: Home) -> Iterator[None]:
    """Hold a home for one whole run, after putting right what a killed run left in it.

    Raises:
        NofError: another run holds the home, or the machine does not let this one go on.
    """
    with said_in_words(), home.lock():
        release.recover(home)
        yield


def write_landing(prepared: Prepared) -> None:
    """Make the build database anew and put the rows as text into it."""
    import duckdb  # noqa: PLC0415 - `nof releases` does without

    if not prepared.landed.is_read:
        raise ValueError(f"{prepared.release_id} is released, so its rows were not read and it is not built.")
    prepared.folder.mkdir(parents=True, exist_ok=True)
    prepared.database.unlink(missing_ok=True)
    with duckdb.connect(str(prepared.database)) as connection:
        landing.write_landing(
            connection,
            prepared.landed,
            framework_id=prepared.framework_id,
            quarter_id=prepared.quarter_id,
        )
        write_lineage(connection, prepared.lineage, release_id=prepared.release_id)


def new_rooms(prepared: Prepared, engine: Engine | None) -> Rooms:
    """The rooms of this build, on whichever engine; keep them for the whole run."""
    return Rooms.of(prepared.database, prepared.folder / "dbt", engine)


def new_warehouse(prepared: Prepared) -> Warehouse:
    """The dbt of this build; keep it for the whole run, it parses the project once."""
    return Warehouse(prepared.database, prepared.folder / "dbt")
