"""What was fetched into a home: for each address the file, its hash, and what the server said to ask by."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nof.durable import write_durably
from nof.errors import UsageRefused
from nof.home import Home

FILE_NAME = "fetched.json"


def read_ledger(home: Home) -> dict[str, dict[str, Any]]:
    """Entries by address; none where nothing was fetched.

    Raises:
        UsageRefused: the file was damaged.
    """
    path = _path(home)
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
            raise ValueError("no entries by address")
    except (OSError, ValueError) as error:
        raise UsageRefused(
            f"{path} cannot be read: {error}. Remove it: every file is then fetched once more, and one that "
            "is as before is not landed again."
        ) from None
    return found


def write_ledger(home: Home, entries: Mapping[str, Mapping[str, Any]]) -> None:
    """Write all entries, whole or not at all."""
    content = json.dumps(entries, indent=2, sort_keys=True, ensure_ascii=False)
    write_durably(_path(home), f"{content}\n".encode())


def _path(home: Home) -> Path:
    return home.root / FILE_NAME
