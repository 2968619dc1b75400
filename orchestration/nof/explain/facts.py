"""What an explanation is made from: the rows of a release that concern one organisation in one quarter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nof.errors import NofError, UsageRefused
from nof.explain import asked
from nof.explain.ask import find_quarter
from nof.explain.changes import change_words
from nof.explain.facts_beside import BesideFacts, BesideReader
from nof.explain.method import Method, read_method
from nof.explain.organisations import Known, find_organisation, read_known
from nof.explain.reading import QuarterRows
from nof.explain.rows import Row, all_rows

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, kw_only=True)
class OrganisationFacts:
    """The rows of one organisation and quarter that there are whether it is segmented or not.

    Attributes:
        first_day: the first day of the first quarter of the release.
        trust: code, name, type, subtype and region, under the names of dim_trust.
        kind: provider, or icb.
        noun: what to call it: trust, or ICB.
    """

    method: Method
    framework_id: str
    first_day: date
    quarter: Row
    trust: Row
    kind: str
    noun: str
    beside: BesideFacts
    files: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Facts(OrganisationFacts):
    """The rows of one segmented organisation and quarter, and the rows it was compared with."""

    segment: Row
    completeness: Row
    metrics: tuple[Row, ...]
    domains: tuple[Row, ...]
    cut_points: tuple[Row, ...]
    reconciliation: tuple[Row, ...]
    pool_places: Mapping[str, Row]
    league_place: Row
    type_values: tuple[Row, ...]
    ages: tuple[Row, ...]


def read_facts(
    database: Path, trust: str, quarter: str, framework_id: str | None
) -> Facts | OrganisationFacts:
    """Read what the release holds about an organisation in a quarter; the file is opened read-only.

    Args:
        database: nof.duckdb of a release.
        trust: code of a trust or ICB, or a piece of the name.
        quarter: the quarter as a person writes it.
        framework_id: needed only where the release holds several.

    Returns:
        Facts where the framework segments the organisation, otherwise only what stands beside.

    Raises:
        NofError: there is no such file.
        UsageRefused: organisation, quarter or framework is not in the release.
    """
    import duckdb  # noqa: PLC0415

    if not database.is_file():
        raise NofError(f"{database} is not there. Make a release with `nof run` first.")
    with duckdb.connect(str(database), read_only=True) as connection:
        framework = _find_framework(connection, framework_id)
        quarters = _quarters(connection, framework)
        quarter_id = find_quarter(quarter, {row["quarter_id"]: row["quarter_label"] for row in quarters})
        known = read_known(connection, framework)
        rows = QuarterRows(connection, framework, quarter_id, of_all=False)
        return QuarterFacts(connection, rows, quarters, known).of(find_organisation(trust, known))


def read_quarter(
    connection: "duckdb.DuckDBPyConnection", framework_id: str, quarter_id: str, *, of_all: bool = True
) -> "QuarterFacts":
    """What the release holds about the organisations in a quarter.

    Args:
        connection: the release.
        framework_id: the framework.
        quarter_id: a quarter of the release.
        of_all: whether all will be asked about: then each table is asked once.
    """
    rows = QuarterRows(connection, framework_id, quarter_id, of_all=of_all)
    known = read_known(connection, framework_id)
    return QuarterFacts(connection, rows, _quarters(connection, framework_id), known)


class QuarterFacts:
    """Facts about the organisations of one quarter.

    Attributes:
        known: every organisation that the release knows, by code.
        rows: the rows of the quarter.
    """

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        rows: QuarterRows,
        quarters: tuple[Row, ...],
        known: Mapping[str, Known],
    ) -> None:
        """Read what is the same for all of them.

        Args:
            connection: the release.
            rows: the rows of the quarter.
            quarters: rows of dim_quarter of the framework.
            known: the organisations.
        """
        self.known, self.rows = known, rows
        self._quarter = next(row for row in quarters if row["quarter_id"] == rows.quarter_id)
        self._first_day = min(row["start_date"] for row in quarters)
        self._method = read_method(connection, rows.framework_id)
        self._files = all_rows(connection, "select * from publication.dim_file order by file_name, file_id")
        tables = {row["table_name"] for row in all_rows(connection, "from duckdb_tables()")}
        # A release from before either was asked is read as well.
        self._has_ages = "fct_data_age" in tables
        self._beside = BesideReader(connection, rows, has_source_values="fct_source_value" in tables)

    def of(self, known: Known) -> Facts | OrganisationFacts:
        """What there is about an organisation.

        Raises:
            UsageRefused: it is not in the quarter.
        """
        beside = self._beside.of(known.code)
        segment = self.rows.about(asked.SEGMENT, known.code)
        if not segment and not beside.is_in_hand:
            raise UsageRefused(_not_in_quarter(known, self.rows.quarter_id, beside))
        common = OrganisationFacts(
            method=self._method,
            framework_id=self.rows.framework_id,
            first_day=self._first_day,
            quarter=self._quarter,
            trust=known.described,
            kind=known.kind,
            noun=known.noun,
            beside=beside,
            files=self._files,
        )
        return self._segmented(known.code, segment[0], common) if segment else common

    def _segmented(self, code: str, segment: Row, common: OrganisationFacts) -> Facts:
        about, trust_type_id = self.rows.about, segment["trust_type_id"]
        return Facts(
            **vars(common),
            segment=segment,
            completeness=about(asked.COMPLETENESS, trust_type_id)[0],
            metrics=about(asked.METRICS, code),
            domains=about(asked.DOMAINS, code),
            cut_points=about(asked.CUT_POINTS, "all") + about(asked.CUT_POINTS, trust_type_id),
            reconciliation=about(asked.RECONCILIATION, code) + about(asked.RECONCILIATION, trust_type_id),
            pool_places={row["metric_id"]: row for row in about(asked.POOL_PLACES, code)},
            league_place=about(asked.LEAGUE_PLACE, code)[0],
            type_values=about(asked.CORE_VALUES, trust_type_id),
            ages=about(asked.AGES, code) if self._has_ages else (),
        )


def _quarters(connection: "duckdb.DuckDBPyConnection", framework_id: str) -> tuple[Row, ...]:
    return all_rows(connection, "select * from publication.dim_quarter where framework_id = ?", framework_id)


def _find_framework(connection: "duckdb.DuckDBPyConnection", asked: str | None) -> str:
    found = [
        row["framework_id"]
        for row in all_rows(
            connection, "select distinct framework_id from publication.dim_quarter order by all"
        )
    ]
    if asked is None and len(found) == 1:
        return str(found[0])
    if asked in found:
        return str(asked)
    if asked is None:
        raise UsageRefused(f"The release holds several frameworks; name one: {', '.join(found)}.")
    raise UsageRefused(f"The release holds no framework {asked!r}. It holds {', '.join(found)}.")


def _not_in_quarter(known: Known, quarter_id: str, beside: BesideFacts) -> str:
    told = [f"{known.code} {known.name} has no rows in {quarter_id}."]
    if known.quarter_ids:
        told.append(f"It is in hand for {', '.join(known.quarter_ids)}.")
    told += [f"{change_words(row, known.code, beside.names)}." for row in beside.changes]
    return " ".join(told)
