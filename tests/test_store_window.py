"""The last days before an interview over a store: what is asked on which day, while due days stay what they are."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from learner import HERE, answer, card, do, put
from rung.model import Kind
from rung.schedulers import sm2
from rung.store import Coming

INTERVIEW = date(2026, 12, 18)
DUE = date(2027, 2, 1)
COUNT = 40
MINUTES = 10  # of which three quarters hold 15 recalls: three days for 40 cards


def december(day):
    return date(2026, 12, day)


@pytest.fixture
def ready(opened):
    """Give a store with cards that come back long after the interview, the better known the higher their number."""

    def ready(count=COUNT, minutes=MINUTES, **settings):
        store = opened("rung.db", **settings)
        put(store, [card(f"{number:03}") for number in range(count)])
        for number in range(count):
            known = {"interval": 30 + number, "due": DUE.isoformat()}
            store.record(Kind.SEED, now=0, day=december(1), card=f"one/{number:03}", detail=known)
        store.record(Kind.PLAN, now=0, day=december(1), detail={"interview": INTERVIEW.isoformat(), "minutes": minutes})
        return store

    return ready


def asked(store, day, decks=None):
    return [entry.id for entry in store.due_entries(HERE, december(day), decks)]


def test_each_card_is_shown_once_and_its_due_day_stays(ready):
    store = ready()
    assert asked(store, 14) == []
    assert store.forecast(HERE, december(14), 6) == (0, 14, 13, 13, 0, 0)
    assert store.next_due(HERE, december(14)) == Coming(december(15), 14)
    seen = []
    for day, count in ((15, 14), (16, 13), (17, 13)):
        today = asked(store, day)
        assert len(today) == count
        assert store.today(HERE, december(day), 200, 0).due == count
        assert {entry.due for entry in store.due_entries(HERE, december(day))} == {DUE}
        for id_ in today:
            before = store.standing(id_).memory
            answer(store, id_, 4, on=(december(day) - date(2026, 11, 23)).days)
            assert store.standing(id_).memory == sm2.reviewed(before, [(4, december(day))]), (
                "an early answer like others"
            )
        seen += today
    assert sorted(seen) == [f"one/{number:03}" for number in range(COUNT)]
    assert max(seen[:14]) == "one/039", "the strongest first, the weakest last"
    assert "one/000" in seen[27:]
    assert asked(store, 18) == []


def test_a_plan_that_is_dropped_leaves_nothing_behind(ready):
    store = ready()
    store.record(Kind.PLAN, now=0, day=december(15), detail={"drop": True})
    assert asked(store, 15) == []
    assert store.next_due(HERE, december(15)) == Coming(DUE, COUNT)
    store.undo(now=0, day=december(15))
    assert len(asked(store, 15)) == 14


def test_a_day_without_time_is_made_up_for(ready):
    store = ready(minutes=20)
    assert len(asked(store, 16)) == 20
    assert store.forecast(HERE, december(16), 3) == (20, 20, 0)


def test_a_day_holds_no_more_than_its_minutes(ready):
    store = ready()  # and a day was missed
    today = asked(store, 16)
    assert len(today) == 15
    for id_ in today[:10]:
        answer(store, id_, 4, on=23)
    assert asked(store, 16) == today[10:]
    for id_ in today[10:]:
        answer(store, id_, 4, on=23)
    assert asked(store, 16) == [], "though more wait"


def test_a_day_holds_more_for_who_is_quicker(ready):
    store = ready()  # and a day was missed
    for number in range(10):
        answer(store, f"one/{number:03}", 4, on=9, took=15_000)  # half as long as we reckon with
    assert len(asked(store, 16)) == 20


def test_where_the_days_cannot_hold_all_cards_the_schedule_stays(ready):
    store = ready(count=160)  # in ten days, 15 a day
    assert asked(store, 17) == []
    assert store.next_due(HERE, december(17)) == Coming(DUE, 160)


def test_the_learners_own_limit_makes_more_days_of_it(ready):
    store = ready(reviews_per_day=5)
    assert store.next_due(HERE, december(1)) == Coming(december(10), 5)
    assert store.count_due(HERE, december(10)) == 5


def test_decks_and_what_is_put_off_are_left_out(ready):
    store = ready()
    today = asked(store, 15)
    assert asked(store, 15, ["two"]) == []
    assert store.next_due(HERE, december(14), ["two"]) is None
    assert store.next_due(HERE, december(14), ["one"]) == Coming(december(15), 14)
    store.record(Kind.SUSPEND, now=0, day=december(15), card=today[0], detail={"on": True})
    store.record(Kind.BURY, now=0, day=december(15), card=today[1])
    left = asked(store, 15)
    assert today[0] not in left
    assert today[1] not in left
    assert store.days_shown(HERE, december(15))[december(16)] == 14, "what is buried comes tomorrow"


def test_the_portions_of_a_plan_show_each_card_once(ready):
    from rung.plan.load import portions
    from rung.plan.pace import Pace

    store = ready()
    for day, reviews in ((10, [0, 0, 0, 0, 0, 14, 13, 13, 0]), (16, [20, 20, 0])):
        found = portions(store.plan(), december(day), store.workload(HERE, december(day)), Pace())
        assert [each.reviews for each in found] == reviews


def test_what_is_buried_takes_no_room_of_the_day(ready):
    store = ready()  # and a day was missed, so that more wait than the minutes hold
    first, *others = asked(store, 16)
    store.record(Kind.BURY, now=0, day=december(16), card=first)
    today = asked(store, 16)
    assert len(today) == 15
    assert today[:14] == others
    assert store.forecast(HERE, december(16), 3) == (15, 25, 0), "what the day has no room for comes the day after"


def test_after_a_clock_was_set_back_the_day_is_still_full(ready):
    store = ready()
    for id_ in asked(store, 17)[:5]:
        answer(store, id_, 4, on=24)  # the 17th
    assert len(asked(store, 16)) == 15


def test_what_the_last_day_has_no_room_for_waits_for_its_own_day(ready):
    store = ready()  # and two days were missed
    assert store.days_shown(HERE, december(17)) == {december(17): 15, DUE: 25}
    assert store.next_due(HERE, december(17)) == Coming(DUE, 25)
    assert store.days_shown(HERE, december(16)) == {december(16): 15, december(17): 25}


def test_on_the_day_of_the_interview_and_after_it_no_plan_changes_a_day(ready):
    store = ready()
    for day in (18, 19):
        assert store.last_days(HERE, december(day)) is None
        assert store.days_shown(HERE, december(day)) is None
        assert store.forecast(HERE, december(day), 3) == (0, 0, 0)
    assert len(store.last_days(HERE, december(17))) == 15


def test_before_the_last_days_a_plan_asks_nothing_but_says_when(ready):
    store = ready()
    assert store.last_days(HERE, december(14)) is None
    assert len(store.last_days(HERE, december(15))) == 14
    assert store.days_shown(HERE, december(14)) == {december(15): 14, december(16): 13, december(17): 13}


def test_of_the_last_days_a_sitting_takes_as_many_as_it_wants_and_counts_all(ready):
    store = ready()
    whole = store.due_entries(HERE, december(15))
    assert store.due_entries(HERE, december(15), most=3) == whole[:3]
    assert store.due_entries(HERE, december(15), most=0) == ()
    assert store.count_due(HERE, december(15)) == 14
    assert (store.count_due(HERE, december(14)), store.count_due(HERE, december(15), ["two"])) == (0, 0)


def test_what_is_overdue_comes_before_the_last_days_and_what_they_have_no_room_for_the_day_after(ready):
    store = ready()
    for number in range(20):
        do(store, Kind.SET_DUE, f"one/{number:03}", on=8, due="2026-12-02")
    later = {december(16): 7, december(17): 6}
    assert store.days_shown(HERE, december(14)) == {december(14): 20, december(15): 7, **later}
    do(store, Kind.BURY, "one/000", on=21)  # the 14th
    assert store.days_shown(HERE, december(14)) == {december(14): 19, december(15): 8, **later}
    assert store.days_shown(HERE, december(15)) == {december(15): 15, december(16): 15, december(17): 10}


def test_a_drill_is_shown_before_an_interview_where_drills_wait(ready):
    store = ready()
    put(store, [card(f"{number:03}", kind="recall" if number else "drill") for number in range(COUNT)], time=2)
    do(store, Kind.SEED, "one/001", on=8, interval=32, due=DUE.isoformat())  # as another has
    for drills, first, a_day in ((False, 15, 13), (True, 14, 10)):  # which takes as long as twenty recalls
        store.drills = drills
        shown = {december(on): a_day for on in range(first, 18)}
        assert store.days_shown(HERE, december(13)) == shown
        assert len(asked(store, first)) == a_day
        counted = Counter[date]()
        for row in store.workload(HERE, december(first)):
            counted[row.due] += row.cards
        assert counted == shown
