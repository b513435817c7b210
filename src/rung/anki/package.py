"""Write an Anki package. genanki supplies the schema, the note types and the notes; its rows are written in bulk.

The same cards give the same bytes (on one version of SQLite and zlib): ids follow from names, no clock is read.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from functools import cached_property, lru_cache
from html import escape
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import genanki

from rung import cards as kinds
from rung import text
from rung.anki import names
from rung.anki.history import NEW, State, state
from rung.anki.identity import guid, ordinal
from rung.anki.types import template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rung.anki.history import Learned
    from rung.model import Card, Deck

HOLE = re.compile(r"\{\{c([\d,]+)::")  # as Anki reads it: also inside another hole, also several numbers
COMMAND = re.compile(r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)  # what Anki plays or runs in a field
SHOWN = re.compile(r'<img src="([^"]+)"')
NO_MEDIA: Mapping[str, Path] = MappingProxyType({})
ROW_OF = attrgetter("type", "queue", "due", "interval", "ease", "answers", "lapses", "flag", "data")  # of a State
FAST = 1  # of zlib's levels: half the time of its default, a twentieth more bytes


@dataclass(frozen=True, slots=True)
class Written:
    """How much a package holds."""

    decks: int
    notes: int
    cards: int


def write(
    path: Path,
    decks: Sequence[tuple[Deck, Sequence[Card]]],
    types: Mapping[str, int],
    media: Mapping[str, Path] = NO_MEDIA,
    *,
    retired: bool = False,
    learned: Learned | None = None,
) -> Written:
    """Write the living cards of `decks` as an Anki package, new cards in the order given: a note a part.

    With `learned`, the cards carry their due days and their log, which Anki takes with a card's first import only. With
    `retired`, only the notes that have vanished, tagged, for those who imported them earlier. `types` is the UTC
    second at which the note type of each card kind last changed; `media` are the pictures by name, of which those that
    are shown come along. A file at `path` is replaced as a whole or not at all.
    Raises OSError with `path`, KeyError for a kind that `types` lacks, and ValueError for cards that make no sound note.
    """
    written = notes(decks, retired=retired)
    pictures = {name: media[name].read_bytes() for name in sorted(shown(written) & media.keys())}
    _replace(path, _package(_collection(written, types, learned), pictures))
    return Written(
        len({note.deck.casefold() for note in written}), len(written), sum(len(note.holes) for note in written)
    )


def notes(decks: Sequence[tuple[Deck, Sequence[Card]]], *, retired: bool = False) -> list[Note]:
    """The notes of all living cards, or of what has vanished. Raises as `write` does."""
    parts = [(deck, part) for deck, cards in decks for part in _parts(cards, retired)]
    models = {kind: _model(kind) for kind in {part[0].kind for _, part in parts}}
    found = [Note(deck, part, models[part[0].kind], retired=retired) for deck, part in parts]
    _refuse_twins(found)
    return found


def shown(notes: Iterable[Note]) -> frozenset[str]:
    """The names of the pictures in notes."""
    return frozenset(name for note in notes for field in note.fields for name in SHOWN.findall(field))


def _parts(cards: Iterable[Card], retired: bool) -> Iterator[Sequence[Card]]:
    """The cards of each part that is to be written; where all are retired, those of its last text come first."""
    parts: dict[str, list[Card]] = {}
    for card in cards:
        parts.setdefault(card.part, []).append(card)
    for part in parts.values():
        living = [card for card in part if not card.retired]
        if retired and not living:
            yield sorted(part, key=lambda card: -card.changed)
        elif living and not retired:
            yield living


def _refuse_twins(notes: Iterable[Note]) -> None:
    seen: dict[str, str] = {}
    for note in notes:
        if note.guid in seen:
            raise ValueError(f"{seen[note.guid]} and {note.part} were born with the same id")
        seen[note.guid] = note.part


# ── notes and their types ────────────────────────────────────────────────────────────────────────


class Note(genanki.Note):  # type: ignore[misc]  # genanki is untyped
    """The note of one part, with a time of its own. Raises ValueError where its text makes other cards than the part has.

    genanki overlooks a hole inside a hole, and lets a note without cards pass; Anki would mend both by surprise.
    """

    def __init__(self, deck: Deck, part: Sequence[Card], model: genanki.Model, *, retired: bool) -> None:
        card = part[0]
        super().__init__(
            model,
            _fields(deck, part, model),
            tags=sorted({tag for card in part for tag in names.tags(card, retired=retired)}),
            guid=guid(card),
        )
        self.part, self.kind = card.part, card.kind
        self.roots = {ordinal(card) + 1: card.root for card in part}
        self.deck = names.deck_name(deck)
        self.mod = max(card.changed for card in part)
        wanted = sorted(self.roots)
        if not self.holes or (self.holes != wanted and not retired):
            raise ValueError(f"{self.part}: its text makes the cards {self.holes}, not {wanted}")

    @property
    def named(self) -> dict[str, str]:
        """Its fields by name."""
        return {field["name"]: value for field, value in zip(self.model.fields, self.fields, strict=True)}

    @cached_property
    def holes(self) -> list[int]:
        """The numbers of its cards, from 1."""
        if self.model.model_type != genanki.Model.CLOZE:
            return [card.ord + 1 for card in self.cards]
        return sorted({int(number) for found in HOLE.findall(self.fields[0]) for number in found.split(",") if number})


def _fields(deck: Deck, part: Sequence[Card], model: genanki.Model) -> list[str]:
    card = part[0]
    filled = {
        "Title": _inline(card.title),
        "Source": escape(text.visible(deck.source)),
        "Id": escape(card.part),
        **kinds.kind(card.kind).fields(part),
    }
    return [_harmless(filled.get(field["name"], "")) for field in model.fields]


def _model(kind: str) -> genanki.Model:
    anki, looks = kinds.kind(kind).ANKI, template(kind)
    return genanki.Model(
        anki.id,
        anki.name,
        [{"name": name, "id": number} for name, number in anki.fields],
        [{"name": anki.name, "id": anki.template_id, "qfmt": looks.front, "afmt": looks.back}],
        looks.css,
        genanki.Model.CLOZE if anki.cloze else genanki.Model.FRONT_BACK,
    )


def _harmless(html: str) -> str:
    """`html` without the bracketed commands that Anki runs even in a field."""
    return COMMAND.sub("&#91;", html) if "[" in html else html


@lru_cache(1024)
def _inline(title: str) -> str:
    return text.html_inline(title)


# ── rows, zip, file ──────────────────────────────────────────────────────────────────────────────


def _collection(notes: Sequence[Note], types: Mapping[str, int], learned: Learned | None) -> bytes:
    """The SQLite file of the package."""
    decks = {note.deck.casefold(): note.deck for note in reversed(notes)}  # to Anki, names in other case are the same
    deck_ids = names.numbers(decks)
    with closing(sqlite3.connect(":memory:")) as db:
        genanki.Package([]).write_to_db(db.cursor(), 0, iter(()))
        (default,) = db.execute("SELECT decks FROM col").fetchone()
        described = json.loads(default)
        for folded, name in sorted(decks.items()):
            described[str(deck_ids[folded])] = genanki.Deck(deck_ids[folded], name).to_json()
        models = {note.kind: note.model for note in notes}
        dated = {model.model_id: _described(model, types[kind]) for kind, model in sorted(models.items())}
        db.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(described), json.dumps(dated)))
        db.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')", _note_rows(notes))
        card_ids = names.numbers(f"{note.guid} {hole}" for note in notes for hole in note.holes)
        card_rows = sorted(_card_rows(notes, card_ids, deck_ids, learned))
        db.executemany("INSERT INTO cards VALUES (?,?,?,?,?,-1,?,?,?,?,?,?,?,0,0,0,?,?)", card_rows)
        if learned:
            # Of collections before its second scheduler, Anki takes the buttons for others: three to learn by, not four.
            settings = "json_set(conf, '$.schedVer', 2, '$.creationOffset', ?)"
            db.execute(f"UPDATE col SET crt = ?, conf = {settings}", (learned.began, learned.west))  # noqa: S608
            log_rows = sorted(_log_rows(notes, card_ids, learned))
            db.executemany("INSERT INTO revlog VALUES (?,?,-1,?,?,?,?,?,?)", log_rows)
        db.commit()
        return db.serialize()


def _described(model: genanki.Model, changed: int) -> dict[str, Any]:
    described: dict[str, Any] = model.to_json(changed, 1)
    if model.model_type == genanki.Model.CLOZE:
        described["req"] = [[0, "any", [0]]]  # genanki does not see through {{cloze:Text}}
    return described


def _note_rows(notes: Sequence[Note]) -> list[tuple[Any, ...]]:
    """The rows of notes, by id."""
    ids = names.numbers(note.guid for note in notes)
    return sorted(
        (ids[note.guid], note.guid, note.model.model_id, note.mod, f" {' '.join(note.tags)} ", "\x1f".join(note.fields),
         note.sort_field)
        for note in notes
    )  # fmt: skip


def _card_rows(
    notes: Sequence[Note], card_ids: Mapping[str, int], deck_ids: Mapping[str, int], learned: Learned | None
) -> Iterator[tuple[Any, ...]]:
    """The rows of cards; the `due` of a new one is the place of its note."""
    note_ids = names.numbers(note.guid for note in notes)
    for place, note in enumerate(notes, 1):
        deck = deck_ids[note.deck.casefold()]
        for hole in note.holes:
            history = learned and learned.histories.get(note.roots.get(hole, ""))
            how = state(history, place) if learned and history else State(NEW, NEW, place)
            yield card_ids[f"{note.guid} {hole}"], note_ids[note.guid], deck, hole - 1, note.mod, *ROW_OF(how)


def _log_rows(notes: Sequence[Note], card_ids: Mapping[str, int], learned: Learned) -> Iterator[tuple[int, ...]]:
    for note in notes:
        for hole, root in note.roots.items():
            for row in learned.histories[root].rows if root in learned.histories else ():
                id_, *rest = astuple(row)
                yield id_, card_ids[f"{note.guid} {hole}"], *rest


def _package(collection: bytes, pictures: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    media = json.dumps({str(number): name for number, name in enumerate(pictures)}).encode()
    numbered = ((str(number), data) for number, data in enumerate(pictures.values()))
    with ZipFile(buffer, "w") as package:
        for name, data in (("collection.anki2", collection), ("media", media), *numbered):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            package.writestr(entry, data, ZIP_DEFLATED, FAST)
    return buffer.getvalue()


def _replace(path: Path, data: bytes) -> None:
    """Put `data` at `path`, written beside it first. Raises OSError with `path`."""
    part = path.parent / f"{path.name}.{os.getpid()}.part"
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        with suppress(OSError):
            part.unlink()
