"""`python -m nof.sample` regenerates the bundled seeds; with `--check` it only says which are stale."""

import argparse
import sys

from nof.project import checkout
from nof.sample.seeds import stale_seeds, write_seeds


def main() -> int:
    """Write or check the seeds; 1 when a check finds one that is stale."""
    parser = argparse.ArgumentParser(prog="python -m nof.sample", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed seeds, write nothing"
    )
    folder = checkout() / "seeds" / "sample"
    if parser.parse_args().check:
        stale = stale_seeds(folder)
        for name in stale:
            sys.stdout.write(f"{folder / name} is not what the script makes. Run: python -m nof.sample\n")
        return 1 if stale else 0
    for path in write_seeds(folder):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
