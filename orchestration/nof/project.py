"""Where the project's own files are: the dbt project, the seeds, the expectations."""

import csv
import os
from pathlib import Path


def project_root() -> Path:
    """The folder with dbt_project.yml: NOF_PROJECT_DIR, or the checkout this package is installed from."""
    named = os.environ.get("NOF_PROJECT_DIR")
    root = Path(named) if named else Path(__file__).resolve().parents[2]
    if not (root / "dbt_project.yml").is_file():
        raise FileNotFoundError(
            f"{root} holds no dbt_project.yml. Install the project from its checkout (make run does), "
            "or name the checkout in NOF_PROJECT_DIR."
        )
    return root


def read_seed(folder: str, name: str) -> list[dict[str, str]]:
    """Rows of seeds/<folder>/<name>.csv as text, in file order."""
    with (project_root() / "seeds" / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
