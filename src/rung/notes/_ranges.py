"""The numbers that a sizing draws: a range in steps, or one number that stays what it is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from rung.cards import number
from rung.fields import Fields, Plain, quoted
from rung.model import Fault
from rung.notes._numbers import Unreadable, amount, names_a_number

if TYPE_CHECKING:
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
