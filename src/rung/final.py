"""The final quiz: all courses in equal shares, and where the learner is weakest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.quiz import in_turn, one_a_family, shares, topic
from rung.shuffle import shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rung.model import Card
    from rung.quiz import Result, Share

LONG = frozenset(("drill", "sheet"))  # kinds that take minutes each


def questions(cards: Iterable[Card], courses: Mapping[str, str], seed: int, count: int) -> tuple[Card, ...]:
    """At most `count` cards, one a family: every course in turn, within it every deck, within that every note type.

    `courses` gives each deck's course; cards of other decks are left out, and so are kinds that take long.
    """
    fitting = [card for card in cards if card.kind not in LONG and card.deck in courses]
    mixed = one_a_family(shuffled(fitting, lambda card: card.id, seed))
    turns = in_turn(mixed, lambda card: courses[card.deck], lambda card: card.deck, lambda card: card.note_type)
    return turns[:count]


def weakest(results: Iterable[Result], most: int = 5) -> tuple[tuple[Share, tuple[str, ...]], ...]:
    """The shares of the topics that cost most points, those first, each with the ids of the cards missed."""
    results = tuple(results)
    lost = [each for each in shares(results, topic) if each.points < each.count]
    lost.sort(key=lambda each: (each.points - each.count, each.points / each.count))
    return tuple(
        (each, tuple(r.card.id for r in results if topic(r.card) == each.name and not r.right)) for each in lost[:most]
    )
