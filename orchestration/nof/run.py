"""The whole way, once: `nof run`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nof import engines, gates, steps
from nof.gates import GateResult
from nof.landing import SetAside


@dataclass(frozen=True)
class Outcome:
    """What a run ended with.

    Attributes:
        release: the folder of the release.
        is_new: False where exactly this release was there already.
        gates: what the gates found; empty where nothing was built.
        set_aside: files refused before and again now, without which the run went on.
        is_bundled: whether the bundled seeds were scored, because nothing is landed.
    """

    release: Path
    is_new: bool
    gates: tuple[GateResult, ...]
    set_aside: tuple[SetAside, ...]
    is_bundled: bool


def run(request: steps.Request, *, today: date, progress: steps.Progress) -> Outcome:
    """Land, build, gate and publish.

    Args:
        request: what is asked for.
        today: the day on which new files count as landed.
        progress: told what is being done.

    Raises:
        NofError: with the exit status that the contract gives it; nothing is published then.
    """
    with steps.hold(request.home):
        progress("Landing")
        prepared = steps.prepare(request, today=today)
        if prepared.clock_warning:
            progress(prepared.clock_warning)
        if prepared.is_released:
            return outcome_of(prepared, is_new=False, results=())
        with engines.opened(request.engine, prepared.folder) as engine:
            return _build(prepared, engine, today=today, progress=progress)


def _build(
    prepared: steps.Prepared, engine: engines.Engine | None, *, today: date, progress: steps.Progress
) -> Outcome:
    steps.write_landing(prepared)
    progress("Reading the project")
    rooms = steps.new_rooms(prepared, engine)
    rooms.load()
    # Not before: both load the same libraries, and the interpreter loads them one at a time.
    gates.load_meanwhile()
    progress("Reading the landed rows")
    rooms.read(progress)
    progress("Gate: landed")
    landed_gate = steps.pass_gate(prepared, "landed", today=today, engine=engine)
    progress("Scoring")
    rooms.score(progress)
    progress("Gate: scored")
    scored_gate = steps.pass_gate(prepared, "scored", today=today, engine=engine)
    progress("Publication tables")
    rooms.publish(progress)
    progress("Release")
    steps.assemble(prepared)
    progress("Companions")
    steps.make_companions(prepared, progress)
    progress("Site")
    steps.make_site(prepared)
    progress("Promotion")
    steps.publish(prepared, engine)
    return outcome_of(prepared, is_new=True, results=(landed_gate, scored_gate))


def outcome_of(prepared: steps.Prepared, *, is_new: bool, results: tuple[GateResult, ...]) -> Outcome:
    """What a run has ended with, whoever has called its steps.

    Args:
        prepared: what it stood on.
        is_new: False where exactly this release was there already.
        results: what the gates found, as far as they are at hand.
    """
    return Outcome(
        release=prepared.released,
        is_new=is_new,
        gates=results,
        set_aside=prepared.landed.set_aside,
        is_bundled=prepared.landed.is_empty,
    )
