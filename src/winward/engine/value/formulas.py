"""Formulas between quantities: arithmetic, min, max and together, with units checked before a number is drawn."""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np

from winward.engine.value.ranges import Floats
from winward.engine.value.units import NUMBER, Dimension

ALLOWED = "a formula is made of quantities, numbers, + - * / **, brackets, min(…), max(…) and together(…)"
SAME = {"min": np.minimum, "max": np.maximum}
TOGETHER = "together"
LONGEST = 1_000


class FormulaError(ValueError):
    """What is wrong with the formula, in words."""


@dataclass(frozen=True, slots=True)
class Formula:
    """names: the quantities that it needs, each once, in the order of their first mention."""

    text: str
    tree: ast.expr
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a part of a formula measures, and of which wholes it is a part: two parts of one whole can't be added."""

    dimension: Dimension
    wholes: frozenset[str] = frozenset()


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """Raises FormulaError for anything but what ALLOWED says."""
    if len(text) > LONGEST:
        raise FormulaError(f"the formula is longer than {LONGEST:,} characters; give parts of it names of their own.")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError(f"“{text}” can't be read; {ALLOWED}.") from error
    names: dict[str, None] = {}
    _walk(tree, names)
    return Formula(text, tree, tuple(names))


def together(formula: Formula) -> list[list[str]]:
    """The names in each `together(…)` of a formula."""
    calls = [node for node in ast.walk(formula.tree) if isinstance(node, ast.Call)]
    return [
        [argument.id for argument in call.args if isinstance(argument, ast.Name)]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == TOGETHER
    ]


def kind_of(formula: Formula, kinds: Mapping[str, Kind]) -> Kind:
    """What the formula gives, from the kinds of the quantities that it names. Raises FormulaError."""
    return _kind(formula.tree, kinds)


def evaluate(formula: Formula, values: Mapping[str, Floats | float], whole_of: Mapping[str, str]) -> Floats:
    """Each draw's value. values: draws or one number by quantity, in base units. whole_of: what each is a part of."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        return np.asarray(_value(formula.tree, values, whole_of), dtype=np.float64)


def _walk(node: ast.expr, names: dict[str, None]) -> None:
    match node:
        case ast.Name():
            names[node.id] = None
        case ast.Constant(value=bool() | str() | bytes() | complex() | None):
            raise FormulaError(f"“{ast.unparse(node)}” has no place here; {ALLOWED}.")
        case ast.Constant(value=int() | float()):
            pass
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            _walk(inner, names)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow(), right=right):
            _walk(left, names)
            _walk(right, names)
        case ast.Call(func=ast.Name(id=called), args=args, keywords=[]) if called in SAME and len(args) > 1:
            for argument in args:
                _walk(argument, names)
        case ast.Call(func=ast.Name(id="together"), args=args, keywords=[]) if len(args) > 1 and _all_names(args):
            names.update(dict.fromkeys(argument.id for argument in args if isinstance(argument, ast.Name)))
        case _:
            raise FormulaError(f"“{ast.unparse(node)}” has no place here; {ALLOWED}.")


def _all_names(args: Sequence[ast.expr]) -> bool:
    return all(isinstance(argument, ast.Name) for argument in args)


def _kind(node: ast.expr, kinds: Mapping[str, Kind]) -> Kind:
    match node:
        case ast.Name(id=name):
            return kinds[name]
        case ast.UnaryOp(operand=inner):
            return _kind(inner, kinds)
        case ast.BinOp(left=left, op=op, right=right):
            return _operated(node, op, _kind(left, kinds), right, kinds)
        case ast.Call(func=ast.Name(id=called), args=args):
            return _joined(node, called, [_kind(argument, kinds) for argument in args])
    return Kind(NUMBER)


def _operated(node: ast.BinOp, op: ast.operator, left: Kind, right: ast.expr, kinds: Mapping[str, Kind]) -> Kind:
    if isinstance(op, ast.Pow):
        return _power(left, right)
    if isinstance(op, ast.Add | ast.Sub):
        return _summed(node, left, _kind(right, kinds))
    return _product(left, _kind(right, kinds), -1 if isinstance(op, ast.Div) else 1)


def _power(base: Kind, exponent: ast.expr) -> Kind:
    match exponent:
        case ast.Constant(value=int() | float() as number):
            return Kind(base.dimension**number, base.wholes)
        case _:
            raise FormulaError("a power must be a plain number, as in “growth ** 2”.")


def _product(left: Kind, right: Kind, sign: int) -> Kind:
    return Kind(left.dimension * right.dimension**sign, left.wholes | right.wholes)


def _summed(node: ast.BinOp, left: Kind, right: Kind) -> Kind:
    if left.dimension != right.dimension:
        said = f"{left.dimension} and {right.dimension} can't be added or subtracted"
        raise FormulaError(f"{said}, as in “{ast.unparse(node)}”.")
    shared = left.wholes & right.wholes
    if shared and isinstance(node.op, ast.Add):
        whole = ", ".join(sorted(shared))
        raise FormulaError(
            f"“{ast.unparse(node)}” would count twice what both take from “{whole}”; write together(…) of the two."
        )
    return Kind(left.dimension, left.wholes | right.wholes)


def _joined(node: ast.Call, called: str, kinds: Sequence[Kind]) -> Kind:
    first, *others = kinds
    if any(kind.dimension != first.dimension for kind in others):
        raise FormulaError(f"“{ast.unparse(node)}” compares things of different units.")
    if called == TOGETHER and not _one_whole(kinds):
        raise FormulaError(f"“{ast.unparse(node)}” needs shares, or quantities that are `part_of` one and the same.")
    return Kind(first.dimension, reduce(frozenset.union, (kind.wholes for kind in kinds)))


def _one_whole(kinds: Sequence[Kind]) -> bool:
    """All are parts of the same one whole, or all are bare shares."""
    wholes = {kind.wholes for kind in kinds}
    return len(wholes) == 1 and (len(kinds[0].wholes) == 1 or kinds[0] == Kind(NUMBER))


def _value(node: ast.expr, values: Mapping[str, Floats | float], whole_of: Mapping[str, str]) -> Floats | float:
    def of(inner: ast.expr) -> Floats | float:
        return _value(inner, values, whole_of)

    match node:
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=op, operand=inner):
            return -of(inner) if isinstance(op, ast.USub) else of(inner)
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op)(of(left), of(right))
        case ast.Call(func=ast.Name(id=called), args=args) if called in SAME:
            return reduce(SAME[called], [of(argument) for argument in args])
        case ast.Call(args=args):
            return _together([argument.id for argument in args if isinstance(argument, ast.Name)], values, whole_of)
    raise FormulaError(f"“{ast.unparse(node)}” has no place here; {ALLOWED}.")


def _arithmetic(op: ast.operator) -> Callable[[Floats | float, Floats | float], Floats | float]:
    found: dict[type[ast.operator], Callable[..., Floats | float]] = {
        ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: np.power,
    }  # fmt: skip
    return found[type(op)]


def _together(names: Sequence[str], values: Mapping[str, Floats | float], whole_of: Mapping[str, str]) -> Floats:
    """What of the whole at least one part takes, if the parts fall where they fall by chance: never above the whole."""
    whole = values[whole_of[names[0]]] if names[0] in whole_of else 1.0
    untouched = reduce(np.multiply, [1 - np.clip(np.divide(values[name], whole), 0, 1) for name in names])
    return np.asarray(whole * (1 - untouched))
