"""From a landed register to what readers get: words and confidential figures of it are in no published table.

What the tables must not hold is shown in two ways. Distinctive words and numbers are landed and looked for in
every cell; then they are changed, and not one cell of a published table may change with them.
"""

import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from harness_compiled import CompiledProject, compiled_project

from nof.landing.columns import LANDING_TABLES
from nof.project import read_seed

REGISTER = "9dfcd5408d1a"  # file_id of the bundled register
FIRST_ROW = 90_001
# In every cell that was typed by hand.
MARK = "Zanzibar"
# No figure of the bundled nation has these digits.
NUMBERS = ("-13.5791", "97.5313", "24.6802", "86.4209")

Entry = tuple[str, str, str, str]


def entries(in_deficit: str, *, plan: str, other: str, support: str, word: str) -> list[Entry]:
    """Register, organisation, subject and value of entries that say something distinctive."""
    return [
        ("plan", in_deficit, "OF0079", plan),
        ("plan", in_deficit, "OF0085", other),
        ("baseline", in_deficit, "OF0081", other),
        ("deficit_support", in_deficit, "deficit_support", support),
        ("group", in_deficit, "provider_collaborative", f"{MARK} {word}"),
        ("peer_list", in_deficit, "list", f"{MARK} {word}"),
        ("winter_assurance", in_deficit, "executive_winter_director", f"{MARK} {word}"),
        ("winter_assurance", in_deficit, "board_assurance_statement", "Submitted"),
        ("capability_rating", in_deficit, "overall", "Green"),
        ("icb_assessment", "ZX1", "annual_rating", "Achieving"),
        ("improvement_programme", in_deficit, "programme", "In the programme"),
        ("improvement_programme", in_deficit, "diagnostic_review", "Completed"),
        ("service", in_deficit, "community", "Does not run it"),
        ("exclusion", in_deficit, "OF0082", "Excluded"),
        ("organisation_change", in_deficit, "code_changed_to", "ZZ9"),
        ("icb_membership", in_deficit, "member", "ZX2"),
        ("plan", in_deficit, "OF0013", "75.25"),
        ("baseline", in_deficit, "OF0023", "51.5"),
    ]


class Nation:
    """The bundled nation as compiled models, with entries of its register that a test chooses."""

    def __init__(self, project: CompiledProject) -> None:
        self.project = project
        self.tables = sorted(name for name, room in project.rooms.items() if room == "publication")
        project.land_bundled(few_draws=True)
        for table, columns in LANDING_TABLES.items():
            listed = ", ".join(f"{name} varchar" for name in columns)
            project.connection.execute(f"create table if not exists landing.{table} ({listed})")
        project.build("financial_overrides")
        # Its override rests on the deficit alone, so support received or not changes nothing.
        self.in_deficit = project.value(
            "select min(trust_code) from scoring.financial_overrides where quarter_id = '2025-26-Q3' "
            "and is_in_deficit and has_financial_override and trust_code in ("
            "select trust_code from scoring.trust_quarters where trust_type_id = 'acute')"
        )

    def published(self, word: str, **values: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every publication table with the entries landed, each typed word telling of `word`."""
        connection = self.project.connection
        connection.execute(
            f"delete from landing.register_entries where cast(row_number as bigint) >= {FIRST_ROW}"
        )
        for place, (register, organisation, subject, value) in enumerate(
            entries(self.in_deficit, word=word, **values)
        ):
            connection.execute(
                "insert into landing.register_entries (file_id, row_number, is_current_vintage, register, "
                "organisation_code, subject, value, from_date, to_date, entry_status, decided_by_role, "
                "reason, source) values (?, ?, 'true', ?, ?, ?, ?, ?, '', '', ?, ?, ?)",
                [
                    REGISTER, str(FIRST_ROW + place), register, organisation, subject, value,
                    "2024-11-30" if register == "baseline" else "2025-10-02",
                    f"{MARK} {word} of the board", f"{MARK} {word} would not have it",
                    f"{MARK} {word} said so",
                ],
            )  # fmt: skip
        self.project.build(*self.tables)
        return {name: self.project.rows(f"publication.{name}") for name in self.tables}


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Nation:
    return Nation(compiled_project(tmp_path_factory))


@pytest.fixture(scope="module")
def published(nation: Nation) -> dict[str, list[tuple[Any, ...]]]:
    return nation.published("Azania", plan=NUMBERS[0], other=NUMBERS[1], support="Received")


def test_no_published_cell_holds_a_typed_word_or_a_confidential_number(
    nation: Nation, published: dict[str, list[tuple[Any, ...]]]
) -> None:
    # They are in the build, and read there.
    connection = nation.project.connection
    in_build = connection.execute(
        "select count(*), count(*) filter (where reason like '%Azania%') "
        f"from context.register_entries_in_hand where row_number >= {FIRST_ROW}"
    ).fetchall()
    assert in_build == [(18, 18)]
    assert connection.execute(
        "select target_value from context.target_progress where metric_id = 'OF0079' and target_id = 'plan' "
        "and quarter_id = '2025-26-Q3'"
    ).fetchall() == [(Decimal(NUMBERS[0]),)]
    cells = {str(cell) for rows in published.values() for row in rows for cell in row if cell is not None}
    assert len(cells) > 10_000
    assert [cell for cell in cells if MARK in cell or "Azania" in cell] == []
    assert [cell for cell in cells if any(number.strip("-") in cell for number in NUMBERS)] == []


def test_not_one_published_cell_follows_what_is_withheld(
    nation: Nation, published: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Other words, plans and baselines, support received or not: the same release to the last cell."""
    others = nation.published("Barbary", plan=NUMBERS[2], other=NUMBERS[3], support="Not received")
    assert [name for name in published if published[name] != others[name]] == []
    # What is not withheld does show: the test would see a change.
    connection = nation.project.connection
    connection.execute(
        "update landing.register_entries set value = '76.25' where value = '75.25' and subject = 'OF0013'"
    )
    nation.project.build(*nation.tables)
    changed = {
        name for name in nation.tables if nation.project.rows(f"publication.{name}") != published[name]
    }
    assert changed == {"board_view", "fct_register_entry", "fct_target"}


def test_what_is_withheld_says_so_and_is_counted(nation: Nation) -> None:
    nation.published("Azania", plan=NUMBERS[0], other=NUMBERS[1], support="Received")
    connection, trust = nation.project.connection, nation.in_deficit

    def rows(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    assert (
        rows(
            "select target_value, gap_to_target, is_on_target, target_status, plan_value, plan_file_id "
            f"from publication.fct_target where trust_code = '{trust}' and quarter_id = '2025-26-Q3' "
            "and metric_id in ('OF0079', 'OF0085')"
        )
        == [(None, None, None, "withheld", None, None)] * 2
    )
    assert rows(
        "select metric_id, plan_value, gap_to_plan, is_on_plan, plan_status from publication.board_view "
        f"where trust_code = '{trust}' and quarter_id = '2025-26-Q3' and metric_id in ('OF0013', 'OF0079') "
        "order by 1"
    ) == [("OF0013", *rows(
        "select cast(75.25 as decimal(18, 4)), gap_to_target, is_on_target, target_status "
        f"from publication.fct_target where trust_code = '{trust}' and quarter_id = '2025-26-Q3' "
        "and metric_id = 'OF0013' and target_id = 'plan'"
    )[0]), ("OF0079", None, None, None, "withheld")]  # fmt: skip
    assert rows(
        "select has_financial_override, override_limb, has_deficit_support, deficit_support_file_id, "
        "is_deficit_support_confidential, programme_status, programme_decided_by_role "
        f"from publication.fct_segment where trust_code = '{trust}' and quarter_id = '2025-26-Q3'"
    ) == [(True, "deficit", None, None, True, "in", None)]
    assert rows(
        "select register_id, value_status, value_text, role_status, has_reason from "
        f"publication.fct_register_entry where row_number >= {FIRST_ROW} "
        "and register_id in ('plan', 'deficit_support', 'group', 'exclusion') order by 1"
    ) == [
        ("exclusion", "shown", "Excluded", "withheld", True),
        ("group", "withheld", None, "withheld", True),
        ("plan", "shown", "75.25", "withheld", True),
    ]
    assert rows(
        "select subject_id, assurance_status, value_text from publication.fct_winter_assurance "
        f"where trust_code = '{trust}' and quarter_id = '2025-26-Q3' and assurance_status <> 'not_in_hand' "
        "order by 1"
    ) == [
        ("board_assurance_statement", "in_hand", "Submitted"),
        ("executive_winter_director", "withheld", None),
    ]
    assert rows(
        "select group_id, group_label from publication.dim_organisation_group "
        f"where trust_code = '{trust}' and quarter_id = '2025-26-Q3'"
    ) == [(f"{REGISTER}-{FIRST_ROW + 4}", None)]
    # 2 plans and 1 baseline here, and the 6 entries of the bundled nation with the 1 here.
    assert rows(
        "select register_id, entry_count from publication.fct_withheld where withheld_part = 'entry' "
        "order by 1"
    ) == [("baseline", 1), ("deficit_support", 7), ("plan", 2)]
    assert rows(
        "select withheld_part, sum(entry_count) from publication.fct_withheld "
        "where withheld_part in ('value', 'role') group by 1 order by 1"
    ) == [("role", 14), ("value", 3)]


def texts_of(path: Path) -> Iterator[str]:
    """Everything readable in a file of a release, also what is packed."""
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            for (table,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = 'publication'"
            ).fetchall():
                yield from _cells(connection, f"publication.{table}")
    elif path.suffix == ".parquet":
        with duckdb.connect() as connection:
            yield from _cells(connection, f"read_parquet('{path}')")
    elif path.suffix in {".xlsx", ".ods"}:
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                yield packed.read(name).decode("utf-8", errors="replace")
    else:
        yield path.read_bytes().decode("utf-8", errors="replace")


def _cells(connection: duckdb.DuckDBPyConnection, relation: str) -> Iterator[str]:
    for name, kind, *_ in connection.execute(f"describe select * from {relation}").fetchall():
        if kind == "VARCHAR":
            for (text,) in connection.execute(f'select distinct "{name}" from {relation}').fetchall():
                yield text or ""


@pytest.mark.parametrize("made_from", ["bundled_release", "real_release"])
def test_no_file_of_a_release_repeats_a_reason_or_a_source_of_the_bundled_register(
    made_from: str, request: pytest.FixtureRequest
) -> None:
    release: Path = request.getfixturevalue(made_from)
    rows = read_seed("sample", "sample_register_entries")
    words = {row[name] for row in rows for name in ("reason", "source")} - {""}
    # The descriptions of the tables say this of the programme in general.
    words -= {"In the improvement programme."}
    assert len(words) > 20
    read = 0
    for path in sorted(release.rglob("*")):
        if path.is_file():
            text = "\n".join(texts_of(path))
            read += bool(text)
            assert [word for word in words if word in text] == [], path.relative_to(release)
    assert read > 50
