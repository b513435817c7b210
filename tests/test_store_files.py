"""The file: several programs at once, files that are no stores of ours, versions and backups."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from learner import HERE, answer, card, day, put, strength
from rung.model import Deck, Kind, Memory, Standing
from rung.store import CardFile, Store, StoreError, database, schema

# ── several programs at once ─────────────────────────────────────────────────────────────────────


def start(script, *args):
    """A Python process of its own that runs `script`, with `Store`, `Kind`, `path` and `day` at hand."""
    head = """
        import sys
        from datetime import date
        from pathlib import Path
        from rung.model import Kind
        from rung import search
        from rung.store import Store, StoreError
        path, day = Path(sys.argv[1]), date(2026, 11, 23)
    """
    code = textwrap.dedent(head) + textwrap.dedent(script)
    command = [sys.executable, "-W", "error", "-c", code, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process):
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return out


def test_three_first_starts_at_once(path):
    script = """
        sys.stdin.read(0)
        with Store.open(path) as store:
            print(store.device, store.record(Kind.REVIEW, now=0, day=day, card="one/a", grade=4).sequence)
    """
    processes = [start(script, path) for _ in range(3)]
    told = [ended(process).split() for process in processes]
    assert len({device for device, _ in told}) == 1
    assert sorted(sequence for _, sequence in told) == ["1", "2", "3"]
    with Store.open(path) as store:
        assert store.check() == []


@pytest.mark.parametrize("count", [2, 8])
def test_writers_at_once_lose_nothing_and_double_nothing(path, count):
    script = """
        with Store.open(path) as store:
            for number in range(20):
                card = f"one/{sys.argv[2] if number % 2 else 'shared'}"
                store.record(Kind.REVIEW, now=number, day=day, card=card, grade=4, detail={"by": sys.argv[2]})
                if number % 10 == 9:
                    store.undo(now=number, day=day)
    """
    Store.open(path).close()
    for process in [start(script, path, f"writer-{number}") for number in range(count)]:
        ended(process)
    with Store.open(path) as store:
        events = list(store.log())
        assert [event.sequence for event in events] == list(range(1, count * 22 + 1))
        assert sum(event.kind is Kind.REVIEW for event in events) == count * 20
        assert store.standing("one/shared").rows == count * 10
        assert len(store.voided()) == count * 2
        assert store.check() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_what_was_acknowledged_outlives_a_kill(path):
    script = """
        with Store.open(path) as store:
            while True:
                print(store.record(Kind.REVIEW, now=0, day=day, card="one/a", grade=4).sequence, flush=True)
    """
    process = start(script, path)
    acknowledged = [process.stdout.readline() for _ in range(25)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.communicate()[0].splitlines(keepends=True)
    last = max(int(line) for line in acknowledged if line.endswith("\n"))
    with Store.open(path) as store:
        assert store.heads()[store.device] >= last
        assert store.check() == []


def test_a_locked_store_is_told_after_the_timeout(path):
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as other, Store.open(path, timeout=0.05) as store:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"rung\.db: is locked by another program .*; let it finish or close it"):
            answer(store, "one/a", 4)
        assert (store.due(HERE, day(0)), store.check()) == ((), [])  # who only reads need not wait
        other.rollback()
        assert answer(store, "one/a", 4).sequence == 1


def test_a_first_start_at_a_locked_file_is_told(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="is locked by another program"):
            Store.open(path, timeout=0.05)


# ── files that are no stores of ours ─────────────────────────────────────────────────────────────


def refused(path, words):
    """Assert that `path` is refused in those words, and not a byte of it, nor a file beside it, is different."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(StoreError, match=words):
        Store.open(path)
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, beside)


def test_a_newer_store_is_refused_untouched(path):
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    refused(path, r"rung\.db: was written by a newer Rung \(version 99 of the store, this one knows 5\); update Rung")


def test_a_newer_store_in_use_is_refused_untouched(path):
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")  # in the write-ahead log only
        refused(path, "was written by a newer Rung")


def test_another_programs_database_is_refused_untouched(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE notes (id)")
    refused(path, r"rung\.db: is another program's database; name another file")


@pytest.mark.parametrize("content", [b"title: A deck\n" * 100, b"\0" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_what_is_no_database_is_refused_untouched(path, content):
    path.write_bytes(content)
    refused(path, r"rung\.db: (is no database|is damaged|cannot be)")


def test_a_damaged_store_is_named(path):
    with Store.open(path) as store:
        for number in range(300):
            answer(store, f"one/{number}", 4)
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + b"\xff" * half)
    with Store.open(path) as store:
        with pytest.raises(StoreError, match=r"rung\.db: is damaged .*; restore a backup with: rung restore"):
            list(store.events())
        assert store.check()[0].startswith("the file is damaged: ")


def test_a_cut_store_is_named(path):
    with Store.open(path) as store:
        put(store, [card(str(number)) for number in range(100)])
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(StoreError, match="is damaged"), Store.open(path) as store:
        store.all_cards(HERE)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda tmp: tmp, "is no file; name a file for the store"),
        (lambda tmp: tmp / "file" / "rung.db", "cannot be opened: (Not a directory|File exists)"),
        (lambda tmp: Path("/proc/rung/rung.db"), "cannot be opened: "),
    ],
)
def test_a_place_where_no_store_can_be(tmp_path, make, words):
    (tmp_path / "file").touch()
    if str(make(tmp_path)).startswith("/proc") and not Path("/proc/self").exists():
        pytest.skip("no /proc")
    with pytest.raises(StoreError, match=words):
        Store.open(make(tmp_path))


def test_where_nothing_may_be_made_nothing_is_made(path):
    with pytest.raises(StoreError, match=r"rung\.db: there is no store here; name the store's file"):
        Store.open(path, create=False)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_made_and_the_file_is_the_learners_alone(tmp_path):
    path = tmp_path / "new" / "folder" / "rung.db"
    with Store.open(path) as store:
        answer(store, "one/a", 4)
        if sys.platform != "win32":
            modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
            assert modes == {0o600}


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "q?x=1#y.db", "naïve.db"])
def test_names_of_all_kinds(tmp_path, name):
    if sys.platform == "win32" and "?" in name:
        pytest.skip("no such name there")
    for _ in range(2):
        with Store.open(tmp_path / name) as store:
            answer(store, "one/a", 4)
    assert [file.name for file in tmp_path.iterdir()] == [name]


@contextlib.contextmanager
def unchangeable(path):
    """A file or folder that even root cannot change; skips the test where that cannot be had."""
    chattr = shutil.which("chattr")
    if not chattr or subprocess.run([chattr, "+i", path], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i does not work here")
    try:
        yield
    finally:
        subprocess.run([chattr, "-i", path], check=True)


def test_a_store_that_may_not_be_written_is_told(path):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
    with unchangeable(path), pytest.raises(StoreError, match=r"rung\.db: cannot be"), Store.open(path) as store:
        answer(store, "one/a", 4)
    with Store.open(path) as store:
        assert len(list(store.events())) == 1


def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with unchangeable(folder), pytest.raises(StoreError, match=r"rung\.db: cannot be opened: "):
        Store.open(folder / "rung.db")


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_a_disk_that_is_full_is_told_and_loses_nothing(path):
    script = """
        import resource
        with Store.open(path) as store:
            store.record(Kind.REVIEW, now=0, day=day, card="one/a", grade=4)
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            try:
                for number in range(1, 1000):
                    store.record(Kind.REVIEW, now=0, day=day, card="one/a", grade=4, detail={"answer": "x" * 9000})
            except StoreError as error:
                print(number)
                print(error)
        try:
            Store.open(path).close()
        except StoreError as error:
            print(error)
    """
    number, told, *_ = ended(start(script, path)).splitlines()
    assert "rung.db: cannot be read or written" in told or "the disk is full" in told
    with Store.open(path) as store:
        assert store.heads()[store.device] == int(number)
        assert store.check() == []


# ── versions, backups ────────────────────────────────────────────────────────────────────────────


def next_version(monkeypatch, step):
    monkeypatch.setattr(database, "VERSION", database.VERSION + 1)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, step))


def test_an_older_store_is_backed_up_and_brought_up_to_date(path, monkeypatch):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
    next_version(monkeypatch, lambda tables: tables.execute("ALTER TABLE devices ADD COLUMN name TEXT"))
    with Store.open(path) as store:
        assert list(store.events()) == [event]
        assert store.database.row("SELECT name FROM devices") == (None,)
    (backup,) = path.parent.glob("*.backup")
    monkeypatch.undo()
    refused(path, "was written by a newer Rung")
    assert f".version-{database.VERSION}." in backup.name
    with Store.open(backup) as old:
        assert list(old.events()) == [event]


@pytest.mark.parametrize("version", [1, 2])
def test_a_store_of_an_older_version_keeps_its_log_and_is_replayed(path, monkeypatch, version):
    with monkeypatch.context() as then:
        then.setattr(database, "VERSION", version)
        then.setattr(schema, "STEPS", schema.STEPS[:version])
        then.setattr(schema.memory, "rebuilt", lambda store: None)
        with Store.open(path) as store, store.database.writing():
            assert store.database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'sent'") == version - 1
            store.database.change("INSERT INTO devices VALUES (1, ?)", "b" * 32)
            for sequence, (on, kind, grade) in enumerate([(0, "review", 1), (0, "redrill", 4), (1, "review", 4)], 1):
                store.database.change(
                    "INSERT INTO events (device, sequence, at, day, kind, card, grade) VALUES (1, ?, ?, ?, ?, 'one/a', ?)",
                    sequence, sequence, day(on).isoformat(), kind, grade,
                )  # fmt: skip
            store.database.change(
                "INSERT INTO memory VALUES ('one/a', 3, 1, 1, 250, ?, 0, ?, ?, ?, 4, 3, 0, NULL, 0, '')",
                *(day(on).isoformat() for on in (2, 1, 0, 1)),
            )
    with Store.open(path) as store:
        assert [event.grade for event in store.events()] == [1, 4, 4]
        assert store.standing("one/a") == Standing(
            Memory(1, 1, 250, day(2)), day(1), day(0), day(1), 4, 3, strength=strength((0, 1), (0, 4), (1, 4))
        )
        assert store.sent() == {}
        assert store.check() == []
    assert [f".version-{version}." in backup.name for backup in path.parent.glob("*.backup")] == [True]


def test_a_store_without_rounds_takes_its_decks_over_once_more(path):
    file = CardFile("one.jsonl", Deck("one", "A deck", "Course", rounds=("sd", "ai")), [card("a")])
    with Store.open(path) as store:
        store.sync_cards(HERE, {"one.jsonl": (1, 1)}, [file])
        store.database.connection.executescript("ALTER TABLE decks DROP COLUMN rounds; PRAGMA user_version = 3")
    with Store.open(path) as store:
        assert store.rounds(HERE) == {"one": ()}
        assert store.stale(HERE, {"one.jsonl": (1, 1)}) == ("one.jsonl",)
        store.sync_cards(HERE, {"one.jsonl": (1, 1)}, [file])
        assert store.rounds(HERE) == {"one": ("sd", "ai")}


def test_a_step_that_fails_leaves_the_older_store(path, monkeypatch):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)

    def step(tables):
        tables.execute("ALTER TABLE devices ADD COLUMN name TEXT")
        tables.execute("DROP TABLE absent")

    next_version(monkeypatch, step)
    with pytest.raises(StoreError, match=r"cannot be brought up to date \(no such table: absent\); restore a backup"):
        Store.open(path)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert list(store.events()) == [event]
        assert store.database.value("SELECT count(*) FROM pragma_table_info('devices')") == 2


def test_a_step_that_finds_no_room_says_so(path, monkeypatch):
    Store.open(path).close()

    def step(tables):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    next_version(monkeypatch, step)
    told = f"{path}: cannot grow, the disk is full (database or disk is full); make room, then try again"
    with pytest.raises(StoreError, match=f"^{re.escape(told)}$"):
        Store.open(path)


def test_a_store_of_the_current_version_needs_no_sqlite_utils(path):
    Store.open(path).close()
    script = """
        with Store.open(path) as store:
            store.record(Kind.REVIEW, now=0, day=day, card="one/a", grade=4)
            store.due("ws", day), store.new("ws", day), store.found("ws", search.parsed("x is:due tag:y"), day), store.undo(now=0, day=day)
        print(*sorted({"sqlite_utils", "yaml", "pydantic", "genanki"} & set(sys.modules)))
    """
    assert ended(start(script, path)).split() == []


def test_a_backup_is_one_whole_file_and_a_device_of_its_own(path, tmp_path):
    target = tmp_path / "backups" / "one.db"
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
        store.backup(target)
        after = answer(store, "one/a", 4, on=1)
    assert list(target.parent.iterdir()) == [target]
    with Store.open(target) as copy:
        assert list(copy.events()) == [event]
        mine = answer(copy, "one/a", 1, on=1)
        assert mine.device != event.device
        assert copy.load([event, after]) == (1, 1)
        assert copy.check() == []


def test_a_backup_beside_says_when_and_why(store, tmp_path):
    first, second = store.backup_beside("before-import"), store.backup_beside("before-import")
    assert first != second
    assert {first.parent, second.parent} == {tmp_path}
    assert first.match("rung.db.2*.before-import.backup")


def test_a_backup_of_a_store_damaged_meanwhile_names_that(path, tmp_path):
    with Store.open(path) as store:
        put(store, [card(str(number)) for number in range(100)])
    with Store.open(path) as store:
        path.write_bytes(path.read_bytes()[:20_000])
        with pytest.raises(StoreError, match=r"rung\.db: is damaged"):
            store.backup(tmp_path / "backup.db")
    assert not list(tmp_path.glob("backup*"))


def test_a_backup_overwrites_nothing(store, tmp_path):
    target = tmp_path / "deck.yaml"
    target.write_text("precious")
    with pytest.raises(StoreError, match=r"deck\.yaml: is already there; name another file for the backup"):
        store.backup(target)
    assert target.read_text() == "precious"


def test_a_backup_that_cannot_be_written_leaves_nothing(store, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written: "):
        store.backup(tmp_path / "file" / "x.db")


def test_restoring_takes_a_new_device_and_keeps_what_was(path, tmp_path):
    with Store.open(path) as store:
        first = answer(store, "one/a", 4)
        store.backup(tmp_path / "backup.db")
        second = answer(store, "one/a", 4, on=1)
        kept = Store.restore(path, tmp_path / "backup.db")  # while another has it open
        assert list(store.events()) == [first]
        third = answer(store, "one/a", 1, on=1)
        assert third.device != first.device
        assert store.load([first, second]) == (1, 1)
        assert store.check() == []
    with Store.open(kept) as before:
        assert list(before.events()) == [first, second]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["rung.db", "backup.db", kept.name])


def test_restoring_a_raw_copy_takes_a_new_device_too(path, tmp_path):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
    shutil.copy(path, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    path.unlink()
    assert Store.restore(path, tmp_path / "copy.db") is None
    assert (tmp_path / "copy.db").read_bytes() == before
    with Store.open(path) as store:
        assert list(store.events()) == [event]
        assert store.device != event.device


def test_an_older_backup_is_brought_up_to_date_by_restoring(path, tmp_path, monkeypatch):
    with Store.open(path) as store:
        store.backup(tmp_path / "old.db")
    next_version(monkeypatch, lambda tables: tables.execute("ALTER TABLE devices ADD COLUMN name TEXT"))
    Store.restore(path, tmp_path / "old.db")
    with Store.open(path) as store:
        assert store.database.value("PRAGMA user_version") == database.VERSION


@pytest.mark.parametrize("content", [None, b"", b"no database" * 1000])
def test_what_is_no_backup_is_not_restored(path, tmp_path, content):
    with Store.open(path) as store:
        event = answer(store, "one/a", 4)
    source = tmp_path / "source.db"
    if content is not None:
        source.write_bytes(content)
    with pytest.raises(StoreError, match=r"source\.db: is no store; name the file of a store or of a backup"):
        Store.restore(path, source)
    with Store.open(path) as store:
        assert list(store.events()) == [event]
