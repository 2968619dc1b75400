"""Where the project's own files are: the dbt project, the seeds, the expectations."""

import csv
import os
from pathlib import Path

from nof.errors import UsageRefused

# Where a wheel has them, in the package (setup.py puts them there).
PACKED = "_project"


def project_root() -> Path:
    """The folder with dbt_project.yml.

    NOF_PROJECT_DIR where it is set; else what the wheel brought, or the checkout that the package lies in.

    Raises:
        FileNotFoundError: there is none.
    """
    root = _named() or (_packed() if _packed().is_dir() else Path(__file__).resolve().parents[2])
    if not (root / "dbt_project.yml").is_file():
        raise FileNotFoundError(
            f"{root} holds no dbt_project.yml. Install nof from its checkout (make run does) or from a wheel "
            "(make wheel makes it), or name a checkout in NOF_PROJECT_DIR."
        )
    return root


def checkout() -> Path:
    """The project where it may be changed, for what writes into it.

    Raises:
        UsageRefused: it was installed from a wheel.
    """
    root = project_root()
    if root.resolve() == _packed():
        raise UsageRefused(
            f"This changes the project, and {root} is a copy that was installed from a wheel. "
            "Run it in a checkout, or name one in NOF_PROJECT_DIR."
        )
    return root


def kept_between_runs() -> Path:
    """Where runs keep what they need not make again; nothing is lost with it.

    `target/` of a checkout. Where the project is installed, or may not be written to, the cache folder that
    the system gives each user.
    """
    root = project_root()
    if root.resolve() != _packed() and os.access(root, os.W_OK):
        return root / "target"
    from platformdirs import user_cache_path  # noqa: PLC0415 - a checkout needs it not

    return user_cache_path("nof", appauthor=False)


def read_seed(folder: str, name: str) -> list[dict[str, str]]:
    """Rows of seeds/<folder>/<name>.csv as text, in file order."""
    with (project_root() / "seeds" / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _named() -> Path | None:
    named = os.environ.get("NOF_PROJECT_DIR")
    return Path(named) if named else None


def _packed() -> Path:
    return Path(__file__).resolve().parent / PACKED
