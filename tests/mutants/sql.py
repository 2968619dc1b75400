"""The mutants of one query: each changes one comparison, key, branch, literal or the like.

The tree is sqlglot's; nothing here reads SQL by itself. What an operator makes of a node stands in `changes`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"
SHOWN = 90

# Each operator's neighbour at the edge, and the other way round.
OTHERS: dict[type[exp.Expr], tuple[type[exp.Expr], ...]] = {
    exp.LT: (exp.LTE, exp.GT),
    exp.LTE: (exp.LT, exp.GTE),
    exp.GT: (exp.GTE, exp.LT),
    exp.GTE: (exp.GT, exp.LTE),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.Mul: (exp.Div,),
    exp.Div: (exp.Mul,),
    exp.IntDiv: (exp.Mul,),
    exp.Min: (exp.Max,),
    exp.Max: (exp.Min,),
    exp.Sum: (exp.Max,),
    exp.Avg: (exp.Min, exp.Max),
    exp.Rank: (exp.DenseRank, exp.RowNumber),
    exp.RowNumber: (exp.Rank,),
    exp.Floor: (exp.Ceil,),
    exp.Ceil: (exp.Floor,),
    exp.Greatest: (exp.Least,),
    exp.Least: (exp.Greatest,),
}
Change = tuple[str, exp.Expr | None]


@dataclass(frozen=True)
class SqlMutant:
    """One changed query.

    Attributes:
        name: model, common table expression, kind of change, and what was changed into what: the same however
            the file is laid out.
        model: whose query it is.
        node: place of the changed node in the order of the tree.
        kind: kind of change.
        place: which of the changes of this kind that the node allows.
    """

    name: str
    model: str
    node: int
    kind: str
    place: int

    def text(self, query: str) -> str:
        """The changed query."""
        tree = parsed(query)
        node = list(tree.walk())[self.node]
        (_, changed) = [change for change in changes(node) if change[0] == self.kind][self.place]
        replace(node, changed)
        return tree.sql(DIALECT)


def parsed(query: str) -> exp.Expr:
    """The tree of one query."""
    return sqlglot.parse_one(query, read=DIALECT)


def replace(node: exp.Expr, changed: exp.Expr | None) -> None:
    """Put the changed node in its place, or take the node away."""
    if changed is None:
        node.pop()
    else:
        node.replace(changed)


def mutants_of(model: str, query: str) -> list[SqlMutant]:
    """Every mutant of a query, in the order of its tree."""
    found: list[SqlMutant] = []
    names: Counter[str] = Counter()
    for number, node in enumerate(parsed(query).walk()):
        places: Counter[str] = Counter()
        for kind, changed in changes(node):
            what = f"{said(node)} -> {said(changed) if changed is not None else 'nothing'}"
            name = f"{model}.{cte_of(node)} {kind}: {what}"
            names[name] += 1
            again = f" #{names[name]}" if names[name] > 1 else ""
            found.append(SqlMutant(name + again, model, number, kind, places[kind]))
            places[kind] += 1
    return found


def said(node: exp.Expr) -> str:
    """A node in few words: the text where it is short, else both ends of it."""
    text = " ".join(node.sql(DIALECT, comments=False).split()).replace('"build".', "").replace('"', "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} .. {text[-SHOWN // 2 :]}"


def cte_of(node: exp.Expr) -> str:
    """The common table expression that a node is in."""
    cte = node.find_ancestor(exp.CTE)
    return cte.alias if cte else "query"


def changes(node: exp.Expr) -> Iterator[Change]:
    """Kind and outcome of each change that a node allows; none of them touches the node itself."""
    yield from of_operator(node)
    yield from of_condition(node)
    yield from of_case(node)
    yield from of_literal(node)
    yield from of_table(node)
    yield from of_window(node)


def of_operator(node: exp.Expr) -> Iterator[Change]:
    """Another operator or function over the same operands."""
    if isinstance(node, exp.EQ) and is_key(node):
        return
    for other in OTHERS.get(type(node), ()):
        yield "operator", other(**{name: copied(value) for name, value in node.args.items() if value})
    if isinstance(node, exp.Neg | exp.Paren) and isinstance(node, exp.Neg):
        yield "sign", node.this.copy()
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        yield "distinct", exp.Count(this=node.this.expressions[0].copy())
    elif isinstance(node, exp.Count) and not isinstance(node.this, exp.Star):
        yield "counted", exp.Count(this=exp.Star())
    if isinstance(node, exp.Coalesce):
        listed = [node.this, *node.expressions]
        yield "order", exp.Coalesce(this=listed[-1].copy(), expressions=copied(listed[:-1]))
        for left_out in range(len(listed)):
            kept = copied(listed[:left_out] + listed[left_out + 1 :])
            yield "dropped", kept[0] if len(kept) == 1 else exp.Coalesce(this=kept[0], expressions=kept[1:])


def of_condition(node: exp.Expr) -> Iterator[Change]:
    """A condition with a part dropped, joined otherwise, or denied."""
    if isinstance(node, exp.And) and not isinstance(node.parent, exp.And):
        leaves = list(node.flatten())
        for left_out in range(len(leaves)):
            yield "dropped", exp.and_(*copied(leaves[:left_out] + leaves[left_out + 1 :]))
    if isinstance(node, exp.And | exp.Or) and not any(map(is_key, node.flatten())):
        other = exp.Or if isinstance(node, exp.And) else exp.And
        yield "joined", other(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Or) and not isinstance(node.parent, exp.Or):
        leaves = list(node.flatten())
        for left_out in range(len(leaves)):
            yield "dropped", exp.paren(exp.or_(*copied(leaves[:left_out] + leaves[left_out + 1 :])))
    if isinstance(node, exp.Where) and not isinstance(node.this, exp.And):
        yield "dropped", exp.Where(this=exp.true())
    if isinstance(node, exp.Not):
        yield "not", node.this.copy()
    if isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield "not", exp.Not(this=node.copy())
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for left_out in range(len(node.expressions)):
            kept = copied(node.expressions[:left_out] + node.expressions[left_out + 1 :])
            yield "dropped", exp.In(this=node.this.copy(), expressions=kept)
    if isinstance(node, exp.Between):
        this, low, high = (node.args[name] for name in ("this", "low", "high"))
        for lower, upper in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            both = (
                lower(this=this.copy(), expression=low.copy()),
                upper(this=this.copy(), expression=high.copy()),
            )
            yield "edge", exp.paren(exp.and_(*both))


def of_case(node: exp.Expr) -> Iterator[Change]:
    """A `case` with two branches swapped, or one dropped."""
    if not isinstance(node, exp.Case):
        return
    branches, default = node.args["ifs"], node.args.get("default")
    for left_out in range(len(branches) if len(branches) > 1 else 0):
        changed = node.copy()
        changed.args["ifs"][left_out].pop()
        yield "branch", changed
    if default is not None:
        changed = node.copy()
        changed.set("default", None)
        yield "branch", changed
    for left in range(len(branches) - 1):
        yield "swapped", swapped(node, left)
    if default is not None:
        changed = node.copy()
        changed.args["ifs"][-1].set("true", default.copy())
        changed.set("default", branches[-1].args["true"].copy())
        yield "swapped", changed


def swapped(node: exp.Case, left: int) -> exp.Case:
    """The `case` with the outcomes of two neighbours exchanged."""
    changed = node.copy()
    here, there = (changed.args["ifs"][number] for number in (left, left + 1))
    mine, other = here.args["true"].copy(), there.args["true"].copy()
    here.set("true", other)
    there.set("true", mine)
    return changed


def of_literal(node: exp.Expr) -> Iterator[Change]:
    """Another number, word or truth value; another number of decimals."""
    if isinstance(node, exp.Boolean) and not isinstance(node.parent, exp.Where):
        yield "literal", exp.Boolean(this=not node.this)
    if isinstance(node, exp.Literal) and isinstance(node.parent, exp.DataTypeParam):
        # The scale; a narrower or wider number changes nothing but what overflows.
        if node.parent.parent.expressions[-1] is node.parent and int(node.this):
            yield "places", exp.Literal.number(int(node.this) - 1)
    elif isinstance(node, exp.Literal) and node.is_string:
        yield "literal", exp.Literal.string(f"{node.this}~")
    elif isinstance(node, exp.Literal):
        number = float(node.this) if "." in node.this else int(node.this)
        yield "literal", exp.Literal.number(number + 1)
        if number:
            yield "literal", exp.Literal.number(number - 1)


def of_table(node: exp.Expr) -> Iterator[Change]:
    """Joins that keep or drop the unmatched, unions and selects that do or do not count twice."""
    if isinstance(node, exp.Join) and node.args.get("on"):
        changed = node.copy()
        changed.set("side", None if node.side == "LEFT" else "LEFT")
        changed.set("kind", "INNER" if node.side == "LEFT" else None)
        yield "join", changed
    if isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Select):
        yield "distinct", None
    if isinstance(node, exp.Union):
        changed = node.copy()
        changed.set("distinct", not node.args.get("distinct"))
        yield "distinct", changed


def of_window(node: exp.Expr) -> Iterator[Change]:
    """Another order, or a key or the frame dropped, inside `over`."""
    if isinstance(node, exp.Ordered):
        changed = node.copy()
        changed.set("desc", not node.args.get("desc"))
        yield "ordered", changed
    if isinstance(node, exp.Window):
        for left_out in range(len(node.args.get("partition_by") or [])):
            changed = node.copy()
            changed.args["partition_by"].pop(left_out)
            yield "partition", changed
        if node.args.get("spec"):
            changed = node.copy()
            changed.set("spec", None)
            yield "frame", changed


def is_key(node: exp.Expr) -> bool:
    """Whether a condition of a join only says that two columns are equal: a key is dropped, not denied."""
    return (
        isinstance(node, exp.EQ)
        and isinstance(node.this, exp.Column)
        and isinstance(node.expression, exp.Column)
        and node.find_ancestor(exp.Join, exp.Select) is not None
        and isinstance(node.find_ancestor(exp.Join, exp.Select), exp.Join)
    )


def copied(value: object) -> object:
    """A copy of a node, or of each of a list; anything else as it is."""
    if isinstance(value, list):
        return [each.copy() for each in value]
    return value.copy() if isinstance(value, exp.Expr) else value
