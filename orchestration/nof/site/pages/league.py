"""League tables: a page for each trust type and quarter that has one, and an overview that leads to them."""

from collections.abc import Iterator

from nof.project import read_seed
from nof.site.model import Output, Page, Step
from nof.site.nation.hand import missing_sentences, read_in_hand
from nof.site.nation.league_rows import LeagueTable, read_league
from nof.site.nation.spread import read_cuts
from nof.site.nation.words import bases_in_words, cut_points_in_words
from nof.site.released import Released

TRAIL = (Step("League tables", "league.html"),)


def make(released: Released) -> Iterator[Output]:
    """The overview, the tables, and their data."""
    tables = [
        read_league(released, kind, quarter_id)
        for kind in released.types
        for quarter_id in kind.league_quarter_ids
    ]
    yield Page(
        path="league.html",
        template="pages/league.html.j2",
        title="League tables",
        section="league.html",
        filled={
            "tables": tables,
            "missing": missing_sentences(
                read_in_hand(released), released.quarter_labels[released.quarter_id]
            ),
        },
    )
    for table in tables:
        yield table.data()
        yield _page(released, table)


def _page(released: Released, table: LeagueTable) -> Page:
    kind, quarter_id = table.kind, table.quarter_id
    folder = released.folder / "csv"
    file_slug = next(
        row["file_slug"]
        for row in read_seed("reference", "trust_types")
        if row["trust_type_id"] == kind.trust_type_id
    )
    own = sorted(each.name for each in folder.glob(f"*{file_slug}-league-table*.csv"))
    return Page(
        path=table.path,
        template="pages/league_table.html.j2",
        title=f"League table of {kind.plural}, {released.quarter_labels[quarter_id]}",
        section="league.html",
        trail=TRAIL,
        filled={
            "table": table,
            "kind": kind,
            "others": [
                (other, other.league_path(_nearest(other.league_quarter_ids, quarter_id)))
                for other in released.types
                if other.league_quarter_ids and other.trust_type_id != kind.trust_type_id
            ],
            "cuts": read_cuts(released, kind.trust_type_id, quarter_id),
            "average_bases": bases_in_words(each.row["average_basis"] for each in table.rows),
            "cut_bases": cut_points_in_words(each.row["cut_point_basis"] for each in table.rows),
            "own_csv": own[0] if own else "",
        },
    )


def _nearest(quarter_ids: tuple[str, ...], quarter_id: str) -> str:
    """The same quarter of another type where it has one, else its newest."""
    return quarter_id if quarter_id in quarter_ids else quarter_ids[-1]
