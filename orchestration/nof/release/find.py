"""Which releases a home holds, and which of them is meant."""

from dataclasses import dataclass
from pathlib import Path

from nof.errors import UsageRefused
from nof.home import Home
from nof.release.seal import is_release, read_manifest


@dataclass(frozen=True)
class ReleaseInfo:
    """What there is to say about one release in a list."""

    quarter_id: str
    release_id: str
    framework_id: str
    trust_count: int
    input_names: tuple[str, ...]
    is_current: bool
    path: Path


def list_releases(home: Home) -> list[ReleaseInfo]:
    """Every finished release, the oldest quarter first; a folder without its seal is not one."""
    current = find_current(home)
    return [_describe(path, is_current=path == current) for path in release_folders(home) if is_release(path)]


def find_release(home: Home, quarter_id: str | None = None, release_id: str | None = None) -> Path | None:
    """The folder of one release: the current one, or the one of a quarter, or the one with an id.

    Of several releases of one quarter the current one is meant.

    Returns:
        The folder, or None where there is no such release.

    Raises:
        UsageRefused: several releases fit and none of them is the current one, so an id is needed.
    """
    current = find_current(home)
    if quarter_id is None and release_id is None:
        return current
    fitting = [
        path
        for path in release_folders(home)
        if is_release(path) and quarter_id in {None, path.parent.name} and release_id in {None, path.name}
    ]
    if current in fitting:
        return current
    if len(fitting) > 1:
        raise UsageRefused(
            f"Several releases fit: {', '.join(f'{path.parent.name}/{path.name}' for path in fitting)}. "
            "Name one by its quarter and id."
        )
    return fitting[0] if fitting else None


def find_current(home: Home) -> Path | None:
    """The release that `current` names; where the system has no links, the one that `CURRENT` names."""
    if home.current.is_symlink():
        name = home.current.readlink().as_posix()
    elif home.current_text.is_file():
        name = home.current_text.read_text(encoding="utf-8").strip()
    else:
        return None
    path = home.releases / name
    return path if is_release(path) else None


def release_folders(home: Home) -> list[Path]:
    """Every folder where a release belongs, finished or not, by quarter and id."""
    return sorted(
        path for path in home.releases.glob("*/*") if path.is_dir() and not path.parent.is_symlink()
    )


def _describe(path: Path, *, is_current: bool) -> ReleaseInfo:
    manifest = read_manifest(path)
    return ReleaseInfo(
        quarter_id=manifest["quarter_id"],
        release_id=manifest["release_id"],
        framework_id=manifest["framework_id"],
        trust_count=manifest["trust_count"],
        input_names=tuple(entry["name"] for entry in manifest["inputs"]),
        is_current=is_current,
        path=path,
    )
