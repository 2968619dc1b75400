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
from nof.home import Home
from nof.warehouse import Warehouse

RUN_THE_JOB = "A release is made whole, in one run: start the job quarterly_release for a quarter."


@contextmanager
def refusals_as_failures() -> Iterator[None]:
    """A refusal stops the step with its own words. It is never retried: the same input is refused again."""
    try:
        yield
    except NofError as refusal:
        raise Failure(description=str(refusal), allow_retries=False) from refusal


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

    _held: ExitStack = PrivateAttr()
    _today: date = PrivateAttr()
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
        self._today = self._landed_on()
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

    def _landed_on(self) -> date:
        if not self.landed_on:
            return date.today()
        try:
            return date.fromisoformat(self.landed_on)
        except ValueError:
            raise UsageRefused(
                f"landed_on is {self.landed_on!r}, which is no day. Write 2026-06-21, or nothing."
            ) from None
