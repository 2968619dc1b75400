"""What the guides say of readers while `current` moves: open ones keep theirs, new ones read the newer.

Each page is run with one more block at its end, which goes on with what the page made.
"""

from pathlib import Path

import pytest

from clients.blocks import Block, read_guide
from clients.conftest import GUIDES, environment_at
from clients.figures import Figures
from clients.moving import LATER, later_release
from clients.running import at_bench, run_page

MOVE_IN_PYTHON = f"""
import os

os.symlink(next(Path("warehouse/releases").glob("*/{LATER}")).relative_to("warehouse/releases"), "next")
os.replace("next", "warehouse/releases/current")
asked = "select release_id from publication.dim_release"
"""
PYTHON = f"""
open_before = duckdb.connect(release / "nof.duckdb", read_only=True)
{MOVE_IN_PYTHON}
newer = Path("warehouse/releases/current").resolve()
open_after = duckdb.connect(newer / "nof.duckdb", read_only=True)
print(open_before.sql(asked).fetchone()[0], open_after.sql(asked).fetchone()[0])
"""
SQLALCHEMY = f"""
before = engine.connect()
{MOVE_IN_PYTHON}
with engine.connect() as pooled, open_current() as anew:
    print(*(each.execute(text(asked)).scalar_one() for each in (before, pooled, anew)))
"""
NODE = f"""
import {{ readdir, rename, symlink }} from 'node:fs/promises';

const open = async () => {{
  const path = await realpath('warehouse/releases/current');
  const database = await DuckDBInstance.create(`${{path}}/nof.duckdb`, {{ access_mode: 'READ_ONLY' }});
  return database.connect();
}};
const before = await open();
const [folder] = (await readdir('warehouse/releases')).filter((name) => name.startsWith('20'));
await symlink(`${{folder}}/{LATER}`, 'next');
await rename('next', 'warehouse/releases/current');
const after = await open();
for (const each of [before, after]) {{
  const read = await each.runAndReadAll('select release_id from publication.dim_release');
  console.log(read.getRowsJson()[0][0]);
}}
"""


@pytest.mark.parametrize(
    ("page", "language", "more", "is_newer"),
    [
        ("python.md", "python", PYTHON, [False, True]),
        ("sqlalchemy.md", "python", SQLALCHEMY, [False, False, True]),
        ("node.md", "javascript", NODE, [False, True]),
    ],
    ids=["python", "sqlalchemy", "node"],
)
def test_an_open_reader_keeps_its_release_and_a_new_one_reads_the_newer(
    page: str, language: str, more: str, is_newer: list[bool], workspace: Path, figures: Figures
) -> None:
    later_release(figures, workspace)
    last = Block(page, 10_000, language, "run", "moved", more)
    with at_bench(workspace, [environment_at("NOF_CLIENTS", "clients")]) as bench:
        printed = run_page([*read_guide(GUIDES / page), last], bench)
    assert [release_id == LATER for release_id in printed[last].split()] == is_newer
