"""Whether a page that was run said and did what it must: its output, its sample output, its install lines."""

import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from clients.blocks import Block
from clients.compare import differences
from clients.expected import EXPECTED
from clients.figures import Figures

# Run by the environment that is asked about; prints what each requirement lacks.
_ASK = """
import sys
from importlib.metadata import PackageNotFoundError, version
from packaging.requirements import Requirement

for text in sys.argv[1:]:
    wanted = Requirement(text)
    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        found = None
    if found is None or not wanted.specifier.contains(found, prereleases=True):
        print(f"{text} (here: {found})")
"""


class GuideStale(AssertionError):
    """A page that ran and did not do what it says: which block, and what differs."""


def check_outputs(blocks: Sequence[Block], printed: Mapping[Block, str], figures: Figures) -> None:
    """Hold every block that was run against its figures, and sample output against what was printed.

    Raises:
        GuideStale: a block printed something else, or something that no figures are known for.
    """
    samples = {block.name: block for block in blocks if block.mark == "output"}
    for block, text in printed.items():
        if not block.name:
            if text.strip():
                raise GuideStale(
                    f"{block.place}: prints {text.strip()[:200]!r}; mark it run=NAME, with figures."
                )
            continue
        rows_of = EXPECTED.get((block.page, block.name))
        if rows_of is None:
            raise GuideStale(
                f"{block.place}: no figures are known for {block.name!r}; add them to expected.py."
            )
        wrong = differences(text, rows_of(figures), figures.keys)
        if wrong:
            raise GuideStale(f"{block.place}, {block.name}: {'; '.join(wrong[:5])}")
        sample = samples.pop(block.name, None)
        if sample is not None and figures.is_bundled and _trimmed(sample.text) != _trimmed(text):
            raise GuideStale(f"{sample.place}: the page shows other output than its block prints:\n{text}")
    if samples:
        raise GuideStale(f"{next(iter(samples.values())).place}: no block that was run has that name.")


def check_setup(blocks: Sequence[Block], programs: Path) -> None:
    """Whether the environment that the page runs in is what its install lines install.

    Raises:
        GuideStale: an install line asks for a version that is not the one here, or cannot be read.
    """
    for block in blocks:
        if block.mark != "setup":
            continue
        for line in block.text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:2] != ["pip", "install"]:
                continue
            wanted = [word for word in words[2:] if not word.startswith("-")]
            asked = subprocess.run(
                [programs / "python", "-c", _ASK, *wanted], capture_output=True, text=True, check=False
            )
            if asked.returncode != 0 or asked.stdout.strip():
                raise GuideStale(f"{block.place}: {asked.stdout.strip() or asked.stderr.strip()}")


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
