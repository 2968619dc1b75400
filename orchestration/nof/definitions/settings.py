"""What the environment says about a warehouse when Dagster starts; a run may be configured otherwise."""

import os
from pathlib import Path

from nof.home import Home
from nof.landing.folders import folders_of


def home_folder() -> str:
    """NOF_HOME, or the same default as `nof run --home`."""
    return os.environ.get("NOF_HOME") or "warehouse"


def landing_folders() -> list[str]:
    """The folders in NOF_LANDING, separated as in PATH; else the home's inbox, where there is one.

    None at all stands on what is landed.
    """
    named = [each for each in os.environ.get("NOF_LANDING", "").split(os.pathsep) if each]
    if named:
        return named
    return [str(each) for each in folders_of(Home(Path(home_folder())))]
