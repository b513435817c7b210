"""The notes that cards make in Anki: one a part, its fields in HTML. Pure."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from rung import cards as kinds
from rung import text
from rung.anki import names
from rung.anki.identity import guid_of
from rung.anki.models import asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.model import AnkiType, Card, Deck

HOLE = re.compile(r"\{\{c([\d,]+)::")  # as Anki reads it: also inside another hole, also several numbers
COMMAND = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)  # what Anki plays or runs in a field
SHOWN = re.compile(r'<img src="([^"]+)"')


class Home(NamedTuple):
    """What the notes of a deck share: the name of their deck in Anki, and where they are from, in HTML."""

    name: str
    source: str


class Part(NamedTuple):
    """What a note is made of: the living cards of a part or, where all are `retired`, those of its last text first.

    `guid` is that of the note.
    """

    id: str
    guid: str
    home: Home
    cards: Sequence[Card]
    retired: bool


class Note(NamedTuple):
    """The note of one part: `changed` is the UTC second of its last change, `holes` are the numbers of its cards, from 1,
    and `roots` is where the history of each is kept; those of a retired one may be others."""

    part: str
    guid: str
    kind: str
    deck: str
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    changed: int
    holes: Sequence[int]
    roots: Mapping[int, str]

    @property
    def type(self) -> AnkiType:
        """Its note type."""
        return kinds.kind(self.kind).ANKI

    @property
    def named(self) -> dict[str, str]:
        """Its fields by name."""
        return {name: value for (name, _), value in zip(self.type.fields, self.fields, strict=True)}

    @property
    def pictures(self) -> list[str]:
        """The names of the pictures in it."""
        return [name for field in self.fields if "<img" in field for name in SHOWN.findall(field)]


def notes(decks: Iterable[tuple[Deck, Iterable[Card]]]) -> list[Note]:
    """The notes of all living cards, in their order. Raises ValueError for cards that make no sound note."""
    return [note(part) for part in parts(decks)]


def parts(decks: Iterable[tuple[Deck, Iterable[Card]]], *, retired: bool = False) -> list[Part]:
    """The parts of all living cards, in their order, or those that have vanished. Raises ValueError for two of one id."""
    found: dict[str, Part] = {}
    for deck, cards in decks:
        home = Home(names.deck_name(deck), escape(text.visible(deck.source)))
        for id_, together in _together(cards, retired):
            guid = guid_of(together[0].first or id_)
            if guid in found:
                raise ValueError(f"{found[guid].id} and {id_} were born with the same id")
            found[guid] = Part(id_, guid, home, together, retired)
    return list(found.values())


def _together(cards: Iterable[Card], retired: bool) -> Iterator[tuple[str, Sequence[Card]]]:
    """The cards of each part that is to be written, by its id."""
    parts: dict[str, list[Card]] = {}
    for card in cards:
        parts.setdefault(card.part, []).append(card)
    for id_, part in parts.items():
        living = [card for card in part if not card.retired]
        if retired and not living:
            yield id_, sorted(part, key=lambda card: -card.changed)
        elif living and not retired:
            yield id_, living


def note(part: Part) -> Note:
    """The note of a part. Raises ValueError where its text makes other cards than the part has: Anki would mend that by
    surprise."""
    kind, size = part.cards[0].kind, len(part.id)
    roots = {int(card.id[size + 2 :] or 1): (card.first or part.id) + card.id[size:] for card in part.cards}
    fields = _fields(part)
    holes, wanted = _holes(kind, fields), sorted(roots)
    if not holes or (holes != wanted and not part.retired):
        raise ValueError(f"{part.id}: its text makes the cards {holes}, not {wanted}")
    tags = names.tags(part.cards, retired=part.retired)
    changed = max([card.changed for card in part.cards])
    return Note(part.id, part.guid, kind, part.home.name, tags, fields, changed, holes, roots)


def _fields(part: Part) -> tuple[str, ...]:
    card = part.cards[0]
    kind = kinds.kind(card.kind)
    filled = {
        "Title": text.html_inline(card.title),
        "Source": part.home.source,
        "Id": escape(part.id),
        **kind.fields(part.cards),
    }
    return tuple([_harmless(filled.get(name, "")) for name, _ in kind.ANKI.fields])


def _harmless(html: str) -> str:
    """`html` without the bracketed commands that Anki runs even in a field."""
    return COMMAND.sub("&#91;", html) if "[" in html else html


def _holes(kind: str, fields: Sequence[str]) -> list[int]:
    """The numbers of the cards that a note makes: one a hole, or the only one, if its front has something on it."""
    if kinds.kind(kind).ANKI.cloze:
        return sorted({int(number) for found in HOLE.findall(fields[0]) for number in found.split(",") if number})
    return [1] if any(fields[place] for place in asking(kind)) else []
