"""Cells as rows in the shape of the landing tables: published text, rank, and where the row stands."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from nof.project import read_seed
from nof.sample.cases import EXCLUDED, FRAMEWORK_ID
from nof.sample.draws import fixed
from nof.sample.grid import COUNT_SUFFIX, Grid
from nof.sample.nation import ICB, NON_BREAKING_SPACE, Trust
from nof.sample.periods import QUARTER_LABELS, reporting_date
from nof.sample.recipes import RANKED_UNROUNDED

_PUBLISHED_PLACES = 2
_SUMMARY = "Summary"
_RANKED_ROLES = frozenset({"scored", "component"})
# NHS England's text, which ends in a non-breaking space.
_ENDS_IN_A_SPACE = "OF0084"


def published_number(number: Decimal) -> str:
    """As NHS England prints it: two places at most, and `1.0` for whole numbers."""
    return str(float(fixed(float(number), _PUBLISHED_PLACES)))


def data_rows(
    grid: Grid, trusts: list[Trust], quarter_ids: tuple[str, ...], type_label: str
) -> list[dict[str, str]]:
    """The rows of one file, sorted by quarter, measure and trust, without file and row number.

    `trusts` are those of one trust type, or the boards: ranks are within a trust type (rules 4).
    """
    by_code = {trust.trust_code: trust for trust in trusts}
    keys = [key for key in grid if key[0] in quarter_ids and key[1] in by_code]
    # Boards are not scored in 2025/26, so nobody ranks them.
    ranks = _ranks(grid, [key for key in keys if by_code[key[1]].trust_type_id != ICB])
    descriptions = _descriptions()
    rows = []
    for key in sorted(keys, key=_order):
        quarter_id, code, measure = key
        trust, cell = by_code[code], grid[key]
        measure_id = measure.removesuffix(COUNT_SUFFIX)
        description = descriptions[measure_id]
        row = {
            "quarter": QUARTER_LABELS[quarter_id],
            "region": trust.region_label,
            "trust_type": type_label,
            "trust_subtype": trust.trust_subtype_label,
            "trust_code": code,
            "trust_name": trust.trust_name,
            "metric_id": measure_id,
            "reporting_date": reporting_date(description["value_id"], quarter_id),
            "domain": description["domain"],
            "sub_domain": description["sub_domain"],
            "metric_description": description["metric_description"],
            "units": "count" if measure != measure_id else description["units"],
            "value": (cell.text or "") if cell.number is None else published_number(cell.number),
            "rank": ranks.get(key, ""),
        }
        rows.append(row)
    return rows


def _order(key: tuple[str, str, str]) -> tuple[str, bool, str, str]:
    quarter_id, code, measure = key
    return quarter_id, measure.startswith("OF5"), measure, code


def _ranks(grid: Grid, keys: list[tuple[str, str, str]]) -> dict[tuple[str, str, str], str]:
    """Rank by goodness within quarter and metric; tied trusts share the best rank.

    Only what is scored is ranked: neither a contextual value nor one that the register excludes.
    """
    is_higher_better = {
        row["metric_id"]: row["polarity"] == "higher"
        for row in read_seed("framework", "metrics")
        if row["framework_id"] == FRAMEWORK_ID and row["metric_role"] in _RANKED_ROLES
    }
    groups: dict[tuple[str, str], dict[tuple[str, str, str], Decimal]] = defaultdict(dict)
    for key in keys:
        quarter_id, code, measure = key
        number = grid[key].number
        if number is None or measure not in is_higher_better or (code, measure) == EXCLUDED:
            continue
        if measure not in RANKED_UNROUNDED:
            number = fixed(float(number), _PUBLISHED_PLACES)
        groups[quarter_id, measure][key] = -number if is_higher_better[measure] else number
    ranks = {}
    for members in groups.values():
        best_first = sorted(members.values())
        first_place = {number: place for place, number in reversed(list(enumerate(best_first, start=1)))}
        for key, number in members.items():
            ranks[key] = str(float(first_place[number]))
    return ranks


def _descriptions() -> dict[str, Mapping[str, str]]:
    """The descriptive columns of each measure, with the metric whose period its rows carry."""
    domains = {
        row["domain_id"]: row["domain_label"]
        for row in read_seed("framework", "domains")
        if row["framework_id"] == FRAMEWORK_ID
    }
    descriptions: dict[str, Mapping[str, str]] = {}
    for row in read_seed("framework", "metrics"):
        if row["framework_id"] != FRAMEWORK_ID:
            continue
        ending = NON_BREAKING_SPACE if row["metric_id"] == _ENDS_IN_A_SPACE else ""
        value_row = {
            "value_id": row["metric_id"],
            "domain": domains[row["domain_id"]],
            "sub_domain": row["sub_domain_label"],
            "metric_description": row["metric_label"] + ending,
            "units": row["unit_label"],
        }
        descriptions[row["metric_id"]] = value_row
        if row["score_id"]:
            descriptions[row["score_id"]] = {**value_row, "units": "score"}
    for row in read_seed("framework", "summary_measures"):
        if row["framework_id"] == FRAMEWORK_ID:
            descriptions[row["measure_id"]] = {
                "value_id": row["measure_id"],
                "domain": _SUMMARY,
                "sub_domain": _SUMMARY,
                "metric_description": row["measure_label"],
                "units": row["unit_label"],
            }
    return descriptions
