"""Register entries beside a value: the services that trusts run, their plans, and their baselines."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nof.project import read_seed
from nof.sample import cases
from nof.sample.draws import fixed, share, standing
from nof.sample.entries import REGIONAL_TEAM, TRUST_BOARD, YEAR_START, Entry, entry
from nof.sample.grid import Grid
from nof.sample.nation import ACUTE, Trust
from nof.sample.periods import QUARTER_IDS

_PLANNED_COUNT = 60
_IMPROVEMENT_POINTS = Decimal(5)


def services(grid: Grid, trusts: Sequence[Trust]) -> Iterator[Entry]:
    """What the named trusts run, by what they report; everything else that is absent stays so."""
    metric_ids: dict[str, set[str]] = {}
    for row in read_seed("framework", "metric_services"):
        if row["framework_id"] == cases.FRAMEWORK_ID:
            metric_ids.setdefault(row["service_id"], set()).add(row["metric_id"])
    reported = {(code, measure) for _, code, measure in grid}
    never = {
        (row["metric_id"], row["trust_type_id"])
        for row in read_seed("framework", "metric_applicability")
        if row["framework_id"] == cases.FRAMEWORK_ID and row["applicability"] == "never"
    }
    for trust in trusts:
        code = trust.trust_code
        if code not in cases.SERVICES_KNOWN:
            continue
        for service_id, about in metric_ids.items():
            of_this_type = {each for each in about if (each, trust.trust_type_id) not in never}
            if not of_this_type or (code, service_id) in cases.SERVICE_NOT_SAID:
                continue
            runs = (code, service_id) in cases.RUNS_WITHOUT_ROW or any(
                (code, each) in reported for each in of_this_type
            )
            yield entry(
                "service",
                code,
                service_id,
                "Runs it" if runs else "Does not run it",
                from_date=YEAR_START,
                role=TRUST_BOARD,
                document="directory of services",
            )


def plans(grid: Grid, trusts: Sequence[Trust]) -> Iterator[Entry]:
    """Plans for 18 weeks, which agree with the published difference, and for four hours, by quarter."""
    ends = {row["quarter_id"]: row for row in read_seed("reference", "quarters")}
    for code in _planning_codes(grid, trusts):
        for quarter_id in QUARTER_IDS:
            planned = {
                "OF0023": _number(grid, quarter_id, code, "OF0023")
                - _number(grid, quarter_id, code, "OF0106"),
                "OF0013": _number(grid, quarter_id, code, "OF0013")
                - fixed(1.5 * standing("plan", code, "OF0013", quarter_id), 2),
            }
            if (code, "OF0013") == cases.EXACTLY_ON_PLAN:
                planned["OF0013"] = _number(grid, quarter_id, code, "OF0013")
            for metric_id, value in planned.items():
                yield entry(
                    "plan",
                    code,
                    metric_id,
                    f"{value:.2f}",
                    from_date=ends[quarter_id]["start_date"],
                    to_date=ends[quarter_id]["end_date"],
                    role=TRUST_BOARD,
                    document="operational plan 2025/26",
                )


def _planning_codes(grid: Grid, trusts: Sequence[Trust]) -> list[str]:
    named = {cases.EXACTLY_ON_PLAN[0], cases.ON_THRESHOLD["OF0106"]}
    complete = [
        trust.trust_code
        for trust in trusts
        if trust.trust_type_id == ACUTE
        and all(
            (cell := grid.get((quarter_id, trust.trust_code, metric_id))) and cell.number is not None
            for quarter_id in QUARTER_IDS
            for metric_id in ("OF0013", "OF0023", "OF0106")
        )
    ]
    by_lot = sorted(complete, key=lambda code: (code not in named, share("planned", code)))
    return sorted(by_lot[:_PLANNED_COUNT])


def baselines(grid: Grid, trusts: Sequence[Trust]) -> Iterator[Entry]:
    """18 weeks as it stood in November 2024, for every acute trust with a value."""
    first, last = QUARTER_IDS[0], QUARTER_IDS[-1]
    for trust in trusts:
        code = trust.trust_code
        cell = grid.get((first, code, "OF0023"))
        if trust.trust_type_id != ACUTE or cell is None or cell.number is None:
            continue
        value = cell.number - fixed(2.5 + 1.8 * standing("baseline", code), 2)
        if code == cases.EXACTLY_IMPROVED_CODE:
            value = _number(grid, last, code, "OF0023") - _IMPROVEMENT_POINTS
        yield entry(
            "baseline",
            code,
            "OF0023",
            f"{value:.2f}",
            from_date="2024-11-30",
            role=REGIONAL_TEAM,
            document="waiting times of November 2024",
        )


def _number(grid: Grid, quarter_id: str, code: str, metric_id: str) -> Decimal:
    number = grid[quarter_id, code, metric_id].number
    if number is None:
        raise ValueError(f"{code} has no number for {metric_id} in {quarter_id}: choose another trust.")
    return fixed(float(number), 2)
