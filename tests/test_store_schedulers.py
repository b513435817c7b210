"""A store and the scheduler it goes by: the log is replayed where that changes, and nothing else is."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from learner import answer, day, do, strength
from rung import schedulers
from rung.model import Kind, Memory
from rung.schedulers import fsrs, sm2
from rung.store import Store


def lived(store):
    """Two cards: one that went well, and one that failed and was drilled."""
    for on in (0, 2, 13):
        answer(store, "one/a", 4, on=on)
    answer(store, "one/b", 1, on=13)
    answer(store, "one/b", 4, on=13, kind=Kind.REDRILL)
    return store


SM2 = {"one/a": Memory(15, 3, 250, day(28)), "one/b": Memory(1, 0, 250, day(14))}
FSRS = {"one/a": Memory(46, 3, 250, day(59)), "one/b": Memory(1, 0, 250, day(14))}


def memories(store):
    return {root: store.standing(root).memory for root in ("one/a", "one/b")}


def test_a_store_goes_by_sm2_until_another_is_named_and_then_by_that(path):
    with Store.open(path) as store:
        rows = list(lived(store).log())
        assert (store.scheduler, memories(store)) == (sm2, SM2)
    with Store.open(path, scheduler="fsrs") as store:
        assert (store.scheduler, memories(store)) == (fsrs, FSRS)
        assert store.check() == []
        assert list(store.log()) == rows
    with Store.open(path) as store:  # as it is
        assert (store.scheduler, memories(store)) == (fsrs, FSRS)
        assert answer(store, "one/a", 4, on=59).sequence == 6
        assert store.standing("one/a").memory == Memory(163, 4, 250, day(222))
        store.undo(now=0, day=day(59))
    with Store.open(path, scheduler="sm2") as store:
        assert (store.scheduler, memories(store)) == (sm2, SM2)
        assert store.check() == []


def test_the_strength_is_the_same_whoever_sets_the_days(path):
    with Store.open(path) as store:
        before = {root: lived(store).standing(root).strength for root in ("one/a",)}
        assert before == {"one/a": strength((0, 4), (2, 4), (13, 4))}
    with Store.open(path, scheduler="fsrs") as store:
        assert {root: store.standing(root).strength for root in before} == before


def test_without_a_change_nothing_is_replayed(path):
    with Store.open(path, scheduler="fsrs") as store:
        lived(store)
        kept = store.database.value("PRAGMA data_version")
        with Store.open(path, scheduler="fsrs"):
            pass
        assert store.database.value("PRAGMA data_version") == kept


def test_who_had_the_store_open_goes_on_by_the_new_one(path):
    with Store.open(path, scheduler="sm2") as before:
        lived(before)
        with Store.open(path, scheduler="fsrs"):
            pass
        answer(before, "one/a", 4, on=59)
        assert before.standing("one/a").memory == Memory(163, 4, 250, day(222))
        assert before.check() == []


def test_a_switch_that_fails_leaves_all_as_it_was(path, monkeypatch):
    with Store.open(path) as store:
        lived(store)
    with monkeypatch.context() as broken:
        broken.setattr(fsrs, "placed", lambda memory, strength: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            Store.open(path, scheduler="fsrs")
    with Store.open(path) as store:
        assert (store.scheduler, memories(store)) == (sm2, SM2)
        assert store.check() == []


def test_a_scheduler_that_is_none_changes_nothing(path):
    with pytest.raises(KeyError, match="sm3"):
        Store.open(path, scheduler="sm3")
    with Store.open(path) as store:
        assert store.scheduler is sm2


def test_the_doctor_replays_by_the_store_s_own(path):
    with Store.open(path, scheduler="fsrs") as store:
        lived(store)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE memory SET stability = 3 WHERE root = 'one/a'")
    with Store.open(path) as store:
        assert store.check() == [
            "what is kept of card one/a does not follow from the log: mend it with: rung doctor --fix"
        ]
        store.rebuild()
        assert (store.check(), memories(store)) == ([], FSRS)


def test_a_backup_remembers_it(path, tmp_path):
    with Store.open(path, scheduler="fsrs") as store:
        lived(store).backup(tmp_path / "copy.db")
    path.unlink()
    Store.restore(path, tmp_path / "copy.db")
    with Store.open(path) as store:
        assert (store.scheduler, memories(store)) == (fsrs, FSRS)


def test_a_new_card_that_is_set_due_and_reset_loses_its_strength(store):
    do(store, Kind.SET_DUE, "one/a", due=day(10).isoformat())
    assert store.standing("one/a").strength.stability == 10
    do(store, Kind.RESET, "one/a")
    assert (store.standing("one/a").memory, store.standing("one/a").strength) == (None, None)


def test_every_scheduler_can_be_switched_to(path):
    for name in schedulers.names():
        with Store.open(path, scheduler=name) as store:
            assert store.check() == []
