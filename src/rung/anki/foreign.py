"""Notes of any deck of Anki as notes of ours: what their templates show, in Markdown. Pure.

A cloze note becomes a fact whose holes keep their numbers, any other a basic note with a card for each template that
shows something. The id of a note follows from its GUID alone, so that it is the same from every version of a package
and on every device, whatever becomes of its text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rung.anki import clozes, markdown, templates
from rung.anki.markdown import Unfit
from rung.text import hole_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from rung.anki.collection import AnkiCard, NoteType, Template
    from rung.anki.collection import Collection as AnkiCollection
    from rung.anki.collection import Note as AnkiNote

PICTURE = re.compile(r"<img\b[^<>]*?\bsrc\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\"'<>\s]+))[^<>]*>", re.IGNORECASE)
NO_PICTURE = "[no picture]"


@dataclass(frozen=True, slots=True)
class Sides:
    """A card of a basic note: `ord` is the number of its template."""

    ord: int
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note as it comes into a deck: a `text` with holes and what is `extra`, or `cards`."""

    id: str
    guid: str
    number: int  # its id in Anki
    deck: str
    tags: tuple[str, ...]
    text: str = ""
    extra: str = ""
    cards: tuple[Sides, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A note that could not be taken in, or one of its cards, and why; `card` counts from 1, 0 is the whole note."""

    number: int
    guid: str
    card: int
    reason: str

    def __str__(self) -> str:
        card = f"card {self.card} of " if self.card else ""
        return f"{card}note {self.number} (GUID {self.guid}): {self.reason}"


@dataclass(slots=True)
class Foreign:
    """What comes of a package: notes, what was left out, the names of its pictures, and how many it lacks; sounds left out."""

    notes: list[ForeignNote] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    no_pictures: int = 0
    sounds: int = 0


def note_id(guid: str) -> str:
    """The id of the note with that GUID."""
    return f"n-{sha256(guid.encode()).hexdigest()[:12]}"


def foreign(package: AnkiCollection, pictures: Collection[str]) -> Foreign:
    """The notes of a package; `pictures` are the names of those it has."""
    reading = _Reading(package, pictures)
    cards: dict[int, list[AnkiCard]] = defaultdict(list)
    for card in package.cards:
        cards[card.note].append(card)
    seen: set[str] = set()
    for note in package.notes:
        try:
            if note_id(note.guid) in seen:
                raise Unfit("another note has its GUID")
            reading.take(note, cards[note.id])
            seen.add(note_id(note.guid))
        except Unfit as unfit:
            reading.leave_out(note, str(unfit))
    return reading.found


class _Reading:
    """A package being read, and what came of it so far."""

    def __init__(self, package: AnkiCollection, pictures: Collection[str]) -> None:
        self.types, self.pictures, self.found = package.types, frozenset(pictures), Foreign()

    def leave_out(self, note: AnkiNote, reason: str, card: int = 0) -> None:
        self.found.left_out.append(LeftOut(note.id, note.guid, card, reason))

    def take(self, note: AnkiNote, cards: list[AnkiCard]) -> None:
        """Take a note in, or raise Unfit."""
        type_ = self.types.get(note.type)
        if type_ is None or not type_.templates:
            raise Unfit("its note type is not in the package")
        if not cards:
            raise Unfit("it has no cards")
        make = self.fact if type_.cloze else self.basic
        made = make(note, type_, cards)
        if made.text or made.cards:
            self.found.notes.append(made)

    def fact(self, note: AnkiNote, type_: NoteType, cards: list[AnkiCard]) -> ForeignNote:
        template = type_.templates[0]
        fields = _fields(note, type_, template, cards[0].deck)
        front = templates.filled(template.front, fields)
        if any(clozes.OCCLUSION in fields[name] for name in templates.hole_fields(template.front) & fields.keys()):
            raise Unfit("it covers parts of a picture")
        if not clozes.numbers(front.html):
            raise Unfit("it has no hole")
        text = self.text(front.html, holes=True)
        back = templates.filled(template.back, fields, back=True, without=front.shown)
        made = hole_numbers(text)
        for card in cards:
            if card.ord + 1 not in made:
                known = card.ord + 1 in clozes.numbers(front.html)
                self.leave_out(note, "its hole has the words of another" if known else "it has no hole", card.ord + 1)
        return ForeignNote(
            note_id(note.guid), note.guid, note.id, cards[0].deck, note.tags, text, self.text(back.html)
        )  # fmt: skip

    def basic(self, note: AnkiNote, type_: NoteType, cards: list[AnkiCard]) -> ForeignNote:
        sides = []
        for card in cards:
            try:
                if not 0 <= card.ord < len(type_.templates):
                    raise Unfit("its template is not in the package")
                template = type_.templates[card.ord]
                sides.append(self.sides(card.ord, template, _fields(note, type_, template, card.deck)))
            except Unfit as unfit:
                self.leave_out(note, str(unfit), card.ord + 1)
        return ForeignNote(
            note_id(note.guid), note.guid, note.id, cards[0].deck, note.tags, cards=tuple(sides)
        )  # fmt: skip

    def sides(self, ord_: int, template: Template, fields: Mapping[str, str]) -> Sides:
        front = templates.filled(template.front, fields)
        asked = self.text(front.html) if front.shown else ""
        if not asked:
            raise Unfit("its front is empty")
        answer = self.text(templates.added(front, template.back, fields))
        if not answer:
            raise Unfit("its back is empty")
        return Sides(ord_, asked, answer)

    def text(self, html: str, *, holes: bool = False) -> str:
        """HTML as Markdown; what it shows and lacks is noted."""
        shown = PICTURE.sub(self.picture, html) if "<" in html else html
        made = markdown.with_holes(shown) if holes else markdown.side(shown.strip())
        self.found.sounds += made.sounds
        self.found.no_pictures += shown.count(NO_PICTURE)
        self.found.pictures.update(map(_named, PICTURE.finditer(shown)))
        return made.markdown

    def picture(self, match: re.Match[str]) -> str:
        return match[0] if _named(match) in self.pictures else NO_PICTURE


def _named(match: re.Match[str]) -> str:
    """The file that a picture in HTML shows."""
    return unquote(unescape("".join(match.groups(""))))


def _fields(note: AnkiNote, type_: NoteType, template: Template, deck: str) -> Mapping[str, str]:
    """The fields of a note and the special ones, in HTML."""
    special = {
        "Tags": " ".join(note.tags), "Deck": deck, "Subdeck": deck.rpartition("::")[2], "Type": type_.name,
        "Card": template.name,
    }  # fmt: skip
    own = dict(zip(type_.fields, note.fields, strict=False))
    return {name: escape(value) for name, value in special.items()} | own
