"""The notes that cards make in Anki: one a part, its fields in HTML. Pure."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from rung import cards as kinds
from rung import text
from rung.anki import names
from rung.anki.identity import guid_of
from rung.anki.models import asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rung.model import AnkiType, Card, Deck

HOLE = re.compile(r"\{\{c([\d,]+)::")  # as Anki reads it: also inside another hole, also several numbers
COMMAND = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)  # what Anki plays or runs in a field
BETWEEN = "\x1f"  # two fields
SHOWN = re.compile(r'<img src="([^"]+)"')


class NoNote(ValueError):
    """Cards that make no sound note, as those of a file made by hand may; the message names them."""


class Home(NamedTuple):
    """What the notes of a deck share: the name of their deck in Anki, and where they are from, in HTML."""

    name: str
    source: str


class Part(NamedTuple):
    """What a note is made of: the living cards of a part or, where all are `retired`, those of its last text first.

    `guid` is that of the note, `changed` the UTC second of its last change.
    """

    id: str
    guid: str
    home: Home
    cards: Sequence[Card]
    changed: int
    retired: bool

    @property
    def kind(self) -> str:
        """The kind of its cards."""
        return self.cards[0].kind

    @property
    def tags(self) -> tuple[str, ...]:
        return names.tags(self.cards, retired=self.retired)

    @property
    def roots(self) -> dict[int, str]:
        """Where the history of each card is kept, by its number."""
        return {self.number(card): card.root for card in self.cards}

    def number(self, card: Card) -> int:
        """The number of a card in the note: that of its hole, or 1."""
        return int(card.id[len(self.id) + len(".c") :] or 1)


class Note(NamedTuple):
    """The note of a part: its type, its fields in the order of that, joined as Anki joins them, and the numbers of its
    cards, from 1. Those of a retired part may be others than its cards have."""

    part: Part
    type: AnkiType
    joined: str
    holes: list[int]

    @property
    def fields(self) -> list[str]:
        """Its fields in HTML."""
        return self.joined.split(BETWEEN)

    @property
    def named(self) -> dict[str, str]:
        """Its fields by name."""
        return {name: value for (name, _), value in zip(self.type.fields, self.fields, strict=True)}

    @property
    def pictures(self) -> list[str]:
        """The names of the pictures in it."""
        return SHOWN.findall(self.joined) if "<img" in self.joined else []


def notes(decks: Iterable[tuple[Deck, Iterable[Card]]]) -> list[Note]:
    """The notes of all living cards, in their order. Raises NoNote for cards that make no sound note."""
    return [note(part) for part in parts(decks)]


def parts(decks: Iterable[tuple[Deck, Iterable[Card]]], *, retired: bool = False) -> list[Part]:
    """The parts of all living cards, in their order, or those that have vanished. Raises NoNote for two of one id."""
    found: dict[str, Part] = {}
    for deck, cards in decks:
        home = Home(names.deck_name(deck), escape(text.visible(deck.source)))
        for id_, together in (_vanished(cards) if retired else _living(cards)).items():
            guid = guid_of(together[0].first or id_)
            if guid in found:
                raise NoNote(f"{found[guid].id} and {id_} were born with the same id")
            changed = max([card.changed for card in together])
            found[guid] = Part(id_, guid, home, together, changed, retired)
    return list(found.values())


def _living(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """The living cards of each part that has any, by its id."""
    parts: dict[str, list[Card]] = {}
    for card in cards:
        if not card.retired:
            parts.setdefault(card.part, []).append(card)
    return parts


def _vanished(cards: Iterable[Card]) -> dict[str, list[Card]]:
    """The cards of each part that has no living one, by its id: those of its last text first, and none of another kind, which
    it had before."""
    parts: dict[str, list[Card]] = {}
    for card in cards:
        parts.setdefault(card.part, []).append(card)
    gone = {id_: part for id_, part in parts.items() if all(card.retired for card in part)}
    last = {id_: sorted(part, key=lambda card: -card.changed) for id_, part in gone.items()}
    return {id_: [card for card in part if card.kind == part[0].kind] for id_, part in last.items()}


def note(part: Part) -> Note:
    """The note of a part. Raises NoNote where its text makes other cards than the part has: Anki would mend that by
    surprise."""
    name = part.kind
    kind = kinds.kind(name)
    filled = {
        **_empty(name),
        "Title": text.html_inline(part.cards[0].title),
        "Source": part.home.source,
        "Id": escape(part.id),
        **kind.fields(part.cards),
    }
    fields = list(filled.values())
    joined = BETWEEN.join(fields)
    if joined.count(BETWEEN) >= len(fields):  # texts have none, but ids may
        joined = BETWEEN.join([field.replace(BETWEEN, "\u241f") for field in fields])
    if "[" in joined:
        joined = COMMAND.sub("&#91;", joined)
    if kind.ANKI.cloze:
        holes = sorted({int(number) for found in HOLE.findall(fields[0]) for number in found.split(",") if number})
    else:
        holes = [1] if any(map(fields.__getitem__, asking(name))) else []
    wanted = sorted([part.number(card) for card in part.cards])
    if not holes or (holes != wanted and not part.retired):
        raise NoNote(f"{part.id}: its text makes the cards {holes}, not {wanted}")
    return Note(part, kind.ANKI, joined, holes)


@cache
def _empty(kind: str) -> Mapping[str, str]:
    """The fields of a kind's notes by name, in their order, with nothing in them."""
    return {name: "" for name, _ in kinds.kind(kind).ANKI.fields}
