"""The rooms of the project as its files show them: which reads which, and what the page of rooms allows."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Edges = dict[str, set[str]]
_ROW = re.compile(r"^\| `(?P<room>[^`]+)` \|(?P<middle>.*)\|(?P<faces>[^|]*)\|$", re.MULTILINE)
_NAMED = re.compile(r"`([^`]+)`")


def section(page: str, heading: str) -> str:
    """What a page says under a heading of the second level, up to the next of them.

    Raises:
        ValueError: there is no such heading.
    """
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        if part.startswith(f"{heading}\n"):
            return part
    raise ValueError(f"The page has no heading {heading!r}.")


def allowed(part: str) -> Edges:
    """The rooms of a table and what each may read: its first and its last column."""
    return {row["room"]: set(_NAMED.findall(row["faces"])) for row in _ROW.finditer(part)}


def modules_of(part: str) -> dict[str, str]:
    """The room of each module that a table of Python rooms names in its second column."""
    rooms = {}
    for row in _ROW.finditer(part):
        rooms |= dict.fromkeys(_NAMED.findall(row["middle"].split("|")[0]), row["room"])
    return rooms


def imports(package: Path) -> Iterator[tuple[str, str]]:
    """Which module at the top of a package imports which, wherever in a file and for whatever it does so."""
    for path in sorted(package.rglob("*.py")):
        importer = path.relative_to(package).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for imported in _imported(node, package.name):
                yield importer, imported


def _imported(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.ImportFrom) and node.module == package:
        return [alias.name for alias in node.names]
    names = []
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        names = [node.module]
    elif isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    return [name.split(".")[1] for name in names if name.startswith(f"{package}.")]


def rooms_of(pairs: Iterable[tuple[str, str]], room_of: Mapping[str, str]) -> Edges:
    """Which room reads which. What has no room stands for itself, so that it is seen."""
    edges: Edges = {}
    for reader, read in pairs:
        first, second = room_of.get(reader, reader), room_of.get(read, read)
        edges.setdefault(first, set())
        edges.setdefault(second, set())
        if first != second:
            edges[first].add(second)
    return edges


def differences(found: Edges, table: Edges) -> list[str]:
    """What the files do and the table does not say, and what the table says and no file does."""
    seen = [f"{room} is no room of the table." for room in sorted(found.keys() - table.keys())]
    seen += [f"{room} is in the table and nowhere else." for room in sorted(table.keys() - found.keys())]
    for room in sorted(found.keys() & table.keys()):
        reads, faces = found[room], table[room]
        seen += [f"{room} reads {each}, which it does not face." for each in sorted(reads - faces)]
        seen += [f"{room} faces {each}, and reads nothing of it." for each in sorted(faces - reads)]
    return seen


def round_trips(edges: Edges) -> list[str]:
    """Rooms from which one comes back to the same room."""
    return sorted(room for room in edges if room in _reached(edges, room))


def reaching_back(table: Edges) -> list[str]:
    """What a room of a table reads that does not stand above it."""
    above: set[str] = set()
    seen = []
    for room, read in table.items():
        seen += [f"{room} reads {each}, which stands below it." for each in sorted(read - above)]
        above.add(room)
    return seen


def _reached(edges: Edges, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        room = waiting.pop()
        if room not in reached:
            reached.add(room)
            waiting += edges.get(room, ())
    return reached


def drawing(edges: Edges) -> str:
    """The rooms as a flow chart: an arrow leads the way of what is read.

    An arrow that a longer way stands for already is left out, so that the drawing can be read: what the table
    allows beside is in the table.
    """
    lines = ["```mermaid", "flowchart LR"]
    for room in edges:
        for read in sorted(edges[room]):
            if not any(read in _reached(edges, other) for other in edges[room] - {read}):
                lines.append(f"    {_node(read)} --> {_node(room)}")
    return "\n".join([*lines, "```"])


def _node(room: str) -> str:
    return f'{re.sub(r"[^a-z]", "_", room)}["{room}"]'
