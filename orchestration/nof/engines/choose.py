"""Which engine a run takes: what was asked for, else what nof.toml says, else DuckDB."""

import os
from typing import cast

from nof.engines.engine import ENGINES, Choice
from nof.errors import UsageRefused
from nof.home import Home
from nof.settings import read_settings
from nof.settings.engine import EngineName

ADDRESS = "NOF_ENGINE_URL"


def choose(home: Home, asked: str | None) -> Choice:
    """The engine of a run.

    Args:
        home: whose nof.toml is read.
        asked: the engine asked for by name; None where nobody has.

    Raises:
        UsageRefused: there is no such engine, or nof.toml cannot be read.
    """
    if asked is not None and asked not in ENGINES:
        raise UsageRefused(f"There is no engine {asked!r}. There are {', '.join(ENGINES)}.")
    settings = read_settings(home).engine
    return Choice(
        name=cast(EngineName, asked) if asked else settings.name,
        address=os.environ.get(ADDRESS) or settings.address or "",
        folder=home.root / settings.folder if settings.folder else None,
    )
