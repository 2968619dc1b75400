"""Each rule of the last look at a candidate is shown a candidate that breaks it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from nof.described import DescribedColumn, DescribedTable
from nof.release import Candidate, ReleaseRefused, check_governance
from nof.release.kept_back import KeptBack

COMPANION = "dictionary/index.html"
REASON = "Because somebody of the board had fallen out with the region"
COLUMNS = {
    "framework_id": ("VARCHAR", "identifier"),
    "quarter_id": ("VARCHAR", "identifier"),
    "trust_code": ("VARCHAR", "identifier"),
    "metric_id": ("VARCHAR", "identifier"),
    "target_id": ("VARCHAR", "identifier"),
    "target_label": ("VARCHAR", "text"),
    "target_status": ("VARCHAR", "word of a closed list"),
    "target_value": ("DECIMAL(18,4)", "as the metric"),
    "gap_to_target": ("DECIMAL(18,4)", "as the metric"),
    "plan_value": ("DECIMAL(18,4)", "as the metric"),
    "is_on_plan": ("BOOLEAN", "true or false"),
    "has_deficit_support": ("BOOLEAN", "true or false"),
    "decided_by_role": ("VARCHAR", "text"),
    "plan_file_id": ("VARCHAR", "identifier"),
    "plan_row_number": ("BIGINT", "row"),
}
DESCRIBED = DescribedTable(
    name="fct_target",
    description="Targets.",
    grain="trust and target",
    rule="rules 7",
    owner="method owner",
    sensitivity="public",
    columns=tuple(
        DescribedColumn(name, "A column.", kind, unit, "role" if "role" in name else "public", True, ())
        for name, (kind, unit) in COLUMNS.items()
    ),
    primary_key=("framework_id", "quarter_id", "trust_code", "target_id"),
    foreign_keys=(),
    checks=(),
)
# Two entries: the plan of ZZ1 for OF0079 and its deficit support are confidential, the plan of ZZ2 is not.
BUILD = """
create schema context; create schema scoring;
create table context.register_entries_in_hand as
select * from (
    values
    ('f1', 2, 'plan', '-3.75', 'Because somebody of the board had fallen out with the region', 'Letter',
        'Chair', 'Chair', true, false),
    ('f1', 3, 'plan', '4.5', null, 'Operational plan as handed in to the region',
        'A. Nother, of the trust', null, false, true),
    ('f1', 4, 'deficit_support', 'Received', null, 'Letter', null, null, true, false),
    ('f1', 5, 'group', 'The group of somebody and somebody else', null, 'Letter', null, null, false, false)
) as entries (
    file_id, row_number, register_id, value_text, reason, source_text, decided_by_role, listed_role,
    is_confidential, is_value_published
);
create table scoring.register_in_force as
select 'nof-2025-26' as framework_id, '2025-26-Q3' as quarter_id, 'ZZ1' as trust_code, *
from (values ('plan', 'OF0079', true), ('deficit_support', 'deficit_support', true))
    as entries (register_id, subject_id, is_confidential);
"""
SOUND = (
    "insert into publication.fct_target values ('nof-2025-26', '2025-26-Q3', 'ZZ1', 'OF0079', 'plan', "
    "'The plan of the organisation', 'withheld', null, null, null, null, null, 'Chair', null, null), "
    "('nof-2025-26', '2025-26-Q3', 'ZZ2', 'OF0079', 'plan', 'The plan of the organisation', 'on_target', "
    "4.5, 1, 4.5, true, false, null, 'f1', 3)"
)


class Looked:
    """A sound candidate and its build, for a test to spoil and to have looked over."""

    def __init__(self, folder: Path) -> None:
        self.build = folder / "build.duckdb"
        with duckdb.connect(str(self.build)) as connection:
            connection.execute(BUILD)
        self.folder = folder / "candidate"
        for name in ("csv", "parquet", "quality", "dictionary"):
            (self.folder / name).mkdir(parents=True)
        self.write("notes.md", "# A release\n")
        self.write("metadata.json", "{}")
        self.write(COMPANION, "<!doctype html>")
        self.write("csv/fct_target.csv", "framework_id\r\n")
        self.write("csv/nhs-oversight-framework-acute-trust-data.csv", "Quarter\r\n")
        self.write("quality/landed.results.csv", "gate\n")
        listed = ", ".join(f"{name} {kind}" for name, (kind, _) in COLUMNS.items())
        self.execute(
            "create schema publication",
            f"create table publication.fct_target ({listed}, "
            "primary key (framework_id, quarter_id, trust_code, target_id))",
            SOUND,
        )
        self.described = {"fct_target": DESCRIBED}

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def execute(self, *statements: str) -> None:
        with duckdb.connect(str(self.folder / "nof.duckdb")) as connection:
            for statement in statements:
                connection.execute(statement)

    def spoil(self, change: str, trust: str = "ZZ1") -> None:
        self.execute(f"update publication.fct_target set {change} where trust_code = '{trust}'")

    def describe(self, column: str, **changes: str) -> None:
        columns = tuple(
            replace(each, **changes) if each.name == column else each for each in DESCRIBED.columns
        )
        self.described = {"fct_target": replace(DESCRIBED, columns=columns)}

    def look(self) -> None:
        candidate = Candidate(
            folder=self.folder,
            release_id="f" * 16,
            framework_id="nof-2025-26",
            quarter_id="2025-26-Q3",
            inputs=(),
        )
        check_governance(
            candidate, build_database=self.build, companion_files=(COMPANION,), described=self.described
        )

    @property
    def refusal(self) -> str:
        """The one problem that is found."""
        with pytest.raises(ReleaseRefused) as refused:
            self.look()
        first, *problems = str(refused.value).splitlines()
        assert first == "The release may not go out as it is (docs/information-governance.md):"
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def looked(tmp_path: Path) -> Iterator[Looked]:
    yield Looked(tmp_path)


def test_a_sound_candidate_passes(looked: Looked) -> None:
    looked.look()


def test_a_table_that_no_model_describes_is_refused(looked: Looked) -> None:
    looked.described = {}
    assert looked.refusal.startswith("fct_target: no YAML in models/publication gives it a sensitivity class")


def test_a_column_without_a_class_is_refused(looked: Looked) -> None:
    looked.execute("alter table publication.fct_target add column another bigint")
    assert looked.refusal.startswith("fct_target.another: no sensitivity class.")


def test_a_class_that_is_not_known_is_refused(looked: Looked) -> None:
    looked.describe("target_label", sensitivity="secret")
    assert looked.refusal.startswith("fct_target.target_label: the class 'secret' is not known.")


@pytest.mark.parametrize("name", ["free_text", "confidential", "person"])
def test_a_class_that_may_not_be_published_is_refused(looked: Looked, name: str) -> None:
    looked.describe("target_value", sensitivity=name)
    assert looked.refusal.startswith(f"fct_target.target_value: what is {name} stays in the build.")
    looked.described = {"fct_target": replace(DESCRIBED, sensitivity=name)}
    assert looked.refusal.startswith(f"fct_target: what is {name} stays in the build.")


def test_a_column_that_is_about_persons_by_its_name_is_refused(looked: Looked) -> None:
    looked.execute("alter table publication.fct_target add column nhs_number bigint")
    looked.described = {
        "fct_target": replace(
            DESCRIBED, columns=(*DESCRIBED.columns, replace(DESCRIBED.columns[0], name="nhs_number"))
        )
    }
    assert looked.refusal.startswith("fct_target.nhs_number: by its name it holds the number of a person")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "plan_file_id = 'a sentence'",
            "plan_file_id: 1 values are not what its unit says (identifier), so they may be free text.",
        ),
        (
            f"target_status = '{'so ' * 30}'",
            "target_status: 1 values are not what its unit says (word of a closed list)",
        ),
        (
            "target_label = 'Ask 943 476 5919'",
            "target_label: 1 values look like an NHS number (such as 94…).",
        ),
        ("target_label = 'a.b@example.org'", "target_label: 1 values look like an e-mail address"),
        ("decided_by_role = 'Dr Nobody'", "decided_by_role: 1 values look like a title with a name"),
        (f"target_label = '{REASON}'", "target_label: 1 values repeat words that a register entry gives"),
        (f"target_label = 'Plan. {REASON.upper()}!'", "target_label: 1 values repeat words"),
        ("decided_by_role = 'A. Nother, of the trust'", "decided_by_role: 1 values repeat words"),
        ("target_label = 'The group of somebody and somebody else'", "target_label: 1 values repeat words"),
        ("target_label = 'Operational plan as handed in to the region'", "target_label: 1 values repeat"),
    ],
)
def test_text_that_may_not_be_there_is_refused(looked: Looked, change: str, said: str) -> None:
    looked.spoil(change, "ZZ2")
    assert looked.refusal.startswith(f"fct_target.{said}")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("plan_value = -3.75", "plan_value: 1 figures rest on a confidential entry of the register plan"),
        ("is_on_plan = false", "is_on_plan: 1 figures rest on a confidential entry of the register plan"),
        ("target_value = -3.75", "target_value: 1 figures rest on a confidential entry of the register plan"),
        ("gap_to_target = 0.5", "gap_to_target: 1 figures rest on a confidential entry of the register plan"),
        ("has_deficit_support = true", "has_deficit_support: 1 figures rest on a confidential entry"),
    ],
)
def test_a_figure_of_a_confidential_entry_is_refused(looked: Looked, change: str, said: str) -> None:
    looked.spoil(change)
    assert looked.refusal.startswith(f"fct_target.{said}")


def test_a_row_that_leads_to_a_confidential_entry_is_refused(looked: Looked) -> None:
    looked.spoil("plan_file_id = 'f1', plan_row_number = 4", "ZZ2")
    assert looked.refusal.startswith("fct_target.plan_file_id: 1 rows lead to a confidential register entry.")


@pytest.mark.parametrize("name", ["build.duckdb", "landed/f1.csv", "csv/register.csv", "parquet/x.parquet"])
def test_a_file_that_is_no_part_of_a_release_is_refused(looked: Looked, name: str) -> None:
    (looked.folder / name).parent.mkdir(exist_ok=True)
    looked.write(name, "")
    assert looked.refusal.startswith(f"{name}: no part of a release, so nobody has looked at what is in it.")


@pytest.mark.parametrize("name", ["notes.md", COMPANION, "quality/landed.results.csv", "metadata.json"])
def test_words_beside_the_tables_are_looked_at_too(looked: Looked, name: str) -> None:
    looked.write(name, f"so it was: {REASON}.")
    assert looked.refusal.startswith(f"{name}: it repeats words of a register entry")


def test_all_that_is_wrong_is_told_at_once(looked: Looked) -> None:
    looked.spoil("plan_value = 1")
    looked.write("more.txt", "")
    with pytest.raises(ReleaseRefused) as refused:
        looked.look()
    assert len(str(refused.value).splitlines()) == 3


def test_what_the_project_says_itself_is_no_secret(looked: Looked) -> None:
    """A source that is the name of a published thing word for word refuses nothing."""
    with duckdb.connect(str(looked.build)) as connection:
        connection.execute(
            "update context.register_entries_in_hand set source_text = 'Percentage of patients treated for "
            "cancer within 62 days of referral'"
        )
    looked.spoil("target_label = 'Percentage of patients treated for cancer within 62 days of referral'")
    looked.look()


def test_short_words_are_found_whole_and_long_ones_within_others() -> None:
    kept = KeptBack(frozenset({"merger of them", "a reason that is long enough to be told"}))
    said = ["Merger of them.", "The merger of them all", "So: A reason that is long enough to be told", "no"]
    assert list(kept.found_in(said)) == [said[0], said[2]]
