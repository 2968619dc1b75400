"""Whether one release may take the place of another: never an older one, or one of another kind, unasked."""

from dataclasses import dataclass
from datetime import date

from nof.frameworks import is_forecast
from nof.postgres.source import Source
from nof.postgres.target import PushRefused


@dataclass(frozen=True)
class There:
    """The release that is on the server, as its `release_state` has it; the attributes as in `Source`."""

    release_id: str
    quarter_id: str
    framework_id: str
    is_bundled: bool
    released_date: date | None
    state: str
    home_key: str
    release_order: int

    @property
    def release(self) -> str:
        """The release as `current` names it: quarter and id."""
        return f"{self.quarter_id}/{self.release_id}"

    @property
    def described(self) -> str:
        """The release in words."""
        nation = ", the bundled nation" if self.is_bundled else ""
        return f"{self.release} ({self.framework_id}{nation}, {self.state})"


def refuse_forecast(source: Source, *, allow_other: bool) -> None:
    """Refuse a forecast wherever it is to go, unless it is allowed: readers expect what was published.

    Raises:
        PushRefused: it is one, and `allow_other` is not given.
    """
    if is_forecast(source.framework_id) and not allow_other:
        raise PushRefused(
            f"{source.release} is a forecast ({source.framework_id}), and readers of a server expect what "
            "was published. Push another release, or this one into a schema of its own (--schema) with "
            "--allow-other."
        )


def refuse_wrong_order(there: There, source: Source, *, allow_older: bool, allow_other: bool) -> None:
    """Refuse to replace a newer release with an older one, or one with another kind of release.

    In this order: the same release may always come again. One of another framework, or the invented
    nation over real figures, needs `allow_other`. Real figures may always replace the invented nation, and
    any release one that its home has withdrawn since. Of two of one kind the newer quarter is newer;
    within a quarter that which its home released later; of two homes that with the later day. What cannot
    be told is older.

    Raises:
        PushRefused: with both releases and the option that would allow it.
    """
    if there.release == source.release:
        return
    what = f"The server holds {there.described}; {source.release} ({source.framework_id})"
    if there.framework_id != source.framework_id and not allow_other:
        raise PushRefused(
            f"{what} was made under another framework. Give it a schema of its own (--schema), or "
            "replace all the same with --allow-other."
        )
    if source.is_bundled and not there.is_bundled and not allow_other:
        raise PushRefused(
            f"{what} holds the bundled nation, which is invented, and the server holds real figures. "
            "Give it a schema of its own (--schema), or replace all the same with --allow-other."
        )
    is_other = there.framework_id != source.framework_id or there.is_bundled != source.is_bundled
    if is_other or allow_older:
        return
    if there.home_key == source.home_key and source.state_of(there.release) == "withdrawn":
        return
    reason = _why_older(there, source)
    if reason:
        raise PushRefused(f"{what} {reason}. Replace it all the same with --allow-older.")


def _why_older(there: There, source: Source) -> str | None:
    """Why the release to push is not the newer one; None where it is."""
    if source.quarter_id != there.quarter_id:
        return None if source.quarter_id > there.quarter_id else "ends with an older quarter"
    if source.home_key == there.home_key:
        return None if source.order > there.release_order else "was released before it"
    if source.released_date is None or there.released_date is None:
        return "comes from another home, and which of the two is newer cannot be told"
    if source.released_date > there.released_date:
        return None
    return f"comes from another home and is of {source.released_date}, not later than {there.released_date}"
