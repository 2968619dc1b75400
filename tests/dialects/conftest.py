"""What is asked of each dialect, rendered and read once."""

import pytest

from dialects.harness_adapters import DIALECTS
from dialects.harness_looked_at import LookedAt, looked_at
from dialects.harness_render import rendered


@pytest.fixture(scope="session", params=[pytest.param(each, id=each.name) for each in DIALECTS])
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LookedAt:
    """Every statement of a dialect as both parsers read it. Read only."""
    return looked_at(request.param, rendered(request.param, tmp_path_factory.mktemp(request.param.name)))
