"""What a store counts, and what it counts from: values between it and the figures. Light, since every start loads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from rung.model import Kind, Strength


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day's answers that were not taken back, of all kinds, and the milliseconds they took; `reviews` of cards."""

    day: date
    answers: int
    reviews: int
    took: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the reviews that counted, of cards that were not new, were passed."""

    passed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole log: its rows, the cards that were answered, and how many cards of it the workspace does not have.

    `answers` are the rows that are answers and were not taken back, `took` their milliseconds.
    """

    events: int
    answers: int
    took: int
    cards: int
    unknown: int


class CourseRow(NamedTuple):
    """The living cards of a course at one level, empty for those without, and how many of them are learnt."""

    course: str
    level: str
    cards: int
    learnt: int


class LoadRow(NamedTuple):
    """So many living cards of a deck and kind that are not suspended, and their `due` day and `interval` in days; both are
    None for new cards. What was answered on the day that is asked for says so, and whether it was new then."""

    deck: str
    kind: str
    due: date | None
    interval: int | None
    cards: int
    answered: bool = False
    begun: bool = False


class CostRow(NamedTuple):
    """What a card took on a day, in milliseconds, all its answers together; `new` where it was its first day."""

    kind: str
    new: bool
    took: int


class LogRow(NamedTuple):
    """A row of the log in short, its card by its root; `took` is in milliseconds."""

    root: str
    kind: Kind
    day: date
    grade: int | None
    took: int | None


class Counted(NamedTuple):
    """A review that counted; `waited` are the days since the one before it, None for the first of a new card."""

    root: str
    day: date
    grade: int
    waited: int | None


class CardRow(NamedTuple):
    """A living card, and what is kept of it: `interval` in days and `ease` in hundredths, None for a new one."""

    root: str
    id: str
    title: str
    kind: str
    note_type: str
    level: str
    topic: str
    interval: int | None
    ease: int | None
    lapses: int
    suspended: bool
    course: str = ""
    strength: Strength | None = None


class PlacedRow(NamedTuple):
    """An answer of a placement: the `quiz` by its number, the answer's `place` in it from 1 on, and its card's id."""

    device: str
    quiz: int
    place: int
    day: date
    card: str
    grade: int
    answer: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where `items` answers of a day placed a learner: from the level `low` to `high`, 9 times in 10; most likely where."""

    day: date
    low: str
    likely: str
    high: str
    items: int

    def __str__(self) -> str:
        return (
            self.likely if self.low == self.high else f"between {self.low} and {self.high}, most likely {self.likely}"
        )
