"""What nof.toml may say about the engine of a home, under [engine]."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from nof.settings.types import StrictSettings

EngineName = Literal["duckdb", "postgres", "spark"]


def _address(address: str) -> str:
    """The URL of a database without a password in it; raises ValueError without repeating it."""
    if not address.startswith(("postgresql://", "postgres://")):
        raise ValueError("is no address of a database: write postgresql://USER@HOST:PORT/DATABASE")
    if urlsplit(address).password or "password=" in address:
        raise ValueError(
            "holds a password, which does not belong into a file of settings: PGPASSWORD, ~/.pgpass or a "
            "service file has it"
        )
    return address


class EngineSettings(StrictSettings):
    """The engine of a home.

    Attributes:
        name: what makes the figures where a run does not say.
        address: of the PostgreSQL database, without a password; NOF_ENGINE_URL goes before it.
        folder: where Spark keeps what is landed and what it builds, within the home unless its path is a
            whole one; by default in the folder of the build, which is gone after the run.
    """

    name: EngineName = "duckdb"
    address: Annotated[str, AfterValidator(_address)] | None = None
    folder: Path | None = None
