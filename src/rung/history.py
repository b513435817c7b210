"""What compiled cards keep over time: first ids, former ids, times of change, retired cards. Pure.

`previous` is what `cards/` held before. A part's `first` id never changes, and `was` only grows, so an id of any day
leads to the card of today.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rung.cardfile import CompiledDeck

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rung.model import Card, Deck


class Living(NamedTuple):
    """A card of today, and the part ids its sources say it had before, the likeliest last."""

    card: Card
    claims: tuple[str, ...] = ()


def names(card: Card) -> frozenset[str]:
    """Every id the part of a card has or had."""
    part = card.part
    return frozenset((part, card.first or part, *card.was))


def with_history(
    decks: Iterable[tuple[Deck, Sequence[Living]]], previous: Iterable[CompiledDeck], now: int
) -> tuple[CompiledDeck, ...]:
    """The decks of today with what `previous` knows of their cards, and its vanished cards retired; by deck id.

    `now` is in UTC seconds. A card's `changed` moves, and always forwards, when what an export carries differs.
    """
    before = {compiled.deck.id: compiled for compiled in previous}
    known = {card.id: card for compiled in before.values() for card in compiled.cards}
    parts = _by_part(known.values())
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


def _by_part(cards: Collection[Card]) -> dict[str, Card]:
    """A card for every id a part has or had: rather one that has it, rather one that lives."""
    in_turn = sorted(cards, key=lambda card: not card.retired)
    return {id_: card for card in in_turn for id_ in card.was} | {card.part: card for card in in_turn}


def _named(living: Living, parts: Mapping[str, Card]) -> Card:
    """The card with its first id and all its former ones."""
    card = living.card
    if not (parts or living.claims):
        return card  # nothing was before
    part = card.part
    found = [parts[id_] for id_ in (part, *reversed(living.claims)) if id_ in parts]
    found.sort(key=lambda each: each.retired)
    born = found[0].first or found[0].part if found else ""
    first = born or (living.claims or (part,))[-1]
    ids = [*living.claims, *(id_ for each in found for id_ in (each.part, *each.was))]
    was = tuple(dict.fromkeys(id_ for id_ in ids if id_ != part))
    return card if first == part and not was else replace(card, first="" if first == part else first, was=was)


def _dated(card: Card, known: Mapping[str, Card], sources: Mapping[str, str], deck: Deck, now: int) -> Card:
    olds = [known[id_] for id_ in (card.id, *_former(card)) if id_ in known]
    if olds:
        old = olds[0]
        as_then = replace(card, was=old.was, changed=old.changed)
        if as_then == old and sources.get(old.deck) == deck.source:
            return as_then if card.was == old.was else replace(as_then, was=card.was)
    changed = max((now, *(old.changed + 1 for old in olds)))
    return card if card.changed == changed else replace(card, changed=changed)


def _former(card: Card) -> Iterator[str]:
    return (part + card.hole for part in card.was)


def _retired(card: Card, now: int) -> Card:
    return card if card.retired else replace(card, retired=True, changed=max(now, card.changed + 1))
