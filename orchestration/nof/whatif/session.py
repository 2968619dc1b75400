"""A session that answers questions about the nation of one release; nothing of it touches the home."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

import duckdb

from nof.errors import UsageRefused
from nof.explain.ask import find_quarter
from nof.home import Home
from nof.landing.cells import CellReader
from nof.landing.lookups import read_lookups
from nof.landing.writer import write_landing
from nof.warehouse import Warehouse
from nof.whatif.accept import accept, beyond_bounds
from nof.whatif.compiled import compile_models
from nof.whatif.model import Answer, Change, Figure, Standing, Voided, in_order
from nof.whatif.notes import of_quarter, of_source
from nof.whatif.quarter import BeyondBounds, Quarter
from nof.whatif.scored import Scored
from nof.whatif.source import Source, quarters_of, read_source

Progress = Callable[[str], None]


@contextmanager
def what_if_session(
    home: Home | Path | str, *, release: str | None = None, progress: Progress = lambda _: None
) -> Iterator["WhatIf"]:
    """Open the nation of a release for questions; some seconds, after which a question takes less than one.

    Args:
        home: the warehouse.
        release: quarter/id, or an id; None for the current one.
        progress: told what is being done.

    Yields:
        The session; its database is in memory and in a temporary folder, and gone afterwards.

    Raises:
        UsageRefused: there is no such release.
        NofError: what the release was made from is damaged.
    """
    held = home if isinstance(home, Home) else Home(Path(home))
    progress("Reading what the release was made from")
    source = read_source(held, release)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="nof-what-if-")))
        progress("Compiling the models")
        session = WhatIf(source, folder)
        stack.callback(session.close)
        yield session


class WhatIf:
    """Answers questions about one release; each starts from the release again.

    One question at a time is answered, whichever thread asks; a dashboard may share a session.
    """

    def __init__(self, source: Source, folder: Path) -> None:
        """Compile the models and bring in what the release was made from.

        Args:
            source: the release, and what it was made from.
            folder: a temporary folder; the session's until it is closed.
        """
        warehouse = Warehouse(folder / "build.duckdb", folder / "dbt")
        self._seeded = warehouse.database
        self._source = source
        self._compiled = compile_models(warehouse)
        with duckdb.connect(str(self._seeded)) as connection:
            write_landing(connection, source.landed, framework_id=None, quarter_id=None)
        self._reader = CellReader(read_lookups())
        self._open: dict[str, Scored] = {}
        self._lock = Lock()
        self.quarters = quarters_of(source)

    @property
    def release(self) -> str:
        """The release that is asked about: quarter and id."""
        return self._source.release

    @property
    def is_bundled(self) -> bool:
        """Whether it is of the invented nation."""
        return self._source.is_bundled

    @property
    def newest_quarter(self) -> str:
        """The quarter that a change is about where it names none."""
        return max(self.quarters)

    def trusts(self, quarter_id: str | None = None) -> Mapping[str, str]:
        """The trusts of a quarter: names by code."""
        with self._lock:
            quarter = self._scored(quarter_id or self.newest_quarter).quarter
            return {code: trust.name for code, trust in quarter.facts.trusts.items()}

    def value(self, trust_code: str, metric_id: str, quarter_id: str | None = None) -> str | None:
        """A cell as it is in hand; None where there is no row."""
        with self._lock:
            quarter = self._scored(quarter_id or self.newest_quarter).quarter
            companion = quarter.facts.metrics[metric_id].companion_unit_label
            key = quarter.rows.value_row(trust_code, metric_id, companion)
            return None if key is None else quarter.rows[key]["value"]

    def ask(self, changes: Sequence[Change]) -> Answer:
        """Rerun the nation with cells changed, and say what moves.

        Raises:
            UsageRefused: there is no change, or one that cannot be asked, with all that is wrong.
        """
        if not changes:
            raise UsageRefused("No change was asked for. Write one as OF0013=80.")
        with self._lock:
            return self._ask(list(changes))

    def close(self) -> None:
        """Let go of the databases."""
        with self._lock:
            for each in self._open.values():
                each.quarter.close()
            self._open.clear()

    def _ask(self, changes: list[Change]) -> Answer:
        about = [self._scored(self._quarter_of(change)) for change in changes]
        placed = [
            (change, each.quarter.facts, each.quarter.rows)
            for change, each in zip(changes, about, strict=True)
        ]
        accepted = accept(placed, self._reader)
        figures: list[Figure] = []
        standings: list[Standing] = []
        voided, counts, notes = Voided(), dict[str, int](), of_source(self._source)
        for quarter_id in sorted({each.quarter_id for each in accepted}):
            asked = [
                (each, change)
                for each, change in zip(accepted, changes, strict=True)
                if each.quarter_id == quarter_id
            ]
            scored = self._scored(quarter_id)
            try:
                found = scored.answer([each for each, _ in asked])
            except BeyondBounds as beyond:
                raise beyond_bounds(
                    beyond.found, [each for each, _ in asked], [change for _, change in asked]
                ) from beyond
            figures += found.figures
            standings += found.standings
            voided += found.voided
            counts[quarter_id] = scored.segmented_count
            notes += of_quarter(found)
        return Answer(
            changes=tuple(accepted),
            figures=in_order(figures, accepted),
            standings=tuple(standings),
            voided=voided,
            trust_counts=counts,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _quarter_of(self, change: Change) -> str:
        if change.quarter is None:
            return self.newest_quarter
        try:
            return find_quarter(change.quarter, self.quarters)
        except UsageRefused as refusal:
            place = f"{change.file}, row {change.row}, column quarter, value {change.quarter!r}: "
            raise UsageRefused(f"{place if change.file else ''}{refusal}") from refusal

    def _scored(self, quarter_id: str) -> Scored:
        if quarter_id not in self._open:
            framework_id = self._source.framework_id
            self._open[quarter_id] = Scored(
                Quarter(self._seeded, self._compiled, framework_id=framework_id, quarter_id=quarter_id)
            )
        return self._open[quarter_id]
