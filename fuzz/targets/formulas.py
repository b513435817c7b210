"""Any text is a formula or an error that says why not; its value stays within the bounds that were worked out for it."""

from __future__ import annotations

import math
from itertools import product

from fuzz import promises
from rung import formula
from rung.formula import FormulaError

RANGES = {"a": (-3.0, 5.0), "b": (0.5, 2e6), "c": (0.0, 0.0), "d": (-1e300, 1e300), "qps": (10.0, 200_000.0)}
WORDS = (
    b"a", b"b", b"c", b"d", b"qps", b" + ", b" - ", b" * ", b" / ", b" ** ", b"(", b")", b"min(", b"max(", b"ceil(", b"log2(", b"sqrt(", b", ", b" == ",
    b" <= ", b"1e308", b"0", b"0.1", b"1_0", b"1e-400", b"-", b"+", b"lambda", b"__import__('os')", b"if", b"1j", b"'", b":=", b"not ", b"\n", b"\\",
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    return (
        b"qps * 200 / 8_000", b"qps * a / b", b"min(a, b, 3) + max(b, 2)", b"ceil(qps / 8000)", b"log2(b) * sqrt(b)", b"a ** 2 - -b", b"(a + b) / 2",
        b"2 ** a", b"a + b == b + a", b"a * b <= qps", b"b ** 0.5 <= 1e300",
    )  # fmt: skip


def tried(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    try:
        check = formula.parsed_check(text)
    except FormulaError as error:
        _told(error)
    else:
        for values in _values(check.left.names + check.right.names):
            try:
                assert formula.holds(check, values) in (True, False)
            except FormulaError as error:
                _told(error)
    try:
        read = formula.parsed(text)
    except FormulaError as error:
        _told(error)
        return
    assert formula.parsed(read.text) == read
    _bounded(read)


def _bounded(read: formula.Formula) -> None:
    try:
        low, high = formula.bounds(read, RANGES)
    except FormulaError as error:
        _told(error)
        return
    assert low <= high and math.isfinite(low) and math.isfinite(high)
    slack = 1e-9 * max(abs(low), abs(high), 1.0)
    for values in _values(read.names):
        value = formula.value(read, values)
        assert low - slack <= value <= high + slack, (read.text, values, value, low, high)
        promises.quiet(formula.spelled(read, values))


def _values(names: tuple[str, ...]) -> list[dict[str, float]]:
    """Numbers for the names: the ends of their ranges, and the middle."""
    known = [name for name in dict.fromkeys(names) if name in RANGES][:3]
    some = [(low, (low + high) / 2, high) for low, high in (RANGES[name] for name in known)]
    rest = {name: low for name, (low, _) in RANGES.items()}
    return [rest | dict(zip(known, each, strict=True)) for each in product(*some)]


def _told(error: FormulaError) -> None:
    assert str(error) and error.mend
