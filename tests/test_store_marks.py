"""Marks of several cards are one action: logged all or none, taken back whole, on whatever device."""

from __future__ import annotations

import pytest

from learner import HERE, all_meet, answer, card, day, do, put
from rung.devices import synced
from rung.model import Kind, Standing

SUSPENDED = {"on": True}


def suspend(store, *cards, on=0):
    return store.mark(Kind.SUSPEND, dict.fromkeys(cards, SUSPENDED), now=0, day=day(on))


def suspended(store, *cards):
    return [store.standing(card).suspended for card in cards]


def undo(store):
    return [event.card for event in store.undo(now=0, day=day(1))]


def test_rows_of_one_action_say_so_by_the_instant_of_the_first(store):
    answer(store, "one/a", 4, now=5)
    events = store.mark(Kind.TAG, {"one/a": {"tags": ["x"]}, "one/b": {"tags": ["x", "y"]}}, now=3, day=day(0))
    assert [(event.card, event.at, event.detail) for event in events] == [
        ("one/a", 6, {"tags": ["x"], "action": 6}),
        ("one/b", 7, {"tags": ["x", "y"], "action": 6}),
    ]
    assert list(store.events())[1:] == list(events)
    assert store.standing("one/b").tags == ("x", "y")


def test_a_mark_of_one_card_is_an_event_like_any_other(store):
    (event,) = suspend(store, "one/a")
    assert event.detail == SUSPENDED
    assert suspend(store) == ()


def test_what_is_kept_of_a_card_says_on_which_day_it_was_buried(store):
    do(store, Kind.BURY, "one/a", on=3)
    assert store.standing("one/a") == Standing(buried=day(3))
    undo(store)
    assert store.standing("one/a") == Standing()


def test_marks_are_logged_for_all_cards_or_for_none(store):
    with pytest.raises(ValueError, match="its detail is not that of a flag"):
        store.mark(Kind.FLAG, {"one/a": {"flag": 1}, "one/b": {"flag": 9}}, now=0, day=day(0))
    assert list(store.events()) == []
    assert store.standing("one/a") == Standing()


def test_undo_takes_an_action_back_whole_and_answers_step_by_step(store):
    names = [f"one/{number}" for number in range(40)]
    answer(store, "one/0", 4), answer(store, "one/1", 4)
    suspend(store, *names), suspend(store, "one/0", "one/1")
    answer(store, "one/2", 4)
    assert undo(store) == ["one/2"]
    assert undo(store) == ["one/0", "one/1"]
    assert all(suspended(store, *names))
    assert undo(store) == names
    assert not any(suspended(store, *names))
    assert (undo(store), undo(store), undo(store)) == (["one/1"], ["one/0"], [])
    assert store.check() == []


def test_an_action_longer_than_a_page_is_taken_back_whole(store, monkeypatch):
    monkeypatch.setattr("rung.store.log.PAGE", 3)
    names = [f"one/{number}" for number in range(8)]
    do(store, Kind.SUSPEND, "one/before"), suspend(store, *names)
    assert undo(store) == names
    assert undo(store) == ["one/before"]


def test_undo_goes_on_over_sittings(opened):
    first = opened("one.db")
    suspend(first, "one/a", "one/b")
    answer(first, "one/c", 4)
    first.close()
    again = opened("one.db")
    assert undo(again) == ["one/c"]
    assert undo(again) == ["one/a", "one/b"]
    assert undo(again) == []


def test_an_action_of_another_device_stays(one, two, folder):
    suspend(two, "one/a", "one/b")
    synced(two, folder), synced(one, folder)
    assert undo(one) == []
    suspend(one, "one/b", "one/c", on=1)
    assert undo(one) == ["one/b", "one/c"]
    all_meet([one, two], folder)
    assert suspended(two, "one/a", "one/b", "one/c") == [True, True, False]


def test_an_action_is_taken_back_whole_after_its_rows_got_other_keys(one, opened, folder):
    answer(one, "one/a", 4), synced(one, folder)
    twin = opened("twin.db", one)
    answer(one, "one/b", 4, on=1), suspend(twin, "one/c", "one/d", on=1)
    synced(one, folder)
    assert synced(twin, folder).parted == one.device
    assert undo(twin) == ["one/c", "one/d"]
    all_meet([one, twin], folder)
    assert suspended(one, "one/c", "one/d") == [False, False]


def test_marks_hold_for_cards_that_get_a_new_id(store):
    put(store, [card("#a"), card("#b")])
    suspend(store, "one/#a", "one/#b")
    put(store, [card("#c", first="one/#a", was=("one/#a",)), card("#b")])
    assert suspended(store, "one/#c") == [True]
    assert undo(store) == ["one/#a", "one/#b"]
    assert suspended(store, "one/#c", "one/#b") == [False, False]
    assert store.new(HERE, day(0)).keys() == {"one"}


def test_an_action_that_is_no_instant_is_refused(store):
    with pytest.raises(ValueError, match="its action is no instant"):
        do(store, Kind.FLAG, "one/a", flag=1, action="x")
