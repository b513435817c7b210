"""The numbers that a sizing draws: a range in steps, or one number that stays what it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from rung.cards import number
from rung.fields import Fields, Plain, quoted
from rung.formula import FormulaError, bounds
from rung.model import Fault
from rung.notes._numbers import Unreadable, amount, names_a_number
from rung.quantity import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.formula import Formula, Interval
    from rung.notes._numbers import At

DRAWN = ("from", "to", "step")
MOST_STEPS = 1e9


class Range(Fields):
    from_: Plain | None = Field(None, alias="from", description="The least number it draws, such as 50k.")
    to: Plain | None = Field(None, description="The most.")
    step: Plain | None = Field(None, description="From one number that may be drawn to the next.")
    is_: Plain | None = Field(None, alias="is", description="Instead of these three: its number, always.")
    unit: Plain | None = Field(None, description="Its unit, shown behind it.")


def variable_of(name: str, range_: Range, at: At) -> number.Variable:
    """A number of the question; raises Unreadable."""
    if not names_a_number(name):
        message, mend = f"{quoted(name)} cannot stand in a formula", "use small letters, digits and _, such as peak_qps"
        raise Unreadable(Fault(at, message, mend, key=True))
    written = {key: value for key, value in range_.model_dump(by_alias=True).items() if value and key != "unit"}
    if set(written) not in ({"is"}, set(DRAWN)):
        mend = "write {from: 50k, to: 400k, step: 50k}, or {is: 8000}"
        raise Unreadable(Fault(at, f'"{name}" should have from, to and step, or is alone', mend, key=True))
    unit = range_.unit or ("%" if any("%" in value for value in written.values()) else "")
    share = 100 if unit == "%" else 1
    numbers = {key: float(f"{amount(value, unit, (*at, key)) / share:.12g}") for key, value in written.items()}
    if "is" in numbers:
        return number.Variable(name, numbers["is"], numbers["is"], unit=unit)
    low, high, step = (numbers[key] for key in DRAWN)
    if low >= high:
        message = f"from {range_.from_} to {range_.to} there is nothing to draw"
        raise Unreadable(Fault((*at, "from"), message, "put the smaller number first, or write one number as `is:`"))
    if step > 0 and (high - low) / step > MOST_STEPS:
        message = f"from {range_.from_} to {range_.to} there are too many steps of {range_.step}"
        raise Unreadable(Fault((*at, "step"), message, "choose a larger step"))
    if step <= 0 or not math.isclose((high - low) / step, round((high - low) / step), abs_tol=1e-6):
        message = f"steps of {range_.step} do not lead from {range_.from_} to {range_.to}"
        raise Unreadable(Fault((*at, "step"), message, "choose a step that divides what lies between them"))
    return number.Variable(name, low, high, step, unit)


def untold(asks: str, variables: Sequence[number.Variable], whole: Formula, at: At) -> Iterator[Fault]:
    """Faults of numbers that are drawn and not told in the question, or told and of no use; `at` is its place."""
    told = set(number.NAMED.findall(asks))
    for variable in variables:
        if variable.step and variable.name in whole.names and variable.name not in told:
            message = f'the question does not tell "{variable.name}", which changes each time'
            yield Fault((*at, "asks"), message, f"put {{{variable.name}}} where it belongs")
        if variable.name not in whole.names:
            message = f'"{variable.name}" does not stand in the formula'
            yield Fault((*at, "where", variable.name), message, "use it there, or leave it out", key=True)


def ends_of(whole: Formula, variables: Sequence[number.Variable], at: At) -> Interval:
    """Between which numbers the answer stays; raises Unreadable where the formula may fail for some that are drawn."""
    try:
        ends = bounds(whole, {variable.name: (variable.low, variable.high) for variable in variables})
    except FormulaError as error:
        raise Unreadable(Fault(at, str(error), error.mend)) from None
    if max(map(abs, ends)) > LARGEST:
        raise Unreadable(Fault(at, "the formula grows too large to be typed", "use smaller numbers"))
    return ends
