"""Several stores and a folder: what comes in, what goes out, and what is made of whatever happened to the files."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import HERE, all_meet, answer, card, day, file_of, ids, log, put, told
from rung import devices, journal
from rung.devices import synced
from rung.model import ANKI, Event, Kind
from rung.store import Store
from rung.store.log import PAGE
from rung.workspace import CannotGoOn

# ── in and out ───────────────────────────────────────────────────────────────────────────────────


def test_each_writes_a_file_of_its_own_and_reads_the_others(one, two, folder):
    answer(one, "one/a", 4), answer(two, "one/b", 5, now=7), answer(two, "one/a", 1, on=1, now=9)
    assert told(synced(one, folder)) == (0, 1, [])
    done = synced(two, folder)
    assert (done.came, done.went, done.device, done.parted) == ({one.device: 1}, 2, two.device, "")
    assert synced(one, folder).came == {two.device: 2}
    assert sorted(folder.iterdir()) == sorted([file_of(one, folder), file_of(two, folder)])
    assert file_of(two, folder).read_bytes() == journal.begun(two.device) + journal.lines(two.log({one.device: 1}))
    all_meet([one, two], folder)


def test_a_file_is_only_ever_added_to_and_not_touched_for_nothing(one, two, folder):
    before = b""
    for number in range(3):
        answer(one, "one/a", 4, on=number), answer(two, "one/a", 3, on=number)
        synced(one, folder), synced(two, folder), synced(one, folder)
        path = file_of(one, folder)
        after, changed = path.read_bytes(), path.stat().st_mtime_ns
        assert after.startswith(before)
        assert after.count(b"\n") == number + 2
        assert told(synced(one, folder)) == (0, 0, [])
        assert (path.read_bytes(), path.stat().st_mtime_ns) == (after, changed)
        before = after


def test_what_was_read_is_not_read_again(one, two, folder, monkeypatch):
    answer(one, "one/a", 4), synced(one, folder), synced(two, folder)
    answer(one, "one/a", 4, on=1), synced(one, folder)
    read, given = journal.read, []
    monkeypatch.setattr(journal, "read", lambda *what: given.append(read(*what)) or given[-1])
    assert told(synced(two, folder)) == (1, 0, [])
    assert [[row.event.sequence for row in each.rows] for each in given] == [[2]]


def test_undone_answers_travel(one, two, folder):
    answer(one, "one/a", 4), synced(one, folder), synced(two, folder)
    one.undo(now=0, day=day(0)), synced(one, folder), synced(two, folder)
    assert two.standing("one/a").memory is None
    all_meet([one, two], folder)


def test_rows_of_unknown_cards_count_when_the_card_appears(one, two, folder):
    answer(one, "one/a", 4), synced(one, folder), synced(two, folder)
    assert two.due(HERE, day(1)) == ()
    put(two, [card("a")])
    assert ids(two.due(HERE, day(1))) == ["one/a"]


def test_a_store_that_has_logged_nothing_writes_nothing(one, folder):
    assert told(synced(one, folder)) == (0, 0, [])
    assert list(folder.iterdir()) == []


def test_rows_of_a_device_that_is_no_more_go_out_too(one, two, folder, tmp_path):
    """A restored backup has rows of a device that may never have been here."""
    event = answer(one, "one/a", 4)
    one.backup(tmp_path / "backup.db")
    with Store.open(tmp_path / "backup.db") as restored:
        assert restored.device != one.device
        assert told(synced(restored, folder)) == (0, 1, [])
    synced(two, folder)
    assert list(two.log()) == [event]
    assert told(synced(one, folder)) == (0, 0, [])  # nobody writes what stands there


def test_another_folder_gets_everything(one, folder, tmp_path):
    answer(one, "one/a", 4), synced(one, folder)
    (tmp_path / "other").mkdir()
    assert told(synced(one, tmp_path / "other")) == (0, 1, [])


def test_files_that_vanish_are_written_again_by_whoever_has_the_rows(one, two, folder):
    answer(one, "one/a", 4), synced(one, folder), synced(two, folder)
    file_of(one, folder).unlink()
    assert told(synced(two, folder)) == (0, 1, [])
    assert told(synced(one, folder)) == (0, 0, [])


# ── answers in Anki ──────────────────────────────────────────────────────────────────────────────


def in_anki(at, id_="one/a", grade=4, on=0):
    return Event(ANKI, at, at, day(on), Kind.REVIEW, id_, grade)


def test_answers_in_anki_travel_once(one, two, folder):
    one.load([in_anki(1_790_000_000_000), in_anki(1_790_000_900_000, on=1)])
    two.load([in_anki(1_790_000_000_000)])
    assert told(synced(one, folder)) == (0, 2, [])
    assert told(synced(two, folder)) == (1, 0, [])
    two.load([in_anki(1_780_000_000_000, on=-9)])  # an older one, before what the folder has
    assert told(synced(two, folder)) == (0, 1, [])
    all_meet([one, two], folder)


def test_an_answer_in_anki_is_known_by_any_name_of_its_card(one, two, folder):
    put(two, [card("a", first="one/old", was=("one/old",))])
    one.load([in_anki(1_790_000_000_000, "one/old"), in_anki(1_790_000_000_001, "one/old")])
    two.load([in_anki(1_790_000_000_000, "one/a"), in_anki(1_790_000_000_001, "one/a", grade=1)])
    synced(one, folder)
    refused = f"3: row 1790000000001 of device {ANKI} is here already and says something else"
    assert told(synced(two, folder)) == (0, 1, [refused])


# ── lines that are not whole, or not as they were ────────────────────────────────────────────────


def test_a_torn_line_waits_and_its_own_device_mends_it(one, two, folder, opened, tmp_path):
    answer(one, "one/a", 4), answer(one, "one/a", 4, on=1), synced(one, folder)
    path = file_of(one, folder)
    whole = path.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    answer(one, "one/a", 4, on=2)
    for cut in range(start, len(whole) - 1, 7):
        with opened("again.db", one) as own, opened("new.db", two) as other:
            path.write_bytes(whole[:cut])
            assert told(synced(other, folder)) == (1, 0, [])
            assert told(synced(own, folder)) == (0, 2, [])
            assert path.read_bytes().startswith(whole)
            assert told(synced(other, folder)) == (2, 0, [])


def test_a_last_line_without_its_end_is_whole(one, two, folder):
    answer(one, "one/a", 4), synced(one, folder)
    path = file_of(one, folder)
    path.write_bytes(path.read_bytes()[:-1])
    assert told(synced(two, folder)) == (1, 0, [])
    answer(one, "one/a", 4, on=1)
    assert told(synced(one, folder)) == (0, 1, [])
    assert told(synced(two, folder)) == (1, 0, [])


CHANGED = "this line is not as it was written"


def test_a_changed_line_is_told_and_not_taken_and_its_row_is_written_again(one, two, folder):
    for number in range(3):
        answer(one, "one/a", 4, on=number)
    synced(one, folder)
    path = file_of(one, folder)
    path.write_bytes(path.read_bytes().replace(b'"sequence": 2', b'"sequence": 7'))
    done = synced(two, folder)
    assert [str(each.where) for each in done.problems] == [f"{path}:3:1"]
    assert told(done) == (2, 0, [f"3: {CHANGED}"])
    assert told(synced(two, folder)) == (0, 0, [f"3: {CHANGED}"])  # as long as it stands there
    assert told(synced(one, folder)) == (0, 1, [f"3: {CHANGED}"])
    assert told(synced(two, folder)) == (1, 0, [f"3: {CHANGED}"])
    path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if b'"sequence": 7' not in line))
    all_meet([one, two], folder)


def written(folder, *events):
    device = events[0].device
    (folder / f"{device}.jsonl").write_bytes(journal.begun(device) + journal.lines(events))


def foreign(sequence, grade=4, **more):
    return Event("b" * 32, sequence, 1000 * sequence, day(sequence), Kind.REVIEW, "one/a", grade, **more)


def test_a_row_that_contradicts_is_told_and_all_others_are_taken(one, folder):
    one.load([foreign(1)])
    written(folder, foreign(2), foreign(1, grade=5), foreign(3))
    refused = f"3: row 1 of device {'b' * 32} is here already and says something else"
    done = synced(one, folder)
    assert told(done) == (2, 1, [refused])
    assert str(done.problems[0]).splitlines()[1] == (
        "    it was not taken over; sync the device that wrote it, and if this stays, take the line out"
    )
    assert told(synced(one, folder)) == (0, 0, [refused])
    assert list(one.log()) == [foreign(1), foreign(2), foreign(3)]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (foreign(1, grade=None), "a review needs a grade"),
        (foreign(1, detail={"was": [["b" * 32, 0]]}), "what it was is no list of devices and sequences"),
    ],
)
def test_a_row_that_cannot_be_replayed_is_told(one, folder, row, words):
    written(folder, row, foreign(2))
    assert told(synced(one, folder)) == (1, 0, [f"2: row 1 of device {'b' * 32} cannot be taken over: {words}"])


def test_what_a_newer_rung_wrote_is_left_alone(one, two, folder):
    answer(one, "one/a", 4), answer(two, "one/a", 4)
    rest = b'"format": 2}'
    newer = b'{"check": "%b", %b\n' % (journal._check(rest), rest)
    file_of(one, folder).write_bytes(newer)
    problem = "1: a newer Rung wrote what follows"
    assert told(synced(two, folder)) == (0, 1, [problem])
    assert told(synced(one, folder)) == (1, 0, [problem])
    assert file_of(one, folder).read_bytes() == newer


# ── what carriers leave ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    ["{}.sync-conflict-20261123-101500-ABCDEFG.jsonl", "{} (Anna's conflicted copy 2026-11-23).jsonl", "{} 2.jsonl"],
)
def test_conflict_copies_are_read_like_any_file(one, two, folder, name):
    answer(one, "one/a", 4), answer(one, "one/a", 4, on=1), synced(one, folder)
    path = file_of(one, folder)
    path.rename(folder / name.format(one.device))
    path.write_bytes(journal.begun(one.device))  # an older state won
    assert told(synced(two, folder)) == (2, 0, [])
    assert told(synced(one, folder)) == (0, 0, [])
    (folder / name.format(one.device)).unlink()
    assert told(synced(one, folder)) == (0, 2, [])


def test_marks_of_a_merge_are_told_and_all_rows_are_taken(one, two, folder):
    answer(one, "one/a", 4), answer(one, "one/a", 4, on=1), synced(one, folder)
    path = file_of(one, folder)
    head, first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + b"<<<<<<< HEAD\n" + first + b"=======\n" + second + b">>>>>>> other\n")
    assert told(synced(two, folder)) == (2, 0, [f"{line}: {CHANGED}" for line in (2, 4, 6)])


def test_what_is_no_journal_is_told_once_or_left_alone(one, folder):
    (folder / "deck.jsonl").write_text('{"id": 1}\n{"id": 2}\n')
    for name in (".hidden.jsonl", ".syncthing.x.jsonl.tmp", "notes.txt", ".gitattributes"):
        (folder / name).write_text("x\n")
    (folder / "folder.jsonl").mkdir()
    assert told(synced(one, folder)) == (0, 0, ["1: this is no journal of Rung's"])


# ── what cannot go on ────────────────────────────────────────────────────────────────────────────


def test_a_folder_that_is_not_there_is_not_made(one, folder):
    with pytest.raises(CannotGoOn, match=r"away: there is no such folder; make it, or name another"):
        synced(one, folder / "away")
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_none_is_told(one, folder):
    (folder / "file").touch()
    with pytest.raises(CannotGoOn, match="file: "):
        synced(one, folder / "file")


def test_what_came_in_stays_where_nothing_can_go_out(one, two, folder):
    answer(one, "one/a", 4), answer(two, "one/b", 4), synced(one, folder)
    file_of(two, folder).mkdir()
    with pytest.raises(CannotGoOn, match=rf"{two.device}\.jsonl: "):
        synced(two, folder)
    assert sorted(id_ for id_, *_ in log(two)) == ["one/a", "one/b"]
    file_of(two, folder).rmdir()
    assert told(synced(two, folder)) == (0, 1, [])


def test_a_file_that_grows_meanwhile_is_left_alone(one, folder, monkeypatch):
    answer(one, "one/a", 4)
    file_of(one, folder).write_bytes(b"x")
    monkeypatch.setattr(devices, "_files", lambda folder: {})
    with pytest.raises(CannotGoOn, match="another program is writing it; let it finish, then try again"):
        synced(one, folder)
    assert file_of(one, folder).read_bytes() == b"x"


def test_syncs_at_once_write_every_row_once(one, folder, tmp_path):
    for number in range(50):
        answer(one, "one/a", 4, on=number)
    script = "from pathlib import Path; from rung.store import Store; from rung.devices import synced; import sys\n"
    script += "with Store.open(Path(sys.argv[1])) as store: print(synced(store, Path(sys.argv[2])).went)"
    command = [sys.executable, "-c", script, tmp_path / "one.db", folder]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert sorted(process.communicate(timeout=60)[0] for process in started) == ["0\n", "0\n", "0\n", "50\n"]
    held = journal.read("x", file_of(one, folder).read_bytes())
    assert [row.event.sequence for row in held.rows] == list(range(1, 51))


@given(st.lists(st.lists(st.integers(0, 12), max_size=6), max_size=4))
def test_runs_hold_the_numbers_that_were_joined(drawn):
    runs = []
    for numbers in drawn:
        runs = devices._joined(runs, numbers)
    assert [number for number in range(13) if devices._within(number, runs)] == sorted(
        {number for numbers in drawn for number in numbers}
    )
    assert all(one[1] + 1 < two[0] for one, two in pairwise(runs))


# ── many ─────────────────────────────────────────────────────────────────────────────────────────


def test_three_devices_with_more_reviews_than_are_taken_over_at_a_time(opened, folder):
    each = 2 * PAGE + 500
    stores = [opened(f"{name}.db") for name in "abc"]
    for number, store in enumerate(stores):
        device = store.device
        store.load(
            Event(device, n, 1000 * (3 * n + number), day(n // 100), Kind.REVIEW, f"one/{n * 7 % 900}", n % 6)
            for n in range(1, each + 1)
        )
        store.database.change("UPDATE meta SET value = ? WHERE key = 'device'", device)  # its own, as if recorded
        store.database.change("INSERT OR REPLACE INTO meta VALUES ('device', ?)", device)
    for store in [*stores, stores[1], stores[0]]:
        synced(store, folder)
    assert [store.counts() for store in stores] == [{store.device: each for store in stores}] * 3
    cards = [f"one/{number}" for number in range(900)]
    assert stores[0].standings(cards) == stores[1].standings(cards) == stores[2].standings(cards)
    assert [told(synced(store, folder)) for store in stores] == [(0, 0, [])] * 3
