"""Packages that only an engine beside DuckDB needs: what is missing is said before anything is built."""

from importlib.util import find_spec

from nof.engines.engine import EngineRefused
from nof.settings.engine import EngineName

# The extra of the package `nof` that brings what an engine needs.
EXTRAS = {"postgres": "postgres-engine", "spark": "spark"}


def refuse_without_packages(engine: EngineName, *modules: str) -> None:
    """Refuse an engine whose packages are not installed.

    Args:
        engine: that needs them.
        modules: that must be there.

    Raises:
        EngineRefused: naming those that are not.
    """
    missing = [name for name in modules if not _is_there(name)]
    if missing:
        raise EngineRefused(
            f"The engine {engine} needs packages that are not installed ({', '.join(missing)}). "
            f"Install nof with them: pip install --editable '.[{EXTRAS[engine]}]' in its checkout, or "
            f"pip install '<the wheel>[{EXTRAS[engine]}]' where it came as a wheel."
        )


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it is in is missing
        return False
