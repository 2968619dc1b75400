"""Puts what lies beside the package into a wheel: models, seeds, suites, templates, the method's pages.

All else about the package is in pyproject.toml. In the checkout these folders stay where they are, and an
editable install reads them there; in a wheel they lie in `nof/_project`, under the same paths
(docs/decisions/0029-one-wheel-holds-everything.md).
"""

from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build

# What a run reads, and no more: what a release is made from and what its id stands for, whole folders so that
# the hashes are those of the checkout, and the data tests, which every build runs.
FOLDERS = (
    "docs/methodology",
    "expectations",
    "macros",
    "models",
    "seeds",
    "site/assets",
    "site/templates",
    "tests/dbt",
)
FILES = ("dbt_project.yml", "orchestration/dagster.yaml", "profiles.yml", "selectors.yml")
PLACE = "nof/_project"


class BuildProject(Command):
    """The step of a build that copies the project's files beside the modules; see setuptools' SubCommand."""

    description = "copy the project's files into the package"
    user_options: list[tuple[str, str | None, str]] = []  # noqa: RUF012 - setuptools' own way
    editable_mode = False

    def initialize_options(self) -> None:
        """Nothing is known yet."""
        self.build_lib: str | None = None

    def finalize_options(self) -> None:
        """Where the modules are put."""
        self.set_undefined_options("build", ("build_lib", "build_lib"))

    def run(self) -> None:
        """Copy; an editable install reads the checkout."""
        for target, source in self.get_output_mapping().items():
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            self.copy_file(source, target)

    def get_source_files(self) -> list[str]:
        """What an sdist has to hold as well.

        Raises:
            FileNotFoundError: a folder of the project is missing or empty, or a file is.
        """
        found = [Path(name) for name in FILES]
        for folder in FOLDERS:
            inside = [path for path in sorted(Path(folder).rglob("*")) if path.is_file() and _is_ours(path)]
            found += inside or [Path(folder)]
        missing = [str(path) for path in found if not path.is_file()]
        if missing:
            raise FileNotFoundError(f"Not in the project, and needed to run it: {', '.join(missing)}")
        return [path.as_posix() for path in found]

    def get_output_mapping(self) -> dict[str, str]:
        """What is made, by where, and of which file."""
        if self.editable_mode:
            return {}
        return {f"{self.build_lib}/{PLACE}/{path}": path for path in self.get_source_files()}

    def get_outputs(self) -> list[str]:
        """What is made."""
        return list(self.get_output_mapping())


def _is_ours(path: Path) -> bool:
    """Not what an editor or a desktop leaves: release ids leave it out, too."""
    return not any(part.startswith(".") for part in path.parts)


class Build(build):
    """The build, with that step."""

    sub_commands = [*build.sub_commands, ("build_project", None)]  # noqa: RUF012 - setuptools' own way


setup(cmdclass={"build": Build, "build_project": BuildProject})
