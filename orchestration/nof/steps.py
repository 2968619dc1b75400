"""The steps of a run, each callable by itself: `nof run` and Dagster call the same ones, in this order."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from nof import gates, landing, release
from nof.companions import companions, write_companions
from nof.engines.engine import DUCKDB, Choice, Engine
from nof.engines.rooms import Rooms
from nof.errors import InputRefused, NofError, Problem, UsageRefused
from nof.frameworks import framework as find_framework
from nof.frameworks import is_forecast, refuse_a_quarter_of_another_framework
from nof.halted import said_in_words
from nof.home import Home
from nof.method_check import check_method
from nof.project import read_seed
from nof.quality.runs import keep_results
from nof.release.previous import write_lineage
from nof.warehouse import Warehouse

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What a run is asked for.

    Attributes:
        home: the warehouse.
        landing: folders with files to land; none stands on what is landed.
        quarter_id: the newest quarter of the release; None for the newest in hand.
        framework_id: the framework to score under; None for the one in force.
        is_mended: whether the fault of a withdrawn release with the same inputs and method lay in other code,
            and is mended.
        engine: what makes the figures, and where it is; DuckDB, in this process, where nothing is said.
    """

    home: Home
    landing: tuple[Path, ...] = ()
    quarter_id: str | None = None
    framework_id: str | None = None
    is_mended: bool = False
    engine: Choice = DUCKDB


@dataclass(frozen=True)
class Prepared:
    """What a run stands on, decided before anything is built."""

    request: Request
    landed: landing.Landed
    framework_id: str
    is_framework_in_force: bool
    quarter_id: str
    inputs: tuple[release.InputEntry, ...]
    release_id: str
    lineage: release.Lineage

    @property
    def clock_warning(self) -> str:
        """What to tell where the clock was set back; empty where it was not."""
        newest = self.landed.clock_behind
        if newest is None:
            return ""
        return (
            f"The clock says a day before {newest}, on which a file was landed: new files count as landed on "
            "that day. Set the clock right."
        )

    @property
    def folder(self) -> Path:
        """The private folder of this build."""
        return self.request.home.build / self.release_id

    @property
    def database(self) -> Path:
        """The build database."""
        return self.folder / "build.duckdb"

    @property
    def gate_results(self) -> Path:
        """What the gates found."""
        return self.folder / "quality"

    @property
    def candidate(self) -> release.Candidate:
        """The release in the making."""
        return release.Candidate(
            folder=self.folder / "candidate",
            release_id=self.release_id,
            framework_id=self.framework_id,
            quarter_id=self.quarter_id,
            inputs=self.inputs,
            previous=self.lineage.previous,
            released_date=self.lineage.released_date,
        )

    @property
    def released(self) -> Path:
        """Where the release of this run is, once it is published."""
        return self.request.home.releases / self.quarter_id / self.release_id

    @property
    def is_released(self) -> bool:
        """Whether exactly this release was made before."""
        found = release.find_release(self.request.home, self.quarter_id, self.release_id)
        return found is not None


@contextmanager
def hold(home: Home) -> Iterator[None]:
    """Hold a home for one whole run, after putting right what a killed run left in it.

    Raises:
        NofError: another run holds the home, or the machine does not let this one go on.
    """
    with said_in_words(), home.lock():
        release.recover(home)
        yield


def prepare(request: Request, *, today: date) -> Prepared:
    """Find out what is to be scored, without writing anything but refusals.

    Raises:
        UsageRefused: the framework or quarter asked for is not in hand.
        InputRefused: the seeds do not hold the whole framework, a file cannot be read, or a release made of
            exactly these inputs by this method was withdrawn.
    """
    framework = find_framework(request.framework_id)
    check_method(framework["framework_id"])
    unchanged = _unchanged(request, framework, today=today)
    return unchanged or _decide(
        request, framework, landing.land(request.home, request.landing, today=today), today=today
    )


def _unchanged(request: Request, framework: Mapping[str, str], *, today: date) -> Prepared | None:
    """What the run stands on, where its release is there already; found without reading a row."""
    try:
        landed = landing.land_unread(request.home, request.landing, today=today)
        prepared = _decide(request, framework, landed, today=today) if landed else None
    except NofError:
        return None  # Whatever stands in the way, the whole reading meets it again, and says it in its order.
    return prepared if prepared and prepared.is_released else None


def _decide(
    request: Request, framework: Mapping[str, str], landed: landing.Landed, *, today: date
) -> Prepared:
    """Which quarter is scored, what of it is used, and what the release is called."""
    quarters = _bundled_quarters() if landed.is_empty else landed.quarters
    choose = _forecast_quarter if framework["is_forecast"] == "true" else _quarter
    quarter_id = choose(request.quarter_id, quarters)
    refuse_a_quarter_of_another_framework(framework, quarter_id)
    landed = landed.up_to(quarter_id)
    inputs = inputs_of(landed)
    framework_id = framework["framework_id"]
    release_id = release.release_id(inputs=inputs, framework_id=framework_id, quarter_id=quarter_id)
    release.refuse_withdrawn(
        request.home,
        framework_id=framework_id,
        quarter_id=quarter_id,
        release_id=release_id,
        inputs=inputs,
        is_mended=request.is_mended,
    )
    return Prepared(
        request=request,
        landed=landed,
        framework_id=framework_id,
        is_framework_in_force=framework["is_in_force"] == "true",
        quarter_id=quarter_id,
        inputs=inputs,
        release_id=release_id,
        lineage=release.find_lineage(
            request.home,
            framework_id=framework_id,
            quarter_id=quarter_id,
            release_id=release_id,
            is_bundled=landed.is_empty,
            inputs=inputs,
            today=today,
        ),
    )


def inputs_of(landed: landing.Landed) -> tuple[release.InputEntry, ...]:
    """What a release made from these files says that it is made from, in the register's order."""
    return tuple(
        release.InputEntry(
            sha256=file.sha256, name=file.file_name, kind=file.file_kind, landed_date=file.landed_date
        )
        for file in landed.files
    )


def write_landing(prepared: Prepared) -> None:
    """Make the build database anew and put the rows as text into it."""
    import duckdb  # noqa: PLC0415 - `nof releases` does without

    if not prepared.landed.is_read:
        raise ValueError(f"{prepared.release_id} is released, so its rows were not read and it is not built.")
    prepared.folder.mkdir(parents=True, exist_ok=True)
    prepared.database.unlink(missing_ok=True)
    with duckdb.connect(str(prepared.database)) as connection:
        landing.write_landing(
            connection,
            prepared.landed,
            framework_id=prepared.framework_id,
            quarter_id=prepared.quarter_id,
        )
        write_lineage(connection, prepared.lineage, release_id=prepared.release_id)


def new_rooms(prepared: Prepared, engine: Engine | None) -> Rooms:
    """The rooms of this build, on whichever engine; keep them for the whole run."""
    return Rooms.of(prepared.database, prepared.folder / "dbt", engine)


def new_warehouse(prepared: Prepared) -> Warehouse:
    """The dbt of this build; keep it for the whole run, it parses the project once."""
    return Warehouse(prepared.database, prepared.folder / "dbt")


def judge(
    prepared: Prepared, gate: gates.GateName, *, today: date, engine: Engine | None = None
) -> gates.GateResult:
    """Judge the build by a gate, and keep what it found in the build and in the home; stops nothing."""
    result = gates.run_gate(
        gate,
        prepared.database,
        results_directory=prepared.gate_results,
        forecast_of=prepared.quarter_id if is_forecast(prepared.framework_id) else "",
        engine=engine,
    )
    gates.record_gate(prepared.database, result)
    keep_results(
        prepared.request.home,
        result,
        gate,
        page=prepared.gate_results / gates.PAGE,
        today=today,
        framework_id=prepared.framework_id,
        quarter_id=prepared.quarter_id,
        release_id=prepared.release_id,
    )
    return result


def stop_where_refused(prepared: Prepared, result: gates.GateResult, *, today: date) -> None:
    """Stop the run where a gate refused.

    Raises:
        InputRefused: the landed gate refused; the new files it names are kept with the reasons.
        ScoredGateRefused: the scored gate refused.
    """
    try:
        gates.raise_if_refused(result)
    except InputRefused as refusal:
        _keep_refused(prepared, gates.problems_by_row(result), refusal.problems, today=today)
        raise


def pass_gate(
    prepared: Prepared, gate: gates.GateName, *, today: date, engine: Engine | None = None
) -> gates.GateResult:
    """Judge the build by a gate and stop the run where it refuses; raises as `stop_where_refused`."""
    result = judge(prepared, gate, today=today, engine=engine)
    stop_where_refused(prepared, result, today=today)
    return result


def assemble(prepared: Prepared) -> None:
    """Make the tables of the release in every format, in the private folder of the build."""
    release.assemble(
        prepared.candidate,
        build_database=prepared.database,
        gate_results=prepared.gate_results,
        home=prepared.request.home,
    )


def make_companions(prepared: Prepared, progress: Progress) -> None:
    """Make what travels with the release beside its tables: dictionary, difference, workbook and the like."""
    write_companions(prepared.candidate, progress)


def make_site(prepared: Prepared) -> int:
    """Make the pages that travel with the release, from all that the candidate holds by now.

    Returns:
        How many files they are.
    """
    from nof.site.write import FOLDER, write_site  # noqa: PLC0415 - what draws charts is heavy

    candidate = prepared.candidate.folder
    return len(write_site(candidate, candidate / FOLDER))


def publish(prepared: Prepared, engine: Engine | None = None) -> Path:
    """Look over the whole candidate, seal it, enter the new files into the register, and promote it.

    Args:
        prepared: what the run stands on.
        engine: that has made the figures, for the home's events; None for DuckDB.

    Raises:
        ReleaseRefused: the candidate holds what may not leave the build, has no site, or cannot be sealed.
    """
    from nof.site.complete import check_site  # noqa: PLC0415
    from nof.site.write import FOLDER  # noqa: PLC0415

    check_site(prepared.candidate.folder, prepared.candidate.folder / FOLDER)
    release.check_governance(
        prepared.candidate,
        build_database=prepared.database,
        companion_files=[name for each in companions() for name in each.files],
    )
    release.seal_candidate(prepared.candidate)
    # The register first: a release whose files are not landed could not be rebuilt, while landed files
    # without a release are released by the next run.
    landing.register_new_files(prepared.request.home, prepared.landed)
    released = release.promote(
        candidate=prepared.candidate.folder,
        home=prepared.request.home,
        quarter_id=prepared.quarter_id,
        release_id=prepared.release_id,
        framework_is_in_force=prepared.is_framework_in_force,
        scored_on=f"{engine.name} {engine.version}" if engine else f"duckdb {version('duckdb')}",
    )
    release.clean_build(prepared.request.home)
    return released


def _bundled_quarters() -> tuple[str, ...]:
    ids = {each["quarter_label"]: each["quarter_id"] for each in read_seed("reference", "quarters")}
    labels = {each["quarter"] for each in read_seed("sample", "sample_oversight_data")}
    return tuple(sorted(ids[label] for label in labels))


def _quarter(asked: str | None, in_hand: Sequence[str]) -> str:
    newest = _newest(in_hand)
    if asked is None:
        return newest
    if asked not in in_hand:
        raise UsageRefused(f"Quarter {asked!r} is not in hand. In hand: {', '.join(in_hand)}.")
    return asked


def _forecast_quarter(asked: str | None, in_hand: Sequence[str]) -> str:
    """The quarter after the newest in hand: no other can be a forecast made of it."""
    newest = _newest(in_hand)
    following = [
        row["quarter_id"]
        for row in read_seed("reference", "quarters")
        if row["previous_quarter_id"] == newest
    ]
    if not following:
        raise UsageRefused(
            f"No quarter follows {newest}, the newest in hand. Add it to seeds/reference/quarters.csv."
        )
    if asked is None or asked == following[0]:
        return following[0]
    if asked in in_hand:
        raise UsageRefused(
            f"Quarter {asked!r} is in hand: the data files say what it is, so there is nothing to forecast. "
            f"Score it with `nof run --quarter {asked}`."
        )
    raise UsageRefused(
        f"Quarter {asked!r} cannot be forecast: only {following[0]} can, the one right after the newest in "
        f"hand, {newest}. Land the data files of the quarters that are missing."
    )


def _newest(in_hand: Sequence[str]) -> str:
    if not in_hand:
        raise UsageRefused(
            "No oversight data is in hand to score: league tables, registers and ODS trust files alone make "
            "no quarter. Land a data file as well."
        )
    return in_hand[-1]


def _keep_refused(
    prepared: Prepared, by_row: Sequence[Problem], in_words: Sequence[Problem], *, today: date
) -> None:
    """Keep each new file that the gate names: row by row where rows are to blame, else as told."""
    for file in prepared.landed.new_files:
        names = {file.file_name, file.file_id}
        rows, said = ([each for each in told if each.file in names] for told in (by_row, in_words))
        if rows or said:
            landing.record_refusal(
                prepared.request.home, file.file_name, file.content, rows or said, today=today
            )
