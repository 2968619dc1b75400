"""What a page about a trust says in words, and that nothing of the release can run on it."""

from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nof.explain.model import SourceFile
from nof.release.database import open_database
from nof.site.look import environment
from nof.site.model import DataFile, Page
from nof.site.pages.trust import make
from nof.site.released import Released
from nof.site.trust import words
from nof.site.trust.metrics import pull, spark
from nof.site.write import render

HOSTILE = 'O\'Neil & "Sons" <script>alert(1)</script>'
NAMED = {
    "dim_trust": ("trust_name", "region_label", "trust_subtype_label"),
    "dim_organisation": ("organisation_name",),
    "dim_metric": ("metric_label",),
    "fct_metric": ("reporting_period_label", "unit_label"),
    "fct_segment_distance": ("distance_label",),
    "fct_response": ("consequence_label",),
    "fct_capability": ("rating_label",),
    "dim_file": ("file_name",),
}
ROW: dict[str, Any] = {
    "average_metric_score": Decimal("2.13"),
    "unadjusted_segment": 2,
    "adjusted_segment": 2,
    "final_segment": 2,
    "has_financial_override": False,
    "override_segment_floor": 3,
    "system_segment_steps": 0,
    "is_in_improvement_programme": False,
}
BY_ITSELF = "The average metric score is 2.13, which alone makes segment 2. "


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({}, "No financial override changes it: the adjusted segment is 2."),
        (
            {"has_financial_override": True, "adjusted_segment": 3},
            "The financial override allows no better than segment 3, so it is 3.",
        ),
        (
            {"has_financial_override": None, "adjusted_segment": None},
            "Whether the financial override applies is not known, so there is no adjusted segment.",
        ),
        (
            {"is_in_improvement_programme": True, "final_segment": 5},
            "No financial override changes it: the adjusted segment is 2. The trust is in the improvement "
            "programme, so its final segment is 5.",
        ),
        (
            {"system_segment_steps": 1, "adjusted_segment": 3},
            "The override and the adjustment for the system make it 3.",
        ),
    ],
)
def test_the_way_to_the_segment_in_a_sentence(columns: dict[str, Any], told: str) -> None:
    assert words.headline(ROW | columns, "") == BY_ITSELF + told


def test_an_override_that_changes_nothing_is_said_to() -> None:
    row = ROW | {"unadjusted_segment": 4, "adjusted_segment": 4, "has_financial_override": True}
    assert words.headline(row, "").endswith(
        "The financial override, no better than segment 3, changes nothing: it stays 4."
    )


def test_without_an_average_it_is_said_why() -> None:
    told = words.headline(ROW | {"average_metric_score": None}, "the trust type is not complete")
    assert told.startswith("There is no average metric score, no segment and no league rank: the trust type")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (90, "ended 90 days before the quarter did"),
        (1, "ended 1 day before the quarter did"),
        (0, "ended with the quarter"),
        (-274, "ends 274 days after the quarter does"),
        (None, "age not known"),
    ],
)
def test_how_old_a_value_is(days: int | None, told: str) -> None:
    assert words.age({"age_days_at_quarter_end": days, "reporting_period_label": "Q1"}) == told


def test_nothing_is_said_of_the_age_of_what_is_not_there() -> None:
    assert words.age(None) == ""
    assert words.age({"age_days_at_quarter_end": None, "reporting_period_label": None}) == ""


def test_labels_of_files_become_links_and_nothing_else_does() -> None:
    places = words.Places([SourceFile("F1", "a", "one.csv", "k", "0"), SourceFile("F11", "b", "b", "k", "0")])
    assert places.linked("[F1] row 2, [F11] row 3, [F9]") == (
        '<a href="#F1">F1</a> row 2, <a href="#F11">F11</a> row 3, [F9]'
    )
    assert places.linked("<b>[F1]") == '&lt;b&gt;<a href="#F1">F1</a>'


def test_a_small_line_has_its_figures_in_words() -> None:
    labels = {f"q{number}": f"Q{number}" for number in range(1, 5)}
    values = ("10", None, "20", "15")
    history = [
        {"quarter_id": f"q{number}", "value": None if value is None else Decimal(value)}
        for number, value in enumerate(values, start=1)
    ]
    drawn = spark(history, labels)
    assert 'aria-label="Q1 10, Q3 20, Q4 15"' in drawn
    assert 'points="4,22 55,4 80,13"' in drawn
    assert spark(history[:2], labels) == ""


def test_a_bar_goes_right_for_the_worse_and_left_for_the_better() -> None:
    worse, better = (
        pull({"distance_from_peer_median": Decimal(text)}, Decimal("0.2")) for text in ("0.1", "-0.2")
    )
    assert 'class="worse" x="50.0" y="2" width="23.0"' in worse
    assert 'class="better" x="4.0" y="2" width="46.0"' in better
    assert pull({"distance_from_peer_median": None}, Decimal(1)) == ""


class _Shown(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def _outputs(release: Path, code: str) -> tuple[str, DataFile]:
    with open_database(release / "nof.duckdb") as connection:
        released = Released(release, connection)
        mine = [each for each in make(released) if code in each.path]
        page = next(each for each in mine if isinstance(each, Page))
        data = next(each for each in mine if isinstance(each, DataFile))
        return render(page, environment(), released), data


def _copy_with_names(source: Path, target: Path) -> None:
    """The tables of a release with the hostile name in columns of words."""
    literal = "'" + HOSTILE.replace("'", "''") + "'"
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute("create schema publication")
        tables = connection.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'source' and schema_name = 'publication'"
        )
        for (table,) in tables.fetchall():
            put = ", ".join(f"{literal} as {column}" for column in NAMED.get(table, ()))
            columns = f"* replace ({put})" if put else "*"
            connection.execute(
                f"create table publication.{table} as select {columns} from source.publication.{table}"
            )


def test_a_hostile_name_is_shown_and_never_run(bundled_release: Path, tmp_path: Path) -> None:
    code = "ZA1"
    plain, _ = _outputs(bundled_release, code)
    _copy_with_names(bundled_release / "nof.duckdb", tmp_path / "nof.duckdb")
    hostile, data = _outputs(tmp_path, code)
    before, shown = _Shown(plain), _Shown(hostile)
    assert shown.tags.count("script") == before.tags.count("script")
    assert shown.text.count(HOSTILE) > 50
    assert "&amp;#39;" not in hostile
    assert not [name for name, _ in shown.attributes if name.startswith("on") or name == "style"]
    assert HOSTILE in "".join(str(row) for row in data.rows).replace("\\'", "'")


def test_the_data_file_is_tidy(bundled_release: Path) -> None:
    page, data = _outputs(bundled_release, "ZA1")
    assert data.path == "data/trust-ZA1.csv"
    assert f'href="../{data.path}"' in page
    keys = [row[:-1] for row in data.rows]
    assert len(set(keys)) == len(keys) > 500
    assert {row[0] for row in data.rows} == {"ZA1"}
    assert all(row[-1] is not None for row in data.rows)
