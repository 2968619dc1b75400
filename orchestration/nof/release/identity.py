"""What a release is made from, as one short hash: the name under which it is published, once."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import nof
from nof.files import files_under, sha256_of
from nof.project import PACKED, project_root

# What decides the figures besides the seeds and the package: the models, their macros, what is selected, and
# the expectations that a build must meet.
CODE_FOLDERS = ("models", "macros", "expectations", "site/templates", "site/assets", "docs/methodology")
CODE_FILES = ("dbt_project.yml", "selectors.yml")
# Of these, what decides a figure: a release with another of them was made by another method.
METHOD_FOLDERS = (
    "seeds/framework",
    "seeds/reference",
    "models/staging",
    "models/measures",
    "models/scoring",
    "macros",
)
# Seeds among them that decide no figure but how figures are given: words, layout, what is withheld.
GIVING_SEEDS = frozenset(
    {
        "awaited_inputs",
        "awaited_publications",
        "confidential_inputs",
        "person_patterns",
        "publication_versions",
        "register_texts",
        "release_terms",
        "roles",
        "sensitivity_classes",
        "table_shorthand",
    }
)


@dataclass(frozen=True)
class InputEntry:
    """One file that a release is made from, as the home's register has it."""

    sha256: str
    name: str
    kind: str
    landed_date: date

    def as_text(self) -> dict[str, str]:
        """The entry as the manifest and the release id hold it, the date as ISO writes it."""
        return {**asdict(self), "landed_date": self.landed_date.isoformat()}


def seed_hashes() -> dict[str, str]:
    """The SHA-256 of every seed, by its path in the project."""
    root = project_root()
    return _hashes(root, (path for path in files_under(root / "seeds") if path.suffix == ".csv"))


def code_hash() -> str:
    """One SHA-256 over the path and bytes of every file that holds code.

    That is models/, macros/, expectations/, dbt_project.yml, selectors.yml, what describes the seeds to dbt,
    what the site of a release is made from (templates, assets, docs/methodology), and the package with its
    templates (the package that runs, wherever the project is). Not the tests, which can stop a release but
    not change one, nor profiles.yml, which only says where the build file lies. A wheel has the hash of the
    checkout that it was made from.
    """
    root = project_root()
    found = [path for folder in CODE_FOLDERS for path in files_under(root / folder)]
    found += [root / name for name in CODE_FILES]
    found += [path for path in files_under(root / "seeds") if path.suffix in {".yml", ".yaml"}]
    package = Path(nof.__file__).resolve().parent
    # A wheel has the project in its package: under the paths that it has in the checkout it is counted above.
    own = [path for path in files_under(package) if not path.is_relative_to(package / PACKED)]
    hashes = _hashes(root, found) | {
        f"orchestration/nof/{path}": digest for path, digest in _hashes(package, own).items()
    }
    return _digest(hashes)


def method_hash() -> str:
    """One SHA-256 over what decides a figure: staging and scoring models, macros, the method's seeds.

    Two releases with the same method hash differ in their inputs only. What lays figures out (publication
    models, the package, the words that a release is given with) is not part of it, nor are the bundled
    sample's rows.
    """
    root = project_root()
    found = [
        path
        for folder in METHOD_FOLDERS
        for path in files_under(root / folder)
        if path.suffix == ".sql" or (path.suffix == ".csv" and path.stem not in GIVING_SEEDS)
    ]
    return _digest(_hashes(root, found))


def inputs_hash(inputs: Iterable[Mapping[str, str]], seeds: Mapping[str, str]) -> str:
    """One SHA-256 over what a release is made of: its files or, where there are none, the bundled rows.

    Args:
        inputs: the files as the manifest holds them, in the register's order.
        seeds: the SHA-256 of every seed by its path.
    """
    files = [dict(entry) for entry in inputs]
    bundled = {path: digest for path, digest in seeds.items() if path.startswith("seeds/sample/")}
    return _digest({"inputs": files, "bundled": {} if files else bundled})


def release_id(*, inputs: Sequence[InputEntry], framework_id: str, quarter_id: str) -> str:
    """The first 16 hexadecimal digits of a SHA-256 over everything that a release follows from.

    The inputs count in the order given, which is the register's: of two files for the same trust type and
    quarter the later one supplies the figures.

    The versions of Python, DuckDB and dbt are not part of it. The figures belong to the method, not to the
    engine: if another version gave other figures, that would be a fault, and a new id would hide it. The lock
    and the exact pin of DuckDB keep the bytes the same; the manifest says which version wrote them.
    """
    return _digest(
        {
            "inputs": [entry.as_text() for entry in inputs],
            "seeds": seed_hashes(),
            "code": code_hash(),
            "framework_id": framework_id,
            "quarter_id": quarter_id,
        }
    )[:16]


def _hashes(root: Path, paths: Iterable[Path]) -> dict[str, str]:
    """Path relative to `root` to SHA-256, without compiled files and what an editor or a desktop leaves."""
    named = {path.relative_to(root): path for path in paths}
    return {
        relative.as_posix(): sha256_of(path)
        for relative, path in named.items()
        if "__pycache__" not in relative.parts and not any(part.startswith(".") for part in relative.parts)
    }


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
