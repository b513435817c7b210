"""Anything typed for a number is one, or is told why not; a number as it is shown is read again as that number."""

from __future__ import annotations

import math

from fuzz import promises
from rung import quantity, text

UNITS = (
    "",
    "%",
    "ms",
    "GB",
    "GB/s",
    "$",
    "$ per 1,000 tokens",
    "GPUs",
    "million users",
    "requests per second",
    "€/month",
    "tokens/s/GPU",
    "MiB",
    "days",
)
WORDS = tuple(
    word.encode()
    for word in ("k", "M", "bn", "B", "GB", "GiB/s", "ms", "$", "€", "%", "per", "/", " a ", "million", "thousand", "~", "≈", "−", "-", "+", ",000",
                 " 000", ".", "1e9", "e", "to", "and", "0.35", "12%", "°", "µs", "\u00a0", "\u2009", "tokens", "second", "s", "ies", "users", "ps")
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    typed = (
        "200k",
        "~ 1,500.5 ms",
        "$0.35 per 1k tokens",
        "298 GB/s",
        "12 %",
        "-3.5e6",
        "5 GPUs",
        "1 000 000",
        ".5",
        "2 MiBps",
        "80 requests per second",
    )
    return tuple(bytes([place % len(UNITS)]) + each.encode() for place, each in enumerate(typed * 3))


def tried(data: bytes) -> None:
    """The first byte chooses the unit; from 128 on the unit too is of the input, before a `|`."""
    if not data:
        return
    typed, unit = data[1:].decode("utf-8", "replace"), UNITS[data[0] % len(UNITS)]
    if data[0] >= 128:
        unit, _, typed = typed.partition("|")
    try:
        value = quantity.value(typed, unit)
    except ValueError as error:
        promises.told(error)
        return
    assert math.isfinite(value)
    told = quantity.shown(value, unit)
    promises.quiet(text.visible(told))
    if quantity.can_be_typed(value, unit):
        again = quantity.value(told, unit)
        assert math.isclose(again, value, rel_tol=0.01), (typed, unit, value, told, again)
    for tail, factor in quantity.follows(unit).items():
        assert isinstance(tail, str) and math.isfinite(factor)
