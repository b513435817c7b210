"""Which of the answers in a package of Anki are news to us. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.anki.history import days_of, event_of, is_answer, is_ours
from rung.anki.identity import guid, ordinal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import date

    from rung.anki.collection import Answer
    from rung.anki.collection import Collection as AnkiCollection
    from rung.model import Card, Event


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Answers that are new to the log, how many it has already, and how many are of cards that are not here.

    `matched` and `unmatched` count the package's cards that are cards here, and that are not.
    """

    events: tuple[Event, ...]
    known: int
    strange: int
    matched: int
    unmatched: int


def roots(cards: Iterable[Card]) -> dict[tuple[str, int], str]:
    """The root of every card by what it is in Anki: the GUID of its note, and the number of its hole less one."""
    return {(guid(card), ordinal(card)): card.root for card in cards}


def arrivals(
    package: AnkiCollection,
    here: Mapping[tuple[str, int], str],
    own: Mapping[str, Sequence[tuple[int, int]]],
    taken: Collection[int],
) -> Arrivals:
    """What of a package's answers is new.

    `here` are the cards as `roots` gives them, `own` the (instant, grade) of their answers that were not given in Anki,
    by instant, and `taken` the ids of those that were.
    """
    guids = {note.id: note.guid for note in package.notes}
    found = {card.id: here.get((guids.get(card.note, ""), card.ord), "") for card in package.cards}
    return news(package.answers, found, days_of(package.began, package.west), own, taken)


def news(
    answers: Iterable[Answer],
    cards: Mapping[int, str],
    day: Callable[[int], date],
    own: Mapping[str, Sequence[tuple[int, int]]],
    taken: Collection[int],
) -> Arrivals:
    """What of Anki's answers is new. `cards` are the roots of Anki's cards, empty for one that is not here; `day` gives
    the day of an instant."""
    events: list[Event] = []
    known = strange = 0
    for answer in answers:
        if not is_answer(answer):
            continue
        root = cards.get(answer.card, "")
        if not root:
            strange += 1
        elif answer.id in taken or (root in own and is_ours(answer, own[root])):
            known += 1
        else:
            events.append(event_of(answer, root, day(answer.id)))
    matched = sum(bool(root) for root in cards.values())
    return Arrivals(tuple(events), known, strange, matched, len(cards) - matched)
