"""The rows of a quarter as files have them, found by trust and measure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from nof.landing.columns import LANDING_TABLES
from nof.landing.text import clean

COLUMNS = LANDING_TABLES["oversight_data"]


class RowKey(NamedTuple):
    """Where a row is from."""

    file_id: str
    row_number: str


Row = dict[str, str | None]


class QuarterRows:
    """The rows that supply a quarter, every cell as text; nobody changes them."""

    def __init__(self, rows: Iterable[tuple[str | None, ...]]) -> None:
        self._rows: dict[RowKey, Row] = {}
        self._by_measure: dict[str, dict[str, list[RowKey]]] = defaultdict(lambda: defaultdict(list))
        self._first: dict[str, RowKey] = {}
        for cells in rows:
            row = dict(zip(COLUMNS, cells, strict=True))
            key = RowKey(row["file_id"] or "", row["row_number"] or "")
            trust = clean(row["trust_code"] or "")
            self._rows[key] = row
            self._by_measure[clean(row["metric_id"] or "")][trust].append(key)
            self._first.setdefault(trust, key)

    def __getitem__(self, key: RowKey) -> Row:
        """A copy of a row."""
        return dict(self._rows[key])

    def value_row(self, trust_code: str, metric_id: str, companion_unit_label: str) -> RowKey | None:
        """The row with a trust's value of a metric; never the companion's beside it."""
        for key in self._by_measure.get(metric_id, {}).get(trust_code, ()):
            unit = clean(self._rows[key]["units"] or "")
            if not companion_unit_label or unit != companion_unit_label:
                return key
        return None

    def of_measure(self, measure_id: str, trusts: Iterable[str]) -> Iterator[RowKey]:
        """The rows of a measure, of these trusts."""
        found = self._by_measure.get(measure_id, {})
        for trust in trusts:
            yield from found.get(trust, ())

    def any_of_trust(self, trust_code: str) -> Row:
        """The first row of a trust: how the files write its name, type and region."""
        return self[self._first[trust_code]]

    def like(self, metric_id: str, companion_unit_label: str, trusts: Iterable[str]) -> Row | None:
        """The row with this metric's value of the first of these trusts that has one."""
        for trust in trusts:
            key = self.value_row(trust, metric_id, companion_unit_label)
            if key is not None:
                return self[key]
        return None
