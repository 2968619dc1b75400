"""The singular dbt tests about consequences, targets and owners pass as it is and fail when it is broken."""

import pytest
from harness_singular import SingularTests
from harness_singular_response import BREAKS


@pytest.fixture(scope="module")
def tests(tmp_path_factory: pytest.TempPathFactory) -> SingularTests:
    return SingularTests(tmp_path_factory.mktemp("singular"))


@pytest.mark.parametrize("name", BREAKS)
def test_it_passes_on_what_is_right(tests: SingularTests, name: str) -> None:
    assert tests.problems(name) == []


@pytest.mark.parametrize(("name", "broken"), [(name, one) for name, all_ in BREAKS.items() for one in all_])
def test_it_fails_on_what_is_broken(tests: SingularTests, name: str, broken: str) -> None:
    assert tests.problems(name, [broken]) != []


@pytest.mark.parametrize("name", BREAKS)
def test_it_can_be_asked_before_anything_is_scored(tests: SingularTests, name: str) -> None:
    assert {parent.split(".")[0] for parent in tests.parents[name]} == {"seed"}
