"""What the store has for a plan: the plan itself, what waits and is done, what cards cost, and what follows for a day."""

from __future__ import annotations

from datetime import date

import pytest

from learner import HERE, MONDAY, answer, card, day, do, put
from rung.counts import CostRow, LoadRow
from rung.model import Deck, Kind
from rung.plan import Plan
from rung.seat import Seat
from rung.settings import Settings
from rung.store import CardFile, Fresh
from rung.waiting import Waiting
from rung.workspace import Clock


def planned(store, on=0, **detail):
    return store.record(Kind.PLAN, now=0, day=day(on), detail={"interview": "2026-12-18", **detail})


def test_the_plan_is_the_one_made_last_and_not_taken_back(store):
    assert store.plan() is None
    planned(store)
    planned(store, 1, minutes=30)
    assert store.plan() == Plan(date(2026, 12, 18), MONDAY, 30)
    store.undo(now=0, day=day(1))
    assert store.plan() == Plan(date(2026, 12, 18), MONDAY)
    store.record(Kind.PLAN, now=0, day=day(1), detail={"drop": True})
    assert store.plan() is None
    assert store.check() == []


def test_a_plan_goes_to_other_devices(opened):
    one, two = opened("one.db"), opened("two.db")
    planned(one, minutes=30)
    two.load(one.log())
    assert two.plan() == one.plan() == Plan(date(2026, 12, 18), MONDAY, 30)


def test_cards_are_counted_by_deck_kind_and_what_is_known_of_them(store):
    put(
        store,
        [card("a", kind="cloze"), card("b", kind="cloze"), card("c"), card("d", kind="drill"), card("e"), card("f")],
        [card("a", deck="off"), card("b", deck="off")],
    )
    store.switch_deck("off", on=False)
    answer(store, "off/a", 4, on=-1)
    answer(store, "one/a", 4)
    answer(store, "one/c", 4, on=-1)
    answer(store, "one/c", 4)
    store.record(Kind.SUSPEND, now=0, day=MONDAY, card="one/e", detail={"on": True})
    assert sorted(store.workload(HERE, MONDAY), key=str) == sorted([
        LoadRow("off", "recall", MONDAY, 1, 1),
        LoadRow("one", "cloze", None, None, 1),
        LoadRow("one", "cloze", day(1), 1, 1, answered=True, begun=True),
        LoadRow("one", "recall", None, None, 1),
        LoadRow("one", "recall", day(6), 6, 1, answered=True),
    ], key=str)  # fmt: skip


def test_costs_are_those_of_a_card_on_a_day_and_not_of_today(store):
    put(store, [card("a", kind="cloze"), card("b")])
    answer(store, "one/a", 1, on=-3, took=20_000)
    answer(store, "one/a", 4, on=-3, kind=Kind.REDRILL, took=5_000)
    answer(store, "one/a", 4, on=-2, took=7_000)
    answer(store, "one/b", 4, on=-40, took=1_000)
    answer(store, "one/b", 4, on=-2)
    answer(store, "one/b", 4, on=0, took=9_000)
    answer(store, "one/b", 4, on=-1, took=4_000)
    store.undo(now=0, day=day(-1))
    assert sorted(store.costs(HERE, MONDAY)) == [CostRow("cloze", False, 7_000), CostRow("cloze", True, 25_000)]


def test_costs_are_of_the_last_four_weeks_and_of_the_cards_here(store):
    put(store, [card("a"), card("b")])
    put(store, [card("c", "two")], workspace="elsewhere")
    for on, took in ((-29, 1_000), (-28, 2_000), (-1, 4_000), (0, 8_000), (1, 16_000)):
        answer(store, "one/a", 4, on=on, took=took)
    answer(store, "one/b", 4, on=-1, took=500)
    answer(store, "one/b", 4, on=-1, took=100, kind=Kind.QUIZ)
    answer(store, "two/c", 4, on=-1, took=700)
    assert sorted(store.costs(HERE, MONDAY)) == [
        CostRow("recall", False, 2_000),
        CostRow("recall", False, 4_000),
        CostRow("recall", True, 500),
    ]


def test_on_the_day_of_the_interview_the_plan_still_says_how_many(store):
    put(store, [card("a")])
    planned(store)
    assert [store.fresh(HERE, date(2026, 12, each), 12) for each in (18, 19)] == [Fresh(0), Fresh(12)]


def test_without_a_plan_in_force_the_settings_count(store):
    put(store, [card("a")])
    assert store.fresh(HERE, MONDAY, 12) == Fresh(12)
    planned(store)
    assert store.fresh(HERE, date(2026, 12, 19), 12) == Fresh(12)
    assert store.fresh(HERE, date(2026, 12, 11), 12) == Fresh(0)


def test_a_sitting_has_as_many_new_cards_as_the_plan_says_and_in_its_order(store):
    files = [
        CardFile(
            f"{name}.jsonl",
            Deck(name, "A deck", "Course", rounds=(name,)),
            [card(f"{at}", deck=name) for at in range(40)],
        )
        for name in ("ai", "sd")
    ]
    store.sync_cards(HERE, {file.path: (1, 1) for file in files}, files)
    seat = Seat.at(store, HERE, Clock(MONDAY))
    planned(store, minutes=10, weights={"ai": 1, "code": 1, "sd": 3})
    asked = ["sd/0", "sd/1", "ai/0", "sd/2", "sd/3"]  # of 80 on 18 days
    assert seat.daily(Settings()).line == tuple(Waiting(id_, id_, new=True) for id_ in asked)
    assert [each.card for each in seat.daily(Settings(), ["ai"]).line] == [f"ai/{at}" for at in range(5)]
    for id_ in asked[:3]:
        answer(store, id_, 4)
    assert [each.card for each in seat.daily(Settings()).line] == asked[3:], "it goes on where it was"
    assert store.today(HERE, MONDAY, 200, 12).new == 2


def test_what_cards_have_cost_says_how_many_new_ones_fit(store):
    put(store, [card(f"{at}") for at in range(200)])
    planned(store, minutes=10)
    assert store.fresh(HERE, day(7), 0) == Fresh(7), "a minute each, in three quarters of the time"
    for at in range(10):
        answer(store, f"one/{at}", 4, took=4_000)
        do(store, Kind.SUSPEND, f"one/{at}", on=True)
    assert store.fresh("elsewhere", day(7), 0) == Fresh(0)
    assert store.fresh(HERE, day(7), 0) == Fresh(18), "of 190 on 11 days"


def test_new_cards_of_a_round_wait_by_how_many_of_it_are_known(store):
    files = [
        CardFile(f"{name}.jsonl", Deck(name, "", "", rounds=(name,)), [card(f"{at}", deck=name) for at in range(9)])
        for name in ("ai", "sd")
    ]
    store.sync_cards(HERE, {file.path: (1, 1) for file in files}, files)
    planned(store, on=-9, minutes=60, weights={"ai": 1, "sd": 1})
    answer(store, "ai/0", 4, on=-2), answer(store, "ai/1", 4, on=-1)  # which come back on two days
    fresh = store.fresh(HERE, MONDAY, 0)
    asked = [each.card for each in fresh.turns(store.new(HERE, MONDAY))]
    assert asked[:4] == ["sd/0", "sd/1", "ai/2", "sd/2"]


@pytest.mark.parametrize(("reviews", "new"), [(15, 0), (5, 5)])
def test_what_a_learners_limit_leaves_of_the_minutes_is_for_new_cards(opened, reviews, new):
    store = opened("rung.db", reviews_per_day=reviews)
    put(store, [card(f"{at}") for at in range(215)])
    for at in range(15):
        do(store, Kind.SEED, f"one/{at}", interval=3, due=MONDAY.isoformat())
    planned(store, minutes=10)
    assert store.fresh(HERE, MONDAY, 12) == Fresh(new)
