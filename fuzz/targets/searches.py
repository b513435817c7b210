"""Any search is a tree or a mistake with its place; on a real store what it finds, and what its contrary finds, are all cards."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from fuzz import promises
from fuzz.targets import _decks, _place, logs
from rung import search
from rung.compiler import compiled
from rung.search import Every, Mistake, Not
from rung.store import CardFile, Store

if TYPE_CHECKING:
    from rung.cardfile import CompiledDeck

DAY = date(2026, 11, 21)
WORDS = tuple(
    word.encode()
    for word in (*(f"{key}:" for key in search.KEYS), "is:due", "is:new", "is:retired", "is:leech", "prop:ease<2", "prop:r<0.9", "prop:due>-3", "rated:7:1",
                 "introduced:3", "deck:course/*", "tag:none", "tag:a::*", "flag:0", " or ", " and ", "-", "(", ")", '"', '"a b"', "*", "ann*", "%", "_", "\\",
                 "NEAR(", "^", "level:L5", "kind:cloze", "type:fact", "id:*#text", "due", "AND", "NOT ", "{text}:", "+", "\n")
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    return (
        b"vector search", b'"page cache" -is:new', b"is:due or (is:new deck:course)", b"prop:ease<2.1 prop:ivl>=21", b"tag:topic::* level:L5", b"rated:7:1",
        b"-(flag:1 or flag:2) introduced:30", b"id:note#text.c1", b"prop:r<0.9 and kind:cloze", b"is:retired type:fact or ann*", b"tag:none", b"",
    )  # fmt: skip


@cache
def store() -> tuple[Store, frozenset[str]]:
    """A store with the cards of all examples and a log of each kind of row; the ids of its living cards."""
    opened = Store.open(_place.root() / "searches.db")
    decks = [_deck(place, data) for place, data in enumerate(_decks.seeds())]
    files = [CardFile(f"{deck.deck.id}.jsonl", deck.deck, deck.cards) for deck in decks if deck]
    opened.sync_cards("here", {file.path: (1, 1) for file in files}, files)
    every = [card.id for file in files for card in file.cards]
    with opened.exchanging():
        opened.take([_of(event, every[place * 7 % len(every)]) for place, event in enumerate(logs.events())])
    return opened, frozenset(every)


def _of(event, card):
    return event._replace(card=card if event.card else "")


def _deck(place: int, data: bytes) -> CompiledDeck | None:
    built = compiled({f"course/deck-{place}.yaml": data}, (), 1_000)
    return None if built.broken else built.decks[0]


def tried(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    here, every = store()
    query = search.parsed(text, here.names("here"))
    if isinstance(query, Mistake):
        assert 0 <= query.place <= len(text) and query.message and query.mend
        promises.quiet(search.told(text, query))
        return
    found, rest = here.found("here", query, DAY), here.found("here", Every((Not(query),)), DAY)
    assert len(found) == len(set(found))
    assert not set(found) & set(rest)
    assert {*found, *rest} == every, "a card is found neither by a search nor by its contrary"
