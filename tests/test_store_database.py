"""The SQLite file by itself: what is said when a question or a change fails, whichever way it was put."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils.plugins import pm

from learner import HERE, answer, card, day, ids, put
from rung.store import Store, StoreError
from rung.store.database import APPLICATION, Database, check_readable, connected, opened, raise_told

ASKED = {
    "rows": lambda database, sql: database.rows(sql),
    "each": lambda database, sql: list(database.each(sql)),
    "row": lambda database, sql: database.row(sql),
    "value": lambda database, sql: database.value(sql),
    "change": lambda database, sql: database.change(sql),
    "change_all": lambda database, sql: database.change_all(sql, []),
}


@pytest.mark.parametrize("how", ASKED)
def test_a_table_that_is_gone_is_damage_and_our_own_mistake_is_not(path, how):
    database = opened(path)
    sql = "UPDATE gone SET a = ?" if how == "change_all" else "SELECT a FROM gone"
    told = re.escape(f"{path}: is damaged (no such table: gone); restore a backup with: rung restore")
    ask = ASKED[how] if how != "change_all" else lambda database, sql: database.change_all(sql, [(1,)])
    with pytest.raises(StoreError, match=f"^{told}$"):
        ask(database, sql)
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        ask(database, "SELEKT")
    database.close()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (3, "cannot be opened (why); see whether you may read and write the file and its folder"),
        (5, "is locked by another program (why); let it finish or close it, then try again"),
        (6, "is locked by another program (why); let it finish or close it, then try again"),
        (5 | 2 << 8, "is locked by another program (why); let it finish or close it, then try again"),
        (8, "cannot be written (why); see whether you may write the file and its folder"),
        (10 | 3 << 8, "cannot be read or written (why); see whether the disk is full or failing"),
        (11, "is damaged (why); restore a backup with: rung restore"),
        (13, "cannot grow, the disk is full (why); make room, then try again"),
        (14, "cannot be opened (why); see whether you may read and write the file and its folder"),
        (26, "is no database (why); name another file, or restore a backup with: rung restore"),
        (1, ""),
        (19, ""),  # a constraint: ours to keep
        (None, ""),
    ],
)
def test_what_is_said_of_a_failure(path, code, words):
    error = sqlite3.OperationalError("why")
    if code is not None:
        error.sqlite_errorcode = code
    if not words:
        assert raise_told(path, error) is None
        return
    with pytest.raises(StoreError) as told:
        raise_told(path, error)
    assert str(told.value) == f"{path}: {words}"
    assert told.value.__cause__ is error


def test_rows_and_values_are_the_first_of_what_is_found(path):
    database = Database(path, connected(path))
    assert database.rows("SELECT ?, 2 UNION ALL SELECT 3, 4", 1) == [(1, 2), (3, 4)]
    assert list(database.each("SELECT ?, 2 UNION ALL SELECT 3, 4", 1)) == [(1, 2), (3, 4)]
    assert database.row("SELECT ?, 2 UNION ALL SELECT 3, 4", 1) == (1, 2)
    assert database.value("SELECT ?, 2 UNION ALL SELECT 3, 4", 1) == 1
    assert (database.row("SELECT 1 WHERE ?", 0), database.value("SELECT 1 WHERE ?", 0)) == (None, None)
    database.close()


def test_a_commit_outlives_a_power_cut(path):
    database = opened(path)
    assert database.value("PRAGMA synchronous") == 2  # FULL
    assert database.value("PRAGMA journal_mode") == "wal"
    database.close()


def test_all_of_a_transaction_or_nothing(path):
    database = opened(path)

    def half():
        with database.writing():
            database.change("INSERT INTO meta VALUES ('a', 'b')")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert database.value("SELECT value FROM meta WHERE key = 'a'") is None
    with database.writing():
        assert database.change("INSERT INTO meta VALUES ('a', 'b'), ('c', 'd')") == 2
    with database.reading():
        assert database.value("SELECT value FROM meta WHERE key = 'a'") == "b"
    database.close()


def test_a_file_system_without_second_names_restores_too(path, tmp_path, monkeypatch):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
        store.backup(tmp_path / "copy.db")
    path.write_bytes(b"no database")

    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    aside = Store.restore(path, tmp_path / "copy.db")
    assert aside.match("rung.db.2*.damaged")
    assert aside.read_bytes() == b"no database"
    with Store.open(path) as store:
        assert list(store.events()) == [event]


def test_drills_wait_among_the_others_only_where_that_is_wanted(path):
    cards = [card("a"), card("b", kind="drill", note_type="drill")]
    for wanted, waiting in ((True, ["one/a", "one/b"]), (False, ["one/a"])):
        with Store.open(path, drills=wanted) as store:
            put(store, cards)
            assert ids(store.new(HERE, day(0))["one"]) == waiting


def test_an_older_sqlite_is_told_and_makes_nothing(path, monkeypatch):
    for version in ((3, 36, 9), (3, 37, 0)):
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        if version < (3, 37):
            told = f"{path}: SQLite {sqlite3.sqlite_version} is too old; use a Python with SQLite 3.37 or newer"
            with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
                opened(path)
            assert not path.exists()
        else:
            opened(path).close()


def test_a_store_of_a_form_that_sqlite_does_not_know_is_damaged(path):
    opened(path).close()
    with path.open("r+b") as file:
        file.seek(44)  # where a file says of which form its tables are; SQLite has an error without a number for it
        file.write(bytes([0, 0, 0, 9]))
    told = f"{path}: is damaged (unsupported file format); restore a backup with: rung restore"
    for ask in (connected, opened):
        with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
            ask(path)


@pytest.mark.parametrize("version", [0, 4])
def test_a_store_that_another_program_holds_is_told_to_be_locked(path, version):
    """While it is looked at, or while it is to be brought up to date."""
    if version:
        opened(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    if version:
        other.execute(f"PRAGMA user_version = {version}")
    other.execute("BEGIN IMMEDIATE" if version else "BEGIN EXCLUSIVE")
    told = f"{path}: is locked by another program (database is locked); let it finish or close it, then try again"
    with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
        opened(path, timeout=0)
    other.close()


def test_a_look_at_a_store_leaves_no_trace(path, tmp_path):
    """What is written ahead stays beside it, for whoever opens it."""
    (tmp_path / "copy").mkdir()
    held = {}
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
        for end in ("", "-wal"):
            held[f"rung.db{end}"] = path.with_name(path.name + end).read_bytes()
    for name, data in held.items():
        (tmp_path / "copy" / name).write_bytes(data)
    check_readable(tmp_path / "copy" / "rung.db")
    assert {name: (tmp_path / "copy" / name).read_bytes() for name in held} == held
    with Store.open(tmp_path / "copy" / "rung.db") as store:
        assert list(store.events()) == [event]


def test_a_file_that_cannot_even_be_looked_for_is_told(path, monkeypatch):
    opened(path).close()

    def refused(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "is_file", refused)
    told = f"{path}: cannot be read: Permission denied; name another file"
    with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
        check_readable(path)


def test_a_store_without_what_guards_its_log_is_damaged_and_stays_as_it_is(path):
    database = opened(path)
    database.change("DROP TRIGGER events_once")
    with pytest.raises(StoreError) as told, database.writing(), database.without("events_day", "events_once"):
        raise AssertionError("nothing is done without it")
    words = f"{path}: is damaged: it lacks what guards its log; restore a backup with: rung restore"
    assert str(told.value) == words
    assert database.value("SELECT count(*) FROM sqlite_master WHERE name = 'events_day'") == 1
    database.close()


# ── what others make meanwhile ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_another_program_makes_meanwhile_will_do(tmp_path, monkeypatch, what):
    """It comes after we looked whether it is there."""
    path = tmp_path / "new" / "rung.db" if what == "folder" else tmp_path / "rung.db"
    look, made = ("is_dir", path.parent) if what == "folder" else ("exists", path)
    looked = getattr(Path, look)
    come = iter([made.mkdir if what == "folder" else made.touch])

    def late(each):
        found = looked(each)
        if each == made and not found:
            next(come)()
        return found

    monkeypatch.setattr(Path, look, late)
    opened(path).close()
    assert list(come) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
def test_an_empty_file_that_was_there_is_the_learners_alone(path):
    path.touch(mode=0o644)
    with Store.open(path) as store:
        answer(store, "one/a", 4)
        assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}
    path.chmod(0o640)  # as its owner wants it
    opened(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_place_where_none_can_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "rung.db"
    with pytest.raises(StoreError) as told:
        opened(path)
    reason = told.value.__cause__.strerror
    assert str(told.value) == f"{path}: cannot be opened: {reason}; name another file for the store"


# ── how long is waited ───────────────────────────────────────────────────────────────────────────


def test_another_program_s_write_is_waited_for(path):
    for given, waited in (({}, 5000), ({"timeout": 0.25}, 250)):
        with Store.open(path, **given) as store:
            assert store.database.value("PRAGMA busy_timeout") == waited


@pytest.mark.parametrize(
    ("refusals", "timeout", "code", "told"),
    [
        (2, 5.0, sqlite3.SQLITE_BUSY, ""),
        (10**6, 0.05, sqlite3.SQLITE_BUSY, "is locked by another program (why); let it finish or close it, then try again"),
        (10**6, 0.05, sqlite3.SQLITE_ERROR, "is damaged (why); restore a backup with: rung restore"),
    ],
)  # fmt: skip
def test_the_first_of_several_starts_at_once_is_waited_for(path, monkeypatch, refusals, timeout, code, told):
    """SQLite refuses to change how a file is written while others begin to, and does not wait by itself."""
    left, slept, connect, sleep = iter(range(refusals)), [], sqlite3.connect, time.sleep

    class Refused(sqlite3.Connection):
        def execute(self, sql, *values):
            if sql == "PRAGMA journal_mode = WAL" and next(left, None) is not None:
                error = sqlite3.OperationalError("why")
                error.sqlite_errorcode = code
                raise error
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **more, factory=Refused))
    monkeypatch.setattr(time, "sleep", lambda seconds: slept.append(seconds) or sleep(seconds))
    if not told:
        opened(path, timeout=timeout).close()
        assert slept == [0.01, 0.01]
    else:
        with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: {told}')}$"):
            opened(path, timeout=timeout)
        assert len(slept) < 7


def test_a_look_at_a_store_that_is_whole_touches_not_even_its_folder(path):
    opened(path).close()
    os.utime(path.parent, (0, 0))
    check_readable(path)
    assert path.parent.stat().st_mtime_ns == 0


def test_a_look_at_a_store_that_another_program_takes_away_makes_none(path, monkeypatch):
    monkeypatch.setattr(type(path), "is_file", lambda _: True)  # as it was a moment ago
    with pytest.raises(StoreError, match="unable to open database file"):
        check_readable(path)
    assert not path.exists()


OURS = f"PRAGMA application_id = {APPLICATION}"
NONE = "is no store; name the file of a store or of a backup"


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("CREATE TABLE notes (id)", "is another program's database; name another file for the store"),
        (f"{OURS}; CREATE TABLE notes (id)", "is damaged (it tells no version); restore a backup with: rung restore"),
        (
            f"{OURS}; PRAGMA user_version = 99",
            "was written by a newer Rung (version 99 of the store, this one knows 5); update Rung",
        ),
        (f"{OURS}; PRAGMA user_version = 5", ""),
        ("", NONE),
        (None, NONE),
    ],
)
def test_what_is_no_store_that_can_be_read_is_told_and_stays(path, script, told):
    if script is not None:
        path.touch()
        with closing(sqlite3.connect(path)) as other:
            other.executescript(script)
    before = path.read_bytes() if script is not None else None
    if told:
        with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: {told}')}$"):
            check_readable(path)
    else:
        check_readable(path)
    assert [each.read_bytes() for each in path.parent.iterdir()] == ([] if before is None else [before])
    if told not in ("", NONE):
        with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: {told}')}$"):
            opened(path)


def test_no_plugin_of_sqlite_utils_is_asked(path):
    seen = []

    class Curious:
        @sqlite_utils.hookimpl
        def prepare_connection(self, conn):
            seen.append(conn)

    curious = Curious()
    pm.register(curious)
    try:
        opened(path).close()
    finally:
        pm.unregister(curious)
    assert seen == []
