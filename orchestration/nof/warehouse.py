"""Builds the models of one build database with dbt, in this process, one selector at a time."""

import os
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nof.errors import BuildFailed
from nof.failed_nodes import told
from nof.halted import Stopped
from nof.manifests import keep_manifest, manifest_key, read_manifest, uncounted
from nof.project import project_root

# The manifest parsed or read last, by what it depends on.
_MANIFESTS: dict[str, Any] = {}


@dataclass
class Warehouse:
    """One build database and the dbt that writes it.

    The project is parsed once in a process, because parsing costs as much as building. After every step dbt's
    connection is closed: until then it keeps the write lock and nothing else can open the file.

    Attributes:
        database: the DuckDB build file; made by the first step where it does not exist.
        scratch: where dbt may put its artefacts and logs.
        target: of profiles.yml: the engine that is written to.
        environment: what that target of profiles.yml reads, beside the name of the build file.
        results: dbt's result for each node of the last step, also where that step failed.
    """

    database: Path
    scratch: Path
    target: str = "duckdb"
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    results: tuple[Any, ...] = field(default=(), init=False, repr=False)

    def load(self) -> None:
        """Read the project into this process, ahead of the first step.

        Raises:
            BuildFailed: dbt cannot read the project.
        """
        self._manifest()

    def parse(self) -> Path:
        """Read the project; builds nothing and opens no database.

        Returns:
            The manifest as JSON: every model, seed and test.

        Raises:
            BuildFailed: dbt cannot read the project.
        """
        from dbt.flags import set_from_args  # noqa: PLC0415 - seconds to load

        path = self.scratch / "target" / "manifest.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        manifest = self._manifest()
        # Where no command of dbt has run in this process yet its flags have no values, and it wants this one.
        set_from_args(Namespace(SEND_ANONYMOUS_USAGE_STATS=False), {})
        manifest.writable_manifest().write(str(path))
        return path

    def build(self, selector: str, *, progress: Callable[[str], None] | None = None) -> int:
        """Build everything that a selector of selectors.yml names, tests included.

        Args:
            selector: `staged`, `scored` or `publication`.
            progress: told the name of each model as it is built.

        Returns:
            How many nodes (seeds, models, tests) were built or passed.

        Raises:
            BuildFailed: a model or a test failed, or nothing was selected.
        """
        self.results = ()
        # Unit tests judge the code, not this build: they run after a clone and in `make test`.
        # dbt's JSON artefacts take seconds to write, and nobody reads them: the results are handed over.
        result = self._invoke(
            ["--no-write-json", "build", "--selector", selector, "--exclude-resource-types", "unit_test"],
            progress,
        )
        results = list(result.result or [])
        self.results = tuple(results)
        failures = [each for each in results if str(each.status) not in {"success", "pass"}]
        if failures or not result.success:
            raise BuildFailed(told(selector, failures, result.exception, database=self.database))
        if not results:
            raise BuildFailed(f"The selector {selector} built nothing: see selectors.yml.")
        return len(results)

    def invoke(self, *arguments: str) -> list[Any]:
        """Run another command of dbt, such as `compile`.

        Returns:
            The nodes that it was about, as dbt has them.

        Raises:
            BuildFailed: the command failed, or was about nothing.
        """
        result = self._invoke(["--no-write-json", *arguments], None)
        nodes = [each.node for each in result.result or []]
        if not result.success or not nodes:
            raise BuildFailed(f"dbt {' '.join(arguments)} failed: {result.exception or result.result}")
        return nodes

    def _invoke(self, arguments: list[str], progress: Callable[[str], None] | None) -> Any:
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 - seconds to load
        from dbt.cli.main import dbtRunner  # noqa: PLC0415

        callbacks = [_node_listener(progress)] if progress else []
        manifest = self._manifest()
        # dbt writes the relation over the `ref` of a foreign key, and cannot read that the next time.
        references = [
            (constraint, constraint.to)
            for node in manifest.nodes.values()
            if node.resource_type == "model"
            for constraint in node.all_constraints
        ]
        try:
            return self._with_dbt(dbtRunner(manifest=manifest, callbacks=callbacks), arguments)
        finally:
            for constraint, reference in references:
                constraint.to = reference
            DuckDBConnectionManager.close_all_connections()

    def _manifest(self) -> Any:
        """The project as dbt reads it: from this process, from the disk, or parsed."""
        from dbt.cli.main import dbtRunner  # noqa: PLC0415 - seconds to load

        # The name of the database stands in the manifest.
        name = self.environment.get("NOF_ENGINE_DATABASE", self.database.stem)
        key = manifest_key(name, self.target)
        if key in _MANIFESTS:
            return _MANIFESTS[key]
        _MANIFESTS.clear()
        with uncounted():
            manifest = read_manifest(key)
            if manifest is None:
                self.scratch.mkdir(parents=True, exist_ok=True)
                parsed = self._with_dbt(dbtRunner(), ["--no-write-json", "parse"])
                if not parsed.success:
                    raise BuildFailed(f"dbt cannot read the project: {parsed.exception}")
                manifest = parsed.result
                keep_manifest(key, manifest)
        _MANIFESTS[key] = manifest
        return manifest

    def _with_dbt(self, runner: Any, arguments: list[str]) -> Any:
        # dbt works in the project's folder: what is said from another one has to be said whole.
        root, scratch = str(project_root()), self.scratch.absolute()
        with _environment({**self.environment, "NOF_DUCKDB_PATH": str(self.database.absolute())}):
            result = runner.invoke(
                [
                    # What failed is said once, by BuildFailed; dbt's own account is in the log file.
                    "--log-level",
                    "none",
                    *arguments,
                    "--project-dir",
                    root,
                    "--profiles-dir",
                    root,
                    "--target-path",
                    str(scratch / "target"),
                    "--log-path",
                    str(scratch / "logs"),
                    "--target",
                    self.target,
                ]
            )
            if isinstance(result.exception, KeyboardInterrupt | Stopped):
                raise result.exception  # dbt takes it for an error of its own
            return result


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """The environment with these values, and afterwards as it was."""
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _node_listener(progress: Callable[[str], None]) -> Callable[[Any], None]:
    """Tell which node has begun, out of dbt's events."""

    def listen(event: Any) -> None:
        if event.info.name == "NodeStart":
            progress(event.data.node_info.node_name)

    return listen
