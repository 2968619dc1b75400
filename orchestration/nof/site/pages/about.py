"""The page that says what the site is, on what terms it is given, and what to mind when reading it."""

from collections.abc import Iterator

from nof.project import read_seed
from nof.site.glossary import FINAL_BASES, OVERRIDE_BASES, spaced
from nof.site.model import Output, Page
from nof.site.released import Released
from nof.site.table import Table, simple

# What lies in the folder of a release, in the order in which somebody would open it.
_PARTS = (
    ("nof.duckdb", "every table, in the schema publication; wide_view is the one to open first"),
    ("csv/", "the same tables as CSV, and the figures in NHS England's own layout"),
    ("parquet/", "the same tables as Parquet"),
    ("workbook/", "one workbook, as XLSX and ODS"),
    ("dictionary/", "every table and column: what it means, its unit and its rule"),
    ("difference/", "what moved since the release before"),
    ("quality/", "what the gates found"),
    ("semantic/", "relations and measures for tools that draw charts"),
    ("manifest.json, notes.md", "inputs, seeds and code by their hashes; how whole the release is"),
    ("metadata.json, datapackage.json", "every CSV described for programs"),
)
_KINDS = {
    "oversight_data": "data file",
    "league_table": "league table",
    "register_entries": "registers",
    "ods_trusts": "ODS trusts",
}
_INCOMPLETE = (
    "select distinct trust_type_id, quarter_id from fct_segment where delivery_status = 'incomplete' "
    "order by quarter_id"
)


def make(released: Released) -> Iterator[Output]:
    """One page."""
    labels = {each.trust_type_id: each.plural for each in released.types}
    yield Page(
        path="about.html",
        template="pages/about.html.j2",
        title="About these pages",
        section="about.html",
        filled={
            "files": tuple(released.files.values()),
            "file_kinds": _kinds(released),
            "incomplete": tuple(
                f"{labels[row['trust_type_id']]} in {released.quarter_labels[row['quarter_id']]}"
                for row in released.rows(_INCOMPLETE)
            ),
            "trust_count": len(released.trusts),
            "parts": simple("Files of the release", ("File or folder", "What is in it"), _PARTS, wide=(1,)),
            "bases": _bases(),
            "others": _others(),
            "statuses": _statuses(released),
        },
    )


def _kinds(released: Released) -> dict[str, str]:
    """What each kind of file is called; a source publication by its own name."""
    named = {row["dataset_id"]: row["publication_label"] for row in read_seed("reference", "source_datasets")}
    words = {row["file_kind"] for row in released.files.values()}
    return {word: _KINDS.get(word) or named.get(word) or spaced(word) for word in words}


def _bases() -> Table:
    """What a score and a cut point may stand on, the firmest first."""
    rows: dict[str, str] = {
        row["score_basis"]: row["meaning"] for row in read_seed("framework", "score_bases")
    }
    cuts = {row["cut_point_basis"]: row["meaning"] for row in read_seed("framework", "cut_point_bases")}
    meanings: list[tuple[str, str, str]] = [
        (spaced(word).capitalize(), rows.get(word, ""), cuts.get(word, "")) for word in {**rows, **cuts}
    ]
    return simple(
        "What a score, and a cut point between segments, stands on",
        ("Basis", "Of a score", "Of a cut point"),
        [(word, *(text or None for text in texts)) for word, *texts in meanings],
        wide=(1, 2),
    )


def _others() -> Table:
    """What the override and the final segment stand on."""
    rows = [
        (f"{label}: {spaced(word)}", meaning)
        for label, found in (("Financial override", OVERRIDE_BASES), ("Final segment", FINAL_BASES))
        for word, meaning in found.items()
    ]
    return simple(
        "What an override and a final segment stand on", ("Basis", "What it means"), rows, wide=(1,)
    )


def _statuses(released: Released) -> Table:
    """Why there is no score: statuses with their reasons."""
    reasons = released.rows("select * from method_missing_reasons order by cell_status, missing_reason_id")
    rows = []
    for row in released.rows("select * from method_cell_statuses order by cell_status"):
        own = [each["meaning"] for each in reasons if each["cell_status"] == row["cell_status"]]
        rows.append((spaced(row["cell_status"]).capitalize(), row["meaning"], "; ".join(own) or None))
    return simple(
        "Whether a trust has a score of a metric, and why not",
        ("Status", "What it means", "Reasons that lead to it"),
        rows,
        wide=(1, 2),
    )
