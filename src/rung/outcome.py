"""What compiling a deck came to, kept from build to build: what nothing has changed for need not be compiled again. Pure.

What a deck compiles to follows from its text, the pictures beside it, its own card file, and from other decks as far as
they have an id or a front in common with it: that is its `Reach`. So decks whose reaches do not meet compile to the same
together and apart, and an outcome holds until something changes that it reaches.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rung.model import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rung.cardfile import CompiledDeck

TAIL = re.compile(r"-[0-9a-f]{12}\.[a-z]+")  # of the name of a picture among the cards


@dataclass(frozen=True, slots=True)
class Reach:
    """The decks whose ids a deck names, its own among them, and CRC-32 checksums of what its cards ask.

    Two that have a checksum in common by chance are only compiled more often than need be.
    """

    decks: frozenset[str] = frozenset()
    fronts: frozenset[int] = frozenset()

    def meets(self, other: Reach) -> bool:
        return not (self.decks.isdisjoint(other.decks) and self.fronts.isdisjoint(other.fronts))


NO_REACH = Reach()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one deck came to: how many cards live, the ends of the names of their pictures, and its problems.

    `source` is the digest of what it was compiled from, `file` that of its card file; it holds where both are as they
    were. With no `source` another build may give another outcome, and this one only tells the reach.
    """

    source: str
    file: str
    living: int
    reach: Reach
    pictures: tuple[str, ...]
    problems: tuple[Problem, ...]


def tail(name: str) -> str:
    """The end of the name of a picture among the cards, by which texts are searched for it."""
    return "-" + name.rpartition("-")[2]


def tails(text: str) -> tuple[str, ...]:
    """The ends of the names of pictures in the text of a card file."""
    return tuple(dict.fromkeys(TAIL.findall(text)))


def named(compiled: CompiledDeck) -> Iterator[str]:
    """The decks whose ids stand among compiled cards, the deck's own first."""
    yield compiled.deck.id
    for card in compiled.cards:
        yield card.deck
        yield deck_of(card.id)
        yield from map(deck_of, card.was)
        if card.first:
            yield deck_of(card.first)


def deck_of(id_: str) -> str:
    """The deck of a note, a part or a card, by its id."""
    return id_.rpartition("/")[0]


def together(reaches: Iterable[Reach]) -> Reach:
    every = tuple(reaches)
    return Reach(
        frozenset().union(*(each.decks for each in every)), frozenset().union(*(each.fronts for each in every))
    )


def apart(still: Iterable[str], outcomes: Mapping[str, Outcome], changed: Reach) -> set[str]:
    """The decks of `still` that meet nothing `changed`, nor what any other deck reached that has an outcome."""
    left = set(still)
    while True:
        met = together((changed, *(each.reach for id_, each in outcomes.items() if id_ not in left)))
        if not (more := {id_ for id_ in left if outcomes[id_].reach.meets(met)}):
            return left
        left -= more


def settled(decks: Iterable[CompiledDeck], reaches: Mapping[str, Reach]) -> set[str]:
    """The ids of those decks just compiled that are sure to come to the same over the card files that they came to.

    They are those of which no card was ever called otherwise, which name no other deck, and which none names.
    """
    foreign = {id_ for deck, reach in reaches.items() for id_ in reach.decks if id_ != deck}
    alone = {deck for deck, reach in reaches.items() if len(reach.decks) == 1 and deck not in foreign}
    never_moved = (each.deck.id for each in decks if not any(card.first or card.was for card in each.cards))
    return alone.intersection(never_moved)


# ── as text ──────────────────────────────────────────────────────────────────────────────────────


def text_of(outcomes: Mapping[str, Outcome], maker: str) -> str:
    """Outcomes by deck id as text, under the digest of it and of their `maker`."""
    held = json.dumps({id_: _plain(each) for id_, each in sorted(outcomes.items())})
    return f"{_digest(held, maker)}\n{held}"


def from_text(text: str, maker: str) -> dict[str, Outcome]:
    """The outcomes in a text; none where it is not whole, or of another maker."""
    told, _, held = text.partition("\n")
    return {id_: _outcome(*each) for id_, each in json.loads(held).items()} if told == _digest(held, maker) else {}


def _digest(held: str, maker: str) -> str:
    return sha256(f"{maker}\n{held}".encode()).hexdigest()


def _plain(outcome: Outcome) -> list[Any]:
    told = [_row(each) for each in outcome.problems]
    decks, fronts = sorted(outcome.reach.decks), sorted(outcome.reach.fronts)
    return [outcome.source, outcome.file, outcome.living, decks, fronts, outcome.pictures, told]


def _outcome(source: str, file: str, living: int, decks: Any, fronts: Any, pictures: Any, told: Any) -> Outcome:
    reach = Reach(frozenset(decks), frozenset(fronts))
    return Outcome(source, file, living, reach, tuple(pictures), tuple(_problem(*each) for each in told))


def _row(problem: Problem) -> tuple[str, int, int, str, str, str]:
    where = problem.where
    return where.path, where.line, where.column, problem.message, problem.mend, problem.severity


def _problem(path: str, line: int, column: int, message: str, mend: str, severity: str) -> Problem:
    return Problem(Location(path, line, column), message, mend, Severity(severity))
