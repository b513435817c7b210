"""A store put back from a backup: nothing acknowledged is lost, and whatever stands in the way is told."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from learner import answer, grades, spoilt
from rung.store import Store, StoreError, backups
from rung.store.database import check_readable

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_what_may_be_put_back_comes_newest_first_and_what_was_replaced_last(path, tmp_path):
    def there(name, when):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (when.timestamp(), when.timestamp()))
        return tmp_path / name

    older = there("rung.db.20261120T120000000000.daily.backup", NOON)
    own = there("rung-2026-11-20.db", NOON - timedelta(hours=1))
    replaced = there("rung.db.20261122T120000000000.before-restore.backup", NOON)
    first_replaced = there("rung.db.20261121T120000000000.before-restore.backup", NOON)
    newest = there("rung.db.20261121T113000000000.before-import.backup", NOON)
    there("rung-2026-11-2.db", NOON), there("other-2026-11-20.db", NOON), there("rung-notes.db", NOON)
    (tmp_path / "rung-2026-11-19.db").mkdir()
    assert backups.to_restore(path) == [newest, own, older, replaced, first_replaced]


def test_a_store_comes_back_and_what_was_there_is_kept(path, tmp_path):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
        backups.copy(path, tmp_path / "copy.db")
        answer(store, "one/b", 1)
        before = backups.restored(path, tmp_path / "copy.db")
        assert [event.grade for event in store.events()] == [4], "whoever has it open goes on with what is new"
    assert before in {each.path for each in backups.beside(path) if each.why == "before-restore"}
    assert grades(before) == [4, 1]
    assert grades(path) == [4]
    assert not list(tmp_path.glob("*.part"))


def test_what_a_restore_left_that_was_killed_goes_with_the_next_backup(path, tmp_path):
    with Store.open(path) as store:
        answer(store, "one/a", 3)
    half = tmp_path / "rung.db.20261120T120000000000.restore.backup.part"
    half.write_text("half")
    os.utime(half, (0, 0))
    backups.copy_beside(path, "daily")
    assert not half.exists()


def test_what_is_answered_while_a_store_is_put_back_is_in_it_or_in_what_was_kept(path, tmp_path):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
    backups.copy(path, tmp_path / "copy.db")
    given, over = [], Event()

    def answering():
        with Store.open(path) as store:
            while not over.is_set():
                given.append(f"one/b{len(given)}")
                answer(store, given[-1], 4)

    with ThreadPoolExecutor() as pool:
        told = pool.submit(answering)
        while len(given) < 3:
            time.sleep(0.001)
        before = backups.restored(path, tmp_path / "copy.db")
        over.set()
        told.result()
    kept = set()
    for each in (path, before):
        with Store.open(each) as store:
            kept |= {event.card for event in store.events()}
    assert kept == {"one/a", *given}


def test_several_restores_at_once_follow_each_other(path, tmp_path):
    for name, grade in (("rung", 1), ("two", 2), ("three", 3)):
        with Store.open(tmp_path / f"{name}.db") as store:
            answer(store, "one/a", grade)
    with ThreadPoolExecutor() as pool:
        befores = list(pool.map(lambda name: backups.restored(path, tmp_path / f"{name}.db"), ["two", "three"] * 2))
    assert all(each.name.endswith(".before-restore.backup") for each in befores)
    assert [1] in map(grades, befores)
    assert grades(path) in ([2], [3])
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(("room", "place"), [(1, ""), (2, r"\.\d{8}T\d{12}\.before-restore\.backup")])
def test_a_restore_that_finds_no_room_is_told_and_what_was_there_is_kept(path, tmp_path, monkeypatch, room, place):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
        backups.copy(path, tmp_path / "copy.db")
        answer(store, "one/a", 1)
    copies, connect = [], sqlite3.connect

    class Full(sqlite3.Connection):
        """There is room for the copy of the backup, or also for what comes of it in the store."""

        def backup(self, target, **more):
            copies.append(target)
            if len(copies) > room:
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise error
            super().backup(target, **more)

    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **more, factory=Full))
    told = ": cannot grow, the disk is full (database or disk is full); make room, then try again"
    with pytest.raises(StoreError, match=f"^{re.escape(str(path))}{place}{re.escape(told)}$"):
        backups.restored(path, tmp_path / "copy.db")
    monkeypatch.undo()
    assert grades(path) == [4, 1]
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("empty", [False, True])
def test_where_nothing_was_a_store_comes_and_nothing_is_kept(path, tmp_path, empty):
    with Store.open(tmp_path / "copy.db") as store:
        answer(store, "one/a", 3)
    if empty:
        path.touch()
    assert backups.restored(path, tmp_path / "copy.db") is None
    assert grades(path) == [3]
    assert backups.beside(path) == set()


def test_what_cannot_be_read_is_put_aside_with_what_belongs_to_it(path, tmp_path):
    with Store.open(tmp_path / "copy.db") as store:
        answer(store, "one/a", 3)
    held = {"": b"no store " * 1000, "-wal": b"log"}
    for end, data in [*held.items(), ("-shm", b"index")]:
        path.with_name(path.name + end).write_bytes(data)
    aside = backups.restored(path, tmp_path / "copy.db")
    assert re.fullmatch(r"rung\.db\.\d{8}T\d{12}\.damaged", aside.name)
    assert {end: aside.with_name(aside.name + end).read_bytes() for end in held} == held
    assert aside.with_name(aside.name + "-shm").exists()  # SQLite wrote it anew
    assert grades(path) == [3]
    assert not list(tmp_path.glob("*.part"))


def test_a_backup_that_is_damaged_changes_nothing(path, tmp_path):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
    source = tmp_path / "copy.db"
    shutil.copy(path, source)
    spoilt(source, "events")
    assert (backups.sound(path), backups.sound(source)) == (True, False)
    with pytest.raises(StoreError, match=re.escape(f"{source}: is damaged; restore another backup")):
        backups.restored(path, source)
    assert grades(path) == [4]
    assert backups.beside(path) == set()
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (sqlite3.DatabaseError("database disk image is malformed"), sqlite3.SQLITE_CORRUPT, ""),
        (sqlite3.OperationalError("SQL logic error"), sqlite3.SQLITE_ERROR, ""),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), None, ""),
        (sqlite3.OperationalError("disk I/O error"), sqlite3.SQLITE_IOERR,
         "cannot be read or written (disk I/O error); see whether the disk is full or failing"),
    ],
)  # fmt: skip
def test_a_check_that_fails_is_damage_or_told(path, monkeypatch, error, code, told):
    Store.open(path).close()
    connect = sqlite3.connect
    if code:
        error.sqlite_errorcode = code

    class Failing(sqlite3.Connection):
        def execute(self, sql, *values):
            if "integrity_check" in sql:
                raise error
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **more, factory=Failing))
    if told:
        with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: {told}')}$"):
            backups.sound(path)
    else:
        assert not backups.sound(path)


def test_a_store_that_another_program_holds_is_neither_damaged_nor_put_aside(path, tmp_path, monkeypatch):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
        backups.copy(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("INSERT INTO meta VALUES ('a', 'b')")  # so that there is something in the log beside it
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0}))
        told = "is locked by another program (database is locked); let it finish or close it, then try again"
        for ask in (backups.sound, check_readable, lambda path: backups.restored(path, tmp_path / "copy.db")):
            with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: {told}')}$"):
                ask(path)
    assert grades(path) == [4]
    assert not list(tmp_path.glob("*.damaged*"))


def test_a_store_that_is_held_with_nothing_written_is_told_by_its_name_too(path, tmp_path, monkeypatch):
    with Store.open(path):
        backups.copy(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0}))
        with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: is locked by another program')}"):
            backups.sound(path)


@pytest.mark.parametrize("how", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_restore_ends_where_another_program_writes_and_leaves_all_as_it_was(path, tmp_path, monkeypatch, how):
    """SQLite's copying tells that it is locked, and Python would then try again for ever."""
    with Store.open(path) as store:
        backups.copy(path, tmp_path / "copy.db")
        answer(store, "one/a", 4)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(how)
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0}))
        told = f"{path}: is locked by another program; let it finish or close it, then try again"
        with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
            backups.restored(path, tmp_path / "copy.db")
    assert grades(path) == [4]
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_of_a_file_that_is_locked_meanwhile_ends(path, tmp_path, monkeypatch):
    with Store.open(path):
        backups.copy(path, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db", isolation_level=None)) as other:
        connect, opened = sqlite3.connect, []

        def locking(*args, **more):
            opened.append(connect(*args, **{**more, "timeout": 0}))
            if len(opened) == 2:  # both files of the copy are open
                other.execute("BEGIN EXCLUSIVE")
            return opened[-1]

        monkeypatch.setattr(sqlite3, "connect", locking)
        told = f"{tmp_path / 'copy.db'}: is locked by another program; let it finish or close it, then try again"
        with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
            backups.copy(tmp_path / "copy.db", tmp_path / "another.db")
    assert sorted(each.name for each in tmp_path.glob("another*")) == []


def test_what_cannot_be_put_aside_is_told_and_stays(path, tmp_path, monkeypatch):
    with Store.open(tmp_path / "copy.db") as store:
        answer(store, "one/a", 3)
    path.write_bytes(b"no store " * 1000)
    replace = type(path).replace

    def refused(old, new):
        if "damaged" in str(new):
            raise PermissionError(13, "Permission denied")
        return replace(old, new)

    monkeypatch.setattr(type(path), "replace", refused)
    monkeypatch.setattr(os, "link", refused)
    told = f"{path}: cannot be put aside: Permission denied; do that yourself, then try again"
    with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
        backups.restored(path, tmp_path / "copy.db")
    assert path.read_bytes() == b"no store " * 1000
