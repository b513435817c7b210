"""Packages for tests, as another program than ours writes them: notes of Anki's own types, media, answers."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import genanki

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

BASIC, REVERSED = genanki.BASIC_MODEL, genanki.BASIC_AND_REVERSED_CARD_MODEL
TYPED, CLOZE = genanki.BASIC_TYPE_IN_THE_ANSWER_MODEL, genanki.CLOZE_MODEL
BEGAN = 1_700_010_000  # 2023-11-15 01:00 UTC: 04:00 at three hours east of it
PIXEL = b"\x89PNG\r\n\x1a\n pixel"
DAY = 86_400_000


def note(guid: str, model: genanki.Model, *fields: str, tags: Sequence[str] = ()) -> genanki.Note:
    return genanki.Note(model, [*fields, *[""] * (len(model.fields) - len(fields))], guid=guid, tags=list(tags))


def collection(
    decks: Mapping[str, Sequence[genanki.Note]], answers: Sequence[tuple[str, int, int, int]] = (), *, also: str = ""
) -> bytes:
    """A collection of schema 11. `answers` are (GUID, number of the card from 0, milliseconds after BEGAN, button);
    `also` is SQL to run at the end."""
    made = []
    for name, notes in decks.items():
        deck = genanki.Deck(1_500_000_000_000 + len(made), name)
        for each in notes:
            deck.add_note(each)
        made.append(deck)
    with closing(sqlite3.connect(":memory:")) as db:
        genanki.Package(made).write_to_db(db.cursor(), 1_700_000_000, count(1_700_000_000_000))
        db.execute("UPDATE col SET crt = ?, conf = json_set(conf, '$.creationOffset', -180)", (BEGAN,))
        cards = db.execute("SELECT guid, ord, cards.id FROM cards JOIN notes ON notes.id = nid")
        ids = {(guid, ord_): id_ for guid, ord_, id_ in cards}
        rows = [
            (BEGAN * 1000 + after, ids[guid, ord_], button)
            for guid, ord_, after, button in answers
            if (guid, ord_) in ids
        ]
        db.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 0, 2500, 4000, 1)", rows)
        db.executescript(also)
        db.commit()
        return db.serialize()


def package(path: Path, collection: bytes, media: Mapping[str, bytes] | None = None) -> Path:
    media = media or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip_:
        zip_.writestr("collection.anki2", collection)
        zip_.writestr("media", json.dumps({str(place): name for place, name in enumerate(media)}))
        for place, content in enumerate(media.values()):
            zip_.writestr(str(place), content)
    return path
