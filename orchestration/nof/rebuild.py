"""Every release of a home made again from its landed files, in a new home and in the order of their landing.

The events of the old home, where they are left, say which releases there were and what became of each.
Without them the register of landed files says on which days files came, and a run is made for each of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from nof import release, steps
from nof.durable import write_durably
from nof.errors import NofError, UsageRefused
from nof.home import Home
from nof.landing.lookups import read_lookups
from nof.landing.model import Landed, LandedFile
from nof.landing.register import landed_path, read_landed_files, read_register, write_register
from nof.landing.vintages import current_vintages
from nof.release.events import Event, append_event, read_events
from nof.release.identity import inputs_hash, seed_hashes
from nof.release.seal import named
from nof.run import run
from nof.settings import FILE_NAME

# What a run enters by itself.
_FOLLOWS = "superseded"


class NotRebuilt(NofError):
    """A release cannot be made as it was (exit status 1)."""

    consequence = "What was made before it in the new home stays, and the old home is as it was."


@dataclass(frozen=True)
class Wanted:
    """One release that is to be made.

    Attributes:
        landed_count: it stands on so many of the first files of the register.
        day: of the run.
        quarter_id: its newest quarter; None for the newest in hand.
        framework_id: None for the one in force.
        event: that entered it in the old home; None where only the register is left.
    """

    landed_count: int
    day: date
    quarter_id: str | None = None
    framework_id: str | None = None
    event: Event | None = None


@dataclass(frozen=True)
class Rebuilt:
    """What a step of the rebuild came to.

    Attributes:
        release: as `current` would name it.
        what: made, finalised, withdrawn or pruned, or left out.
        before: the release that it was in the old home, where it has another id now.
    """

    release: str
    what: str
    before: str = ""


def rebuild(
    source: Home, home: Home, *, is_other_code: bool = False, progress: steps.Progress
) -> Iterator[Rebuilt]:
    """Make the releases of `source` again in `home`, and say of each what was said of it.

    Begun again after it was cut short, it goes on where it ended.

    Args:
        source: what is left of a home: `landed/` whole; `events/` and `nof.toml` where they are left.
        home: a new one.
        is_other_code: make releases also where this version of the code gives them another id.
        progress: told what is being done.

    Yields:
        Each release and each event, in order, those of an earlier attempt too.

    Raises:
        UsageRefused: `source` has no landed files, or `home` is in use for something else.
        NotRebuilt: this code gives a release another id; or the register lacks a file that it was made from.
        NofError: what is left is damaged, or a run was refused.
    """
    if source.root.resolve() == home.root.resolve():
        raise UsageRefused(
            "The new home is the old one. Name another folder (--home), and move it afterwards."
        )
    files = read_landed_files(source, read_lookups())
    events = read_events(source)
    if not files and not events:
        raise UsageRefused(f"Nothing is landed in {source.root}. Name the home that landed/ was kept of.")
    wanted = _of_events(events, files) if events else _of_register(files)
    if (source.root / FILE_NAME).is_file() and not (home.root / FILE_NAME).exists():
        write_durably(home.root / FILE_NAME, (source.root / FILE_NAME).read_bytes())
    with steps.hold(home):
        done = [each for each in read_events(home) if each.kind != _FOLLOWS]
    now: dict[str, str] = {}  # the release of the old home -> the same in the new one
    for each in wanted:
        if isinstance(each, Event):
            name = now[each.release]
            if each.kind == "finalised" and name != each.release:
                yield Rebuilt(name, "not finalised: it is not what was signed off", each.release)
            else:
                yield _said_again(home, each, done.pop(0) if done else None, name)
            continue
        before = each.event.release if each.event else ""
        if done:
            known = done.pop(0)
            if known.kind != "released" or (before not in {"", known.release} and not is_other_code):
                raise _in_use(home, known)
            name = known.release
        else:
            name = _make(source, home, each, is_other_code=is_other_code, progress=progress)
        now[before] = name
        yield Rebuilt(name, "made", before if before != name else "")
    if done:
        raise _in_use(home, done[0])


def _of_events(events: Sequence[Event], files: Sequence[LandedFile]) -> list[Wanted | Event]:
    """The releases in their order, each with the files that it was made from, and what was said of them."""
    found: list[Wanted | Event] = []
    seeds = seed_hashes()
    there: set[str] = set()
    for event in events:
        # One that was made again without a prune had been lost: here it was not.
        if event.kind == _FOLLOWS or (event.kind == "released" and event.release in there):
            continue
        (there.discard if event.kind == "pruned" else there.add)(event.release)
        if event.kind != "released":
            found.append(event)
            continue
        day = event.details["released_date"] or event.at[:10]
        found.append(
            Wanted(
                landed_count=_count(event, files, seeds),
                day=date.fromisoformat(day),
                quarter_id=event.quarter_id,
                framework_id=event.framework_id,
                event=event,
            )
        )
    return found


def _count(event: Event, files: Sequence[LandedFile], seeds: dict[str, str]) -> int:
    """How many of the first landed files give the inputs that a release was made from."""
    if event.details["is_bundled"] == "true":
        return 0
    for count in range(1, len(files) + 1):
        first = tuple(files[:count])
        inputs = steps.inputs_of(Landed(first, current_vintages(first)).up_to(event.quarter_id))
        if inputs_hash([entry.as_text() for entry in inputs], seeds) == event.details["inputs_sha256"]:
            return count
    raise NotRebuilt(
        f"{event.release} was made from {event.details.get('input_count', 'other')} landed files, and the "
        "register has not got them all. Put landed/ back from a later copy."
    )


def _of_register(files: Sequence[LandedFile]) -> list[Wanted]:
    """A run for each day on which files were landed."""
    days = sorted({file.landed_date for file in files})
    return [Wanted(sum(file.landed_date <= day for file in files), day) for day in days]


def _make(source: Home, home: Home, wanted: Wanted, *, is_other_code: bool, progress: steps.Progress) -> str:
    """Make one release; its name."""
    with steps.hold(home):
        _land_first(source, home, wanted.landed_count)
    request = steps.Request(home, (), wanted.quarter_id, wanted.framework_id, is_mended=True)
    if wanted.event is not None and not is_other_code:
        _refuse_other_code(request, wanted.event, wanted.day)
    return named(run(request, today=wanted.day, progress=progress).release)


def _refuse_other_code(request: steps.Request, event: Event, day: date) -> None:
    with steps.hold(request.home):
        prepared = steps.prepare(request, today=day)
    if prepared.release_id == event.release_id:
        return
    version = event.details.get("code_version", "unknown")
    method = "the same" if event.details.get("method_sha256") == release.method_hash() else "another"
    raise NotRebuilt(
        f"{event.release} was made by other code (version {version}, {method} method): this one would make "
        f"{event.quarter_id}/{prepared.release_id}. Check out the version that "
        "made it and run `nof rebuild` again, it goes on here; or make it by this code, under another id: "
        "--other-code."
    )


def _land_first(source: Home, home: Home, count: int) -> None:
    """Bring the first files of the register into the new home, as they were landed."""
    wanted, there = read_register(source)[:count], read_register(home)
    if there != wanted[: len(there)]:
        raise UsageRefused(
            f"{home.register} holds other files than {source.register} does. Name a new home (--home)."
        )
    for entry in wanted[len(there) :]:
        content = landed_path(source, entry["sha256"], entry["file_name"]).read_bytes()
        copy = landed_path(home, entry["sha256"], entry["file_name"])
        write_durably(copy, content)
        if sha256(copy.read_bytes()).hexdigest() != entry["sha256"]:
            raise NofError(f"{copy} does not hold what was written to it. Check the disk and run again.")
    if len(wanted) > len(there):
        write_register(home, wanted)


def _said_again(home: Home, event: Event, known: Event | None, name: str) -> Rebuilt:
    """Enter what was said of a release, and let the home follow it."""
    quarter_id, _, release_id = name.partition("/")
    if known is not None:
        if (known.kind, known.release) != (event.kind, name):
            raise _in_use(home, known)
        return Rebuilt(name, event.kind)
    with steps.hold(home):
        append_event(
            home,
            event.kind,
            quarter_id=quarter_id,
            release_id=release_id,
            framework_id=event.framework_id,
            by_role=event.by_role,
            reason=f"{event.reason} (said on {event.at[:10]}, before the home was rebuilt)",
            details=event.details,
        )
        release.recover(home)
    return Rebuilt(name, event.kind)


def _in_use(home: Home, event: Event) -> UsageRefused:
    return UsageRefused(
        f"{home.root} is in use: its event {event.number} ({event.kind} {event.release}) is none of this "
        "rebuild. Name a new home (--home)."
    )
