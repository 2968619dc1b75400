"""The mutants of one query: each changes one comparison, key, branch, literal or the like.

The tree is sqlglot's; nothing here reads SQL by itself.
"""

from collections import Counter
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from mutants.changes import DIALECT, changes, said


@dataclass(frozen=True)
class SqlMutant:
    """One changed query.

    Attributes:
        name: model, common table expression, kind of change, and what was changed into what: the same however
            the file is laid out.
        model: whose query it is.
        node: place of the changed node in the order of the tree.
        place: which of the changes that the node allows.
    """

    name: str
    model: str
    node: int
    place: int

    def text(self, query: str) -> str:
        """The changed query."""
        tree = parsed(query)
        node = list(tree.walk())[self.node]
        changed = list(changes(node))[self.place].changed
        if changed is None:
            node.pop()
        else:
            node.replace(changed)
        return tree.sql(DIALECT)


def parsed(query: str) -> exp.Expr:
    """The tree of one query."""
    return sqlglot.parse_one(query, read=DIALECT)


def mutants_of(model: str, query: str) -> list[SqlMutant]:
    """Every mutant of a query, in the order of its tree."""
    found: list[SqlMutant] = []
    names: Counter[str] = Counter()
    for number, node in enumerate(parsed(query).walk()):
        for place, (kind, changed, what) in enumerate(changes(node)):
            text = what or f"{said(node)} -> {said(changed) if changed is not None else 'nothing'}"
            name = f"{model}.{cte_of(node)} {kind}: {text}"
            names[name] += 1
            again = f" #{names[name]}" if names[name] > 1 else ""
            found.append(SqlMutant(name + again, model, number, place))
    return found


def cte_of(node: exp.Expr) -> str:
    """The common table expression that a node is in."""
    cte = node.find_ancestor(exp.CTE)
    return cte.alias if cte else "query"
