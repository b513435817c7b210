"""Whoever asks what a day holds is told the same, on every day of a plan: counts, sittings, forecasts and the plan itself."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from learner import HERE, card, put
from rung.model import Kind
from rung.plan.ground import Ground
from rung.plan.pace import pace
from rung.plan.prospect import Stock, prospect
from rung.seat import Seat
from rung.settings import Settings
from rung.workspace import Clock

FIRST = date(2026, 12, 1)
INTERVIEW = FIRST + timedelta(days=12)
CARDS = 30


def told(store, day, limits):
    """Assert that all tell the same of a day, and give what they tell as (due, new, again)."""
    left = store.today(HERE, day, limits.reviews_per_day, limits.new_per_day)
    sitting = Seat.at(store, HERE, Clock(day)).daily(limits)
    new = sum(waiting.new for waiting in sitting.line)
    assert (left.due, left.new, left.again) == (len(sitting.line) - new, new, len(sitting.again))

    forecast, coming = store.forecast(HERE, day, 100), store.next_due(HERE, day)
    assert forecast[0] == len(store.due(HERE, day))
    assert max(0, min(forecast[0], limits.reviews_per_day - store.done(HERE, day).reviews)) == left.due
    later = next((ahead for ahead, count in enumerate(forecast) if ahead and count), 0)
    assert (coming and (coming.day, coming.count)) == (
        (day + timedelta(days=later), forecast[later]) if later else None
    )
    assert left.next == (coming and coming.day)

    if day <= INTERVIEW:
        costs, limit = pace(store.costs(HERE, day)), limits.reviews_per_day
        stock = Stock(store.workload(HERE, day), {}, (), costs, left.due, left.new, limit)
        portion = prospect(store.plan(), day, Ground(), stock).today.portion
        assert portion.new >= left.new
        assert left.due <= portion.reviews <= max(limit, store.done(HERE, day).reviews)
    return left.due, left.new, left.again


@pytest.mark.parametrize(("minutes", "limit", "window"), [(30, 2, 0), (10, 200, 3), (5, 200, 3)])
def test_all_tell_the_same_on_every_day(opened, minutes, limit, window):
    """Some days are done, some begun, some missed; some cards are forgotten, some buried.

    `window` is how many days were among the last, on which each card is shown once more.
    """
    chance, limits = Random(minutes * limit), Settings(reviews_per_day=limit)
    store = opened("rung.db", reviews_per_day=limit)
    store.database.connection.execute("PRAGMA synchronous = OFF")  # nobody's log
    put(store, [card(f"{number:03}") for number in range(CARDS + 9)])
    for number in range(CARDS):
        due = FIRST + timedelta(days=chance.randint(-5, 40))
        known = {"interval": chance.randint(1, 90), "due": due.isoformat()}
        store.record(Kind.SEED, now=0, day=FIRST, card=f"one/{number:03}", detail=known)
    store.record(Kind.PLAN, now=0, day=FIRST, detail={"interview": INTERVIEW.isoformat(), "minutes": minutes})
    days_in_window = 0
    for day in (FIRST + timedelta(days=ahead) for ahead in range(14)):
        told(store, day, limits)
        days_in_window += store.last_days(HERE, day) is not None
        sitting = Seat.at(store, HERE, Clock(day)).daily(limits)
        for number, asked in enumerate((*sitting.again, *sitting.line)[: chance.choice([0, 3, 100, 100])]):
            at = (day - FIRST).days * 86_400_000 + number
            if chance.random() < 0.1:
                store.record(Kind.BURY, now=at, day=day, card=asked.card)
            else:
                grade = 4 if asked.kind is Kind.REDRILL else chance.choice([4, 4, 4, 1])
                store.record(asked.kind, now=at, day=day, card=asked.card, grade=grade, took=8000)
            if number == 1:
                told(store, day, limits)
        told(store, day, limits)
    assert days_in_window == window
