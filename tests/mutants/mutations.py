"""
The mistakes that are made: one change to one place of a module.

Rule 1: each is one that a hand could make: a comparison the wrong way round, a line
forgotten, a value off by one.
Rule 2: what no test should depend on is not changed: docstrings, annotations, what is
logged, and texts for people (their digests are pinned in `tests/outside.json`).
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_AROUND = 60
"""Characters of a long statement that are told around what differs."""
_CALLED = {"all": "any", "any": "all", "min": "max", "max": "min"}
_ON_SETS: tuple[type[ast.operator], ...] = (ast.Sub,)
"""Between sets, where `+` would only be a crash."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake."""

    path: Path
    line: int
    was: str
    now: str
    module: ast.Module
    """All of the module, with the mistake in it."""

    def __str__(self) -> str:
        was, now = _differing(self.was, self.now)
        return f"{self.path}:{self.line}\n  - {was}\n  + {now}"


Change = Callable[[ast.AST], ast.AST | None]
"""Makes the mistake in a copy of the node: another node, or None for the same one."""


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mistake that is made in this module."""
    source = path.read_text("utf-8")
    for number, (node, parent) in enumerate(_places(ast.parse(source))):
        for change in _changes(node, parent):
            mutant = _mutant(path, ast.parse(source), number, change)
            if mutant.was != mutant.now:
                yield mutant


def _mutant(path: Path, module: ast.Module, number: int, change: Change) -> Mutant:
    node, parent = next(islice(_places(module), number, None))
    statement = _statement(module, node)
    was = _told(statement)
    other = change(node)
    if other is not None:
        _put(parent, node, ast.copy_location(other, node))
        if statement is node:
            assert isinstance(other, ast.stmt)
            statement = other
    ast.fix_missing_locations(module)
    line = getattr(node, "lineno", getattr(parent, "lineno", 0))
    return Mutant(path, line, was, _told(statement), module)


def _told(statement: ast.stmt) -> str:
    """A statement in one line, and of one that has others in it only its head."""
    shown = copy.copy(statement)
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        if getattr(shown, name, None):
            setattr(shown, name, [] if name != "body" else [ast.Pass()])
    told = ast.unparse(ast.fix_missing_locations(shown))
    return " ".join(told.removesuffix("pass").split())


def _differing(was: str, now: str) -> tuple[str, str]:
    """What differs in them, and something around it."""
    before = _alike(was, now)
    behind = _alike(was[before:][::-1], now[before:][::-1])
    first, left_out = max(0, before - _AROUND), max(0, behind - _AROUND)

    def around(text: str) -> str:
        shown = text[first : len(text) - left_out]
        return f"{'… ' if first else ''}{shown}{' …' if left_out else ''}"

    return around(was), around(now)


def _alike(one: str, other: str) -> int:
    """How many characters they have in common from the beginning on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# ---- Where ------------------------------------------------------------------------


def _places(module: ast.Module) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each node that may be changed, with the one that it is in."""
    waiting: list[tuple[ast.AST, ast.AST]] = [(module, module)]
    while waiting:
        node, parent = waiting.pop()
        yield node, parent
        children = [child for child in _children(node) if not _is_hidden(child)]
        waiting += [(child, node) for child in reversed(children)]


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params", "bases", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child


def _is_hidden(node: ast.AST) -> bool:
    match node:
        case ast.Assert():  # says what holds in any case
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="log")))):
            return True
        case ast.keyword(arg="frozen"):  # which only hinders a slip of ours
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name[0].isupper() and not name.isupper()  # a type
        case ast.Call(func=ast.Name(id=name)):
            return name in ("NewType", "TypeVar", "cast", "TypeAdapter")
        case _:
            return False


def _statement(module: ast.Module, wanted: ast.AST) -> ast.stmt:
    """The smallest statement that a node is in."""
    found: ast.stmt | None = None
    waiting: list[tuple[ast.AST, ast.stmt | None]] = [(module, None)]
    while waiting:
        node, around = waiting.pop()
        around = node if isinstance(node, ast.stmt) else around
        if node is wanted:
            found = around
            break
        waiting += [(child, around) for child in ast.iter_child_nodes(node)]
    assert found is not None
    return found


def _put(parent: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for name, value in ast.iter_fields(parent):
        if value is old:
            setattr(parent, name, new)
        elif isinstance(value, list):
            value[:] = [new if each is old else each for each in value]


# ---- What -------------------------------------------------------------------------


def _changes(node: ast.AST, parent: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            yield from (_compared(at) for at, op in enumerate(ops))
        case ast.BoolOp(values=values):
            yield _joined
            yield from (_without_operand(at) for at in range(len(values)))
        case ast.UnaryOp(op=ast.Not()):
            yield lambda n: n.operand if isinstance(n, ast.UnaryOp) else None
        case ast.BinOp(op=op) | ast.AugAssign(op=op):
            yield _computed
            if isinstance(op, _ON_SETS):
                yield _computed_as(ast.BitAnd)
            yield from _statements(node)
        case ast.Constant(value=value) if _changes_value(value, parent):
            yield _constant
        case ast.If() | ast.While() | ast.IfExp():
            yield _condition
        case ast.comprehension(ifs=ifs):
            yield from (_without("ifs", at) for at in range(len(ifs)))
        case ast.List(elts=elts) | ast.Tuple(elts=elts) | ast.Set(elts=elts):
            if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
                return
            yield from (_without("elts", at) for at in range(len(elts)))
        case ast.Call():
            yield from _called(node)
        case _:
            yield from _statements(node)


def _statements(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield lambda n: ast.Return(ast.Constant(None))
        case ast.Expr() | ast.AugAssign() | ast.Delete() | ast.Raise():
            yield lambda n: ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield lambda n: ast.Pass()
        case ast.Continue():
            yield lambda n: ast.Break()
        case ast.Break():
            yield lambda n: ast.Continue()
        case _:
            pass


def _compared(at: int) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Compare)
        node.ops[at] = _COMPARED[type(node.ops[at])]()

    return change


def _joined(node: ast.AST) -> None:
    assert isinstance(node, ast.BoolOp)
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _without(field: str, at: int) -> Change:
    def change(node: ast.AST) -> None:
        del getattr(node, field)[at]

    return change


def _without_operand(at: int) -> Change:
    def change(node: ast.AST) -> ast.AST | None:
        assert isinstance(node, ast.BoolOp)
        del node.values[at]
        return node.values[0] if len(node.values) == 1 else None

    return change


def _computed(node: ast.AST) -> None:
    assert isinstance(node, (ast.BinOp, ast.AugAssign))
    node.op = _COMPUTED.get(type(node.op), type(node.op))()


def _computed_as(op: type[ast.operator]) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, (ast.BinOp, ast.AugAssign))
        node.op = op()

    return change


def _constant(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.Constant)
    match node.value:
        case bool():
            return ast.Constant(not node.value)
        case int() | float():
            return ast.Constant(node.value + 1)
        case str():
            return ast.Constant(f"{node.value}!")
        case bytes():
            return ast.Constant(node.value + b"!")
        case _:
            raise AssertionError(node.value)


def _changes_value(value: object, parent: ast.AST) -> bool:
    if isinstance(parent, ast.FormattedValue):
        return False
    if isinstance(value, str) and " " in value:
        return False
    return isinstance(value, (bool, int, float, str, bytes))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _condition(node: ast.AST) -> None:
    assert isinstance(node, (ast.If, ast.While, ast.IfExp))
    node.test = ast.UnaryOp(ast.Not(), node.test)


def _called(call: ast.Call) -> Iterator[Change]:
    match call.func:
        case ast.Name(id=name) if name in _CALLED:
            yield _called_as(_CALLED[name])
        case _:
            pass
    for at, keyword in enumerate(call.keywords):
        if keyword.arg is not None and not _is_hidden(keyword):
            yield _without("keywords", at)


def _called_as(name: str) -> Change:
    def change(node: ast.AST) -> None:
        assert isinstance(node, ast.Call)
        node.func = ast.Name(name, ast.Load())

    return change
