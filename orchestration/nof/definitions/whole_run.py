"""One run of the way, shared by the assets it makes: the home it holds, what it stands on, its dbt."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

from dagster import ConfigurableResource, Failure, InitResourceContext
from pydantic import Field, PrivateAttr

from nof import steps
from nof.definitions.settings import home_folder, landing_folders
from nof.errors import NofError, UsageRefused
from nof.gates import GateResult
from nof.home import Home
from nof.run import Outcome, outcome_of
from nof.warehouse import Warehouse

RUN_THE_JOB = "A release is made whole, in one run: start the job quarterly_release for a quarter."


@contextmanager
def refusals_as_failures() -> Iterator[None]:
    """A refusal stops the step with its own words. It is never retried: the same input is refused again."""
    try:
        yield
    except NofError as refusal:
        raise Failure(description=str(refusal), allow_retries=False) from refusal


def day_of(text: str) -> date:
    """The day that a configuration names; today where it names none.

    Raises:
        UsageRefused: it is no day.
    """
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageRefused(f"{text!r} is no day. Write 2026-06-21, or nothing for today.") from None


class WholeRun(ConfigurableResource):  # type: ignore[type-arg] # yields itself
    """Where a run works and what it stands on.

    The assets of a run share it, which the in-process executor allows. The home's lock is taken by the
    landing step and held until the run has ended, however it ends; what was found at the start is released.
    """

    home: str = Field(
        default_factory=home_folder, description="The warehouse: everything it keeps is in this folder."
    )
    landing: list[str] = Field(
        default_factory=landing_folders,
        description="Folders with files to land. None: what is landed, or else the bundled, invented nation.",
    )
    landed_on: str = Field(
        default="", description="The day on which new files count as landed (2026-06-21). Empty: today."
    )
    busy_retries: int = Field(
        default=5, ge=0, description="How often to try again where another run holds the home."
    )
    busy_seconds: float = Field(default=60.0, ge=0, description="How long to wait before each of them.")

    _held: ExitStack = PrivateAttr()
    _today: date = PrivateAttr(default_factory=date.today)
    _quarter_id: str | None = PrivateAttr(default=None)
    _gates: list[GateResult] = PrivateAttr(default_factory=list)
    _prepared: steps.Prepared | None = PrivateAttr(default=None)
    _warehouse: Warehouse | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["WholeRun"]:
        """Free the home when the run has ended."""
        del context
        with ExitStack() as held:
            self._held = held
            yield self

    def begin(self, quarter_id: str) -> steps.Prepared:
        """Hold the home, put right what a killed run left, and find out what is to be scored.

        Raises:
            NofError: as `steps.prepare`, or because another run holds the home.
        """
        self._today = day_of(self.landed_on)
        self._quarter_id = quarter_id
        home = Home(Path(self.home))
        self._held.enter_context(steps.hold(home))
        request = steps.Request(
            home=home, landing=tuple(Path(each) for each in self.landing), quarter_id=quarter_id
        )
        prepared = steps.prepare(request, today=self._today)
        self._prepared = prepared
        self._warehouse = steps.new_warehouse(prepared)
        return prepared

    @property
    def today(self) -> date:
        """The day on which this run lands files: one for the whole run."""
        return self._today

    @property
    def quarter_id(self) -> str | None:
        """The quarter that was asked for, once the run has begun."""
        return self._quarter_id

    @property
    def prepared(self) -> steps.Prepared:
        """What the run stands on.

        Raises:
            UsageRefused: the run did not begin with landing.
        """
        if self._prepared is None:
            raise UsageRefused(f"This run has landed nothing, so there is nothing to work on. {RUN_THE_JOB}")
        return self._prepared

    @property
    def warehouse(self) -> Warehouse:
        """The dbt of the run.

        Raises:
            UsageRefused: the run did not begin with landing.
        """
        if self._warehouse is None:
            raise UsageRefused(f"This run has landed nothing, so there is nothing to build. {RUN_THE_JOB}")
        return self._warehouse

    def judged(self, result: GateResult) -> None:
        """Keep what a gate found, for who is told how the run ended."""
        self._gates.append(result)

    @property
    def outcome(self) -> Outcome:
        """What the run has ended with, once it has published a release."""
        return outcome_of(self.prepared, is_new=True, results=tuple(self._gates))
