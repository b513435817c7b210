"""Formulas over named numbers, such as `qps * candidates / rate`: parsed by `ast`, never run as Python. Pure.

They know `+ - * / **`, parentheses, `min`, `max`, `ceil`, `log2` and `sqrt`. Every number is a float, so that no power
grows without end; what leaves the floats is an error.
"""

from __future__ import annotations

import ast
import math
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rung.quantity import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST, MOST_NODES, DEEPEST = 200, 60, 20  # characters, nodes, levels
LONG = re.compile(r"(?<![\w.])[0-9]{5,}(?![\w.])")  # whole numbers that want commas
EQUAL = 1e-9  # two sides of an equation may differ by so much of the larger one

NAME = re.compile(r"[a-z][a-z0-9_]*")
TOKENS = re.compile(
    r"(?:\s|[a-zA-Z_]\w*|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?(?![\w.])|[-+*/(),])*", re.ASCII
)
OPERATOR = re.compile(r"==|<=")
KNOWN = "use + - * / ** ( ) min max ceil log2 sqrt, numbers, and names in small letters"

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
}  # fmt: skip
FUNCTIONS = {"min": (2, 9), "max": (2, 9), "ceil": (1, 1), "log2": (1, 1), "sqrt": (1, 1)}
"""How many arguments each takes, at least and at most."""


class FormulaError(ValueError):
    """What is wrong with a formula, and how to mend it."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or a function, `neg` for the minus of one number, and what it is of."""

    name: str
    of: tuple[Node, ...]


Node: TypeAlias = "float | str | Call"
"""A number, a name, or a call."""
Interval: TypeAlias = tuple[float, float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it was written, and as a tree; `names` in the order in which they stand."""

    text: str
    node: Node

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_names(self.node)))


@dataclass(frozen=True, slots=True)
class Check:
    """What should hold between two formulas; `operator` is == or <=."""

    left: Formula
    operator: str
    right: Formula


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


@lru_cache(256)  # that of a card is asked for with each of its variants
def parsed(text: str) -> Formula:
    """The formula in `text`; raises FormulaError."""
    if len(text) > LONGEST:
        raise FormulaError(f"this formula is {len(text):,} characters long", f"use {LONGEST} at most")
    read = TOKENS.match(text)
    assert read
    if read.end() < len(text):
        raise FormulaError(f"{_near(text[read.end() :])} is not known in a formula", KNOWN)
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError("this is no formula", KNOWN) from None
    if sum(isinstance(node, ast.expr) for node in ast.walk(tree)) > MOST_NODES:
        raise FormulaError("this formula is too large", f"use {MOST_NODES} numbers, names and signs at most")
    return Formula(" ".join(text.split()), _node(tree.body, 1))


def parsed_check(text: str) -> Check:
    """The equation, or the limit, in `text`; raises FormulaError."""
    found = OPERATOR.findall(text)
    if len(found) != 1:
        raise FormulaError("this is no check", "write two formulas with == or <= between them")
    left, right = OPERATOR.split(text)
    return Check(parsed(left), found[0], parsed(right))


def _node(tree: ast.expr, depth: int) -> Node:
    if depth > DEEPEST:
        raise FormulaError("this formula is nested too deeply", f"use {DEEPEST} levels at most")
    match tree:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return _finite(float(number))
        case ast.Name(id=name) if name in FUNCTIONS:
            raise FormulaError(f'"{name}" is a function', f"write {name}(…), or call the number otherwise")
        case ast.Name(id=name) if NAME.fullmatch(name):
            return name
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in OPERATORS:
            return Call(OPERATORS[type(operator)], (_node(left, depth + 1), _node(right, depth + 1)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Call("neg", (_node(operand, depth + 1),))
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _node(operand, depth + 1)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            least, most = FUNCTIONS[name]
            if not least <= len(args) <= most:
                how_many = f"{least}" if least == most else f"{least} to {most}"
                raise FormulaError(f"{name} is given {len(args)} number{'s' * (len(args) != 1)}", f"give it {how_many}")
            return Call(name, tuple(_node(each, depth + 1) for each in args))
    raise FormulaError(f"{_near(ast.unparse(tree))} is not known in a formula", KNOWN)


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Call):
        for each in node.of:
            yield from _names(each)


def _near(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 20 else f'"{line[:19]}…"'


# ── values ───────────────────────────────────────────────────────────────────────────────────────


def value(formula: Formula, values: Mapping[str, float]) -> float:
    """What the formula comes to; raises FormulaError."""
    return _value(formula.node, values)


def _value(node: Node, values: Mapping[str, float]) -> float:
    if isinstance(node, str):
        return float(_known(node, values))
    if isinstance(node, Call):
        return _called(node.name, [_value(each, values) for each in node.of])
    return node


def _called(name: str, of: list[float]) -> float:
    match name, of:
        case "/", [_, 0.0]:
            raise _divided_by_zero()
        case "**", [base, power] if (base == 0 and power < 0) or (base < 0 and power != int(power)):
            raise _divided_by_zero() if base == 0 else _root_of_negative()
        case "sqrt", [number] if number < 0:
            raise FormulaError("sqrt of what may be negative", "keep what it is taken of at zero or above")
        case "log2", [number] if number <= 0:
            raise FormulaError("log2 of what may be zero or less", "keep what it is taken of above zero")
    try:
        return _finite(float(DONE[name](*of)))
    except OverflowError:
        raise _too_large() from None


DONE: Mapping[str, Callable[..., float]] = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "**": lambda a, b: a**b, "neg": lambda a: -a, "min": min, "max": max, "ceil": lambda a: math.ceil(round(a, 9)),
    "log2": math.log2, "sqrt": math.sqrt,
}  # fmt: skip


def holds(check: Check, values: Mapping[str, float]) -> bool:
    """Whether the check holds, but for what floats lose; raises FormulaError."""
    left, right = value(check.left, values), value(check.right, values)
    same = math.isclose(left, right, rel_tol=EQUAL, abs_tol=EQUAL)
    return same if check.operator == "==" else same or left <= right


def spelled(formula: Formula, values: Mapping[str, float]) -> str:
    """The formula for people, with its numbers in place of their names: `200,000 × 200 ÷ 8,000`."""

    def number(name: re.Match[str]) -> str:
        return shown(values[name[0]]) if name[0] in values else name[0]

    grouped = LONG.sub(lambda digits: f"{int(digits[0]):,}", formula.text)
    filled = re.sub(r"(?<![\w.])[a-z]\w*", number, grouped)
    return filled.replace("**", "^").replace("*", "×").replace("/", "÷")


# ── bounds ───────────────────────────────────────────────────────────────────────────────────────


def bounds(formula: Formula, ranges: Mapping[str, Interval]) -> Interval:
    """Between which numbers the formula stays while its names stay in their ranges, by interval arithmetic.

    Raises FormulaError where it may divide by zero, take a root or a logarithm of what has none, or grow too large.
    A name that stands twice counts as two: the bounds may be wider than need be.
    """
    return _bounds(formula.node, ranges)


def _bounds(node: Node, ranges: Mapping[str, Interval]) -> Interval:
    if isinstance(node, str):
        return _known(node, ranges)
    if isinstance(node, Call):
        return _bounds_of(node.name, [_bounds(each, ranges) for each in node.of])
    return node, node


def _bounds_of(name: str, of: list[Interval]) -> Interval:
    match name, of:
        case "-", [(low, high), (least, most)]:
            return _finite(low - most), _finite(high - least)
        case "neg", [(low, high)]:
            return -high, -low
        case "/", [_, (low, high)] if low <= 0 <= high:
            raise _divided_by_zero()
        case "**", [base, power]:
            return _power(base, power)
        case (("*" | "/"), [left, right]):
            ends = [_called(name, [a, b]) for a, b in product(left, right)]
            return min(ends), max(ends)
    # the rest never falls while its arguments grow
    return _called(name, [low for low, _ in of]), _called(name, [high for _, high in of])


def _power(base: Interval, power: Interval) -> Interval:
    if base[0] < 0 and not (power[0] == power[1] == int(power[0])):
        raise _root_of_negative()
    if base[0] <= 0 <= base[1] and power[0] < 0:
        raise _divided_by_zero()
    ends = [_called("**", [a, b]) for a, b in product(base, power)]
    if base[0] < 0 < base[1]:
        ends.append(0.0 ** power[0])  # the bottom of a square, or the middle of a cube
    return min(ends), max(ends)


# ── what may go wrong ────────────────────────────────────────────────────────────────────────────


def _known(name: str, values: Mapping[str, T]) -> T:
    if name not in values:
        known = ", ".join(values) or "none"
        raise FormulaError(f'the formula names "{name}", which is not there', f"names are {known}")
    return values[name]


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise _too_large()
    return number


def _too_large() -> FormulaError:
    return FormulaError("the formula grows too large", "use smaller numbers")


def _divided_by_zero() -> FormulaError:
    return FormulaError("the formula may divide by zero", "keep zero out of what it divides by")


def _root_of_negative() -> FormulaError:
    return FormulaError("a power of what may be negative", "raise what is positive, or to a fixed whole number")
