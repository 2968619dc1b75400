"""The engine that makes the figures of a run: DuckDB in this process, or one that a team has already."""

from nof.engines.engine import DUCKDB, ENGINES, ROOMS, Choice, Engine, EngineFailed, EngineRefused
from nof.engines.opened import opened
from nof.settings.engine import EngineName

__all__ = [
    "DUCKDB",
    "ENGINES",
    "ROOMS",
    "Choice",
    "Engine",
    "EngineFailed",
    "EngineName",
    "EngineRefused",
    "opened",
]
