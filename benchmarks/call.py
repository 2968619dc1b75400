"""Calls one function in this process: `python -m benchmarks.call RESULT module:function ARGUMENTS` (JSON)."""

import importlib
import json
import sys
from pathlib import Path


def main() -> None:
    """What the function gives back goes into RESULT as JSON."""
    result, target, arguments = sys.argv[1:]
    module, _, function = target.partition(":")
    given = getattr(importlib.import_module(module), function)(*json.loads(arguments))
    Path(result).write_text(json.dumps(given), encoding="utf-8")


if __name__ == "__main__":
    main()
