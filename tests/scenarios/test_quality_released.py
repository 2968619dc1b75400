"""What the gates found, in two releases of one home: each carries its own and that of the one before."""

import csv
from pathlib import Path

from harness_some import some
from nof.home import Home
from nof.quality.runs import read_results
from nof.quality.trend import run_lines


def test_a_release_carries_what_was_found_of_it_and_of_the_one_before(
    restated_releases: tuple[Path, Path],
) -> None:
    counts = {}
    for release in restated_releases:
        with (release / "csv" / "dq_result.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        with (release / "quality" / "scored.results.csv").open(encoding="utf-8", newline="") as file:
            scored = {row["expectation_id"]: row for row in csv.DictReader(file)}
        own = {row["expectation_id"]: row for row in rows if row["release_id"] == release.name}
        assert {name for name, row in own.items() if row["gate"] == "scored"} == set(scored)
        for name, row in some(scored.items()):
            assert own[name]["checked_count"] == row["checked_count"]
            assert own[name]["meaning"] == row["meaning"]
        counts[release.name] = {key: [] for key in {row["release_id"] for row in rows}}
        for row in rows:
            counts[release.name][row["release_id"]].append((row["release_order"], row["expectation_id"]))
    first, second = (release.name for release in restated_releases)
    assert set(counts[first]) == {first}
    assert set(counts[second]) == {first, second}
    assert sorted(counts[second][first]) == sorted(counts[first][first])
    assert {order for order, _ in counts[second][second]} == {"2"}
    page = (restated_releases[1] / "quality" / "over-time.html").read_text(encoding="utf-8")
    assert page.index(second) < page.index(first)


def test_a_home_keeps_what_was_found_of_its_releases(restated_releases: tuple[Path, Path]) -> None:
    home = Home(restated_releases[0].parents[2])
    lines = run_lines(read_results(home))
    assert [line.run.release_id for line in lines] == [release.name for release in restated_releases]
    assert all(line.verdict == "passed" and line.checked_count > 100_000 for line in lines)
