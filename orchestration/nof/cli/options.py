"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Layout(StrEnum):
    """How something is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


HomeOption = Annotated[Path, typer.Option("--home", help="The warehouse: everything it keeps is in here.")]
