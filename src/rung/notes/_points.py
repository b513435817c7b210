"""What note types with checklists share: their points, and how many there may be and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from rung import text
from rung.cards import checklist
from rung.drafts import clozes, twice
from rung.fields import Part, Text, refusal
from rung.model import Fault
from rung.shuffle import LETTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rung.model import Draft

LEAST, MOST = 2, len(LETTERS)  # a point alone is no list; each has a letter
POINT = 30  # words
SAID = 60  # words of what is to be said or recalled in one go
COUNTS = ("none", "one", "two", "three")


def within(most: int) -> Callable[[str], str]:
    """The validator of a field that may have at most so many words."""

    def checked(value: str) -> str:
        if (count := length(value)) > most:
            raise refusal(*_too_long(count, most))
        return value

    return checked


def long_items(texts: Sequence[str], at: tuple[str | int, ...], most: int) -> Iterator[Fault]:
    """A fault for each text of the list `at` that has more than `most` words."""
    for place, count in enumerate(map(length, texts)):
        if count > most:
            yield Fault((*at, place), *_too_long(count, most))


def length(markdown: str) -> int:
    """The words of a text as it is shown, its holes filled."""
    return len(text.line(text.filled(markdown)).split())


def _too_long(count: int, most: int) -> tuple[str, str]:
    return f"this text is {count} words long", f"say it in {most} at most"


class Point(Part):
    point: Text = Field(description="The point, at most 30 words; its holes are cards besides.")

    _short = field_validator("point")(within(POINT))


def to_tick(points: Iterable[Point]) -> tuple[checklist.Point, ...]:
    return tuple(checklist.Point(point.id, text.filled(point.point)) for point in points)


def point_clozes(points: Iterable[Point], key: str, lead: str, kin: str) -> Iterator[Draft]:
    """A card for every hole of the points listed under `key`."""
    for place, point in enumerate(points):
        yield from clozes(point.point, item=point.id, at=(key, place, "point"), lead=lead, kin=kin)


def point_faults(points: Sequence[Point], key: str) -> Iterator[Fault]:
    yield from twice((point.id for point in points), (key,))
    yield from uncounted(points, (key,))


def uncounted(items: Sequence[object], at: tuple[str | int, ...], least: int = LEAST) -> Iterator[Fault]:
    """A fault where the list `at` has fewer than `least` items, or more than there are letters."""
    count = len(items)
    if count < least:
        message = f'"{at[-1]}" lists only {COUNTS[count]}' if count else f'"{at[-1]}" is empty'
        yield Fault(at, message, f"list at least {COUNTS[least]} under it")
    if count > MOST:
        yield Fault(at, f'"{at[-1]}" lists {count}, {MOST} is the most', "split the note")
