"""FSRS as a scheduler, against the package itself and the histories that it is published with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from rung import recall, replay, schedulers
from rung.model import Kind, Memory, Standing
from rung.schedulers import fsrs, sm2

DAY = date(2026, 11, 23)
RATINGS = {0: Rating.Again, 1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
PACKAGE = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


def answered(standing, grade, day, kind=Kind.REVIEW, by=fsrs):
    return replay.answered(standing, kind, grade, day, by)


def test_the_published_history():
    """test_review_card of py-fsrs 6.3.2 (tests/test_basic.py): 0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21 days.

    Its 0 days are the ten minutes of a learning step, whose next answer is one of the same day here.
    """
    days = [(4, 4), (4,), (4,), (4,), (4,), (1, 1, 4), (4,), (4,), (4,), (4,)]
    standing, found, day = Standing(), [], DAY
    for grades in days:
        for grade in grades:
            standing = answered(standing, grade, day)
        found.append(standing.memory.interval)
        day = standing.memory.due
    assert found == [2, 11, 46, 163, 498, 2, 4, 7, 12, 21]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400)), min_size=1, max_size=30))
def test_any_log_comes_out_as_in_the_package(answers):
    """(grade, days since the answer before); none is a re-drill of the same day."""
    standing, theirs, day = Standing(), Card(card_id=1), DAY
    for grade, later in answers:
        kind = Kind.REDRILL if standing.memory and not later else Kind.REVIEW
        day += timedelta(days=later)
        standing = answered(standing, grade, day, kind)
        theirs, _ = PACKAGE.review_card(theirs, RATINGS[grade], datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
        assert standing.strength.stability == pytest.approx(theirs.stability, rel=1e-3)
        assert standing.strength.difficulty == pytest.approx(theirs.difficulty, rel=1e-4)
        assert abs((standing.memory.due - theirs.due.date()).days) <= theirs.stability / 1000
        assert standing.memory.due == day + timedelta(days=standing.memory.interval)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 400)), min_size=1, max_size=20))
def test_all_but_the_day_is_counted_as_sm2_counts_it(answers):
    def counts(by):
        standing, day = Standing(), DAY
        for grade, later in answers:
            day += timedelta(days=later)
            standing = answered(standing, grade, day, by=by)
        return replace(standing, memory=replace(standing.memory, interval=1, due=DAY))

    assert counts(fsrs) == counts(sm2)


def test_the_last_answer_of_a_day_sets_the_day_and_a_redrill_of_sm2_does_not():
    failed = answered(answered(Standing(), 4, DAY), 1, DAY + timedelta(20))
    again = answered(failed, 5, DAY + timedelta(20), Kind.REDRILL)
    assert [each.memory.due - DAY for each in (failed, again)] == [timedelta(21), timedelta(22)]
    assert (again.memory.lapses, again.memory.repetitions, again.memory.ease) == (1, 0, 250)
    held = answered(failed, 5, DAY + timedelta(20), Kind.REDRILL, by=sm2)
    assert (held.memory, held.strength) == (failed.memory, again.strength)


def test_a_card_that_came_in_known_keeps_its_day_until_it_is_answered():
    memory = fsrs.seed(30, 230, DAY)
    assert memory == Memory(30, 2, 230, DAY)
    known = Standing(memory, strength=recall.seeded(30, 230, DAY - timedelta(30)))
    assert answered(known, 4, DAY).memory == Memory(69, 3, 230, DAY + timedelta(69))


def test_a_failed_card_comes_back_tomorrow_and_none_after_more_than_a_century():
    strength = reduce(lambda held, nth: recall.answered(held, 0, DAY), range(20), None)
    assert fsrs.placed(Memory(9, 1, 250, DAY), strength) == Memory(1, 1, 250, DAY + timedelta(1))
    strongest = replace(strength, stability=99_999.0, since=date.max)
    assert fsrs.placed(Memory(9, 1, 250, DAY), strongest) == Memory(36_500, 1, 250, date.max)


def test_it_is_found_by_name_and_refuses_other_grades():
    assert schedulers.names() == ("fsrs", "sm2")
    with pytest.raises(ValueError, match="a grade is 0 to 5, not 6"):
        schedulers.scheduler("fsrs").reviewed(None, [(6, DAY)])
