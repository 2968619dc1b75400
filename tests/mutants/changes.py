"""What a node of a query is changed into: operators, conditions, branches, literals, joins and windows."""

from collections.abc import Iterator
from typing import NamedTuple

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


class Change(NamedTuple):
    """A changed node.

    Attributes:
        kind: kind of change.
        changed: what stands in the node's place; None where the node is taken away.
        what: what was changed into what, where both texts by themselves would not tell.
    """

    kind: str
    changed: exp.Expr | None
    what: str = ""


def changes(node: exp.Expr) -> Iterator[Change]:
    """Each change that a node allows; none of them touches the node itself."""
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
        operands = {name: copied(value) for name, value in node.args.items() if value}
        yield Change("operator", other(**operands))
    if isinstance(node, exp.Neg):
        yield Change("sign", node.this.copy())
    if isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        yield Change("distinct", exp.Count(this=node.this.expressions[0].copy()))
    elif isinstance(node, exp.Count) and not isinstance(node.this, exp.Star):
        yield Change("counted", exp.Count(this=exp.Star()))
    if isinstance(node, exp.Coalesce):
        listed = [node.this, *node.expressions]
        yield Change("order", coalesced([listed[-1], *listed[:-1]]))
        for place, each in enumerate(listed):
            yield Change("dropped", coalesced(without(listed, place)), f"{said(each)} of {said(node)}")


def of_condition(node: exp.Expr) -> Iterator[Change]:
    """A condition with a part dropped, joined otherwise, or denied."""
    if isinstance(node, exp.And | exp.Or):
        leaves = list(node.flatten())
        joined, other = (exp.and_, exp.Or) if isinstance(node, exp.And) else (exp.or_, exp.And)
        for place, each in enumerate(leaves if type(node.parent) is not type(node) else []):
            kept = exp.paren(joined(*copied(without(leaves, place))))
            yield Change("dropped", kept, f"{said(each)} of {place_of(node)}")
        if not any(map(is_key, leaves)):
            yield Change("joined", other(this=node.this.copy(), expression=node.expression.copy()))
    if isinstance(node, exp.Where) and not isinstance(node.this, exp.And):
        yield Change("dropped", exp.Where(this=exp.true()))
    if isinstance(node, exp.Not):
        yield Change("not", node.this.copy())
    if isinstance(node, exp.Is) and not isinstance(node.parent, exp.Not):
        yield Change("not", exp.Not(this=node.copy()))
    if isinstance(node, exp.In) and len(node.expressions) > 1:
        for place, each in enumerate(node.expressions):
            kept = exp.In(this=node.this.copy(), expressions=copied(without(node.expressions, place)))
            yield Change("dropped", kept, f"{said(each)} of {said(node)}")
    if isinstance(node, exp.Between):
        this, low, high = (node.args[name] for name in ("this", "low", "high"))
        for lower, upper in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
            least = lower(this=this.copy(), expression=low.copy())
            most = upper(this=this.copy(), expression=high.copy())
            yield Change("edge", exp.paren(exp.and_(least, most)))


def of_case(node: exp.Expr) -> Iterator[Change]:
    """A `case` with two branches swapped, or one dropped."""
    if not isinstance(node, exp.Case):
        return
    branches, default = node.args["ifs"], node.args.get("default")
    for place, each in enumerate(branches if len(branches) > 1 else []):
        changed = node.copy()
        changed.args["ifs"][place].pop()
        yield Change("branch", changed, said(each))
    for place, each in enumerate(branches[:-1]):
        changed = node.copy()
        following = branches[place + 1]
        changed.args["ifs"][place].set("true", following.args["true"].copy())
        changed.args["ifs"][place + 1].set("true", each.args["true"].copy())
        yield Change("swapped", changed, f"{said(each)} <-> {said(following)}")
    if default is not None:
        changed = node.copy()
        changed.set("default", None)
        yield Change("branch", changed, f"else {said(default)} of {said(node)}")
        changed = node.copy()
        changed.args["ifs"][-1].set("true", default.copy())
        changed.set("default", branches[-1].args["true"].copy())
        yield Change("swapped", changed, f"{said(branches[-1])} <-> else {said(default)}")


def of_literal(node: exp.Expr) -> Iterator[Change]:
    """Another number, word or truth value; another number of decimals."""
    if isinstance(node, exp.Boolean) and not isinstance(node.parent, exp.Where):
        yield Change("literal", exp.Boolean(this=not node.this))
    if isinstance(node, exp.Literal) and isinstance(node.parent, exp.DataTypeParam):
        # The scale; a narrower or wider number changes nothing but what overflows.
        kind = node.parent.parent
        if kind and kind.expressions[-1] is node.parent and int(node.this):
            fewer = exp.Literal.number(int(node.this) - 1)
            yield Change("places", fewer, f"{fewer} of {said(kind.parent or kind)}")
    elif isinstance(node, exp.Literal) and node.is_string:
        yield Change("literal", exp.Literal.string(f"{node.this}~"))
    elif isinstance(node, exp.Literal):
        number = float(node.this) if "." in node.this else int(node.this)
        yield Change(
            "literal", exp.Literal.number(number + 1), f"{node.this} -> {number + 1} in {around(node)}"
        )
        if number:
            yield Change(
                "literal", exp.Literal.number(number - 1), f"{node.this} -> {number - 1} in {around(node)}"
            )


def of_table(node: exp.Expr) -> Iterator[Change]:
    """Joins that keep or drop the unmatched, unions and selects that do or do not count twice."""
    if isinstance(node, exp.Join) and node.args.get("on"):
        changed = node.copy()
        changed.set("side", None if node.side == "LEFT" else "LEFT")
        changed.set("kind", "INNER" if node.side == "LEFT" else None)
        sides = "left -> inner" if node.side == "LEFT" else "inner -> left"
        yield Change("join", changed, f"{sides} join of {node.this.alias_or_name}")
    if isinstance(node, exp.Distinct) and isinstance(node.parent, exp.Select):
        yield Change("distinct", None)
    if isinstance(node, exp.Union):
        changed = node.copy()
        is_distinct = bool(node.args.get("distinct"))
        changed.set("distinct", not is_distinct)
        yield Change("distinct", changed, "union -> union all" if is_distinct else "union all -> union")


def of_window(node: exp.Expr) -> Iterator[Change]:
    """Another order, or a key or the frame dropped, inside `over`."""
    if isinstance(node, exp.Ordered):
        changed = node.copy()
        changed.set("desc", not node.args.get("desc"))
        window = node.find_ancestor(exp.Window)
        yield Change("ordered", changed, f"{said(node)} of {said(window.this) if window else 'the rows'}")
    if isinstance(node, exp.Window):
        for place, key in enumerate(node.args.get("partition_by") or []):
            changed = node.copy()
            changed.args["partition_by"].pop(place)
            yield Change("partition", changed, f"{said(key)} of {said(node.this)}")
        if node.args.get("spec"):
            changed = node.copy()
            changed.set("spec", None)
            yield Change("frame", changed, f"the frame of {said(node.this)}")


def is_key(node: exp.Expr) -> bool:
    """Whether a condition of a join only says that two columns are equal: a key is dropped, not denied."""
    above = node.find_ancestor(exp.Join, exp.Select)
    sides = (node.this, node.args.get("expression")) if isinstance(node, exp.EQ) else ()
    return isinstance(above, exp.Join) and bool(sides) and all(isinstance(each, exp.Column) for each in sides)


def without(listed: list[exp.Expr], place: int) -> list[exp.Expr]:
    """All but one."""
    return listed[:place] + listed[place + 1 :]


def coalesced(listed: list[exp.Expr]) -> exp.Expr:
    """The first of these that is there."""
    first, *others = (each.copy() for each in listed)
    return exp.Coalesce(this=first, expressions=others) if others else first


def copied(value: object) -> object:
    """A copy of a node, or of each of a list; anything else as it is."""
    if isinstance(value, list):
        return [each.copy() for each in value]
    return value.copy() if isinstance(value, exp.Expr) else value


def said(node: exp.Expr) -> str:
    """A node in few words: the text where it is short, else both ends of it."""
    text = " ".join(node.sql(DIALECT, comments=False).split()).replace('"build".', "").replace('"', "")
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} .. {text[-SHOWN // 2 :]}"


def around(node: exp.Expr) -> str:
    """What a literal stands in."""
    return said(node.parent) if node.parent else "the query"


def place_of(node: exp.Expr) -> str:
    """Where a condition stands, in few words."""
    above = node.find_ancestor(exp.Join, exp.Where, exp.If, exp.Select)
    if isinstance(above, exp.Join):
        return f"the join of {above.this.alias_or_name}"
    return "where" if isinstance(above, exp.Where) else said(node)
