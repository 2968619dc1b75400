"""Makes quality.html: both gates on one page that loads nothing from anywhere."""

from pathlib import Path

from nof.gates.results import GATES, read_rows
from nof.pages import render

PAGE = "quality.html"
TITLES = {
    "landed": "Landed gate: can the content of the files be used?",
    "scored": "Scored gate: may the figures be published?",
}


def write_page(results_directory: Path, *, forecast_of: str = "") -> None:
    """Write quality.html from whatever `<gate>.results.csv` are in the folder.

    Args:
        results_directory: where they are.
        forecast_of: the quarter that is judged, if it is a forecast.
    """
    gates = []
    for gate in GATES:
        path = results_directory / f"{gate}.results.csv"
        if path.is_file():
            rows = read_rows(path)
            failed = [row for row in rows if row["is_passed"] != "true"]
            gates.append(
                {
                    "name": gate,
                    "title": TITLES[gate],
                    "rows": [*failed, *(row for row in rows if row["is_passed"] == "true")],
                    "expectation_count": sum(1 for row in rows if row["suite"]),
                    "refusal_count": sum(1 for row in failed if row["severity"] == "critical"),
                    "warning_count": sum(1 for row in failed if row["severity"] != "critical"),
                    "empty_count": sum(1 for row in rows if row["outcome"] == "nothing_to_check_allowed"),
                }
            )
    page = render("nof.gates", "quality.html.j2", gates=gates, forecast_of=forecast_of)
    (results_directory / PAGE).write_text(page, encoding="utf-8")
