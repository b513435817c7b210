"""The days before an interview: what is shown when, and in which order."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import window
from rung.model import Strength
from rung.window import Held

INTERVIEW = date(2026, 12, 25)


def before(days):
    """So many days before the interview."""
    return INTERVIEW - timedelta(days)


def held(name, due, *, reviewed=30, stability=5.0):
    """A card; `due` and `reviewed` are days before the interview."""
    answered = before(reviewed)
    return Held(name, before(due), answered, Strength(stability, 5.0, answered))


def answered(card, day, due):
    return replace(card, due=due, reviewed=day, strength=Strength(5.0, 5.0, day))


# ── the window ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "budget", "days"),
    [
        *((0, 60, 3), (1, 60, 3), (180, 60, 3), (181, 60, 4), (252, 60, 5), (600, 60, 10), (601, 60, None)),
        *((0, 0, 3), (1, 0, None), (5, 1, 5), (10, 1, 10), (11, 1, None)),
    ],
)
def test_a_window_is_as_long_as_its_cards_need(count, budget, days):
    assert window.start(count, INTERVIEW, budget) == (days and before(days))


def test_without_an_interview_there_is_no_window():
    assert window.start(1, None, 60) is None


# ── the days ─────────────────────────────────────────────────────────────────────────────────────

CARDS = (
    held("overdue", 12),
    held("early", 4, stability=1.0),
    held("inside", 3, stability=2.0),
    held("after", -1, stability=3.0),
    held("long after", -200, stability=100.0),
)


def days_of(cards, today, budget=60):
    """The days on which cards are shown, as days before the interview."""
    return {name: (INTERVIEW - day).days for name, day in window.shown(cards, INTERVIEW, budget, before(today)).items()}


def test_what_falls_into_the_window_or_behind_it_is_shown_in_it_the_strongest_first():
    assert days_of(CARDS, 10) == {"overdue": 12, "early": 4, "inside": 1, "after": 2, "long after": 3}


def test_what_was_overdue_takes_its_part_of_the_first_day():
    cards = [held("overdue", 12), *(held(f"weaker {n}", -1, stability=9.0 - n) for n in range(5))]
    assert days_of(cards, 3) == {
        "overdue": 12,
        **{"weaker 0": 3, "weaker 1": 2, "weaker 2": 2, "weaker 3": 1, "weaker 4": 1},
    }


def test_a_day_without_time_is_made_up_in_the_days_left():
    cards = [held(f"c{n}", -1, stability=9.0 - n) for n in range(6)]
    assert days_of(cards, 3) == {"c0": 3, "c1": 3, "c2": 2, "c3": 2, "c4": 1, "c5": 1}
    assert days_of(cards, 2) == {"c0": 2, "c1": 2, "c2": 2, "c3": 1, "c4": 1, "c5": 1}
    assert set(days_of(cards, 1).values()) == {1}


def test_a_card_answered_in_the_window_follows_its_schedule_from_then_on():
    passed = held("passed", -12, reviewed=3)
    failed = held("failed", 2, reviewed=3)
    others = [held(f"c{n}", -1, stability=9.0 - n) for n in range(3)]
    assert days_of([passed, failed, *others], 2) == {"passed": -12, "failed": 2, "c0": 2, "c1": 1, "c2": 1}


def test_what_keeps_its_day_in_the_window_takes_room_of_it():
    failed = [held("failed 1", 2, reviewed=3), held("failed 2", 2, reviewed=3), held("failed 3", 2, reviewed=3)]
    others = [held(f"c{n}", -1, stability=9.0 - n) for n in range(4)]
    assert days_of([*failed[:2], *others], 2) == {"failed 1": 2, "failed 2": 2, "c0": 2, "c1": 1, "c2": 1, "c3": 1}
    assert days_of([*failed, others[0]], 2) == {"failed 1": 2, "failed 2": 2, "failed 3": 2, "c0": 1}


def test_what_was_answered_today_takes_room_of_today():
    passed = [held("passed 1", -12, reviewed=2), held("passed 2", -12, reviewed=2)]
    others = [held(f"c{n}", -1, stability=9.0 - n) for n in range(4)]
    assert days_of([*passed, *others], 2) == {"passed 1": -12, "passed 2": -12, "c0": 2, "c1": 1, "c2": 1, "c3": 1}


def test_before_the_window_what_was_answered_in_it_by_a_clock_that_ran_ahead_keeps_its_day():
    ahead = [held("ahead 1", 3, reviewed=3), held("ahead 2", 3, reviewed=3)]
    others = [held(f"c{n}", -1, stability=9.0 - n) for n in range(4)]
    assert days_of([*ahead, *others], 5) == {"ahead 1": 3, "ahead 2": 3, "c0": 2, "c1": 2, "c2": 1, "c3": 1}


def test_cards_of_one_strength_are_mixed_and_the_same_way_each_time():
    cards = [held(f"deck/n#{number}", -1) for number in range(6)]
    days = days_of(cards, 3)
    assert [days[card.id] for card in cards] == [2, 1, 3, 2, 3, 1]
    assert days_of(cards[::-1], 3) == days


def test_from_the_interview_on_and_with_too_many_cards_every_card_keeps_its_day():
    for cards, today, budget in ((CARDS, 0, 60), (CARDS, -3, 60), (CARDS * 5, 3, 2)):
        assert window.shown(cards, INTERVIEW, budget, before(today)) == {card.id: card.due for card in cards}


# ── the queue ────────────────────────────────────────────────────────────────────────────────────


def test_before_the_window_the_order_is_the_schedulers():
    cards = [held("second", 12), held("first", 14), held("late", 9)]
    assert window.queue(cards, INTERVIEW, 60, before(10)) == ("second", "first")


def test_in_the_window_the_card_that_gains_most_comes_first():
    cards = [held("strong", 9, stability=200.0), held("weak", 9, stability=3.0), held("fair", 9, stability=30.0)]
    assert window.queue(cards, INTERVIEW, 60, before(2)) == ("weak", "fair", "strong")


def test_a_card_that_came_in_known_is_shown_as_others_are():
    known = replace(held("known", -9, stability=9.0), reviewed=None)
    assert days_of([known, held("weaker", -1), held("weakest", -1, stability=1.0)], 3) == {
        "known": 3,
        "weaker": 2,
        "weakest": 1,
    }


def test_what_was_answered_today_is_not_asked_again():
    assert window.queue([held("done", 1, reviewed=2), held("open", 9)], INTERVIEW, 60, before(2)) == ("open",)


def test_before_the_window_too_what_was_answered_today_is_not_asked_again():
    known = replace(held("known", 11), reviewed=None)
    cards = [held("ahead", 12, reviewed=9), held("done", 12, reviewed=10), held("open", 12, reviewed=11), known]
    assert window.queue(cards, INTERVIEW, 60, before(10)) == ("open", "known")


def test_without_an_interview_nothing_changes():
    assert window.shown(CARDS, None, 60, before(2)) == {card.id: card.due for card in CARDS}
    assert window.queue(CARDS, None, 60, before(2)) == ("overdue", "early", "inside")


# ── whatever the cards ───────────────────────────────────────────────────────────────────────────


@st.composite
def decks(draw):
    """Cards before an interview, on a day when each has been answered before that day."""
    today = draw(st.integers(1, 20))
    one = st.tuples(st.integers(-40, 25), st.integers(0, 40), st.sampled_from((0.2, 3.0, 3.0, 50.0)))
    some = draw(st.lists(one, max_size=20))
    cards = tuple(
        held(f"deck/n#{n}", due, reviewed=today + 1 + since, stability=stability)
        for n, (due, since, stability) in enumerate(some)
    )
    return cards, draw(st.integers(1, 10)), before(today)


@given(decks())
def test_a_card_is_shown_on_its_day_or_on_a_day_of_the_window_that_is_not_over(deck):
    cards, budget, today = deck
    first = window.start(len(cards), INTERVIEW, budget)
    days = window.shown(cards, INTERVIEW, budget, today)
    assert list(days) == [card.id for card in cards]
    for card in cards:
        if first is None or card.due < first or card.reviewed >= first:
            assert days[card.id] == card.due
        else:
            assert max(first, today) <= days[card.id] < INTERVIEW


@given(decks())
def test_no_day_is_filled_over_the_budget_where_all_fits(deck):
    """Days that schedules alone fill over the budget are theirs; the others must then take more."""
    cards, budget, today = deck
    first = window.start(len(cards), INTERVIEW, budget)
    if first is None:
        return
    begin = max(first, today)
    loads = Counter(max(today, day) for day in window.shown(cards, INTERVIEW, budget, today).values())
    kept = Counter(max(today, card.due) for card in cards if card.due < first or card.reviewed >= first)
    days = [begin + timedelta(n) for n in range((INTERVIEW - begin).days)]
    if all(kept[day] <= budget for day in days) and sum(loads[day] for day in days) <= budget * len(days):
        assert max(loads[day] for day in days) <= budget


@given(decks(), st.randoms(use_true_random=False))
def test_neither_the_order_of_the_cards_nor_an_answer_in_the_window_moves_another_card(deck, random):
    cards, budget, today = deck
    days = window.shown(cards, INTERVIEW, budget, today)
    assert window.shown(random.sample(cards, len(cards)), INTERVIEW, budget, today) == days
    first = window.start(len(cards), INTERVIEW, budget)
    if first is None or today < first:
        return
    asked = set(window.queue(cards, INTERVIEW, budget, today))
    done = {name for name in asked if random.random() < 0.5}
    passed = tuple(answered(card, today, before(-30)) if card.id in done else card for card in cards)
    assert set(window.queue(passed, INTERVIEW, budget, today)) == asked - done
    after = window.shown(passed, INTERVIEW, budget, today)
    assert {name: day for name, day in after.items() if name not in done} == {
        name: day for name, day in days.items() if name not in done
    }


@given(decks())
def test_who_answers_all_that_is_shown_sees_each_card_of_the_window_once_on_the_day_foretold(deck):
    cards, budget, today = deck
    first = window.start(len(cards), INTERVIEW, budget)
    if first is None or today > first:
        return
    foretold = window.shown(cards, INTERVIEW, budget, first)
    seen = []
    for number in range((INTERVIEW - first).days):
        today = first + timedelta(number)
        asked = window.queue(cards, INTERVIEW, budget, today)
        seen += [(name, max(first, foretold[name])) for name in asked]
        assert all(max(first, foretold[name]) == today for name in asked)
        cards = tuple(answered(card, today, before(-30)) if card.id in asked else card for card in cards)
    expected = [card for card in foretold if foretold[card] < INTERVIEW]
    assert sorted(name for name, _ in seen) == sorted(expected)


@given(decks())
def test_without_a_plan_the_due_cards_come_in_the_order_given(deck):
    cards, budget, today = deck
    for interview in (None, today, today - timedelta(1)):
        assert window.shown(cards, interview, budget, today) == {card.id: card.due for card in cards}
        assert window.queue(cards, interview, budget, today) == tuple(card.id for card in cards if card.due <= today)
