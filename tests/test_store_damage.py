"""A store of which a bit has flipped, or that was taken away: it is told, and a backup brings it back."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from learner import answer, card, day, do, put
from rung.model import Event, Kind
from rung.store import Store, StoreError, doctor, seal
from rung.store.database import Database

LOG = "SELECT * FROM events ORDER BY device, sequence"
TABLES = ("devices", "events", "aliases", "memory", "decks", "cards", "texts", "choices", "sent")


def content(path):
    """All that a store holds, but for what it remembers by the way."""
    with closing(sqlite3.connect(path)) as store:
        return {table: sorted(map(repr, store.execute(f"SELECT * FROM {table}"))) for table in TABLES}


def flipped(data, place, bit):
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


@pytest.fixture
def learnt(workspace, rung, tmp_path):
    """A store with a bit of everything; its path."""
    for number in range(12):
        part = "one" if number % 2 else "two"
        rung(
            "answer", f"small/{part}#text.c1", "--grade", "good", "--took", str(number), day=f"2026-11-{number + 1:02}"
        )
    rung("undo"), rung("tag", "hard", "small/one#text.c1"), rung("decks", "off", "small")
    (tmp_path / "shared").mkdir()
    assert rung("sync", str(tmp_path / "shared"))[0] == 0
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    return Path(os.environ["RUNG_DB"])


# ── a flipped bit ────────────────────────────────────────────────────────────────────────────────


def test_a_flipped_bit_anywhere_is_told_or_changes_nothing(learnt, rung):
    data, before = learnt.read_bytes(), content(learnt)
    chance = random.Random(11)
    used = [place for place, byte in enumerate(data) if byte]
    places = [*range(16, 48, 3), *chance.sample(used, 40)]
    told = 0
    for place in places:
        learnt.write_bytes(flipped(data, place, chance.randrange(8)))
        code, out, err = rung("doctor")
        if code == 0:
            assert content(learnt) == before, f"at {place} it was not told"
        else:
            told += 1
            assert code in (1, 3), (place, code)
            assert out + err
            assert "Traceback" not in err
        for beside in ("-wal", "-shm"):
            learnt.with_name(learnt.name + beside).unlink(missing_ok=True)
    assert told > len(places) // 3


@pytest.mark.parametrize(
    ("column", "value"),
    [("took", "took + 1"), ("grade", "5"), ("at", "at + 1"), ("day", "'2026-11-02'"), ("card", "'small/two#text.c2'")],
)
def test_a_log_that_says_something_else_is_told_though_the_file_is_sound(learnt, rung, column, value):
    with closing(sqlite3.connect(learnt)) as store, store:
        store.execute("DROP TRIGGER events_keep")
        store.execute(f"UPDATE events SET {column} = {value} WHERE sequence = 1")
    told = "the log is not as it was written: restore a backup with: rung restore\n"
    assert rung("doctor")[:2] == (1, told)
    assert rung("doctor", "--fix")[:2] == (1, told)


def test_what_was_chosen_is_told_too(learnt, rung):
    with closing(sqlite3.connect(learnt)) as store, store:
        store.execute("UPDATE choices SET enabled = 1")
    told = "what was chosen, or sent to Anki, is not as it was written: restore a backup with: rung restore\n"
    assert rung("doctor")[:2] == (1, told)


def test_a_store_older_than_the_sum_gets_one_with_its_next_row(store):
    answer(store, "one/a", 4)
    store.database.change("DELETE FROM meta WHERE key LIKE 'sum %'")
    answer(store, "one/a", 4, on=1)
    assert store.check() == []
    store.database.change("DROP TRIGGER events_keep")
    store.database.change("UPDATE events SET took = 7 WHERE sequence = 1")
    assert store.check() == ["the log is not as it was written: restore a backup with: rung restore"]


@pytest.mark.parametrize("sum_", ["no sum", "", "-1", "0"])
def test_a_sum_that_is_none_is_told(store, sum_):
    answer(store, "one/a", 4)
    store.database.change("UPDATE meta SET value = ? WHERE key = 'sum of the log'", sum_)
    assert store.check() == ["the log is not as it was written: restore a backup with: rung restore"]


COUNTS = st.none() | st.integers(0, 2**53)
ROWS = st.lists(
    st.tuples(
        st.just("a" * 32), st.integers(1, 2**53), st.integers(0, 2**53), st.dates().map(str),
        st.sampled_from(Kind).map(str), st.text(), COUNTS, COUNTS, st.none() | st.text(), st.none() | st.just("b" * 32),
        COUNTS,
    ),
    max_size=9,
)  # fmt: skip


@given(ROWS)
@example([("0" * 32, 1, 0, "2026-11-21", "review", 'a"\\ü\ud800\x00', 0, None, '{"answer":"\\"ü\\""}', None, None)])
def test_the_sum_is_that_of_the_json_of_each_row(rows):
    numbers = [int.from_bytes(sha256(json.dumps(row).encode()).digest()[:16]) for row in rows]
    assert seal._sum(map(seal._of_log, rows)) == sum(numbers) % 2**128


def test_garbled_values_are_told_in_one_line(learnt, rung):
    with closing(sqlite3.connect(learnt)) as store, store:
        store.execute("DROP TRIGGER events_keep")
        store.execute("UPDATE events SET day = '2026-13-01'")
    told = f"rung: {learnt}: the log is not as it was written: restore a backup with: rung restore\n"
    assert rung("log") == (3, "", told)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (3, "is no database"),  # of the name of the format
        (60, "was written by a newer Rung"),  # the highest byte of the version
        (68, "is another program's database"),
        (4096 * 3, "is damaged"),
    ],
)
def test_restore_brings_back_the_newest_backup_and_keeps_what_cannot_be_read(learnt, rung, place, words):
    before = content(learnt)
    (newest,) = Store.backups(learnt)
    newest.unlink()  # of the first answer
    copy = Path(rung("backup", day="2026-11-22")[1].rstrip())
    data = flipped(learnt.read_bytes(), place, 6)
    learnt.write_bytes(data)
    code, out, err = rung("doctor")
    assert code in (1, 3)
    assert words in out + err
    code, out, err = rung("restore", "--yes")
    assert (code, out) == (0, f"{learnt}\n")
    assert err.startswith(f"{copy}  <- this one\nIt is now what {copy} holds.\nWhat was there before is kept: ")
    aside = Path(err.rpartition(": ")[2].rstrip())
    assert aside.match("rung.db.2*.damaged")
    assert aside.read_bytes() == data
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    after = content(learnt)
    assert {**after, "devices": 0} == {**before, "devices": 0}


def test_restore_passes_over_damaged_backups_and_over_what_was_replaced(learnt, rung):
    first, second = (Path(rung("backup", day=f"2026-11-2{number}")[1].rstrip()) for number in (1, 2))
    os.utime(second, (2**31, 2**31))
    second.write_bytes(second.read_bytes()[:9000])
    os.utime(second, (2**31, 2**31))
    assert (
        rung("doctor")[1]
        == f"{second}: the newest backup is damaged: take it away, and make another with: rung backup\n"
    )
    for _ in range(2):  # the first time replaced something, which is no choice the second time
        err = rung("restore", "--yes")[2]
        assert err.startswith(f"{second}  damaged\n{first}  <- this one\n")


def test_nothing_to_restore_from(tmp_path, rung):
    folder = Path(os.environ["RUNG_DB"]).parent
    assert rung("restore", "--yes") == (3, "", f"rung: {folder}: there is no backup of rung.db; name one\n")
    folder.mkdir()
    (folder / "rung-2026-11-21.db").write_text("x")
    assert rung("restore", "--yes")[2].endswith("there is no sound backup of rung.db; name one\n")


def test_restoring_a_damaged_backup_leaves_the_store(path, tmp_path):
    with Store.open(path) as store:
        put(store, [card(str(number)) for number in range(100)])
        event = answer(store, "one/a", 4)
        store.backup(tmp_path / "copy.db")
    data = (tmp_path / "copy.db").read_bytes()
    (tmp_path / "copy.db").write_bytes(data[: len(data) // 2] + b"\xff" * (len(data) // 2))
    with pytest.raises(StoreError, match=r"copy\.db: is damaged"):
        Store.restore(path, tmp_path / "copy.db")
    with Store.open(path) as store:
        assert list(store.events()) == [event]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["copy.db", "rung.db"]


# ── a store taken away while it is open ──────────────────────────────────────────────────────────


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
@pytest.mark.parametrize("other", [False, True])
def test_a_store_deleted_or_replaced_during_a_review_is_told_and_no_answer_is_taken(
    workspace, rung, other, monkeypatch
):
    path = Path(os.environ["RUNG_DB"])
    rung("due")
    with Store.open(path) as store:
        path.rename(path.with_name("elsewhere.db"))
        if other:
            path.write_bytes(b"")
        told = r"rung\.db: was deleted or replaced while it was open; nothing was written; start again"
        with pytest.raises(StoreError, match=told):
            answer(store, "one/a", 4)
        assert list(store.events()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
def test_a_store_deleted_during_a_review_is_told_in_a_line(workspace, terminal):
    path = Path(os.environ["RUNG_DB"])
    child = terminal("review", "--plain")
    for number in range(2):  # the first answer is kept; then the store goes
        child.expect("Enter shows the back")
        child.sendline("")
        child.expect("Grade")
        if number:
            path.unlink()
        child.sendline("3")
    child.expect("was deleted or replaced while it was open; nothing was written; start again\r\n")
    assert child.wait() == 3
    assert not path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file stays there")
def test_a_store_replaced_while_an_answer_is_written_is_told(path):
    with Store.open(path) as store:
        told = r"rung\.db: was deleted or replaced while it was open; what was written last may be lost; start again"
        with pytest.raises(StoreError, match=told), store.database.writing():
            path.rename(path.with_name("elsewhere.db"))


# ── doctor ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_derived_is_mended_and_the_log_is_not_touched(learnt, rung):
    with closing(sqlite3.connect(learnt)) as store, store:
        before = store.execute(LOG).fetchall()
        store.execute("UPDATE memory SET ease = 130 WHERE root = 'small/one#text.c1'")
        store.execute("UPDATE texts SET text = 'other words' WHERE number = 1")
        store.execute("UPDATE cards SET family = 'other' WHERE id = 'small/two#text.c1'")
        store.execute("UPDATE decks SET title = 'other'")
        store.execute("INSERT INTO texts_fts (texts_fts) VALUES ('delete-all')")
        store.execute("UPDATE meta SET value = '0' WHERE key = 'device'")
    fix = "mend it with: rung doctor --fix"
    assert rung("doctor")[1].splitlines() == [
        f"this device logs as 0, of which the store knows nothing: {fix}",
        f"what is kept of card small/one#text.c1 does not follow from the log: {fix}",
        f"card small/one#text.c1 is not as its file has it: {fix}",
        f"card small/two#text.c1 is not as its file has it: {fix}",
        f"deck small is not as its file has it: {fix}",
        f"the words of the search are not those of the cards: {fix}",
    ]
    assert rung("doctor", "--fix")[:2] == (0, "Everything is in order.\n")
    assert rung("cards", "alpha")[1].startswith("small/one#text.c1")
    with closing(sqlite3.connect(learnt)) as store:
        assert store.execute(LOG).fetchall() == before


def test_what_is_kept_and_what_follows_meet_whatever_letters_cards_have(store):
    names = ["one/A", "one/a", "one/é", "one/\uffee", "one/🦊"]
    for name in reversed(names):
        answer(store, name, 4)
    assert store.check() == []
    kept = "CREATE TEMP TABLE former AS SELECT * FROM memory"
    lone = "INSERT INTO memory SELECT * FROM former WHERE root IN ('one/A', 'one/é', 'one/🦊')"
    for statement in (kept, "DELETE FROM memory", lone, "UPDATE memory SET root = 'one/\uffed' WHERE root = 'one/é'"):
        store.database.change(statement)
    fix = "mend it with: rung doctor --fix"
    assert store.check() == [
        f"what is kept of card one/a does not follow from the log: {fix}",
        f"what is kept of card one/é does not follow from the log: {fix}",
        f"card one/\uffed has a memory, but no row in the log: {fix}",
        f"what is kept of card one/\uffee does not follow from the log: {fix}",
    ]


def test_of_each_sort_the_first_twenty_are_told(store):
    names = [f"one/{number:02}" for number in range(25)]
    put(store, [card(name.removeprefix("one/")) for name in names])
    fix = "mend it with: rung doctor --fix"
    cards = [f"card {name} is in no file: {fix}" for name in names[:20]]
    assert store.strays("ws", []) == [*cards, f"deck one is in no file: {fix}"]
    store.database.change("DELETE FROM texts")
    store.database.change("DELETE FROM decks")
    assert store.check() == [
        *(f"card {name} has no text: {fix}" for name in names[:20]),
        *(f"card {name} is of a deck that is not here: {fix}" for name in names[:20]),
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE memory SET due = 'soon'", "what is kept of card one/a does not follow from the log"),
        ("UPDATE memory SET at = at + 1", "what is kept of card one/a does not follow from the log"),
        ("DELETE FROM memory", "what is kept of card one/a does not follow from the log"),
        ("INSERT INTO aliases VALUES ('x', 'y'), ('y', 'z')", "the former id x leads to another former id: build the cards anew"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_told(store, change, told):
    answer(store, "one/a", 4)
    store.database.change(change)
    assert store.check() == [told if "build" in told else f"{told}: mend it with: rung doctor --fix"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, 5), (3, 6)], "device {} has gaps in its log: take over its rows once more"),
        ([(1, 5), (2, 5)], "device {} has rows out of the order of time"),
        ([(1, 6), (2, 5)], "device {} has rows out of the order of time"),
    ],
)
def test_rows_that_cannot_be_all_there_were_are_told(store, rows, told):
    store.load([Event("c" * 32, sequence, at, day(0), Kind.REVIEW, "one/a", 4) for sequence, at in rows])
    assert store.check() == [told.format("c" * 32)]


def test_a_file_that_cannot_even_be_asked_is_damaged(path):
    """SQLite has words of its own where the options of a table are garbled, and no number that says it is damaged."""

    class Garbled(sqlite3.Connection):
        def execute(self, sql, *values):
            if "integrity_check" in sql:
                raise sqlite3.OperationalError("SQL logic error")
            return super().execute(sql, *values)

    with closing(sqlite3.connect(path, factory=Garbled)) as connection:
        told = ["the file is damaged: SQL logic error: restore a backup with: rung restore"]
        assert doctor.damage(Database(path, connection)) == told


def test_a_search_that_is_garbled_is_told(learnt, rung):
    data = learnt.read_bytes()
    place = data.index(b'content="texts"') + len('content="te')
    learnt.write_bytes(flipped(data, place, 1))
    told = "the search is damaged (SQL logic error): restore a backup with: rung restore\n"
    assert rung("doctor")[:2] == (1, told)
    told = f"rung: {learnt}: is damaged (SQL logic error); restore a backup with: rung restore\n"
    assert rung("doctor", "--fix") == (3, "", told)


def test_doctor_looks_at_decks_and_at_what_devices_share(learnt, workspace, rung, tmp_path):
    deck = workspace / "decks" / "small.yaml"
    text = deck.read_text()
    deck.write_text(text.replace("alpha", "omega"))
    stale = f"{workspace}/cards/small.jsonl is stale: make it anew with: rung build\n"
    assert rung("doctor", "--fix")[:2] == (1, stale)
    deck.write_text("title: [")
    assert rung("doctor")[:2] == (1, f"{workspace}/decks: the decks have errors: see rung check\n")
    deck.write_text(text)
    (log,) = (tmp_path / "shared").iterdir()
    log.write_bytes(log.read_bytes().replace(b'"took": 3', b'"took": 9'))
    code, out, _ = rung("doctor")
    assert (code, out.partition("\n")[0]) == (1, f"{log}:5:1: error: this line is not as it was written")
    log.unlink(), log.parent.rmdir()
    code, out, err = rung("doctor")
    assert (code, out) == (0, "Everything is in order.\n")
    assert f"{log.parent}: what devices share, not there now.\n" in err
    log.parent.write_text("a file")
    assert rung("doctor")[0] == 1


def test_the_clock_may_jump(path):
    """Far ahead, and back: no answer is lost, time goes on, and what is kept follows from the log."""
    with Store.open(path) as store:
        for number, (on, now) in enumerate([(0, 10**12), (900, 10**14), (1, 10**12 + 5), (-40, 0), (2, 10**13)]):
            answer(store, "one/a", number, on=on, now=now)
            do(store, Kind.BURY, "one/b", on=on)
        rows = list(store.events())
        assert [row.day for row in rows[::2]] == [day(on) for on in (0, 900, 1, -40, 2)]
        assert all(one.at < other.at for one, other in pairwise(rows))
        assert store.check() == []
