"""The final quiz: all courses in equal shares, and where the learner is weakest. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.model import LEVELS
from rung.quiz import in_turn, one_a_family, topic
from rung.shuffle import shuffled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rung.model import Card
    from rung.quiz import Result

LONG = frozenset(("drill", "sheet"))  # kinds that take minutes each


def questions(cards: Iterable[Card], courses: Mapping[str, str], seed: int, count: int) -> tuple[Card, ...]:
    """At most `count` cards, one a family: every course in turn, within it every deck, within that every note type.

    `courses` gives each deck's course; cards of other decks are left out, and so are kinds that take long.
    """
    fitting = [card for card in cards if card.kind not in LONG and card.deck in courses]
    mixed = one_a_family(shuffled(fitting, lambda card: card.id, seed))
    turns = in_turn(mixed, lambda card: courses[card.deck], lambda card: card.deck, lambda card: card.note_type)
    return turns[:count]


def shares(results: Iterable[Result], name: Callable[[Card], str]) -> tuple[tuple[str, float, int], ...]:
    """(name, points, questions) for each name that a card has, sorted."""
    held: dict[str, list[float]] = {}
    for result in results:
        if called := name(result.card):
            held.setdefault(called, []).append(result.share)
    return tuple((called, sum(held[called]), len(held[called])) for called in sorted(held))


def levels(results: Iterable[Result]) -> tuple[tuple[str, float, int], ...]:
    """(level, points, questions) over the cards that ask about one level."""
    return shares(results, lambda card: card.level if card.level in LEVELS else "")


def weakest(results: Iterable[Result], most: int = 5) -> tuple[tuple[str, float, int, tuple[str, ...]], ...]:
    """(topic, points, questions, ids of the cards missed) of the topics that cost most points, those first."""
    results = tuple(results)
    lost = [each for each in shares(results, topic) if each[1] < each[2]]
    lost.sort(key=lambda each: (each[1] - each[2], each[1] / each[2]))
    return tuple(
        (name, points, count, tuple(r.card.id for r in results if topic(r.card) == name and not r.right))
        for name, points, count in lost[:most]
    )
