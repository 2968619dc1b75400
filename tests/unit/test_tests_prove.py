"""No test goes over what may be nothing without noticing: a loop that goes not once judges nothing."""

import ast
from pathlib import Path

import pytest
from harness_proof import loops_over_maybe_nothing, read_tests

from harness_some import some

TESTS = Path(__file__).resolve().parents[1]


def test_every_loop_that_judges_is_sure_to_go_once() -> None:
    tests = [(path, test) for path in sorted(TESTS.rglob("test_*.py")) for test in read_tests(path)]
    found = [
        f"{path.relative_to(TESTS)}, {test.name}: for ... in {loop}"
        for path, test in some(tests)
        for loop in loops_over_maybe_nothing(test)
    ]
    assert found == [], "Write some(...) of harness_some.py around what must not be nothing."


@pytest.mark.parametrize(
    ("body", "unsure"),
    [
        ("for row in rows():\n  assert row", ["rows()"]),
        ("for row in rows:\n  for cell in row:\n    assert cell", ["rows", "row"]),
        ("for row in rows:\n  with pytest.raises(ValueError):\n    read(row)", ["rows"]),
        ("assert len(rows()) > 3\nfor row in rows():\n  assert row", []),
        ("assert others\nfor row in rows():\n  assert row", ["rows()"]),
        ("for row in some(rows()):\n  assert row", []),
        ("for row in ROWS.items():\n  assert row", []),
        ("for row in [*rows]:\n  assert row", ["[*rows]"]),
        ("for row in (1, 2):\n  assert row", []),
        ("count = 0\nfor row in rows():\n  assert row\n  count += 1\nassert count > 3", []),
        ("count = 0\nfor row in rows():\n  assert row\n  count += 1", ["rows()"]),
        ("seen = []\nfor row in rows():\n  assert row\n  seen.append(row)\nassert seen", []),
        ("for row in rows():\n  count(row)\nassert counted", []),
    ],
)
def test_a_loop_that_may_judge_nothing_is_found(body: str, unsure: list[str]) -> None:
    lines = "\n".join(f"  {line}" for line in body.splitlines())
    (test,) = ast.parse(f"def test_it():\n{lines}").body
    assert isinstance(test, ast.FunctionDef)
    assert loops_over_maybe_nothing(test) == unsure


def test_nothing_is_not_some() -> None:
    assert some(iter("ab")) == ["a", "b"]
    with pytest.raises(AssertionError, match="nothing to go over"):
        some([])
