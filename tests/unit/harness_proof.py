"""Tests read as trees: which of them could prove nothing, because nothing in them is sure to be looked at."""

import ast
from collections.abc import Iterator, Set
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef
# They have as much as what they are given.
SURE = frozenset({"range", "enumerate", "zip", "sorted", "reversed", "list", "set", "tuple", "pairwise"})
REPEATED = frozenset({"items", "values", "keys"})
COLLECTS = frozenset({"append", "add", "update", "extend"})
JUDGES = frozenset({"raises", "fail", "warns", "expect"})


def read_tests(path: Path) -> Iterator[Function]:
    """The test functions of a file, those in classes too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function) and node.name.startswith("test_"):
            yield node


def loops_over_maybe_nothing(test: Function) -> list[str]:
    """Loops that hold the judgements of a test and may go not once, without the test noticing.

    A loop is sure if it goes over something written out, over a constant of the module, over `some(...)`, or
    over something that the test asks about outside of the loop, by itself or by what the loop has counted
    or collected.
    """
    judged_loops = [each for each in _within(test, ast.For) if _judgements(each)]
    inside = {id(node) for loop in judged_loops for node in ast.walk(loop)}
    asked = {
        name for each in _within(test, ast.Assert) if id(each) not in inside for name in _names(each.test)
    }
    constants = {
        name.id
        for each in _within(test, ast.Assign)
        if isinstance(each.value, ast.Tuple | ast.List | ast.Set | ast.Dict) and _is_sure(each.value)
        for name in each.targets
        if isinstance(name, ast.Name)
    }
    return [
        ast.unparse(loop.iter)
        for loop in judged_loops
        if not (_is_sure(loop.iter, constants) or _names(loop.iter) & asked or _made_in(loop) & asked)
    ]


def _within(node: ast.AST, kind: type) -> list[ast.AST]:
    return [each for each in ast.walk(node) if isinstance(each, kind)]


def _judgements(node: ast.AST) -> list[ast.AST]:
    calls = [
        each
        for each in ast.walk(node)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in JUDGES
    ]
    return [*_within(node, ast.Assert), *calls]


def _is_sure(node: ast.AST, constants: Set[str] = frozenset()) -> bool:
    match node:
        case ast.Tuple() | ast.List() | ast.Set():
            parts = [each.value if isinstance(each, ast.Starred) else None for each in node.elts]
            sure = any(part is None or _is_sure(part, constants) for part in parts)
        case ast.Dict():
            sure = bool(node.keys)
        case ast.Name():
            sure = node.id.isupper() or node.id in constants
        case ast.Attribute():
            sure = node.attr.isupper()
        case ast.Constant():
            sure = bool(node.value)
        case ast.Subscript():
            sure = _is_sure(node.value, constants)
        case ast.Call(func=ast.Name(id="some")):
            sure = True
        case ast.Call(func=ast.Name(id=name)) if name in SURE:
            sure = all(_is_sure(each, constants) for each in node.args)
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in REPEATED:
            sure = _is_sure(value, constants)
        case _:
            sure = False
    return sure


def _names(node: ast.AST) -> set[str]:
    """What an expression is about: names, and texts that it is looked up by. A function called is no name."""
    called = {id(each.func) for each in _within(node, ast.Call) if isinstance(each.func, ast.Name)}
    return {each.id for each in _within(node, ast.Name) if id(each) not in called} - {"self"} | {
        ast.unparse(each) for each in _within(node, ast.Call)
    }


def _made_in(loop: ast.For) -> set[str]:
    """What a loop counts or collects."""
    found: set[str] = set()
    for node in ast.walk(loop):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store()):
                found.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in COLLECTS:
                found.add(name)
    return found
