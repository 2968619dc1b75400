"""What a run says at its end, on small releases made by hand."""

import json
from pathlib import Path

import pytest
from harness_beyond import beyond
from harness_draft import DRAFT, draft_release
from harness_explain import FRAMEWORK, QUARTER, Rows, write

from nof.report.run import summary
from nof.run import Outcome


def told(
    tables: Rows, framework_id: str, home: Path, capsys: pytest.CaptureFixture[str], *, current: bool
) -> str:
    """The summary of a release with these tables."""
    release = home / "releases" / QUARTER / "0123456789abcdef"
    release.mkdir(parents=True)
    frameworks = [{"framework_id": framework_id, "framework_label": "A framework", "is_in_force": current}]
    assumptions = [
        {"framework_id": framework_id, "assumption_id": f"d-{number}"}
        for number in range(0 if current else 14)
    ]
    write(release, tables | {"method_frameworks": frameworks, "method_assumptions": assumptions})
    manifest = {"quarter_id": QUARTER, "release_id": release.name, "framework_id": framework_id}
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (release / "SUCCESS").touch()
    if current:
        (home / "releases" / "CURRENT").write_text(f"{QUARTER}/{release.name}\n", encoding="utf-8")
    summary(Outcome(release, is_new=True, gates=(), set_aside=(), is_bundled=False))
    return capsys.readouterr().out


def test_a_draft_says_that_it_is_not_in_force_and_how_to_explain_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = told(draft_release(), DRAFT, tmp_path, capsys, current=False)
    assert (
        "Not in force: A framework. It rests on 14 assumptions (see notes.md) and never becomes the current "
        "release." in out
    )
    assert "Trusts and ICBs by adjusted segment" in out
    at = f"--home {tmp_path}"
    assert f"nof explain TRUST QUARTER --release 0123456789abcdef {at}" in out
    assert f'nof finalise {QUARTER}/0123456789abcdef --role ROLE --reason "…" {at}' in out


def test_the_framework_in_force_needs_no_words_and_counts_what_is_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = beyond()
    awaiting = [
        row | {"review_status": "awaiting"}
        for row in tables["fct_response"]
        if row["consequence_id"] == "diagnostic_review"
    ]
    out = told(tables | {"fct_response": awaiting}, FRAMEWORK, tmp_path, capsys, current=True)
    assert "Not in force" not in out
    # The trust of the walk is published, the acute one is unknown; the four beside it have no basis here.
    assert "Final segments: 1 published, 1 unknown" in out
    assert "  1 absent (no reason)" in out
    assert "  1 suppressed (shorthand)" in out
    assert "Awaiting a diagnostic review in 2025-26-Q1 (segment 4): 1 (AAA)" in out
    assert f'nof finalise current --role ROLE --reason "…" --home {tmp_path}' in out
    assert out.rstrip().endswith(f"nof explain TRUST QUARTER --home {tmp_path}")


def test_a_command_for_the_default_home_does_not_name_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = told(beyond(), FRAMEWORK, Path("warehouse"), capsys, current=True)
    assert out.rstrip().endswith("nof explain TRUST QUARTER")
