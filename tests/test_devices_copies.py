"""Copies of a store, and stores that were put back: they part, and nothing is lost or doubled, whoever hears what first."""

from __future__ import annotations

import shutil

from learner import all_meet, answer, day, file_of, log, told
from rung.devices import synced
from rung.model import Event, Kind
from rung.store import backups


def test_two_copies_of_a_store_part_and_lose_nothing(one, opened, folder, two):
    answer(one, "one/a", 4), synced(one, folder)
    twin = opened("twin.db", one)
    device = one.device
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60), answer(twin, "one/a", 3, on=2)
    undone = answer(twin, "one/c", 4, on=2)
    twin.undo(now=0, day=day(2))
    synced(one, folder), synced(two, folder)
    done = synced(twin, folder)
    assert (told(done), done.parted) == ((1, 4, []), device)
    assert (one.device, twin.device) == (device, done.device)
    assert [(event.sequence, event.detail["was"]) for event in twin.log() if event.device == twin.device] == [
        (number, [[device, number + 1]]) for number in (1, 2, 3, 4)
    ]
    assert (undone.card, 1) == ("one/c", twin.standing("one/c").rows)
    assert twin.standing("one/c").memory is None
    assert [event.card for event in twin.undo(now=0, day=day(2))] == ["one/a"]  # one goes on taking back
    all_meet([one, twin, two], folder)
    assert log(two) == [("one/a", 4, 0), ("one/a", 1, 50), ("one/b", 5, 60), ("one/a", 3, 61), ("one/c", 4, 62)]
    assert list(folder.parent.glob("twin.db.*.before-sync.backup")) != []


def test_a_void_takes_back_the_same_row_after_it_moved(one, opened, folder):
    """One that moved with it, one from before, and one of another device."""
    answer(one, "one/a", 4)
    one.load([Event("c" * 32, number, number, day(0), Kind.REVIEW, "one/x", 4) for number in (1, 2, 3)])
    twin = opened("twin.db", one)
    answer(one, "one/z", 1, on=1), answer(twin, "one/b", 5, on=1, now=60)
    assert [twin.undo(now=0, day=day(1))[0].card for _ in range(2)] == ["one/b", "one/a"]
    twin.record(Kind.VOID, now=0, day=day(1), detail={"device": "c" * 32, "sequence": 3})
    device = one.device
    synced(one, folder)
    assert synced(twin, folder).parted == device
    assert twin.voided() == {(twin.device, 1), (device, 1), ("c" * 32, 3)}
    all_meet([one, twin], folder)


def test_a_void_is_not_held_against_a_row_of_ours_that_moves(one, opened, folder):
    """The row that the other copy takes back has the key of a void here, until that moves."""
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/x", 5, on=1, now=50), answer(one, "one/y", 5, on=1, now=51), one.undo(now=52, day=day(1))
    answer(twin, "one/b", 5, on=1, now=60), twin.undo(now=61, day=day(1))
    device = one.device
    synced(one, folder)
    done = synced(twin, folder)
    assert (told(done), done.parted) == ((3, 2, []), device)
    assert twin.voided() == {(device, 3), (twin.device, 1)}
    all_meet([one, twin], folder)


def test_who_parts_is_told_so_whether_or_not_rows_go_for_others(one, opened):
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60)
    device, rows = one.device, list(one.log())
    for parted, moved in ((device, True), ("", False)):
        with twin.exchanging():
            taken = twin.take(rows)
        assert (taken.parted, taken.moved) == (parted, moved)


def test_a_copy_that_is_put_back_from_a_backup_still_parts(one, opened, folder, two, tmp_path):
    """Its rows bear an id that is no more its own; who has the other's under that cannot tell which are which."""
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    device = one.device
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60)
    for number in (1, 2):
        twin.backup(tmp_path / f"{number}.db")
        backups.restored(tmp_path / "twin.db", tmp_path / f"{number}.db")
        answer(twin, "one/c", number, on=1, now=60 + number)
    synced(one, folder), synced(two, folder)
    done = synced(twin, folder)
    assert (told(done), done.parted) == ((1, 3, []), "")
    assert one.device == device
    all_meet([one, twin, two], folder)
    assert log(two) == [("one/a", 4, 0), ("one/a", 1, 50), ("one/b", 5, 60), ("one/c", 1, 61), ("one/c", 2, 62)]
    assert two.check() == []


def test_copies_of_a_copy_that_was_put_back_part_too(one, opened, folder, tmp_path):
    """Both have a row that moves, and one each behind it: what it becomes is no more the same device for both."""
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60)
    third = opened("third.db", twin)
    for store, name, card in ((twin, "twin", "one/c"), (third, "third", "one/d")):
        answer(store, card, 3, on=1, now=70)
        store.backup(tmp_path / f"{name}-copy.db")
        backups.restored(tmp_path / f"{name}.db", tmp_path / f"{name}-copy.db")
    synced(one, folder), synced(twin, folder), synced(third, folder)
    all_meet([one, twin, third], folder)
    assert sorted(log(one)) == [("one/a", 1, 50), ("one/a", 4, 0), ("one/b", 5, 60), ("one/c", 3, 70), ("one/d", 3, 70)]


def test_two_copies_that_meet_in_a_conflict_both_part(one, opened, folder, two, tmp_path):
    """Both wrote the file of one device before either saw the other's."""
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60)
    away, device, conflict = tmp_path / "away", one.device, f"{one.device}.sync-conflict-20261123-101500-ABCDEFG.jsonl"
    away.mkdir()
    synced(one, folder), synced(twin, away), synced(two, folder)
    shutil.copy(file_of(one, folder), away / conflict)
    shutil.copy(file_of(twin, away), folder / conflict)
    assert told(synced(two, folder)) == (0, 0, [f"3: row 2 of device {device} is here already and says something else"])
    assert synced(one, folder).parted == device
    assert synced(twin, away).parted == device
    shutil.copy(file_of(twin, away), folder)
    all_meet([one, twin, two], folder)
    assert log(two) == [("one/a", 4, 0), ("one/a", 1, 50), ("one/b", 5, 60)]
    assert len({one.device, twin.device, device}) == 3


def test_a_copy_that_hears_that_the_other_has_parted_stays(one, opened, folder):
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1, now=50), answer(twin, "one/b", 5, on=1, now=60)
    device = one.device
    synced(one, folder)
    assert synced(twin, folder).parted == device
    assert synced(one, folder).parted == ""
    all_meet([one, twin], folder)
    assert one.device == device


def test_a_store_put_back_goes_on_as_a_new_device(one, opened, folder):
    answer(one, "one/a", 4), answer(one, "one/a", 4, on=1)
    old = opened("old.db", one)
    answer(one, "one/a", 4, on=2), synced(one, folder)
    device = one.device
    done = synced(old, folder)
    assert (told(done), done.parted) == ((1, 0, []), device)
    answer(old, "one/a", 4, on=3)
    assert told(synced(old, folder)) == (0, 1, [])
    assert synced(one, folder).parted == ""
    all_meet([one, old], folder)


def test_the_new_id_follows_from_the_first_row_that_moves_whoever_moves_it(one, opened, folder):
    answer(one, "one/a", 4)
    for table, column in (("devices", "id"), ("meta", "value")):
        one.database.change(f"UPDATE {table} SET {column} = ?", "0" * 31 + "1")
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1), answer(twin, "one/b", 5, on=1, now=60, took=7), answer(twin, "one/c", 5, on=1)
    synced(one, folder), synced(twin, folder)
    assert twin.device == "33a126d0b53da4c9f1ca457c63e3766e"


def test_what_moves_twice_gets_one_key(one, opened, folder):
    """A store that has parted and is put back to the time before does not bring its rows a second time."""
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1), answer(twin, "one/b", 5, on=1, now=60)
    again = opened("again.db", twin)
    synced(one, folder), synced(twin, folder)
    assert synced(again, folder).parted == one.device
    all_meet([one, twin, again], folder)
    assert [id_ for id_, *_ in log(one)].count("one/b") == 1


def test_a_copy_of_a_copy_that_finds_its_rows_taken_along_goes_along(one, opened, folder, two):
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1), answer(one, "one/d", 1, on=1), answer(twin, "one/b", 5, on=1, now=60)
    again = opened("again.db", twin)
    answer(again, "one/c", 4, on=1, now=70)
    synced(one, folder), synced(twin, folder)
    file_of(one, folder).rename(folder / "late")  # what the twin took along is here before what it met
    device = one.device
    assert synced(again, folder).parted == device
    (folder / "late").rename(folder / f"{device}.jsonl")
    all_meet([twin, again, two], folder)  # the one they met is no more
    assert log(two) == [("one/a", 4, 0), ("one/a", 1, 1), ("one/d", 1, 2), ("one/b", 5, 60), ("one/c", 4, 70)]


def test_who_had_the_rows_of_the_one_that_parts_takes_those_of_the_other(one, opened, folder, two, tmp_path):
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1), answer(twin, "one/b", 5, on=1, now=60)
    (tmp_path / "away").mkdir()
    synced(twin, tmp_path / "away"), synced(two, tmp_path / "away"), synced(one, folder), synced(twin, folder)
    shutil.copy(file_of(twin, folder), tmp_path / "away")
    assert told(synced(two, tmp_path / "away")) == (1, 0, [])
    assert [id_ for id_, *_ in log(two)] == ["one/a", "one/b"]
    two.load(one.log())  # a row whose key stands in the folder as another's
    assert told(synced(two, tmp_path / "away")) == (0, 1, [])


def test_both_may_come_at_once(one, opened, folder, two, tmp_path):
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/a", 1, on=1), answer(twin, "one/b", 5, on=1, now=60)
    (tmp_path / "away").mkdir()
    synced(twin, tmp_path / "away"), synced(two, tmp_path / "away"), synced(one, folder), synced(twin, folder)
    assert told(synced(two, folder)) == (2, 0, [])
    assert list(two.log()) == list(twin.log())


def test_rows_of_one_instant_change_places_with_their_device(one, opened, folder):
    """Then the first answer of a day is another, and the memory too."""
    assert one.device
    for table, column in (("devices", "id"), ("meta", "value")):
        one.database.change(f"UPDATE {table} SET {column} = ?", "0" * 31 + "1")
    answer(one, "one/a", 4)
    twin = opened("twin.db", one)
    answer(one, "one/b", 4, on=3), answer(twin, "one/a", 5, on=1, now=1000)
    twin.load([Event("0" * 31 + "2", 1, 1000, day(1), Kind.REVIEW, "one/a", 1)])
    before = twin.standing("one/a")
    synced(one, folder)
    assert synced(twin, folder).parted == one.device
    assert twin.standing("one/a") != before
    all_meet([one, twin], folder)
