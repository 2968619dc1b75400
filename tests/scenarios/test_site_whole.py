"""The site of a whole nation: made again it is what the release carries, and each trust is told alike."""

from pathlib import Path

from harness_session import Nof
from harness_some import some
from nof.explain import explain
from nof.explain.facts import read_quarter
from nof.explain.walk import tell
from nof.release.database import open_database


def test_the_site_of_a_release_is_made_in_a_folder_of_its_own(
    nof: Nof, bundled_release: Path, tmp_path: Path
) -> None:
    home = bundled_release.parents[2]
    status, said, complaint = nof("site", tmp_path / "site", "--home", home)
    assert (status, complaint) == (0, "")
    assert said.rstrip().endswith(f"Open {tmp_path / 'site' / 'index.html'}")
    carried, made = bundled_release / "site", tmp_path / "site"
    paths = sorted(path.relative_to(made) for path in made.rglob("*.*"))
    assert paths == sorted(path.relative_to(carried) for path in carried.rglob("*.*"))
    assert len(paths) > 205 + 37
    # The one that the release carries, byte for byte.
    assert [path for path in paths if (made / path).read_bytes() != (carried / path).read_bytes()] == []
    status, _, complaint = nof("site", tmp_path / "site", "--home", home)
    assert status == 1
    assert "is not empty" in complaint


def test_every_trust_of_the_bundled_nation_is_explained_alike(bundled_release: Path) -> None:
    database = bundled_release / "nof.duckdb"
    with open_database(database) as connection:
        asked = "select distinct framework_id, quarter_id from publication.fct_segment order by quarter_id"
        framework_id, newest = connection.execute(asked).fetchall()[-1]
        together = read_quarter(connection, framework_id, newest)
        by_itself = read_quarter(connection, framework_id, newest, of_all=False)
        trusts = [known for known in together.known.values() if newest in known.quarter_ids]
        assert len(trusts) > 200
        explained = {known.code: tell(together.of(known)) for known in trusts}
        for known in trusts:
            assert explained[known.code] == tell(by_itself.of(known)), known.code
    for code in some(sorted(explained)[::40]):
        assert explained[code] == explain(database, code, newest)
