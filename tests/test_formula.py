"""Formulas: read as arithmetic and nothing else, bounded in size, never out of the floats, and bounded over ranges."""

from __future__ import annotations

import math
from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rung.formula import FormulaError, bounds, holds, parsed, parsed_check, spelled, value

KNOWN = "use + - * / ** ( ) min max ceil log2 sqrt, numbers, and names in small letters"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("qps * candidates / rate", 5000),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", -4),
        ("+1.5e3 + .5", 1500.5),
        ("ceil(qps / 300000)", 1),
        ("ceil(0.07 * 100)", 7),  # though floats make it 7.000000000000001
        ("log2(8) + sqrt(16)", 7),
        ("min(3, 1, 2) - max(1, 2)", -1),
        ("rate", 8000),
    ],
)
def test_a_formula_comes_to_a_number(text, number):
    assert value(parsed(text), {"qps": 200_000, "candidates": 200, "rate": 8000}) == number


def test_a_formula_knows_its_names_and_its_words():
    formula = parsed("  b2 * a +\tb2 / max(a, c_d) ")
    assert (formula.names, formula.text) == (("b2", "a", "c_d"), "b2 * a + b2 / max(a, c_d)")
    values = {"b2": 1_500_000, "a": 200, "c_d": 0.5}
    assert spelled(formula, values) == "1.5M × 200 + 1.5M ÷ max(200, 0.5)"
    assert spelled(parsed("2e3 ** e"), {"e": 3}) == "2e3 ^ 3"
    assert spelled(parsed("a / 1000000000 + 12345.5 * 9999"), {}) == "a ÷ 1,000,000,000 + 12345.5 × 9999"


@pytest.mark.parametrize(
    ("text", "message", "mend"),
    [
        ("", "this is no formula", KNOWN),
        ("2 +", "this is no formula", KNOWN),
        ("a b", "this is no formula", KNOWN),
        ("007", "this is no formula", KNOWN),
        ("for", "this is no formula", KNOWN),
        ("(" * 100 + "1" + ")" * 99, "this is no formula", KNOWN),
        ("a; import os", '"; import os" is not known in a formula', KNOWN),
        ("__import__('os')", "\"'os')\" is not known in a formula", KNOWN),
        ("a.b", '".b" is not known in a formula', KNOWN),
        ("a % b", '"% b" is not known in a formula', KNOWN),
        ("a // b", '"a // b" is not known in a formula', KNOWN),
        ("a if b else c", '"a if b else c" is not known in a formula', KNOWN),
        ("not a", '"not a" is not known in a formula', KNOWN),
        ("exec(a)", '"exec(a)" is not known in a formula', KNOWN),
        ("min(*a)", "min is given 1 number", "give it 2 to 9"),
        ("1,000 * a", '"(1, 0 * a)" is not known in a formula', KNOWN),
        ("True", '"True" is not known in a formula', KNOWN),
        ("QPS", '"QPS" is not known in a formula', KNOWN),
        ("größe", '"öße" is not known in a formula', KNOWN),
        ("0x1f", '"0x1f" is not known in a formula', KNOWN),
        ("1e9999", '"1e9999" is not known in a formula', KNOWN),
        ("1e999", "the formula grows too large", "use smaller numbers"),
        ("sqrt * 2", '"sqrt" is a function', "write sqrt(…), or call the number otherwise"),
        ("sqrt(1, 2)", "sqrt is given 2 numbers", "give it 1"),
        ("1 + " * 50 + "1", "this formula is 201 characters long", "use 200 at most"),
        ("+".join("a" * 31), "this formula is too large", "use 60 numbers, names and signs at most"),
        ("-" * 20 + "1", "this formula is nested too deeply", "use 20 levels at most"),
    ],
)
def test_what_is_no_formula(text, message, mend):
    with pytest.raises(FormulaError) as error:
        parsed(text)
    assert (str(error.value), error.value.mend) == (message, mend)


LARGE = ("the formula grows too large", "use smaller numbers")
ZERO = ("the formula may divide by zero", "keep zero out of what it divides by")
ROOT = ("sqrt of what may be negative", "keep what it is taken of at zero or above")
LOG = ("log2 of what may be zero or less", "keep what it is taken of above zero")
POWER = ("a power of what may be negative", "raise what is positive, or to a fixed whole number")


@pytest.mark.parametrize(
    ("text", "values", "wrong"),
    [
        ("a / b", {"a": 1, "b": 0}, ZERO),
        ("0 ** a", {"a": -1}, ZERO),
        ("sqrt(a)", {"a": -1}, ROOT),
        ("log2(a)", {"a": 0}, LOG),
        ("a ** 0.5", {"a": -2}, POWER),
        ("9 ** 9 ** 9", {}, LARGE),
        ("1e300 * 1e300", {}, LARGE),
        ("a", {"b": 1}, ('the formula names "a", which is not there', "names are b")),
    ],
)
def test_what_has_no_value(text, values, wrong):
    with pytest.raises(FormulaError) as error:
        value(parsed(text), values)
    assert (str(error.value), error.value.mend) == wrong


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a + b", 1, 7),
        ("a - b", -5, 1),
        ("-b", -4, -2),
        ("a * b", -4, 12),
        ("a / b", -0.5, 1.5),
        ("c * c", -4, 4),  # a name that stands twice counts as two
        ("a ** 2", 0, 9),
        ("a ** 3", -1, 27),
        ("c ** 2", 0, 4),
        ("c ** 0", 1, 1),
        ("b ** c", 0.0625, 16),
        ("2 ** -b", 0.0625, 0.25),
        ("(a + 1) ** 0.5", 0, 2),
        ("sqrt(b)", math.sqrt(2), 2),
        ("log2(b)", 1, 2),
        ("ceil(b / 3)", 1, 2),
        ("min(a, b)", -1, 3),
        ("max(a, b, 3.5)", 3.5, 4),
    ],
)
def test_the_bounds_of_a_formula(text, low, high):
    assert bounds(parsed(text), {"a": (-1, 3), "b": (2, 4), "c": (-2, 2)}) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("1 / a", ZERO),
        ("1 / (b - 2)", ZERO),
        ("1 / (c - b)", ZERO),
        ("a ** -1", ZERO),
        ("sqrt(a)", ROOT),
        ("log2(b - 2)", LOG),
        ("a ** b", POWER),
        ("a ** 0.5", POWER),
        ("b ** 600", LARGE),
        ("d", ('the formula names "d", which is not there', "names are a, b, c")),
    ],
)
def test_what_may_fail_within_the_ranges(text, wrong):
    with pytest.raises(FormulaError) as error:
        bounds(parsed(text), {"a": (-1, 3), "b": (2, 4), "c": (-2, 2)})
    assert (str(error.value), error.value.mend) == wrong


# ── checks ───────────────────────────────────────────────────────────────────────────────────────

FILLED = {"sla": 100, "edge": 12, "rank": 88, "tenth": 0.1}


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("sla - edge == rank", True),
        ("sla == rank", False),
        ("rank <= sla - edge", True),
        ("rank + 1 <= sla - edge", False),
        ("tenth + tenth + tenth == 0.3", True),  # but for what floats lose
        ("tenth + tenth + tenth <= 0.3", True),
    ],
)
def test_a_check_holds_or_not(text, true):
    assert holds(parsed_check(text), FILLED) is true


@pytest.mark.parametrize("text", ["sla", "sla < rank", "sla == edge == rank", "1 <= sla <= 2", "sla = rank", ""])
def test_what_is_no_check(text):
    with pytest.raises(FormulaError) as error:
        parsed_check(text)
    assert error.value.mend == "write two formulas with == or <= between them"


# ── whatever is written ──────────────────────────────────────────────────────────────────────────

LEAVES = st.sampled_from(["a", "b", "c", "0", "1", "2", "0.5", "9e99"])


def larger(inner):
    signs = st.sampled_from(["+", "-", "*", "/", "**"])
    return st.one_of(
        st.builds("({} {} {})".format, inner, signs, inner),
        st.builds("{}({})".format, st.sampled_from(["ceil", "log2", "sqrt", "-"]), inner),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), inner, inner),
    )


FORMULAS = st.recursive(LEAVES, larger, max_leaves=8)
TEXTS = st.text(max_size=210) | st.text("ab01.e+-*/(), minaxceilog2sqrt_=<'[]:\n\\", max_size=40) | FORMULAS
SIDES = st.floats(-100, 100).map(lambda number: round(number, 2))
RANGES = st.fixed_dictionaries(dict.fromkeys("abc", st.tuples(SIDES, SIDES).map(lambda pair: (min(pair), max(pair)))))


@given(TEXTS)
@example("1" * 200)
@example("(" * 199)
@example("-" * 199 + "1")
@example("\0")
@example("1if 1else 2")  # what Python would warn of
@example("1(2)")
@example("*a")
@example("a:=1")
@example("lambda: a")
@example("a\\\n+b")
def test_any_text_is_a_formula_or_refused(text):
    with suppress(FormulaError):
        formula = parsed(text)
        assert math.isfinite(value(formula, dict.fromkeys(formula.names, 2.5)))
    with suppress(FormulaError):
        assert holds(parsed_check(text), {}) in (True, False)


@given(FORMULAS, RANGES, st.tuples(*[st.floats(0, 1)] * 3))
def test_within_its_bounds_a_formula_has_a_value(text, ranges, places):
    try:
        formula = parsed(text)
        low, high = bounds(formula, ranges)
    except FormulaError:
        assume(False)
    at = {name: low + place * (high - low) for (name, (low, high)), place in zip(ranges.items(), places, strict=True)}
    slack = 1e-6 * max(1, abs(low), abs(high))
    assert low - slack <= value(formula, at) <= high + slack
