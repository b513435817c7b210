"""What a search is when it is read, and what its parts mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after the other; `whole`, or else the last of them only begins so."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A state of a card."""

    state: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something of a card that has a name: its deck, type, kind, level, a tag, its id. `*` stands for any letters."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag; 0 is none."""

    number: int


@dataclass(frozen=True, slots=True)
class Prop:
    """A number that a card has, compared; ease and r, the chance of a recall, in hundredths; due in days from today."""

    name: str
    sign: str
    number: int


@dataclass(frozen=True, slots=True)
class Rated:
    """Answered within so many days, today the first; with a grade of a button, or any."""

    days: int
    button: int | None = None


@dataclass(frozen=True, slots=True)
class Introduced:
    """Answered as a new card within so many days, today the first."""

    days: int


@dataclass(frozen=True, slots=True)
class Not:
    of: Query


@dataclass(frozen=True, slots=True)
class Every:
    """All of these; of nothing, every card."""

    of: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    of: tuple[Query, ...]


Query: TypeAlias = "Words | Is | Named | Flag | Prop | Rated | Introduced | Not | Every | Either"


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a search: the place in its text, from 0, what, and how to mend it."""

    place: int
    message: str
    mend: str


BUTTONS = {1: (0, 2), 2: (3, 3), 3: (4, 4), 4: (5, 5)}
"""The least and the most of the grades for which a button stands."""

FORMS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "deck": ("/{}/", ("*/{}/*",)), "type": ("{}", ("{}",)), "kind": ("{}", ("{}",)), "level": ("{}", ("{}",)),
    "tag": ("{}", ("{}", "{}::*")), "id": ("/{}", ("*/{}", "*/{}#*", "*/{}.*")),
}  # fmt: skip
"""What a name is compared with, and how: a deck by any of its folders, a tag with those below it, an id by its end."""


def words(query: Query) -> tuple[Words, ...]:
    """The words that stand in every card that the search finds; by these it is told which fit best."""
    of = query.of if isinstance(query, Every) else (query,)
    return tuple(each for each in of if isinstance(each, Words))


def asks_for_retired(query: Query) -> bool:
    """Whether the search speaks of retired cards, which others do not find."""
    match query:
        case Not(of):
            return asks_for_retired(of)
        case Every(of) | Either(of):
            return any(map(asks_for_retired, of))
    return query == Is("retired")


def fits(named: Named, value: str) -> bool:
    """Whether that is the value's name; small and capital letters are alike."""
    held, forms = FORMS[named.key]
    return any(_like(form.format(named.name.lower()), held.format(value.lower())) for form in forms)


def _like(pattern: str, text: str) -> bool:
    """Whether the text is as the pattern, in which `*` stands for any letters."""
    first, *rest = pattern.split("*")
    if not rest:
        return text == pattern
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last) or not text.endswith(last):
        return False
    text = text[len(first) : len(text) - len(last)]
    for piece in middle:
        _, found, text = text.partition(piece) if piece else ("", "*", text)
        if not found:
            return False
    return True
