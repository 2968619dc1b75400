"""What the environment says about a warehouse when Dagster starts; a run may be configured otherwise."""

import os


def home_folder() -> str:
    """NOF_HOME, or the same default as `nof run --home`."""
    return os.environ.get("NOF_HOME") or "warehouse"


def landing_folders() -> list[str]:
    """The folders in NOF_LANDING, separated as in PATH; none stands on what is landed."""
    return [each for each in os.environ.get("NOF_LANDING", "").split(os.pathsep) if each]
