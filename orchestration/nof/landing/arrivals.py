"""New files in the landing folders, looked at and not touched: which have settled, and for which quarter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nof.home import Home
from nof.landing.inbox import look_into
from nof.landing.lookups import read_lookups
from nof.landing.model import OVERSIGHT_DATA, Readable, Vintage
from nof.landing.reader import read_file
from nof.landing.register import read_register
from nof.landing.steps import content_of

# Path -> size and time of the last change: a file that is still being written is not the same twice.
Snapshot = dict[str, list[int]]


@dataclass(frozen=True)
class Arrival:
    """New files that one run is to land.

    Attributes:
        quarter_id: the quarter of the run: the newest one in each of its files. Empty where they name none
            and none is in hand, so that no run can be made of them.
        file_names: in order.
        key: a hash over the contents, so that the same files start one run, whatever they are called.
    """

    quarter_id: str
    file_names: tuple[str, ...]
    key: str


def snapshot(folders: Sequence[Path]) -> Snapshot:
    """Every data file of the folders as it lies there now.

    Raises:
        UsageRefused: a folder is missing, is no folder, or holds no data.
    """
    found = {}
    for path, _ in look_into(folders).found:
        state = path.lstat()
        found[str(path)] = [state.st_size, state.st_mtime_ns]
    return found


def settled_arrivals(home: Home, before: Snapshot, now: Snapshot) -> list[Arrival]:
    """The new files by quarter, the oldest quarter first; none as long as any file is changing.

    A file that names no quarter (a register, an ODS file, or one that cannot be read, which the run will
    say) goes with the newest of the others, or with the newest quarter in hand.

    Args:
        home: the warehouse; only its register is read.
        before: the folders a while ago.
        now: the folders now.
    """
    if before != now:
        return []
    register = read_register(home)
    landed = {row["sha256"] for row in register}
    by_quarter: defaultdict[str, dict[str, str]] = defaultdict(dict)
    lookups = read_lookups()
    for text in sorted(now):
        path = Path(text)
        content = content_of(path, path.name)
        # What is not even read has no hash: its name and state stand for it.
        digest = sha256(content if isinstance(content, bytes) else f"{text} {now[text]}".encode()).hexdigest()
        if digest in landed:
            continue
        read = read_file(path.name, content, lookups) if isinstance(content, bytes) else None
        units = read.vintages if isinstance(read, Readable) else ()
        quarter_id = max((each.quarter_id for each in units if isinstance(each, Vintage)), default="")
        by_quarter[quarter_id][path.name] = digest
    loose = by_quarter.pop("", {})
    if loose:
        by_quarter[max(by_quarter, default="") or _newest_landed(register)] |= loose
    return [
        Arrival(quarter_id, tuple(sorted(files)), _key(files.values()))
        for quarter_id, files in sorted(by_quarter.items())
    ]


def _key(digests: Iterable[str]) -> str:
    return sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _newest_landed(register: Sequence[dict[str, str]]) -> str:
    figures = [row["vintages"].split(";") for row in register if row["file_kind"] == OVERSIGHT_DATA]
    return max((unit.partition("/")[2] for units in figures for unit in units), default="")
