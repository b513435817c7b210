"""What notes with numbers share: numbers, shares and formulas read from a deck's texts, with what is wrong in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from rung import quantity
from rung.cards.number import NAMED
from rung.fields import did_you_mean, quoted
from rung.formula import Formula, FormulaError, parsed
from rung.model import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

T = TypeVar("T")
At = tuple[str | int, ...]
LOOSEST = 0.3  # a tolerance; three of them are still close


class Unreadable(ValueError):
    """A text of a note that cannot be read; `fault` says where, what and how to mend it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def tried(faults: list[Fault], read: Callable[..., T], *given: object) -> T | None:
    """What `read` gives; None where it raises Unreadable, and then the fault is added to `faults`."""
    try:
        return read(*given)
    except Unreadable as error:
        faults.append(error.fault)
        return None


def amount(text: str, unit: str, at: At) -> float:
    """The number in `text`, in `unit`; raises Unreadable."""
    try:
        return quantity.value(text, unit)
    except ValueError as error:
        message = re.sub("^the answer", "the number", str(error))
        mend = (
            "give it a `unit:` of its own" if message.startswith("a plain") else "write one number, such as 12 or 50k"
        )
        raise Unreadable(Fault(at, message, mend)) from None


def typeable(numbers: Iterable[float], unit: str, at: At) -> None:
    """Raises Unreadable where a number cannot be typed with its unit as it is shown; `at` is the place of the unit."""
    if not all(quantity.can_be_typed(number, unit) for number in numbers):
        mend = "write a short one in letters from a to z that begins with no number or scale, such as GPUs or GB/s"
        raise Unreadable(Fault(at, "this unit cannot be typed", mend))


def tolerance(text: str, at: At) -> float:
    """A tolerance as a share; raises Unreadable."""
    unreadable = Unreadable(
        Fault(at, f"{quoted(text)} is no tolerance", "write a share of the answer up to 30%, such as 5%")
    )
    try:
        share = quantity.value(text, "")
    except ValueError:
        raise unreadable from None
    if not 0 <= share <= LOOSEST:
        raise unreadable
    return share


def formula(text: str, names: Collection[str], at: At) -> Formula:
    """The formula in `text`, which may name `names`; raises Unreadable."""
    try:
        found = parsed(text)
    except FormulaError as error:
        raise Unreadable(Fault(at, str(error), error.mend)) from None
    if unknown := next((name for name in found.names if name not in names), None):
        raise Unreadable(Fault(at, f'the formula names "{unknown}", which is not there', known(unknown, names)))
    return found


def names_a_number(word: str) -> bool:
    """Whether formulas can name a number so."""
    try:
        return parsed(word).node == word
    except FormulaError:
        return False


def unknown_in(template: str, names: Collection[str], at: At) -> Iterator[Fault]:
    """A fault for a `{name}` in a text that stands for none of `names`."""
    for name in NAMED.findall(template):
        if name not in names:
            yield Fault(at, f'"{{{name}}}" stands for no number', known(name, names))


def known(word: str, names: Collection[str]) -> str:
    """What may have been meant by an unknown name."""
    return did_you_mean(word, names, f"names are {', '.join(names) or 'none'}")
