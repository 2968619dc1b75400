"""The first step of a run: what is to be scored, decided before anything is built."""

from collections.abc import Mapping
from datetime import date

from nof import landing, release
from nof.errors import NofError
from nof.frameworks import framework as find_framework
from nof.frameworks import refuse_a_quarter_of_another_framework
from nof.method_check import check_method
from nof.steps.quarter import bundled_quarters, quarter_to_forecast, quarter_to_score
from nof.steps.request import Prepared, Request


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
    return unchanged or decide(
        request, framework, landing.land(request.home, request.landing, today=today), today=today
    )


def _unchanged(request: Request, framework: Mapping[str, str], *, today: date) -> Prepared | None:
    """What the run stands on, where its release is there already; found without reading a row."""
    try:
        landed = landing.land_unread(request.home, request.landing, today=today)
        prepared = decide(request, framework, landed, today=today) if landed else None
    except NofError:
        return None  # Whatever stands in the way, the whole reading meets it again, and says it in its order.
    return prepared if prepared and prepared.is_released else None


def decide(
    request: Request, framework: Mapping[str, str], landed: landing.Landed, *, today: date
) -> Prepared:
    """Which quarter is scored, what of it is used, and what the release is called."""
    quarters = bundled_quarters() if landed.is_empty else landed.quarters
    choose = quarter_to_forecast if framework["is_forecast"] == "true" else quarter_to_score
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
