"""Rules of quality: what makes a card answerable and worth answering, as far as a compiler can tell.

One module a rule, registered by being here; each gives what `NoteRule` or `DeckRule` lists. The rule's name is the
module's, with hyphens; its docstring is its text in `docs/lint.md`, and the first line of that says what and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rung.fields import NoteFields
    from rung.model import Deck, Refusal


class CardView(NamedTuple):
    """A card as rules see it.

    `question` and `answer` are plain words on one line, `at` is the path within the note of what it was made from;
    `hole` is the number of the hole it asks, or 0. `twin` is the id of an earlier card that asks the same.
    """

    kind: str
    title: str
    question: str
    answer: str
    content: Any
    at: tuple[str | int, ...] = ()
    hole: int = 0
    twin: str = ""


class NoteView(NamedTuple):
    """A note as rules see it, with its deck and the names of that deck's frameworks."""

    deck: Deck
    frameworks: tuple[str, ...]
    type: str
    fields: NoteFields
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule finds: `at` is the path within the note, nothing for a deck's."""

    at: tuple[str | int, ...]
    message: str
    mend: str


class NoteRule(Protocol):
    """What a module about notes gives. GOOD and BAD are notes; BAD tells the first line of each problem."""

    GOOD: str
    BAD: Refusal

    def found(self, note: NoteView) -> Iterable[Finding]: ...


class DeckRule(Protocol):
    """What a module about decks gives. GOOD and BAD are whole decks; BAD tells the first line of each problem."""

    GOOD: str
    BAD: Refusal

    def found_in_deck(self, deck: Deck) -> Iterable[Finding]: ...


@cache
def names() -> tuple[str, ...]:
    """Every rule, sorted."""
    return tuple(sorted(name.replace("_", "-") for name in registry.names(__path__)))


@cache
def rule(name: str) -> NoteRule | DeckRule:
    """The rule of that name; raises KeyError for one that is not there."""
    if name not in names():
        raise KeyError(name)
    return cast("NoteRule | DeckRule", registry.module(__name__, name.replace("-", "_")))


@cache
def about_notes() -> Mapping[str, NoteRule]:
    """The rules about notes, by name."""
    return {name: cast("NoteRule", rule(name)) for name in names() if hasattr(rule(name), "found")}


@cache
def about_decks() -> Mapping[str, DeckRule]:
    """The rules about decks, by name; no note can silence them."""
    return {name: cast("DeckRule", rule(name)) for name in names() if hasattr(rule(name), "found_in_deck")}


def found(note: NoteView) -> Iterator[tuple[str, Finding]]:
    """What all rules find in a note, each with the rule's name."""
    for name, each in about_notes().items():
        for finding in each.found(note):
            yield name, finding


def found_in_deck(deck: Deck) -> Iterator[tuple[str, Finding]]:
    """What all rules find in what a deck says of itself, each with the rule's name."""
    for name, each in about_decks().items():
        for finding in each.found_in_deck(deck):
            yield name, finding
