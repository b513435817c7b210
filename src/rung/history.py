"""What compiled cards keep over time: first ids, former ids, times of change, retired cards. Pure.

`previous` is what `cards/` held before. A part's `first` id never changes, and `was` only grows, so an id of any day
leads to the card of today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rung.cardfile import CompiledDeck

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.model import Card, Deck


@dataclass(frozen=True, slots=True)
class Living:
    """A card of today, and the part ids its sources say it had before, the likeliest last."""

    card: Card
    claims: tuple[str, ...] = ()


def with_history(
    decks: Sequence[tuple[Deck, Sequence[Living]]], previous: Iterable[CompiledDeck], now: int
) -> tuple[CompiledDeck, ...]:
    """The decks of today with what `previous` knows of their cards, and its vanished cards retired; by deck id.

    `now` is in UTC seconds. A card's `changed` moves, and always forwards, when what an export carries differs.
    """
    before = {compiled.deck.id: compiled for compiled in previous}
    known = {card.id: card for compiled in before.values() for card in compiled.cards}
    parts = {card.part: card for card in known.values()}
    sources = {id_: compiled.deck.source for id_, compiled in before.items()}
    today = {}
    for deck, living in decks:
        cards = tuple(_dated(_named(each, parts), known, sources, deck, now) for each in living)
        today[deck.id] = CompiledDeck(deck, cards)
    taken = {id_ for compiled in today.values() for card in compiled.cards for id_ in (card.id, *_former(card))}
    for id_, compiled in before.items():
        gone = tuple(_retired(card, now) for card in compiled.cards if card.id not in taken)
        kept = today.get(id_, CompiledDeck(compiled.deck, ()))
        if kept.cards or gone:
            today[id_] = CompiledDeck(kept.deck, kept.cards + tuple(sorted(gone, key=lambda card: card.id)))
    return tuple(today[id_] for id_ in sorted(today))


def _named(living: Living, parts: Mapping[str, Card]) -> Card:
    """The card with its first id and all its former ones."""
    card = living.card
    found = [parts[id_] for id_ in (card.part, *living.claims) if id_ in parts]
    if found:
        first = found[0].first or found[0].part
    else:
        first = living.claims[-1] if living.claims else card.part
    ids = [*living.claims, *(id_ for each in found for id_ in (each.part, *each.was))]
    was = tuple(dict.fromkeys(id_ for id_ in ids if id_ != card.part))
    return replace(card, first="" if first == card.part else first, was=was)


def _dated(card: Card, known: Mapping[str, Card], sources: Mapping[str, str], deck: Deck, now: int) -> Card:
    old = next((known[id_] for id_ in (card.id, *_former(card)) if id_ in known), None)
    if old is None:
        return replace(card, changed=now)
    same = replace(card, was=old.was, changed=old.changed) == old and sources.get(old.deck) == deck.source
    return replace(card, changed=old.changed if same else max(now, old.changed + 1))


def _former(card: Card) -> Iterator[str]:
    return (part + card.hole for part in card.was)


def _retired(card: Card, now: int) -> Card:
    return card if card.retired else replace(card, retired=True, changed=max(now, card.changed + 1))
