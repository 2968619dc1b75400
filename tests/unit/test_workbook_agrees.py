"""XLSX and ODS, opened by readers that did not write them, agree with nof.duckdb cell by cell."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from harness_workbook import NOTE
from python_calamine import CalamineWorkbook

from nof.companions import workbook
from nof.project import read_seed
from nof.release.database import open_database
from nof.release.seal import read_manifest

Cells = list[list[Any]]
# Written out here, so that the seed is compared with something.
MARKS = {
    "suppressed": "[c]",
    "not_reported": "[x]",
    "absent": "[x]",
    "not_applicable": "[z]",
    "excluded": "[z]",
}
ABOUT = 4  # columns that say which organisation a row is about


@pytest.fixture(scope="module", params=["bundled_release", "real_release"])
def release(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="module")
def database(release: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_database(release / "nof.duckdb") as connection:
        yield connection


@pytest.fixture(scope="module", params=[workbook.XLSX, workbook.ODS], ids=["xlsx", "ods"])
def sheets(release: Path, request: pytest.FixtureRequest) -> dict[str, Cells]:
    """The table of each sheet: headings without their notes, then rows."""
    read = CalamineWorkbook.from_path(str(release / request.param))
    return {name: table_of(read.get_sheet_by_name(name).to_python()) for name in read.sheet_names[1:]}


def table_of(cells: Cells) -> Cells:
    """What stands below the lines that have one cell only."""
    top = next(number for number, row in enumerate(cells) if len(row) < 2 or row[1] not in ("", None))
    headings = [NOTE.sub("", heading).strip() for heading in cells[top]]
    return [headings, *cells[top + 1 :]]


def newest(release: Path) -> str:
    quarter: str = read_manifest(release)["quarter_id"]
    return quarter


def same(cell: Any, wanted: Any) -> bool:
    """Numbers by their value; text as it is."""
    if isinstance(wanted, str):
        return bool(cell == wanted)
    return not isinstance(cell, str) and float(cell) == float(wanted)


def yes(flag: bool | None) -> str:
    return "[x]" if flag is None else ("Yes" if flag else "No")


def or_x(figure: Any) -> Any:
    return "[x]" if figure is None else figure


def differences(rows: Cells, wanted: list[tuple[Any, ...]]) -> list[str]:
    """Cells that differ from what is wanted, by the first cell of their row and their place."""
    assert len(rows) == len(wanted)
    return [
        f"{row[:2]} {place}: {cell!r}, wanted {figure!r}"
        for row, figures in zip(rows, wanted, strict=True)
        for place, (cell, figure) in enumerate(zip(row, figures, strict=True))
        if not same(cell, figure)
    ]


def by_code(rows: Cells) -> dict[str, list[Any]]:
    found = {str(row[0]): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_sheet_is_one_that_a_test_here_compares(sheets: dict[str, Cells]) -> None:
    leagues = {name for name in sheets if name.startswith("League_")}
    assert leagues
    assert set(sheets) - leagues == {
        *("Contents", "Notes", "Segments", "Domains", "Metric_scores", "Metric_values"),
        *("Every_quarter", "Metrics", "Completeness", "Missing"),
        *({"Targets"} & set(sheets)),
    }
    assert [row[0] for row in sheets["Contents"][1:]] == list(sheets)[1:]


def test_league_tables_agree(
    sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection, release: Path
) -> None:
    compared = 0
    for trust_type in (row["trust_type_id"] for row in read_seed("reference", "trust_types")):
        wanted = database.execute(
            'select "rank", trust_code, trust_name, region_label, trust_subtype_label, average_score, '
            "segment, trust_in_financial_deficit, likely_range_of_average_score, likely_range_of_rank "
            "from publication.league_table "
            'where quarter_id = ? and trust_type_id = ? order by "rank" nulls last, trust_name, trust_code',
            [newest(release), trust_type],
        ).fetchall()
        name = f"League_{trust_type.partition('_and_')[0]}"
        assert (name in sheets) == bool(wanted)
        if wanted:
            assert differences(sheets[name][1:], [tuple(map(or_x, row)) for row in wanted]) == []
        compared += len(wanted)
    assert compared


def test_segments_agree(sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection, release: Path) -> None:
    headings, *rows = sheets["Segments"]
    found = by_code(rows)
    wanted = database.execute(
        "select segments.trust_code, trust_name, trust_type_label, region_label, average_metric_score, "
        "average_basis, metrics_counted, unadjusted_segment, has_financial_override, override_reason, "
        "is_in_deficit, adjusted_segment, is_in_improvement_programme, final_segment, final_segment_basis, "
        "league_rank from publication.fct_segment as segments inner join publication.dim_trust "
        "using (framework_id, trust_code) where quarter_id = ?",
        [newest(release)],
    ).fetchall()
    assert len(wanted) == len(found) and headings[4:8] == [
        *("Average metric score", "Basis of the average", "Metrics counted", "Unadjusted segment"),
    ]
    for row in wanted:
        texts = [yes(cell) if number in (8, 10, 12) else or_x(cell) for number, cell in enumerate(row)]
        texts[9] = "[z]" if row[9] is None and row[8] is False else texts[9]
        assert differences([found[row[0]]], [tuple(texts)]) == []


def compare_by_heading(
    table: Cells, figure_of: Callable[[str, str], Any], *, organisations: Mapping[str, tuple[Any, ...]]
) -> int:
    """Compare a sheet that has a row for each organisation and a column for each thing."""
    headings, *rows = table
    assert set(by_code(rows)) == set(organisations)
    faults = []
    for row in rows:
        wanted = (*organisations[row[0]], *(figure_of(row[0], heading) for heading in headings[ABOUT:]))
        faults += differences([row], [wanted])
    assert faults == []
    return len(rows) * len(headings[ABOUT:])


def organisations_in(
    database: duckdb.DuckDBPyConnection, table: str, quarter: str | None
) -> dict[str, tuple[Any, ...]]:
    found = database.execute(
        "select distinct trusts.trust_code, trust_name, trust_type_label, region_label "
        f"from publication.dim_trust as trusts inner join publication.{table} as facts "
        "using (framework_id, trust_code) where ? is null or facts.quarter_id = ?",
        [quarter, quarter],
    ).fetchall()
    return {row[0]: tuple(map(or_x, row)) for row in found}


@pytest.mark.parametrize(
    ("name", "figures"),
    [("Metric_scores", "metric_score"), ("Metric_values", "coalesce(cast(value as varchar), value_label)")],
)
def test_metric_figures_agree_and_none_is_left_out(
    sheets: dict[str, Cells],
    database: duckdb.DuckDBPyConnection,
    release: Path,
    name: str,
    figures: str,
) -> None:
    is_number = {
        metric_id: kind != "label"
        for metric_id, kind in database.execute(
            "select metric_id, value_kind from publication.dim_metric"
        ).fetchall()
    }
    found = database.execute(
        f"select trust_code, metric_id, cell_status, {figures} from publication.fct_metric "
        "where quarter_id = ?",
        [newest(release)],
    ).fetchall()
    cells = {(code, metric_id): (status, figure) for code, metric_id, status, figure in found}

    def wanted(code: str, heading: str) -> Any:
        metric_id = heading.partition(" ")[0]
        status, figure = cells[(code, metric_id)]
        if figure is None:
            return MARKS.get(status, "[x]")
        return float(figure) if is_number[metric_id] or name == "Metric_scores" else figure

    organisations = organisations_in(database, "fct_metric", newest(release))
    compare_by_heading(sheets[name], wanted, organisations=organisations)
    shown = {heading.partition(" ")[0] for heading in sheets[name][0][ABOUT:]}
    assert shown == {metric_id for _, metric_id, _, figure in found if figure is not None}


def test_headings_of_values_name_metric_and_unit(
    sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection
) -> None:
    wanted = {
        f"{metric_id} {label} ({'per cent' if unit == '%' else unit})"
        for metric_id, label, unit in database.execute(
            "select metric_id, metric_label, unit_label from publication.dim_metric"
        ).fetchall()
    }
    assert set(sheets["Metric_values"][0][ABOUT:]) <= wanted


def test_domains_agree(sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection, release: Path) -> None:
    found = database.execute(
        "select trust_code, domain_label, domain_score, domain_segment from publication.fct_domain "
        "inner join publication.dim_domain using (framework_id, domain_id) where quarter_id = ?",
        [newest(release)],
    ).fetchall()
    cells = {
        (code, f"{label}: {what}"): figure
        for code, label, score, segment in found
        for what, figure in (("score", score), ("segment", segment))
    }
    compared = compare_by_heading(
        sheets["Domains"],
        lambda code, heading: or_x(cells[(code, heading)]),
        organisations=organisations_in(database, "fct_domain", newest(release)),
    )
    assert compared == len(cells)


def test_targets_agree(sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection, release: Path) -> None:
    found = database.execute(
        "select trust_code, metric_id, target_label, target_value, is_on_target from publication.fct_target "
        "where quarter_id = ?",
        [newest(release)],
    ).fetchall()
    assert ("Targets" in sheets) == bool(found)
    if not found:
        return
    cells = {
        (code, f"{metric_id} {label}: {what}"): figure
        for code, metric_id, label, target, is_met in found
        for what, figure in (("target", or_x(target)), ("met", yes(is_met)))
    }
    compare_by_heading(
        sheets["Targets"],
        lambda code, heading: cells.get((code, heading), "[z]"),
        organisations=organisations_in(database, "fct_target", newest(release)),
    )
    assert {heading for _, heading in cells} == set(sheets["Targets"][0][ABOUT:])


def test_every_quarter_agrees(sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection) -> None:
    found = database.execute(
        "select trust_code, quarter_label, average_metric_score, adjusted_segment, final_segment "
        "from publication.fct_segment inner join publication.dim_quarter using (framework_id, quarter_id)"
    ).fetchall()
    cells = {
        (code, f"{quarter}: {what}"): figure
        for code, quarter, *figures in found
        for what, figure in zip(
            ("average metric score", "adjusted segment", "final segment"), figures, strict=True
        )
    }
    headings, *rows = sheets["Every_quarter"]
    assert headings[-1] == "Any of these revised"
    compare_by_heading(
        [headings[:-1], *(row[:-1] for row in rows)],
        lambda code, heading: or_x(cells.get((code, heading))),
        organisations=organisations_in(database, "fct_segment", None),
    )
    assert {heading for _, heading in cells} == set(headings[ABOUT:-1])
    # The first release of a home revises nothing.
    assert {row[-1] for row in rows} == {"No"}


def test_the_catalogue_agrees(sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection) -> None:
    found = database.execute(
        "select metric_id, metric_label, domain_label, sub_domain_label, "
        "case when unit_label = '%' then 'per cent' else unit_label end, polarity, metric_role, "
        "replace(scoring_family, '_', ' '), case when enters_average then 'Yes' else 'No' end, "
        "threshold_kind, replace(threshold_comparator, '_', ' '), threshold, pool_label, published_source, "
        "rule_certainty "
        "from publication.dim_metric order by metric_id"
    ).fetchall()
    wanted = [
        tuple(
            ("[z]" if place in (9, 10, 11, 12) else "[x]") if cell is None else cell
            for place, cell in enumerate(row)
        )
        for row in found
    ]
    assert differences(sheets["Metrics"][1:], wanted) == []


def test_completeness_and_missing_figures_agree(
    sheets: dict[str, Cells], database: duckdb.DuckDBPyConnection, release: Path
) -> None:
    labels = {row["trust_type_id"]: row["trust_type_label"] for row in read_seed("reference", "trust_types")}
    found = database.execute(
        "select quarter_label, trust_type_id, is_complete, expected_trust_count, "
        "(select count(*) from publication.fct_segment as each where each.quarter_id = whole.quarter_id "
        "and each.trust_type_id = whole.trust_type_id), "
        "(select count(average_metric_score) from publication.fct_segment as each "
        "where each.quarter_id = whole.quarter_id and each.trust_type_id = whole.trust_type_id) "
        "from publication.fct_completeness as whole inner join publication.dim_quarter "
        "using (framework_id, quarter_id)"
    ).fetchall()
    wanted = {(row[0], labels[row[1]]): (yes(row[2]), *map(or_x, row[3:])) for row in found}
    rows = sheets["Completeness"][1:]
    assert {(row[0], row[1]): tuple(row[2:]) for row in rows} == wanted
    counts = database.execute(
        "select cell_status, count(*) from publication.fct_metric "
        "where quarter_id = ? and cell_status <> 'scored' group by 1",
        [newest(release)],
    ).fetchall()
    missing: dict[str, float] = {}
    for status, mark, _, count in sheets["Missing"][1:]:
        assert mark == MARKS[status.replace(" ", "_")]
        missing[status.replace(" ", "_")] = missing.get(status.replace(" ", "_"), 0) + count
    assert missing == dict(counts)


def test_cover_and_properties_say_what_it_is_and_is_not(release: Path) -> None:
    manifest = read_manifest(release)
    about = openpyxl.load_workbook(release / workbook.XLSX, read_only=True)
    lines = [str(row[0]) for row in about["Cover"].iter_rows(values_only=True)]
    in_ods = CalamineWorkbook.from_path(str(release / workbook.ODS)).get_sheet_by_name("Cover").to_python()
    assert [row[0] for row in in_ods] == lines
    text = "\n".join(lines)
    assert "Not an NHS England publication" in text and "Open Government Licence v3.0" in text
    assert manifest["release_id"] in text and "provisional" in text
    assert about.properties.creator == "NHS Oversight Framework warehouse"
    assert about.properties.language == "en-GB"
    assert about.properties.title == lines[0]
