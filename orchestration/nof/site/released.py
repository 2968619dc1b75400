"""What every page needs to know of the release: its quarters, its organisations, its metrics, its terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nof.explain.rows import Row, all_rows
from nof.project import read_seed

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class TrustType:
    """A trust type of which the release scores anything.

    Attributes:
        quarter_ids: quarters with organisations of it, the newest last.
        league_quarter_ids: those of them with a league table.
    """

    trust_type_id: str
    label: str
    quarter_ids: tuple[str, ...]
    league_quarter_ids: tuple[str, ...]

    @property
    def slug(self) -> str:
        """What it is called in a path."""
        return self.trust_type_id.replace("_", "-")

    @property
    def plural(self) -> str:
        """Several of them, inside a sentence."""
        return f"{self.label[:1].lower()}{self.label[1:]}s"

    def league_path(self, quarter_id: str) -> str:
        """The page of its league table in a quarter; that of the newest has the plain name."""
        newest = self.league_quarter_ids and quarter_id == self.league_quarter_ids[-1]
        return f"league/{self.slug}.html" if newest else f"league/{self.slug}-{quarter_id}.html"


@dataclass(frozen=True)
class Trust:
    """An organisation that the release scores: a trust, in a draft also an ICB.

    Attributes:
        quarter_ids: quarters in which the release has it, the newest last.
    """

    trust_code: str
    name: str
    trust_type_id: str
    type_label: str
    subtype_label: str
    region_label: str
    quarter_ids: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return trust_path(self.trust_code)

    @property
    def quarter_id(self) -> str:
        """The newest quarter in which the release has it: the one that its page is about."""
        return self.quarter_ids[-1]


def trust_path(trust_code: str) -> str:
    """The page of an organisation."""
    return f"trust/{trust_code}.html"


def metric_path(metric_id: str) -> str:
    """The page of a metric."""
    return f"metric/{metric_id}.html"


class Released:
    """A release, or a candidate, as the pages read it; only its own folder is read.

    Attributes:
        folder: with nof.duckdb and what lies beside it.
        connection: its database, read only; tables are named without a schema.
        release: the row of dim_release.
        framework_id: the framework scored.
        quarters: rows of dim_quarter, the newest last.
        types: those that the release scores anything of, in the order of the framework.
        trusts: every organisation, by code, in the order of names.
        metrics: rows of dim_metric by metric_id.
    """

    def __init__(self, folder: Path, connection: "duckdb.DuckDBPyConnection") -> None:
        """Read what all pages share.

        Args:
            folder: the candidate or release.
            connection: its database.
        """
        self.folder = folder
        self.connection = connection
        connection.execute("use publication")
        self.release: Row = self.rows("select * from dim_release")[0]
        self.framework_id: str = self.release["framework_id"]
        self.quarters = self.rows(
            "select * from dim_quarter where quarter_id in (select quarter_id from fct_segment)"
            " order by quarter_id"
        )
        self.metrics: Mapping[str, Row] = {
            row["metric_id"]: row for row in self.rows("select * from dim_metric order by metric_id")
        }
        self.trusts: Mapping[str, Trust] = self._trusts()
        self.types: tuple[TrustType, ...] = self._types()

    def rows(self, query: str, *parameters: object) -> tuple[Row, ...]:
        """Rows of a query by column name; the tables are those of the publication."""
        return all_rows(self.connection, query, *parameters)

    @property
    def quarter_id(self) -> str:
        """The newest quarter."""
        return str(self.release["quarter_id"])

    @cached_property
    def quarter_labels(self) -> Mapping[str, str]:
        """`Q3 2025/26` by `2025-26-Q3`."""
        return {row["quarter_id"]: row["quarter_label"] for row in self.quarters}

    @cached_property
    def programme_segment(self) -> int | None:
        """The final segment of who is in the improvement programme; None where the framework has none."""
        (row,) = self.rows(
            "select programme_segment from method_frameworks where framework_id = ?", self.framework_id
        )
        segment: int | None = row["programme_segment"]
        return segment

    @cached_property
    def files(self) -> Mapping[str, Row]:
        """Rows of dim_file by file_id."""
        return {
            row["file_id"]: row for row in self.rows("select * from dim_file order by file_name, file_id")
        }

    def type_of(self, trust_type_id: str) -> TrustType:
        """A trust type by its identifier."""
        return next(each for each in self.types if each.trust_type_id == trust_type_id)

    def trusts_of(self, trust_type_id: str) -> tuple[Trust, ...]:
        """The organisations of a type, in the order of names."""
        return tuple(each for each in self.trusts.values() if each.trust_type_id == trust_type_id)

    def _trusts(self) -> Mapping[str, Trust]:
        quarters: dict[str, list[str]] = {}
        for row in self.rows("select trust_code, quarter_id from fct_segment order by quarter_id"):
            quarters.setdefault(row["trust_code"], []).append(row["quarter_id"])
        return {
            row["trust_code"]: Trust(
                trust_code=row["trust_code"],
                name=row["trust_name"],
                trust_type_id=row["trust_type_id"],
                type_label=row["trust_type_label"],
                subtype_label=row["trust_subtype_label"] or "",
                region_label=row["region_label"] or "",
                quarter_ids=tuple(quarters[row["trust_code"]]),
            )
            for row in self.rows("select * from dim_trust order by trust_name, trust_code")
            if row["trust_code"] in quarters
        }

    def _types(self) -> tuple[TrustType, ...]:
        found = self.rows(
            "select trust_type_id, quarter_id, count(league_rank) as ranked from fct_segment"
            " group by trust_type_id, quarter_id order by quarter_id"
        )
        return tuple(
            TrustType(
                trust_type_id=seed["trust_type_id"],
                label=seed["trust_type_label"],
                quarter_ids=tuple(row["quarter_id"] for row in own),
                league_quarter_ids=tuple(row["quarter_id"] for row in own if row["ranked"]),
            )
            for seed in read_seed("reference", "trust_types")
            if (own := [row for row in found if row["trust_type_id"] == seed["trust_type_id"]])
        )
