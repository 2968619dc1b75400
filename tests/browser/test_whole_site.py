"""The site as a whole: how long it takes to make, how large it is, and that a release carries this one."""

import time
from pathlib import Path

from browser.harness_browser import Shown
from harness_session import Counts
from nof.site.write import write_site

# Of one core; the issue allows twenty seconds on two.
MOST_SECONDS = 20
MOST_BYTES = 200_000


def test_the_site_of_a_nation_is_made_in_a_moment(
    bundled_site: Shown, tmp_path: Path, counts: Counts
) -> None:
    ((trusts, quarters),) = bundled_site.rows(
        "select count(distinct trust_code), count(distinct quarter_id) from fct_segment"
    )
    assert (trusts, quarters) == (205, 4)
    began, worked = time.monotonic(), time.process_time()
    files = write_site(bundled_site.release, tmp_path / "site")
    seconds, worked = time.monotonic() - began, time.process_time() - worked
    counts.append(
        f"Site of {trusts} trusts and {quarters} quarters: {len(files)} files in {seconds:.1f} s "
        f"({worked:.1f} s of processor time)"
    )
    assert worked < MOST_SECONDS


def test_pages_are_small(site: Shown, counts: Counts) -> None:
    sizes = {path: (site.folder / path).stat().st_size for path in site.paths("**/*.html")}
    trusts = sorted(size for path, size in sizes.items() if path.startswith("trust/"))
    counts.append(
        f"Trust pages: {trusts[0] / 1000:.0f} to {trusts[-1] / 1000:.0f} kB, "
        f"in the middle {trusts[len(trusts) // 2] / 1000:.0f} kB"
    )
    assert [path for path, size in sizes.items() if path.startswith("trust/") and size >= MOST_BYTES] == []


def test_a_release_carries_this_very_site(site: Shown) -> None:
    carried = site.release / "site"
    assert carried.is_dir(), "the release carries no site"

    def files(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    found, made = files(carried), files(site.folder)
    assert sorted(found) == sorted(made)
    assert [path for path, content in made.items() if found[path] != content] == []
