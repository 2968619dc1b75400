"""The figures on the pages of trusts, as a browser reads them, beside those of the release."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from playwright.sync_api import Page

from browser.harness_browser import Shown

# What a browser finds: each marked figure with the names of its row, which stand on the elements around it.
_READ = """() => {
  const known = new Map([[null, {}]])
  const rowOf = (at) => {
    if (!known.has(at)) {
      const own = Object.fromEntries(Object.entries(at.dataset ?? {}).filter(([name]) => name !== 'figure'))
      known.set(at, { ...rowOf(at.parentElement), ...own })
    }
    return known.get(at)
  }
  const marked = [...document.querySelectorAll('[data-figure]')]
  return JSON.stringify(marked.map(each => [each.dataset.figure, rowOf(each), each.textContent]))
}"""


@dataclass(frozen=True)
class Table:
    """A table of the release as the pages name its rows.

    Attributes:
        query: its rows.
        keys: the names of a row on the page, in the order of `key`.
        key: the columns that they are.
        must: columns of which every figure of the quarter of a page has to be on it.
        rounded: columns shown with fewer decimals than the release has.
    """

    query: str
    keys: tuple[str, ...]
    key: tuple[str, ...]
    must: tuple[str, ...] = ()
    rounded: tuple[str, ...] = ()


_OF = ("trust", "quarter")
_KEY = ("trust_code", "quarter_id")
_MEASURE = "select measure_id from method_summary_measures where measure_role = 'average_metric_score'"
TABLES = {
    "fct_segment": Table(
        "select * from fct_segment", _OF, _KEY,
        ("average_metric_score", "unadjusted_segment", "adjusted_segment", "final_segment", "league_rank",
         "league_trust_count", "has_financial_override"),
    ),
    "fct_likely_range": Table(
        f"select *, case when score_id in ({_MEASURE}) then '' else score_id end as domain_id"
        " from fct_likely_range",
        (*_OF, "domain"), (*_KEY, "domain_id"), ("score_low", "score_high"),
    ),
    "fct_domain": Table(
        "select * from fct_domain", (*_OF, "domain"), (*_KEY, "domain_id"),
        ("domain_score", "domain_segment", "domain_score_rank"),
    ),
    "fct_metric": Table(
        "select * from fct_metric", (*_OF, "metric"), (*_KEY, "metric_id"),
        ("value", "value_label", "metric_score"),
    ),
    "fct_contribution": Table(
        "select * from fct_contribution", (*_OF, "metric"), (*_KEY, "metric_id"),
        ("metric_weight", "part_of_average", "distance_from_peer_median"),
        ("metric_weight", "part_of_average", "distance_from_peer_median"),
    ),
    "fct_segment_distance": Table(
        "select * from fct_segment_distance", (*_OF, "metric", "direction"),
        (*_KEY, "metric_id", "direction"), ("reached_segment", "average_then"),
    ),
    "fct_score_movement": Table(
        "select * from fct_score_movement", (*_OF, "part", "measure"), (*_KEY, "part_id", "measure_id"),
        rounded=("score_effect",),
    ),
    "fct_segment_probability": Table(
        "select * from fct_segment_probability", (*_OF, "measure", "segment"),
        (*_KEY, "measure_id", "segment"), ("segment_probability",),
    ),
    "fct_target": Table(
        "select * from fct_target", (*_OF, "metric", "target"), (*_KEY, "metric_id", "target_id"),
        ("gap_to_target",),
    ),
    "fct_context": Table(
        "select * from fct_context", (*_OF, "metric"), (*_KEY, "metric_id"), ("value", "value_label"),
    ),
    "fct_reconciliation": Table(
        "select trust_code, quarter_id, explanation, count(*) as figure_count from fct_reconciliation"
        " group by all",
        (*_OF, "explanation"), (*_KEY, "explanation"), ("figure_count",),
    ),
}  # fmt: skip
# Only of metrics with a figure of the trust's own.
_OF_A_METRIC = (
    "median_value", "lower_quartile_value", "upper_quartile_value", "pool_rank", "ranked_count",
    "value_rank", "value_rank_count", "threshold",
)  # fmt: skip
_WORDS = {"yes": True, "no": False, "set": True, "not set": False}
Found = Sequence[tuple[str, Mapping[str, str], str]]
Rows = Mapping[str, Mapping[tuple[str, ...], Mapping[str, Any]]]


def read(page: Page, address: str) -> Found:
    """Every marked figure of a page, opened in the browser."""
    page.goto(address, wait_until="domcontentloaded")
    found: Found = json.loads(page.evaluate(_READ))
    return found


def released_rows(site: Shown) -> Rows:
    """Every row that a page can name, by table and names."""
    found: dict[str, dict[tuple[str, ...], Mapping[str, Any]]] = {}
    for name, table in TABLES.items():
        result = site.connection.execute(table.query)
        columns = [column[0] for column in result.description]
        rows = (dict(zip(columns, row, strict=True)) for row in result.fetchall())
        found[name] = {tuple(str(row[column]) for column in table.key): row for row in rows}
    return found


def wrong(figures: Found, released: Rows, trust_code: str, quarter_id: str) -> list[str]:
    """What is wrong on a page: a figure that is another one, stands on no row, or is missing."""
    complaints, seen = [], set()
    for name, row, text in figures:
        table, _, column = name.partition(".")
        key = tuple(row.get(each, "") for each in TABLES[table].keys)
        own = released[table].get(key)
        if own is None:
            complaints.append(f"{name} {key}: there is no such row")
        elif not _is_same(own[column], text, is_rounded=column in TABLES[table].rounded):
            complaints.append(f"{name} {key}: {text} on the page, {own[column]} in the release")
        seen.add((name, key))
    complaints += [
        f"{name} {key}: {figure} in the release, not on the page"
        for name, key, figure in _expected(released, trust_code, quarter_id)
        if (name, key) not in seen
    ]
    return complaints


def _expected(
    released: Rows, trust_code: str, quarter_id: str
) -> Iterable[tuple[str, tuple[str, ...], object]]:
    for table, described in TABLES.items():
        for key, row in released[table].items():
            if key[:2] != (trust_code, quarter_id):
                continue
            columns = described.must
            if table == "fct_likely_range" and not key[2]:  # of the average: it has a league rank
                columns += ("rank_low", "rank_high")
            if (
                table == "fct_metric"
                and (row["value"], row["value_label"], row["metric_score"]) != (None,) * 3
            ):
                columns += _OF_A_METRIC
                if row["metric_score"] is None:
                    columns = tuple(each for each in columns if each not in {"pool_rank", "ranked_count"})
                elif row["pool_rank"] is None:
                    columns = tuple(each for each in columns if each != "ranked_count")
                elif (row["pool_rank"], row["ranked_count"]) == (row["value_rank"], row["value_rank_count"]):
                    columns = tuple(each for each in columns if not each.startswith("value_rank"))
                if row["value_rank"] is None:
                    columns = tuple(each for each in columns if not each.startswith("value_rank"))
                if row["median_value"] is None:
                    columns = tuple(each for each in columns if not each.endswith("_value"))
            for column in columns:
                if row[column] is not None:
                    yield f"{table}.{column}", key, row[column]


def _is_same(figure: object, text: str, *, is_rounded: bool) -> bool:
    if isinstance(figure, bool):
        return _WORDS.get(text) is figure
    if figure is None or isinstance(figure, str):
        return text == figure or (figure is None and text == "not known")
    number = Decimal(str(figure))
    try:
        shown = Decimal(text.removesuffix(" %").replace("−", "-"))
    except InvalidOperation:
        return False
    if text.endswith(" %"):
        return abs(shown - number * 100) <= Decimal("0.05")
    if is_rounded:
        return shown == number.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
    return shown == number
