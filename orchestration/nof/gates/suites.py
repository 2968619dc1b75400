"""Reads the suites in expectations/<gate>/*.json and refuses those that do not say what they must."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nof.errors import InputRefused, Problem
from nof.gates.results import GATES

SEVERITIES = ("critical", "warning")
OWNER_ROLES = ("data supplier", "method owner", "warehouse engineer")
SUITE_KEYS = {"suite": str, "relation": str, "expectations": list}
SUITE_OPTIONS = {"may_be_empty": bool, "where": str, "query": list, "totals": list}
EXPECTATION_KEYS = {
    "id": str,
    "type": str,
    "kwargs": dict,
    "severity": str,
    "meaning": str,
    "remedy": str,
    "owner_role": str,
}
EXPECTATION_OPTIONS = {"may_check_nothing": bool, "shows": list}
# `mostly` would pass over unexpected rows unseen; row conditions are pandas' dialect: rows are chosen in SQL.
REFUSED_KWARGS = ("mostly", "row_condition", "condition_parser", "result_format", "catch_exceptions")


@dataclass(frozen=True)
class Expectation:
    """One claim about a relation, with what it means and who mends it."""

    expectation_id: str
    expectation_type: str
    kwargs: dict[str, Any]
    severity: str
    meaning: str
    remedy: str
    owner_role: str
    may_check_nothing: bool
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Suite:
    """Expectations about one batch of rows: a relation, rows of it (`where`), or a query over it."""

    name: str
    relation: str
    query: str | None
    where: str | None
    may_be_empty: bool
    totals: tuple[str, ...]
    expectations: tuple[Expectation, ...]

    @property
    def sql(self) -> str:
        """The select that fetches the batch."""
        if self.query is not None:
            return self.query
        return f"select * from {self.relation}" + (f" where {self.where}" if self.where else "")


def load_suites(directory: Path, gate: str) -> list[Suite]:
    """The suites of one gate, by file name.

    Those of the other gate are looked at too, so that ids stay unique and a bad suite stops a run early.

    Raises:
        InputRefused: with every problem of every suite file.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    suites: dict[str, list[Suite]] = {name: [] for name in GATES}
    for name in GATES:
        for path in sorted((directory / name).glob("*.json")):
            raw = _parsed(path, problems)
            if raw is None:
                continue
            found = list(_suite_problems(path, raw))
            for expectation in raw.get("expectations", []) if not found else []:
                identity = expectation["id"]
                if identity in seen:
                    found.append(_problem(path, f"the id {identity!r} is taken by {seen[identity]}."))
                seen.setdefault(identity, path.name)
            problems.extend(found)
            if not found:
                suites[name].append(_suite(raw))
    if problems:
        raise InputRefused(problems)
    return suites[gate]


def _parsed(path: Path, problems: list[Problem]) -> dict[str, Any] | None:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        problems.append(_problem(path, f"cannot be read as JSON: {error}."))
        return None
    if not isinstance(raw, dict):
        problems.append(_problem(path, "holds no JSON object."))
        return None
    return raw


def _suite_problems(path: Path, raw: dict[str, Any]) -> Iterator[Problem]:
    yield from _key_problems(path, "the suite", raw, SUITE_KEYS, SUITE_OPTIONS)
    if raw.get("suite") != path.stem:
        yield _problem(
            path, f"the suite is called {raw.get('suite')!r} and its file {path.stem!r}: use one name."
        )
    relation = raw.get("relation")
    if isinstance(relation, str) and not re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", relation):
        yield _problem(path, f"the relation {relation!r} is not written schema.table.")
    if "query" in raw and "where" in raw:
        yield _problem(path, "has a query and a where: write the condition into the query.")
    expectations = raw.get("expectations")
    if not isinstance(expectations, list):
        return
    if not expectations:
        yield _problem(path, "holds no expectation.")
    for number, expectation in enumerate(expectations, start=1):
        if not isinstance(expectation, dict):
            yield _problem(path, f"expectation {number} is no JSON object.")
            continue
        yield from _expectation_problems(path, f"expectation {expectation.get('id', number)!r}", expectation)


def _expectation_problems(path: Path, what: str, raw: dict[str, Any]) -> Iterator[Problem]:
    yield from _key_problems(path, what, raw, EXPECTATION_KEYS, EXPECTATION_OPTIONS)
    for key in ("id", "meaning", "remedy"):
        if isinstance(raw.get(key), str) and not raw[key].strip():
            yield _problem(path, f"{what} has an empty {key}.")
    for key, allowed in (("severity", SEVERITIES), ("owner_role", OWNER_ROLES)):
        if isinstance(raw.get(key), str) and raw[key] not in allowed:
            yield _problem(path, f"{what} has the {key} {raw[key]!r}; it is one of {', '.join(allowed)}.")
    for key in REFUSED_KWARGS:
        if isinstance(raw.get("kwargs"), dict) and key in raw["kwargs"]:
            yield _problem(path, f"{what} uses {key!r}; choose the rows with the suite's where or query.")


def _key_problems(
    path: Path, what: str, raw: dict[str, Any], required: Mapping[str, type], optional: Mapping[str, type]
) -> Iterator[Problem]:
    for key, kind in {**required, **optional}.items():
        if key in required and key not in raw:
            yield _problem(path, f"{what} lacks {key!r}.")
        elif key in raw and not isinstance(raw[key], kind):
            yield _problem(path, f"{what} has a {key!r} that is not of type {kind.__name__}.")
    for key in raw.keys() - required.keys() - optional.keys():
        yield _problem(path, f"{what} has {key!r}, which nothing reads.")


def _problem(path: Path, message: str) -> Problem:
    return Problem(
        f"{path.parent.name}/{path.name}", message, "Mend the suite; expectations/README.md says how."
    )


def _suite(raw: dict[str, Any]) -> Suite:
    return Suite(
        name=raw["suite"],
        relation=raw["relation"],
        query="\n".join(raw["query"]) if "query" in raw else None,
        where=raw.get("where"),
        may_be_empty=raw.get("may_be_empty", False),
        totals=tuple(raw.get("totals", [])),
        expectations=tuple(
            Expectation(
                expectation_id=item["id"],
                expectation_type=item["type"],
                kwargs=item["kwargs"],
                severity=item["severity"],
                meaning=item["meaning"],
                remedy=item["remedy"],
                owner_role=item["owner_role"],
                may_check_nothing=item.get("may_check_nothing", False),
                shows=tuple(item.get("shows", [])),
            )
            for item in raw["expectations"]
        ),
    )
