"""One push from end to end: read the release, look at what is there, decide, change it at once, prove it."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nof.home import Home
from nof.postgres import finish, locks
from nof.postgres.in_place import Changed
from nof.postgres.layout import read_layout
from nof.postgres.move import Move
from nof.postgres.order import There, refuse_forecast, refuse_wrong_order
from nof.postgres.plan import Plan, make_plan
from nof.postgres.rows import export
from nof.postgres.source import Source, find_source
from nof.postgres.standing import read_standing
from nof.postgres.target import Target, connect, shown
from nof.postgres.words import in_words

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class PushRequest:
    """What a push is asked for.

    Attributes:
        home: the warehouse.
        target: where the release goes.
        release: its id, or quarter/id; None for the current one.
        allow_older: whether it may replace a newer release.
        allow_other: whether it may replace one of another framework, or the bundled nation real figures.
        patience_seconds: how long to wait for somebody else's lock before the push is refused.
    """

    home: Home
    target: Target
    release: str | None = None
    allow_older: bool = False
    allow_other: bool = False
    patience_seconds: float = PATIENCE_SECONDS


@dataclass(frozen=True)
class PushResult:
    """What a push did.

    Attributes:
        source: the release that is there now.
        there: the release that was there; None for the first one.
        place: the database as a URL without a password.
        table_count: tables of the release.
        row_count: their rows, every one read back and compared.
        changed: rows added, changed and removed in tables that stayed.
        plan: what was decided.
        gone: what other people had on tables that were made anew, and what went with them.
        not_carried: checks that the server was not given.
        not_finished: rules that could not be added because tables were in use; the next push adds them.
        is_role_new: whether the group of readers was made.
        seconds: how long the push took.
    """

    source: Source
    there: There | None
    place: str
    table_count: int
    row_count: int
    changed: Changed
    plan: Plan
    gone: tuple[str, ...]
    not_carried: tuple[str, ...]
    not_finished: tuple[str, ...]
    is_role_new: bool
    seconds: float


def push(request: PushRequest, *, progress: Callable[[str], None]) -> PushResult:
    """Put a release into a schema of a PostgreSQL database, in the place of the one that is there.

    Killed or refused at any point, the release that was there stays, whole.

    Raises:
        UsageRefused: the target or the release named cannot be meant.
        PushRefused: the release must not, or cannot, go there.
        NofError: the release or its home is damaged.
    """
    began = time.monotonic()
    source = find_source(request.home, request.release)
    refuse_forecast(source, allow_other=request.allow_other)
    with TemporaryDirectory(prefix="nof-push-") as scratch:
        progress("Reading the release")
        exported = export(source, read_layout, Path(scratch))
        progress("Connecting")
        with closing(connect(request.target)) as connection, in_words(request.target):
            locks.hold(connection, request.target, request.patience_seconds)
            with connection.cursor() as cursor:
                standing = read_standing(cursor, request.target)
            if standing.there is not None:
                refuse_wrong_order(
                    standing.there,
                    source,
                    allow_older=request.allow_older,
                    allow_other=request.allow_other,
                )
            move = Move(
                connection=connection,
                target=request.target,
                source=source,
                exported=exported,
                standing=standing,
                plan=make_plan(standing, [each.table for each in exported.tables]),
                patience_seconds=request.patience_seconds,
                progress=progress,
            )
            move.prepare()
            move.replace()
            progress("Tidying up")
            not_finished = finish.finish(move)
            return PushResult(
                source=source,
                there=standing.there,
                place=shown(connection),
                table_count=len(source.row_counts),
                row_count=exported.row_count,
                changed=sum(move.changed.values(), Changed()),
                plan=move.plan,
                gone=tuple(move.gone),
                not_carried=exported.not_carried,
                not_finished=tuple(not_finished),
                is_role_new=move.is_role_new,
                seconds=time.monotonic() - began,
            )
