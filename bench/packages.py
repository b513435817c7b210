"""Notes and answers in so great a number as packages hold them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from decks import DECKS

from rung import cards
from rung.anki.history import Learned, histories
from rung.anki.package import write
from rung.cards import recall
from rung.model import Card, Deck, Event, Kind
from rung.schedulers import scheduler

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWERS = 10
GRADES, WEIGHTS = (1, 3, 4, 5), (10, 15, 60, 15)
BEGAN = 1_577_836_800  # UTC second
FIRST, NOON = date(2020, 1, 2), (BEGAN + 86_400 + 43_200) * 1000
DEVICE = "0" * 32


def decks_of(notes: int) -> Iterator[tuple[Deck, list[Card]]]:
    """So many cards, each of a note of its own, in 200 decks."""
    count = min(DECKS, notes)
    return ((_deck(deck), [_card(deck, note) for note in range(deck, notes, count)]) for deck in range(count))


def _deck(deck: int) -> Deck:
    return Deck(f"bench/deck-{deck}", f"The parts of system {deck}", "Bench", f"Part {deck}")


def _card(deck: int, note: int) -> Card:
    id_ = f"bench/deck-{deck}/why-{note}#cache"
    content = recall.Content(
        f"Why does part {note} of system {deck} answer from a cache?",
        f"Its readers ask for {note} keys much more often than for all others, and `shard {deck}` alone would be too slow.",
    )
    return Card(
        id_, "recall", "basic", f"bench/deck-{deck}", id_, f"Reason {note}", content, tags=("bench",), changed=1
    )


def put_package(path: Path, notes: int, *, learned: bool = False) -> None:
    """A package of so many notes, with ten answers each if they are learned."""
    decks = list(decks_of(notes))
    known = None
    if learned:
        roots = [card.root for _, cards in decks for card in cards]
        log = {root: list(answers(root, place)) for place, root in enumerate(roots)}
        known = Learned(histories(log, scheduler("sm2")), BEGAN)
    write(path, decks, dict.fromkeys(cards.names(), 1), learned=known)


def answers(root: str, place: int) -> Iterator[Event]:
    """Ten answers to a card, on days further and further apart; no two of all cards at one instant."""
    random, days = Random(place), 0
    for nth in range(ANSWERS):
        at = NOON + days * 86_400_000 + place * 100
        (grade,) = random.choices(GRADES, WEIGHTS)
        yield Event(DEVICE, place * ANSWERS + nth + 1, at, FIRST + timedelta(days), Kind.REVIEW, root, grade, 3000)
        days += random.randint(1, 2**nth + 1)
