"""The committed seeds are what the script makes, and they lie as the landing tables do."""

import re

import pytest
from harness_sample import FOLDER, all_rows

from harness_some import some
from nof.project import project_root, read_seed
from nof.sample import seeds
from nof.sample.draws import fixed, standing


def test_regenerating_gives_the_committed_bytes() -> None:
    assert seeds.stale_seeds(FOLDER) == []


def test_a_changed_seed_is_noticed(tmp_path) -> None:
    for path in seeds.write_seeds(tmp_path):
        assert path.read_bytes() == (FOLDER / path.name).read_bytes()
    changed = tmp_path / "sample_oversight_data.csv"
    changed.write_bytes(changed.read_bytes().replace(b"2.81", b"2.82", 1))
    assert seeds.stale_seeds(tmp_path) == ["sample_oversight_data.csv"]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("oversight_data", seeds.OVERSIGHT_DATA_COLUMNS),
        ("register_entries", seeds.REGISTER_COLUMNS),
        ("ods_trusts", seeds.ODS_COLUMNS),
        ("league_table", seeds.LEAGUE_TABLE_COLUMNS),
        ("files", seeds.FILES_COLUMNS),
    ],
)
def test_seed_columns_are_the_columns_of_the_landing_table(table: str, columns: tuple[str, ...]) -> None:
    macro = (project_root() / "macros" / "landing.sql").read_text(encoding="utf-8")
    block = re.search(rf"'{table}': \[(.*?)\]", macro, re.DOTALL)
    assert block
    assert tuple(re.findall(r"'(\w+)'", block.group(1))) == columns
    header = (FOLDER / f"sample_{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert tuple(header.split(",")) == columns


def test_seeds_have_plain_line_ends_and_no_byte_order_mark() -> None:
    for path in some(FOLDER.glob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")


def test_rows_are_sorted_and_numbered_without_a_gap_in_each_file() -> None:
    next_row: dict[str, int] = {}
    for table, first_row in (("oversight_data", 2), ("register_entries", 2), ("ods_trusts", 1)):
        for row in read_seed("sample", f"sample_{table}"):
            expected = next_row.get(row["file_id"], first_row)
            assert row["row_number"] == str(expected)
            next_row[row["file_id"]] = expected + 1
    assert len(next_row) == len(read_seed("sample", "sample_files")) == 11
    assert len(all_rows()) < 23_000


def test_chance_is_the_same_on_every_platform() -> None:
    # Written down once: another Python or processor must draw the same.
    assert standing("a", "b") == standing("a", "b") != standing("a", "c")
    assert str(standing("a", "b")) == "0.5585301518440247"
    assert [str(fixed(value, 2)) for value in (0.125, -0.125, -0.001, 2.5)] == [
        "0.13",
        "-0.13",
        "0.00",
        "2.50",
    ]
