"""A suite that does not say what it must is refused, with every problem of every file."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness_gates import expectation, write_suite

from nof.errors import InputRefused
from nof.gates.suites import load_suites
from nof.project import project_root


def _problems(directory: Path) -> list[str]:
    with pytest.raises(InputRefused) as caught:
        load_suites(directory, "landed")
    return [str(problem) for problem in caught.value.problems]


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in expectation("a").items() if name != key}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        *[
            (_without(key), f"lacks '{key}'")
            for key in ("type", "kwargs", "severity", "meaning", "remedy", "owner_role")
        ],
        (_without("id"), "lacks 'id'"),
        (expectation("a", severity="info"), "the severity 'info'"),
        (expectation("a", owner_role="nobody"), "the owner_role 'nobody'"),
        (expectation("a", meaning=" "), "an empty meaning"),
        (expectation("a", kwargs=[1]), "not of type dict"),
        (expectation("a", kwargs={"column": "x", "mostly": 0.5}), "'mostly'"),
        (expectation("a", kwargs={"column": "x", "row_condition": "x > 1"}), "'row_condition'"),
        (expectation("a", comment="x"), "'comment', which nothing reads"),
        ("a claim", "no JSON object"),
    ],
)
def test_a_bad_expectation_is_refused(tmp_path: Path, broken: Any, said: str) -> None:
    write_suite(tmp_path, "landed", "things", [broken])
    problems = _problems(tmp_path)
    assert any(said in problem for problem in problems)
    assert all(problem.startswith("landed/things.json: ") for problem in problems)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"relation": "things; drop table x"}, "not written schema.table"),
        ({"suite": "other"}, "use one name"),
        ({"expectations": []}, "holds no expectation"),
        ({"expectations": {}}, "not of type list"),
        ({"may_be_empty": "no"}, "not of type bool"),
        ({"where": "x", "query": ["select 1"]}, "has a query and a where"),
        ({"mostly": 1}, "which nothing reads"),
    ],
)
def test_a_bad_suite_is_refused(tmp_path: Path, keys: dict[str, Any], said: str) -> None:
    path = write_suite(tmp_path, "landed", "things", [expectation("a")])
    path.write_text(json.dumps(json.loads(path.read_text()) | keys), encoding="utf-8")
    assert any(said in problem for problem in _problems(tmp_path))


@pytest.mark.parametrize("text", ["{", "[]", ""])
def test_a_file_that_is_no_suite_is_refused(tmp_path: Path, text: str) -> None:
    write_suite(tmp_path, "landed", "things", []).write_text(text, encoding="utf-8")
    assert len(_problems(tmp_path)) == 1


def test_an_id_is_unique_over_both_gates(tmp_path: Path) -> None:
    write_suite(tmp_path, "landed", "things", [expectation("a")])
    write_suite(tmp_path, "scored", "others", [expectation("a")])
    assert "the id 'a' is taken by things.json" in _problems(tmp_path)[0]


def test_all_problems_are_reported_together(tmp_path: Path) -> None:
    write_suite(tmp_path, "landed", "things", [_without("meaning"), expectation("b", severity="info")])
    write_suite(tmp_path, "scored", "others", [])
    assert len(_problems(tmp_path)) == 3


def test_the_suites_of_the_project_are_good() -> None:
    directory = project_root() / "expectations"
    for gate in ("landed", "scored"):
        assert [suite.name for suite in load_suites(directory, gate)] == sorted(
            path.stem for path in (directory / gate).glob("*.json")
        )
