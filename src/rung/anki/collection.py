"""What stands in a package of Anki: its notes, their cards, and the log of answers, whatever the format."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, starmap
from typing import TYPE_CHECKING, Any, NamedTuple

from rung.anki import archive
from rung.anki.archive import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DAY = 24 * 60  # minutes
LAST = 32_503_680_000  # the UTC second at which the year 3000 begins
PAGE = 1000  # rows read at a time
SCHEMA_OF_TABLES = 15  # from here on decks and note types have tables of their own, before they are JSON


@dataclass(frozen=True, slots=True)
class Template:
    """How the cards of one kind are made of a note's fields."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type: the names of its fields, and its templates by their number; a cloze type has one for all holes."""

    id: int
    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


class Note(NamedTuple):
    """A note: its fields in HTML, in the order of its type."""

    id: int
    guid: str
    type: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]


class AnkiCard(NamedTuple):
    """A card: `ord` is the number of its template, or of its hole less one; `deck` its home, with `::` between levels."""

    id: int
    note: int
    ord: int
    deck: str


class Answer(NamedTuple):
    """A row of Anki's log. `id` is the UTC instant in milliseconds; `button` 1 to 4, 0 for what is no answer; `kind` is
    0 for a card being learnt, 1 for a review, 2 for one being relearnt, 3 in a filtered deck, 4 and 5 by hand."""

    id: int
    card: int
    button: int
    took: int
    kind: int


@dataclass(frozen=True, slots=True)
class Collection:
    """All of it. `began` is the UTC second of its first day's turn, by which Anki counts its days; `west` by how many
    minutes its time is behind UTC, None where it does not say."""

    began: int
    west: int | None
    types: Mapping[int, NoteType]
    notes: tuple[Note, ...]
    cards: tuple[AnkiCard, ...]
    answers: tuple[Answer, ...]


def read(collection: bytes) -> Collection:
    """The collection in a SQLite file; raises Unreadable."""
    with closing(archive.database(collection)) as db:
        try:
            began, schema = db.execute("SELECT crt, ver FROM col").fetchone()
            by_table = schema >= SCHEMA_OF_TABLES
            types = dict(_types_of_tables(db) if by_table else _types_of_json(db))
            decks = dict(_decks_of_tables(db) if by_table else _decks_of_json(db))
            return Collection(
                _instant(began),
                _west(db, by_table),
                types,
                tuple(_note(row) for row in db.execute("SELECT id, guid, mid, flds, tags FROM notes ORDER BY id")),
                tuple(
                    AnkiCard(int(id_), int(note), int(ord_), decks.get(deck, "Default"))
                    for id_, note, ord_, deck in db.execute(
                        "SELECT id, nid, ord, CASE WHEN odid THEN odid ELSE did END FROM cards ORDER BY nid, ord"
                    )
                ),
                tuple(_answers(db)),
            )
        except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            what = "its collection is not as Anki writes them"
            raise Unreadable(f"{what}; in Anki run Tools ▸ Check Database, then export it again") from None


def _instant(began: Any) -> int:
    """A UTC second; raises ValueError for one that no calendar has."""
    if not 0 <= int(began) <= LAST:
        raise ValueError
    return int(began)


def _west(db: sqlite3.Connection, by_table: bool) -> int | None:
    name = "creationOffset"
    if by_table:
        row = db.execute("SELECT val FROM config WHERE key = ?", (name,)).fetchone()
        west = json.loads(row[0]) if row else None
    else:
        (text,) = db.execute("SELECT conf FROM col").fetchone()
        west = json.loads(text).get(name)
    if west is not None and abs(int(west)) > DAY:
        raise ValueError
    return None if west is None else int(west)


def _note(row: tuple[Any, ...]) -> Note:
    id_, guid, type_, fields, tags = row
    return Note(id_, str(guid), type_, tuple(str(fields).split("\x1f")), tuple(str(tags).split()))


def _answers(db: sqlite3.Connection) -> Iterator[Answer]:
    rows = db.execute(
        """
        SELECT id, cid, ease, max(0, min(time, 86400000)), type FROM revlog WHERE id BETWEEN 1 AND ?
        ORDER BY id
        """,
        (1000 * LAST,),
    )
    while page := rows.fetchmany(PAGE):
        whole = {*map(type, chain.from_iterable(page))} == {int}  # as they are wherever nobody meddled
        yield from starmap(Answer, page if whole else (map(int, row) for row in page))


# ── decks and note types, as JSON and as tables ──────────────────────────────────────────────────


def _decks_of_json(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    (text,) = db.execute("SELECT decks FROM col").fetchone()
    for id_, deck in json.loads(text).items():
        yield int(id_), _words(deck["name"])


def _decks_of_tables(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    for id_, name in db.execute("SELECT id, name FROM decks"):
        yield id_, name.replace("\x1f", "::")


def _types_of_json(db: sqlite3.Connection) -> Iterator[tuple[int, NoteType]]:
    (text,) = db.execute("SELECT models FROM col").fetchone()
    for id_, told in json.loads(text).items():
        fields = sorted(told["flds"], key=lambda each: each["ord"])
        templates = sorted(told["tmpls"], key=lambda each: each["ord"])
        yield (
            int(id_),
            NoteType(
                int(id_),
                _words(told["name"]),
                told.get("type") == 1,
                tuple(_words(each["name"]) for each in fields),
                tuple(Template(*(_words(each[key]) for key in ("name", "qfmt", "afmt"))) for each in templates),
            ),
        )


def _types_of_tables(db: sqlite3.Connection) -> Iterator[tuple[int, NoteType]]:
    fields: dict[int, list[str]] = {}
    for type_, name in db.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_, []).append(_words(name))
    templates: dict[int, list[Template]] = {}
    for type_, name, config in db.execute("SELECT ntid, name, config FROM templates ORDER BY ntid, ord"):
        told = dict(archive.fields(config))
        templates.setdefault(type_, []).append(Template(_words(name), _text(told.get(1)), _text(told.get(2))))
    for type_, name, config in db.execute("SELECT id, name, config FROM notetypes"):
        cloze = dict(archive.fields(config)).get(1) == 1
        yield type_, NoteType(type_, _words(name), cloze, tuple(fields.get(type_, ())), tuple(templates.get(type_, ())))


def _words(value: Any) -> str:
    """A text, whatever JSON had in its place; halves of characters are lost."""
    return str(value).encode("utf-8", "replace").decode()


def _text(value: int | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else ""
