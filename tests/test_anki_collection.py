"""A collection of Anki, read from either of the ways in which it keeps its decks and note types."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from rung.anki.archive import Unreadable
from rung.anki.collection import LAST, AnkiCard, Answer, Collection, Note, NoteType, Template, read

CORE = """
    CREATE TABLE col (crt, ver, conf, models, decks);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, guid, mid, flds, tags);
    CREATE TABLE cards (id INTEGER PRIMARY KEY, nid, ord, did, odid);
    CREATE TABLE revlog (id INTEGER PRIMARY KEY, cid, ease, time, type);
"""
TABLES = """
    CREATE TABLE decks (id INTEGER PRIMARY KEY, name);
    CREATE TABLE notetypes (id INTEGER PRIMARY KEY, name, config);
    CREATE TABLE fields (ntid, ord, name);
    CREATE TABLE templates (ntid, ord, name, config);
    CREATE TABLE config (key PRIMARY KEY, val);
"""
NOTES = [(22, "second", 8, "{{c1::a}}", ""), (21, "first", 7, "Why?\x1f\x1fSo.", " eu  geo::x ")]
CARDS = [(33, 22, 0, 2, 0), (32, 21, 1, 9, 1), (31, 21, 0, 5, 0)]  # the second is out of its deck for a while
LOG = [
    (0, 31, 3, 5, 1), (1, 31, 1, -5, 0), (1000 * LAST, 31, 4, 86_400_001, 3), (1000 * LAST + 1, 31, 3, 5, 1),
    (77, 32, 0, 86_400_000, 4), (76, 32, 2, 0, 2),
]  # fmt: skip
READ = Collection(
    began=5,
    west=-180,
    types={
        7: NoteType(
            7, "Words", False, ("Front", "Middle", "Back"),
            (Template("Read", "{{Front}}", "{{Back}}"), Template("Say", "{{Back}}", "")),
        ),
        8: NoteType(8, "Holes", True, ("Text",), (Template("Hole", "{{cloze:Text}}", "ö"),)),
        9: NoteType(9, "Bare", False, (), ()),
    },
    notes=(
        Note(21, "first", 7, ("Why?", "", "So."), ("eu", "geo::x")),
        Note(22, "second", 8, ("{{c1::a}}",), ()),
    ),
    cards=(AnkiCard(31, 21, 0, "Default"), AnkiCard(32, 21, 1, "One"), AnkiCard(33, 22, 0, "Top::Two")),
    answers=(
        Answer(1, 31, 1, 0, 0), Answer(76, 32, 2, 0, 2), Answer(77, 32, 0, 86_400_000, 4),
        Answer(1000 * LAST, 31, 4, 86_400_000, 3),
    ),
)  # fmt: skip


def made(began=5, ver=11, conf=None, models=None, decks=None, *, tables=None):
    """A collection; `tables` are the rows of those of the newer schema, by name."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(CORE + (TABLES if tables is not None else ""))
        db.execute("INSERT INTO col VALUES (?, ?, ?, ?, ?)", (began, ver, *map(json.dumps, (conf, models, decks))))
        for name, rows in {"notes": NOTES, "cards": CARDS, "revlog": LOG, **(tables or {})}.items():
            db.executemany(f"INSERT INTO {name} VALUES ({','.join('?' * len(rows[0]))})", rows)
        db.commit()
        return db.serialize()


def sides(*templates):
    return [{"ord": ord_, "name": name, "qfmt": front, "afmt": back} for ord_, name, front, back in templates]


MODELS = {
    "7": {
        "name": "Words",
        "type": 0,
        "flds": [{"ord": 1, "name": "Middle"}, {"ord": 0, "name": "Front"}, {"ord": 2, "name": "Back"}],
        "tmpls": sides((1, "Say", "{{Back}}", ""), (0, "Read", "{{Front}}", "{{Back}}")),
    },
    "8": {
        "name": "Holes",
        "type": 1,
        "flds": [{"ord": 0, "name": "Text"}],
        "tmpls": sides((0, "Hole", "{{cloze:Text}}", "ö")),
    },
    "9": {"name": "Bare", "flds": [], "tmpls": []},
}
OLD = {"conf": {"creationOffset": -180}, "models": MODELS, "decks": {"1": {"name": "One"}, "2": {"name": "Top::Two"}}}


def message(*texts):
    """A protobuf message of (number, text)."""
    return b"".join(bytes([number << 3 | 2, len(text.encode())]) + text.encode() for number, text in texts)


NEW = {
    "decks": [(1, "One"), (2, "Top\x1fTwo")],
    "notetypes": [(7, "Words", b"\x08\x00\x10\x01"), (8, "Holes", b"\x10\x00\x08\x01"), (9, "Bare", b"")],
    "fields": [(8, 0, "Text"), (7, 1, "Middle"), (7, 0, "Front"), (7, 2, "Back")],
    "templates": [
        (8, 0, "Hole", message((3, "other"), (2, "ö"), (1, "{{cloze:Text}}"))),
        (7, 1, "Say", message((1, "{{Back}}"))),
        (7, 0, "Read", message((1, "{{Front}}"), (2, "{{Back}}"))),
    ],
    "config": [("creationOffset", b"-180"), ("other", b"7")],
}


@pytest.mark.parametrize(
    "collection", [made(**OLD), made(**OLD, ver=14), made(ver=15, tables=NEW), made(ver=18, tables=NEW)]
)
def test_all_of_a_collection_is_read(collection):
    assert read(collection) == READ


def test_numbers_that_another_program_wrote_as_it_likes_are_whole_ones():
    log = [(5, 31, "3", 1500.5, 1), (6, 32, 2, 7, 0)]
    answers = read(made(**OLD, tables={"revlog": log})).answers
    assert answers == (Answer(5, 31, 3, 1500, 1), Answer(6, 32, 2, 7, 0))
    assert {type(each) for answer in answers for each in answer} == {int}


@pytest.mark.parametrize("west", [None, 0, -1440, 1440])
def test_how_far_its_time_is_from_utc_need_not_be_told(west):
    config = [] if west is None else [("creationOffset", str(west).encode())]
    assert read(made(**OLD | {"conf": {} if west is None else {"creationOffset": west}})).west == west
    assert read(made(ver=15, tables=NEW | {"config": [*config, ("other", b"7")]})).west == west


@pytest.mark.parametrize("began", [0, LAST])
def test_it_begins_on_any_day_of_a_calendar(began):
    assert read(made(**OLD, began=began)).began == began


@pytest.mark.parametrize(
    "wrong",
    [
        {"began": -1}, {"began": LAST + 1}, {"conf": {"creationOffset": 1441}}, {"conf": {"creationOffset": -1441}},
        {"models": {"7": {"name": "Words"}}}, {"decks": {"one": {"name": "One"}}},
    ],
)  # fmt: skip
def test_what_anki_does_not_write_is_refused(wrong):
    told = "its collection is not as Anki writes them; in Anki run Tools ▸ Check Database, then export it again"
    with pytest.raises(Unreadable, match=f"^{told}$"):
        read(made(**OLD | wrong))


def test_halves_of_characters_are_lost():
    words = {"7": MODELS["7"] | {"name": "a\ud800b"}, **{id_: MODELS[id_] for id_ in "89"}}
    assert read(made(**OLD | {"models": words})).types[7].name == "a?b"
