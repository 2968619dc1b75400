"""The whole nation as cells, quarter by quarter, with its awkward cases in place."""

from decimal import Decimal

from nof.project import read_seed
from nof.sample import cases
from nof.sample.contextual import contextual_cells
from nof.sample.draws import fixed
from nof.sample.finance import PLAN_METRIC, VARIANCE_METRIC, override_flag, plan_and_variance
from nof.sample.nation import AMBULANCE, Trust
from nof.sample.periods import QUARTER_IDS
from nof.sample.reporting import Reporting
from nof.sample.values import Cell, Metric, label_cell, number_cell

Grid = dict[tuple[str, str, str], Cell]
"""(quarter, trust code, measure) -> cell; a count row is under `<metric>/count`."""

COUNT_SUFFIX = "/count"
OVERRIDE_MEASURE, PROGRAMME_MEASURE = "OF5004", "OF5007"

# The files carry the programme flag in Q1 and Q2 only (rules 0).
PROGRAMME_QUARTERS = QUARTER_IDS[:2]
# What a ratio of 1 stands for, roughly: only the count rows need it.
_USUAL_INFECTION_THRESHOLD = 40


def scored_metrics() -> list[Metric]:
    """The metrics of the framework that have value rows."""
    return [
        row
        for row in read_seed("framework", "metrics")
        if row["framework_id"] == cases.FRAMEWORK_ID
        and row["metric_role"] in {"scored", "component"}
        and row["value_kind"] in {"number", "label"}
    ]


def make_grid(trusts: list[Trust]) -> Grid:
    """Every cell of the current editions."""
    grid: Grid = {}
    reporting = Reporting(trusts)
    for quarter_id in QUARTER_IDS:
        for metric in scored_metrics():
            if metric["metric_id"] not in {PLAN_METRIC, VARIANCE_METRIC}:
                _add_metric(grid, reporting, metric, quarter_id)
        for trust in trusts:
            _add_finance(grid, trust, quarter_id)
    _place_cases(grid, trusts)
    grid.update(contextual_cells(trusts))
    return grid


def first_edition(grid: Grid, trusts: list[Trust]) -> Grid:
    """The ambulance trusts' Q2 as it was before its restatement."""
    codes = {trust.trust_code: trust for trust in trusts if trust.trust_type_id == AMBULANCE}
    quarter_id = cases.RESTATED_QUARTER
    first = {key: cell for key, cell in grid.items() if key[0] == quarter_id and key[1] in codes}
    for (code, metric_id), number in cases.FIRST_EDITION.items():
        first[quarter_id, code, metric_id] = Cell(number=number)
        if metric_id == VARIANCE_METRIC:
            plan = first[quarter_id, code, PLAN_METRIC].number or Decimal(0)
            flag = override_flag(codes[code], plan, number)
            first[quarter_id, code, OVERRIDE_MEASURE] = Cell(number=Decimal(flag))
    return first


def _add_metric(grid: Grid, reporting: Reporting, metric: Metric, quarter_id: str) -> None:
    metric_id = metric["metric_id"]
    failing = reporting.failing(metric_id)
    for trust in reporting.reporters(metric_id, quarter_id):
        code = trust.trust_code
        if metric["value_kind"] == "label":
            label = label_cell(trust, metric, quarter_id)
            if label:
                grid[quarter_id, code, metric_id] = label
        else:
            grid[quarter_id, code, metric_id] = number_cell(trust, metric, quarter_id, code in failing)


def _add_finance(grid: Grid, trust: Trust, quarter_id: str) -> None:
    code = trust.trust_code
    plan, variance = plan_and_variance(trust, quarter_id)
    grid[quarter_id, code, PLAN_METRIC] = Cell(number=plan)
    if (quarter_id, code) != cases.UNKNOWN_OVERRIDE:
        grid[quarter_id, code, VARIANCE_METRIC] = Cell(number=variance)
    if (quarter_id, code) not in {cases.UNKNOWN_OVERRIDE, cases.FLAG_NOT_PUBLISHED}:
        flag = override_flag(trust, plan, variance)
        grid[quarter_id, code, OVERRIDE_MEASURE] = Cell(number=Decimal(flag))
    if quarter_id in PROGRAMME_QUARTERS:
        is_in = int(code == cases.PROGRAMME_CODE)
        grid[quarter_id, code, PROGRAMME_MEASURE] = Cell(number=Decimal(is_in))


def _place_cases(grid: Grid, trusts: list[Trust]) -> None:
    thresholds = cases.threshold_values()
    for quarter_id in QUARTER_IDS:
        for metric_id, code in cases.ON_THRESHOLD.items():
            _replace(grid, (quarter_id, code, metric_id), thresholds[metric_id])
        for code in cases.TIED_LAST_CODES:
            _replace(grid, (quarter_id, code, cases.TIED_LAST_METRIC), cases.TIED_LAST_VALUE)
        metric_id, code, same_code = cases.TIED_UNROUNDED
        grid[quarter_id, same_code, metric_id] = grid[quarter_id, code, metric_id]
        for code in cases.COUNT_ROW_CODES:
            for metric_id in ("OF0048", "OF0088"):
                _add_count_row(grid, quarter_id, code, metric_id)
    quarter_id, metric_id, missing_code, missed_by = cases.ONE_MISSES
    for trust in trusts:
        key = (quarter_id, trust.trust_code, metric_id)
        number = grid[key].number if key in grid else None
        if number is not None and number > thresholds[metric_id]:
            # Mirrored at the standard, so that it is met and the trusts keep apart.
            grid[key] = Cell(number=2 * thresholds[metric_id] - number)
    _replace(grid, (quarter_id, missing_code, metric_id), missed_by)
    for key, shorthand in cases.SHORTHAND.items():
        grid[key] = Cell(text=shorthand)
    quarter_id, code, score_id, score = cases.PUBLISHED_SCORE_ONLY
    grid.pop((quarter_id, code, score_id.replace("OF1", "OF0")), None)
    grid[quarter_id, code, score_id] = Cell(text=score)


def _replace(grid: Grid, key: tuple[str, str, str], number: Decimal) -> None:
    """Put a case where a value stands already: a case must not make a pool larger than recorded."""
    if key not in grid:
        raise ValueError(f"{key} has no value to put the case in place of: choose a trust that reports it.")
    grid[key] = Cell(number=number)


def _add_count_row(grid: Grid, quarter_id: str, code: str, metric_id: str) -> None:
    rate = grid.get((quarter_id, code, metric_id))
    if rate is None or rate.number is None:
        count = Decimal(1)
    else:
        count = fixed(float(rate.number) * _USUAL_INFECTION_THRESHOLD, 0)
    grid[quarter_id, code, metric_id + COUNT_SUFFIX] = Cell(number=count)
