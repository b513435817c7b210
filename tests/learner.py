"""What a learner does in the tests of the store, in few words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from functools import cache, reduce
from pathlib import Path
from tempfile import TemporaryDirectory

from rung import recall
from rung.devices import synced
from rung.model import Card, Deck, Kind
from rung.store import CardFile, Store

MONDAY = date(2026, 11, 23)
HERE = "ws"  # the workspace


def day(number):
    return MONDAY + timedelta(days=number)


def card(name, deck="one", **more):
    id_ = f"{deck}/{name}"
    given = {"kind": "recall", "note_type": "fact", "family": id_, "title": "T", "content": ("Why?", "So.")} | more
    return Card(id_, deck=deck, **given)


def new_store(path):
    """Put a store at a path in which there is nothing yet: a copy, as to make one takes as long as many a test."""
    path.touch(0o600)
    path.write_bytes(_empty())


@cache
def _empty():
    with TemporaryDirectory() as folder:
        path = Path(folder, "rung.db")
        Store.open(path).close()
        return path.read_bytes()


def put(store, *decks, workspace=HERE, time=1):
    """Take over decks, each given as its cards."""
    files = [
        CardFile(f"{cards[0].deck}.jsonl", Deck(cards[0].deck, "A deck", "Course", "4.1"), cards) for cards in decks
    ]
    store.sync_cards(workspace, {file.path: (time, 1) for file in files}, files)


def answer(store, id_, grade, on=0, kind=Kind.REVIEW, now=0, **more):
    return store.record(kind, now=now, day=day(on), card=id_, grade=grade, **more)


def strength(*answers, seeded=None):
    """What is remembered after answers, each (day number, grade)."""
    return reduce(lambda held, answer: recall.answered(held, answer[1], day(answer[0])), answers, seeded)


def do(store, kind, id_, on=0, **detail):
    return store.record(kind, now=0, day=day(on), card=id_, detail=detail)


def ids(waiting):
    return [each.card for each in waiting]


def grades(path):
    """Those of the answers in the store at a path, in their order."""
    with Store.open(path) as store:
        return [event.grade for event in store.events()]


def spoilt(path, table):
    """Write over the first page of a table."""
    with closing(sqlite3.connect(path)) as store:
        (page,) = store.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes([0xA5]) * 4096)


# ── several devices ──────────────────────────────────────────────────────────────────────────────


def file_of(store, folder):
    return folder / f"{store.device}.jsonl"


def told(done):
    """(rows that came in, rows that went out, problems as `line: message`)."""
    return sum(done.came.values()), done.went, [f"{each.where.line}: {each.message}" for each in done.problems]


def log(store):
    return [(event.card, event.grade, event.at) for event in store.events() if event.kind is not Kind.VOID]


def all_meet(stores, folder):
    """Sync until nobody has anything new; all have the same then, and nothing to say."""
    for _ in range(5):
        last = [synced(store, folder) for store in stores]
    assert [told(done) for done in last] == [(0, 0, [])] * len(stores)
    assert all(list(store.log()) == list(stores[0].log()) for store in stores)
    cards = {event.card for event in stores[0].log()}
    assert all(store.standings(cards) == stores[0].standings(cards) for store in stores)
    assert [store.check() for store in stores] == [[]] * len(stores)
