"""Stores that earlier versions of the schema wrote are opened by this one, and nothing of them is lost.

`data/store-version-N.sql` was dumped from a store that the code of its time wrote: the same learner, each time. A new
version of the schema brings a dump of its own, written before it is raised.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from learner import HERE, answer, day
from rung.model import Kind
from rung.store import Store, StoreError, database, schema

DUMPS = sorted((Path(__file__).parent / "data").glob("store-version-*.sql"))
LOG = """
    SELECT id, sequence, at, day, kind, card, grade, took, detail FROM events JOIN devices ON number = device
    ORDER BY id, sequence
"""


def version(dump):
    return int(dump.stem.rpartition("-")[2])


SCHEMA = "SELECT type, name, trim(sql) FROM sqlite_schema ORDER BY type, name"
MEMORY = "SELECT root, interval, repetitions, ease, due, lapses, flag, suspended FROM memory ORDER BY root"


def restored(dump, path):
    """The log and the memory of a dumped store, which is at `path` now."""
    with closing(sqlite3.connect(path)) as old:
        old.executescript(dump.read_text("utf-8"))
        return old.execute(LOG).fetchall(), old.execute(MEMORY).fetchall()


def test_there_is_a_store_of_every_earlier_version():
    assert set(map(version, DUMPS)) >= set(range(1, database.VERSION))


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_a_store_of_an_earlier_version_is_brought_up_to_date_with_all_it_holds(dump, path):
    rows, memory = restored(dump, path)
    assert (len(rows), len(memory)) == (13, 5)
    with Store.open(path) as store:
        assert store.database.value("PRAGMA user_version") == database.VERSION
        assert store.database.rows(LOG) == rows
        assert store.check() == []
        assert store.database.rows(MEMORY) == memory
        assert store.standing("one/a").flag == 2
        assert store.standing("one/c").suspended
        assert [(deck.id, deck.on, deck.cards) for deck in store.decks(HERE, day(9))] == [
            ("one", True, 3),
            ("two", False, 1),
        ]
        assert len(store.voided()) == 1
        assert store.card(HERE, "two/old") == store.card(HERE, "two/d")
        assert store.sent() == ({"guid-1": {"ab12"}, "guid-2": {"cd34"}} if version(dump) >= 2 else {})
        answer(store, "one/a", 4, on=20)
        assert store.check() == []
        tables = store.database.rows(SCHEMA)
    with Store.open(path.with_name("new.db")) as new:
        assert tables == new.database.rows(SCHEMA)
    with Store.open(path) as store:  # which has a sum over its log now
        assert len(list(store.log())) == len(rows) + 1
        assert store.check() == []


@pytest.mark.parametrize(
    "dump", [dump for dump in DUMPS if version(dump) < database.VERSION], ids=lambda dump: dump.stem
)
def test_what_a_migration_began_with_is_kept_beside(dump, path):
    rows, _ = restored(dump, path)
    Store.open(path).close()
    (kept,) = path.parent.glob(f"rung.db.*.version-{version(dump)}.backup")
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version(dump),)
        assert old.execute(LOG).fetchall() == rows


def test_a_store_that_another_program_brought_up_to_date_meanwhile_is_left_as_it_is(path):
    with Store.open(path) as store:
        schema.migrate(store.database)
    assert [file.name for file in path.parent.iterdir()] == ["rung.db"]


def test_no_index_is_kept_that_nothing_asks(path):
    with Store.open(path) as store:
        kept = store.database.rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1")
    assert [name for (name,) in kept] == [
        "aliases_root", "cards_deck", "cards_path", "cards_root", "events_card", "events_day", "events_void", "memory_due",
    ]  # fmt: skip


@pytest.mark.parametrize("known", [version(dump) for dump in DUMPS])
def test_an_earlier_rung_refuses_a_store_of_this_version(path, monkeypatch, known):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
    newest = database.VERSION
    with monkeypatch.context() as earlier:
        earlier.setattr(database, "VERSION", known)
        if known < newest:
            told = (
                rf"was written by a newer Rung \(version {newest} of the store, this one knows {known}\); update Rung"
            )
            with pytest.raises(StoreError, match=told):
                Store.open(path)
    with Store.open(path) as store:
        assert list(store.events()) == [event]
        assert event.kind is Kind.REVIEW
