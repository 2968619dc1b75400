"""What the ambulance figures of a month must be to one another: sums over trusts, wholes, parts, means."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from nof.errors import Problem
from nof.landing.publications.ambulance_indicators import ADDED, MEANS, PARTS, WHOLES

ENGLAND = "ENG"
_AGAIN = (
    "Fetch the workbook again; if it is so published, ask the publisher which figure is right before it is "
    "landed."
)
# A stated mean may be this share of itself and a second away from total over count: twelve of 2017, when
# trusts began to report, are off by up to 7 seconds in 6,419. A changed unit is off by far more.
_MEAN_SHARE = Decimal("0.01")


class AreaMonth(NamedTuple):
    """The figures of one area in one month; `values` without those that are missing.

    Attributes:
        row: of the spreadsheet.
        region_code: empty for England; of a region the same as area_code.
    """

    row: int
    period: str
    region_code: str
    area_code: str
    values: Mapping[str, int]

    @property
    def is_total(self) -> bool:
        """England or a region, not a trust."""
        return self.area_code in (ENGLAND, self.region_code)


def find_disagreements(file: str, areas: Sequence[AreaMonth]) -> list[Problem]:
    """All that does not agree, in the order of the rows.

    Args:
        file: what to call the file in a problem.
        areas: each area and month once.
    """
    months: dict[str, list[AreaMonth]] = {}
    for each in areas:
        months.setdefault(each.period, []).append(each)
    problems = list(_gaps(file, sorted(months)))
    for period, of_month in months.items():
        trusts = [each for each in of_month if not each.is_total]
        if not any(each.area_code == ENGLAND for each in of_month):
            problems.append(
                Problem(
                    file, f"sheet Raw: {period} has no row of England (ENG) to check its trusts by.", _AGAIN
                )
            )
        for each in of_month:
            if each.is_total:
                problems += _sums(file, each, trusts)
    for each in areas:
        problems += _wholes(file, each)
        problems += _parts(file, each)
        problems += _means(file, each)
    return problems


def _gaps(file: str, periods: Sequence[str]) -> Iterator[Problem]:
    for earlier, later in pairwise(periods):
        (year, month), (next_year, next_month) = (map(int, each.split("-")) for each in (earlier, later))
        if (next_year - year) * 12 + next_month - month != 1:
            yield Problem(file, f"sheet Raw: no month stands between {earlier} and {later}.", _AGAIN)


def _sums(file: str, total: AreaMonth, trusts: Sequence[AreaMonth]) -> Iterator[Problem]:
    """A missing trust counts as nought, as in the published totals; a missing total is held to nothing."""
    where = "England" if total.area_code == ENGLAND else f"region {total.area_code}"
    of_area = [
        each.values for each in trusts if total.area_code == ENGLAND or each.region_code == total.region_code
    ]
    for indicator in ADDED & total.values.keys():
        added = sum(values.get(indicator, 0) for values in of_area)
        if added != total.values[indicator]:
            yield _problem(
                file,
                total,
                indicator,
                f"{where} in {total.period}: its {len(of_area)} trusts add up to {added}.",
            )


def _wholes(file: str, area: AreaMonth) -> Iterator[Problem]:
    for whole, parts in WHOLES.items():
        if area.values.keys() >= {whole, *parts}:
            added = sum(area.values[part] for part in parts)
            if added != area.values[whole]:
                yield _problem(file, area, whole, f"{_shown(area)}: {' + '.join(parts)} is {added}.")


def _parts(file: str, area: AreaMonth) -> Iterator[Problem]:
    for part, whole in PARTS:
        if area.values.keys() >= {part, whole} and area.values[part] > area.values[whole]:
            yield _problem(
                file,
                area,
                part,
                f"{_shown(area)}: this is part of {whole}, and that is only {area.values[whole]}.",
            )


def _means(file: str, area: AreaMonth) -> Iterator[Problem]:
    for mean, (total, count) in MEANS.items():
        if not area.values.keys() >= {mean, total, count} or not area.values[count]:
            continue
        worked_out = Decimal(area.values[total]) / area.values[count]
        if abs(area.values[mean] - worked_out) > 1 + worked_out * _MEAN_SHARE:
            yield _problem(
                file, area, mean, f"{_shown(area)}: {total} over {count} is {worked_out:.1f} seconds."
            )


def _shown(area: AreaMonth) -> str:
    return f"{area.area_code} in {area.period}"


def _problem(file: str, area: AreaMonth, indicator: str, said: str) -> Problem:
    return Problem(
        file,
        f"sheet Raw, {said}",
        _AGAIN,
        row=area.row,
        column=indicator,
        value=str(area.values[indicator]),
    )
