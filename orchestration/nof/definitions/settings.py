"""What the environment says about a warehouse when Dagster starts; a run may be configured otherwise."""

import os
from pathlib import Path

from nof.home import Home
from nof.settings import inbox_of, read_settings


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
    home = Home(Path(home_folder()))
    inbox = inbox_of(home, read_settings(home))
    has_files = inbox.is_dir() and any(path.suffix.lower() == ".csv" for path in inbox.iterdir())
    return [str(inbox)] if has_files else []
