"""`make mutants`: change each rule of the scoring, one at a time, and say which tests notice.

Fails when a mutant survives that equivalent.csv does not know, when none was made, or when a test fails
without any change. Every changed query has a process of its own.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from mutants import rows, sql
from mutants.forked import in_child
from mutants.killed import Killed
from mutants.killers import SqlKillers
from mutants.nations import recorded
from mutants.project import Project
from mutants.rowkillers import RowKillers
from mutants.verdicts import Verdict, judge, problems, read_equivalents, table

Each = TypeVar("Each")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the mutants that are asked for and print the table; 1 where the run proves nothing."""
    asked = parsed(arguments)
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        project = Project(Path(scratch) / "compiled")
        failing, verdicts = [], []
        if asked.of != "models":
            killers = RowKillers(project)
            failing += killers.problems()
            verdicts += of_rows(killers, asked)
        if asked.of != "seeds":
            sql_killers = SqlKillers(project, recorded(project))
            failing += reported(sql_killers)
            # Verdicts mean nothing where a test fails by itself.
            verdicts += of_models(sql_killers, asked) if not failing else []
    equivalents = read_equivalents()
    is_whole = asked.of == "all" and not asked.only and not asked.sample
    found = failing + problems(verdicts, equivalents, is_whole=is_whole)
    print(*table(verdicts, equivalents), *found, sep="\n")  # noqa: T201
    return 1 if found else 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What to change, and how much of it."""
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--of", choices=("all", "models", "seeds"), default="all", help="what is changed")
    parser.add_argument("--only", nargs="*", default=[], help="names of models or seeds")
    parser.add_argument("--sample", type=int, help="so many of each model or seed, always the same ones")
    parser.add_argument(
        "--without-stated", action="store_true", help="what the other tests notice of changed rows"
    )
    return parser.parse_args(arguments)


def reported(killers: SqlKillers) -> list[str]:
    """What fails without any change; in a process of its own, because it makes tables anew."""
    killed = in_child(lambda: Killed("", "\n".join(killers.problems())))
    return killed.test.splitlines() if killed else []


def of_models(killers: SqlKillers, asked: argparse.Namespace) -> list[Verdict]:
    """The verdicts on the models, parents first."""
    found = []
    for model, query in killers.project.queries.items():
        if not asked.only or model in asked.only:
            mutants = some(sql.mutants_of(model, query), asked.sample)
            found += judge(model, mutants, killers.of, tell)
    return found


def of_rows(killers: RowKillers, asked: argparse.Namespace) -> list[Verdict]:
    """The verdicts on the seeds."""
    found = []
    for seed, lines in killers.seeds.items():
        if not asked.only or seed in asked.only:
            mutants = some(rows.mutants_of(seed, lines), asked.sample)
            found += judge(seed, mutants, partial(killers.of, without_stated=asked.without_stated), tell)
    return found


def some(mutants: list[Each], sample: int | None) -> Iterable[Each]:
    """All of them, or so many drawn with one seed."""
    return mutants if not sample else random.Random(0).sample(mutants, min(sample, len(mutants)))


def tell(verdict: Verdict) -> None:
    """What no test noticed, as soon as it is known; whether it is equivalent is said at the end."""
    if verdict.killed is None:
        print(f"noticed by no test: {verdict.name}", file=sys.stderr, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
