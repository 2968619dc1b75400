"""A wheel of the project: built as `make wheel` does, installed beside the packages of this environment."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from harness_session import ROOT
from nof.manifests import FILES_READ_BY_DBT, READ_BY_DBT
from nof.release.identity import CODE_FILES, CODE_FOLDERS

PLACE = "nof/_project/"
# What a release is made from, what dbt reads, and how `make dagster` sets Dagster up.
FOLDERS = {*CODE_FOLDERS, *READ_BY_DBT}
FILES = {*CODE_FILES, *FILES_READ_BY_DBT, "orchestration/dagster.yaml"}
# Variables of a checkout that a person with a wheel does not have.
OF_A_CHECKOUT = ("PYTHONPATH", "NOF_PROJECT_DIR", "NOF_DATA_DIR", "VIRTUAL_ENV")


def committed() -> list[str]:
    """Every file of the project by Git's list, or all that lie there where an archive was unpacked."""
    if not (ROOT / ".git").exists():
        return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    # Taken away and not yet committed.
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def belongs_in(files: list[str]) -> set[str]:
    """Which names a wheel of these files has, but for what is about the wheel itself."""
    package = {name.removeprefix("orchestration/") for name in files if name.startswith("orchestration/nof/")}
    beside = {
        f"{PLACE}{name}"
        for name in files
        if name in FILES or any(name.startswith(f"{folder}/") for folder in FOLDERS)
    }
    return package | beside


def held_by(wheel: Path) -> set[str]:
    """Which names a wheel has, but for what is about the wheel itself."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.split("/")[0].endswith(".dist-info")}


def build(folder: Path) -> Path:
    """A wheel, from an sdist, from the files that are committed.

    Args:
        folder: for all that is made on the way; does not exist yet.
    """
    source = folder / "source"
    for name in committed():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
    done = make_sdist(source, folder)
    assert done.returncode == 0, done.stderr
    (sdist,) = folder.glob("*.tar.gz")
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(sdist))
    (wheel,) = folder.glob("*.whl")
    return wheel


def make_sdist(source: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Ask the build backend for an sdist of the project in `source`."""
    call = f"from setuptools import build_meta; build_meta.build_sdist({str(folder)!r})"
    return subprocess.run(
        [sys.executable, "-c", call], cwd=source, env=outside(), capture_output=True, text=True, check=False
    )


def install(wheel: Path, folder: Path) -> Path:
    """A virtual environment with the wheel in it; its other packages are those of this environment.

    Returns:
        Its Python.
    """
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = folder.glob("[Ll]ib/**/site-packages")
    # By its folder alone: the line there that leads to the checkout is not followed.
    (packages / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def call(python: Path, *arguments: str, cwd: Path, cache: Path) -> "subprocess.CompletedProcess[str]":
    """Run Python there, with nothing about a checkout in its environment.

    Args:
        python: of the virtual environment.
        arguments: what Python is given.
        cwd: where it starts.
        cache: what the system says is the user's cache folder.
    """
    environment = {**outside(), "XDG_CACHE_HOME": str(cache), "COLUMNS": "160"}
    return subprocess.run(
        [str(python), *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def _pip(*arguments: str) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, *arguments], env=outside(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def outside() -> dict[str, str]:
    """The environment of a person who has no checkout."""
    return {name: value for name, value in os.environ.items() if name not in OF_A_CHECKOUT}
