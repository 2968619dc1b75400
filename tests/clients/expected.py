"""What the blocks of the guides must print, worked out from the release's CSV files, by page and name.

Each entry gives rows in the order they are printed. A row is the cells that its line must show, in order; the
line may show more (an index, a frame's lines). Every line that carries the code of a trust, quarter, type or
metric is one of the rows: a row too many is as wrong as a row too few.
"""

from collections.abc import Callable

from clients.figures import Figures, Row


def _league(figures: Figures) -> list[Row]:
    return [
        (row["Rank"], row["Trust_code"], row["Average_score"], row["Segment"])
        for row in figures.league("ambulance-trust")
    ]


def _named(figures: Figures) -> list[Row]:
    return [(row["Rank"], row["Trust_code"], row["Trust_name"]) for row in figures.league("ambulance-trust")]


def _workbook_league(figures: Figures) -> list[Row]:
    """As the workbook shows it: rank, code, name, region, subtype, score, segment, deficit."""
    shown = ("Rank", "Trust_code", "Trust_name", "Region", "Trust_subtype", "Average_score", "Segment")
    return [
        (*(row[name] for name in shown), row["Trust_in_financial_deficit"])
        for row in figures.league("ambulance-trust")
    ]


def _league_file(figures: Figures) -> list[Row]:
    """The whole file as NHS England lays it out, every cell, in its own order."""
    return [
        tuple(row.values()) for row in figures.table("nhs-oversight-framework-ambulance-trust-league-table")
    ]


def _league_with_names(figures: Figures) -> list[Row]:
    return [
        (row["Rank"], row["Trust_code"], row["Average_score"], row["Segment"], row["Trust_name"])
        for row in figures.league("ambulance-trust")[:5]
    ]


def _trend(figures: Figures) -> list[Row]:
    body = [(trust, *scores) for trust, scores in figures.scores("ambulance").items()]
    return [tuple(figures.quarters), *body]


def _segments(figures: Figures) -> list[Row]:
    counts = figures.segment_counts(figures.quarters[-1])
    return [(trust_type, segment, str(counts[trust_type, segment])) for trust_type, segment in sorted(counts)]


def _fourth_segment(figures: Figures) -> list[Row]:
    return [
        (
            quarter,
            str(sum(n for (_, segment), n in figures.segment_counts(quarter).items() if segment == "4")),
        )
        for quarter in figures.quarters
    ]


def _acute_segments(figures: Figures) -> list[Row]:
    """Acute trusts in each segment of the league table, by quarter: those with a rank."""
    return [
        (quarter, segment, str(counts["acute", segment]))
        for quarter in figures.quarters
        for counts in [figures.segment_counts(quarter)]
        for segment in "1234"
        if ("acute", segment) in counts
    ]


def _pushed(figures: Figures) -> list[Row]:
    """What `nof push` says, line by line, of a first push."""
    counts = figures.manifest["tables"]
    release = f"{figures.manifest['quarter_id']}/{figures.manifest['release_id']}"
    return [
        ("Pushed", release, "provisional", "schema", "nof"),
        ("Before:", "no", "release"),
        ("Now:", str(len(counts)), "tables", f"{sum(counts.values()):,}", "equal"),
        ("How:", "tables", "made"),
        ("Time:",),
        ("Readers:", "nof_reader"),
        ("Connect:",),
        ("One", "release", "across", "several", "nof.release_state"),
    ]


def _release(figures: Figures) -> list[Row]:
    return [(str(figures.manifest["release_id"]), figures.quarters[-1])]


def _weakest_metrics(figures: Figures) -> list[Row]:
    """Metric scores of 2 and more of the first trust of the ambulance table, the weakest first."""
    trust = figures.league("ambulance-trust")[0]["Trust_code"]
    labels = {row["metric_id"]: row["metric_label"] for row in figures.table("dim_metric")}
    found = [
        row
        for row in figures.table("fct_metric")
        if row["trust_code"] == trust
        and row["quarter_id"] == figures.quarters[-1]
        and row["metric_score"]
        and float(row["metric_score"]) >= 2
    ]
    found.sort(key=lambda row: (-float(row["metric_score"]), row["metric_id"]))
    return [(row["metric_id"], row["metric_score"], labels[row["metric_id"]]) for row in found]


def _chart_address(_: Figures) -> list[Row]:
    return [("http://127.0.0.1:8088/explore/?slice_id=1",)]


def _up(_: Figures) -> list[Row]:
    return [("OK",)]


def _meaning_of(table: str, column: str) -> Callable[[Figures], list[Row]]:
    return lambda figures: [(figures.meaning(table, column),)]


EXPECTED: dict[tuple[str, str], Callable[[Figures], list[Row]]] = {
    ("python.md", "release"): _release,
    ("python.md", "league"): _league_with_names,
    ("python.md", "trend"): _trend,
    ("python.md", "segments"): _segments,
    ("python.md", "parquet"): _fourth_segment,
    ("python.md", "wide"): _weakest_metrics,
    ("python.md", "meaning"): _meaning_of("fct_segment", "adjusted_segment"),
    ("postgresql.md", "push"): _pushed,
    ("postgresql.md", "league"): _league_with_names,
    ("postgresql.md", "state"): _release,
    ("superset.md", "up"): _up,
    ("superset.md", "saved"): _chart_address,
    ("superset.md", "chart"): _acute_segments,
    ("superset.md", "meaning"): _meaning_of("league_table", "segment"),
    ("sqlalchemy.md", "league"): _league,
    ("sqlalchemy.md", "trend"): _trend,
    ("sqlalchemy.md", "service"): _release,
    ("node.md", "league"): _league,
    ("tableau.md", "extract"): _league,
    ("r.md", "league"): _league,
    ("r.md", "trend"): _trend,
    ("r.md", "joined"): _named,
    ("excel.md", "workbook"): _workbook_league,
    ("excel.md", "opendocument"): _workbook_league,
    ("excel.md", "csv"): _league_file,
    ("node.md", "trend"): _trend,
}
