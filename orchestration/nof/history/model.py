"""What a history is made of: figures, their versions, and on what account each version came."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Source = Literal["published", "recomputed"]


@dataclass(frozen=True)
class FileRow:
    """A row of a landed file; without a row number the file as a whole, without a file nothing."""

    file_id: str | None
    row_number: int | None


@dataclass(frozen=True)
class Cause:
    """Why a version is not what the one before it says.

    Attributes:
        figure_kind: what of the version changed; text and rank of a published row are two.
        reason: restated_input, changed_method or changed_pool.
        trust_code: whose input changed; None for a changed method.
        measure_id: which.
        is_own_input: whether it is a value, flag or entry, not only a rank or score that was published anew.
        old: the row that decided before.
        new: the row that decides now.
    """

    figure_kind: str
    reason: str
    trust_code: str | None
    measure_id: str | None
    is_own_input: bool
    old: FileRow
    new: FileRow


@dataclass(frozen=True)
class Version:
    """What a figure said, and how long.

    Attributes:
        number: 1 for the figure as first published.
        text: as published; empty where it is gone.
        is_gone: whether it says that the figure is no longer there.
        rank: the rank published in the same row, where there is one.
        from_date: the first day on which it was known.
        until_date: the first day on which it was known otherwise; None for the latest.
        release_id: the release that first says so; None for what a file says.
        place: the row of a file that first says so.
        causes: why it is not what the version before says; none for the first.
    """

    number: int
    text: str
    is_gone: bool
    rank: int | None
    from_date: date
    until_date: date | None
    release_id: str | None
    place: FileRow
    causes: tuple[Cause, ...]

    def is_known_on(self, day: date) -> bool:
        """Whether it is what was known on a day; the day of its end is not."""
        return self.from_date <= day and (self.until_date is None or day < self.until_date)


@dataclass(frozen=True)
class Figure:
    """One figure with all its versions, the first one first."""

    source: Source
    quarter_id: str
    measure_id: str
    label: str
    versions: tuple[Version, ...]

    @property
    def has_changed(self) -> bool:
        """Whether it has more than one version."""
        return len(self.versions) > 1

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def known_on(self, day: date) -> Version | None:
        """The version that was known on a day; None before it was first known."""
        return next((version for version in self.versions if version.is_known_on(day)), None)


@dataclass(frozen=True)
class History:
    """The figures of one trust.

    Attributes:
        files: the files of the release, as rows of dim_file.
        is_narrowed: whether one metric was asked for, so that its figures are shown changed or not.
    """

    trust_code: str
    trust_name: str
    figures: tuple[Figure, ...]
    files: tuple[Mapping[str, Any], ...]
    is_narrowed: bool
