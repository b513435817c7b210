"""SM-2: the published schedule to the day, and the edges it leaves open."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rung import schedulers
from rung.model import Memory
from rung.schedulers import sm2

DAY = date(2026, 11, 21)
GRADES = st.integers(0, 5)
PASSES = st.integers(3, 5)
VECTORS = [
    line.split("\t") for line in (Path(__file__).parent / "data/sm2-vectors.tsv").read_text("ascii").splitlines()[1:]
]


def on_time(grades):
    """The memories after each of `grades`, every one given on the due day."""
    memories = []
    memory, day = None, DAY
    for grade in grades:
        memory = sm2.reviewed(memory, [(grade, day)])
        memories.append(memory)
        day = memory.due
    return memories


@pytest.mark.parametrize(("grades", "intervals", "eases", "repetitions"), VECTORS, ids=[row[0] for row in VECTORS])
def test_vectors(grades, intervals, eases, repetitions):
    memories = on_time([int(grade) for grade in grades])
    assert " ".join(str(memory.interval) for memory in memories) == intervals
    assert " ".join(str(memory.ease) for memory in memories) == eases
    assert memories[-1].repetitions == int(repetitions)


# Each row tells our reading from another: the new ease would give 13 after 333 and the nearest day 16 after 555;
# lowered by the failure, the ease would give 12 at the end of 5432345.
@pytest.mark.parametrize(("grades", "interval"), [("333", 14), ("555", 17), ("5432345", 14)])
def test_readings(grades, interval):
    assert on_time(map(int, grades))[-1].interval == interval


def exact(grades):
    """The intervals by the prose, in exact fractions and without the cap."""
    interval, repetitions, ease = 0, 0, Fraction(5, 2)
    for grade in grades:
        if grade < 3:
            repetitions, interval = 0, 1
        else:
            interval = {0: 1, 1: 6}.get(repetitions) or math.ceil(interval * ease)
            repetitions += 1
            missed = 5 - grade
            change = Fraction(1, 10) - missed * (Fraction(8, 100) + missed * Fraction(2, 100))
            ease = max(Fraction(13, 10), ease + change)
        yield interval, repetitions, ease


@given(st.lists(GRADES, max_size=9))
@example([5, 0, 5, 5, 4])  # 12 days; in floating point the ease is 2.0000000000000004 somewhere, and it is 13
@example([3] * 9 + [5] * 3)  # to the floor and up again
def test_every_schedule_is_that_of_exact_arithmetic(grades):
    got = [(memory.interval, memory.repetitions, Fraction(memory.ease, 100)) for memory in on_time(grades)]
    assert got == list(exact(grades))


@given(st.lists(st.tuples(GRADES, st.integers(-20, 400)), min_size=1, max_size=40))
def test_whenever_it_is_answered_a_card_is_due_later_and_its_ease_and_interval_stay_in_bounds(answers):
    memory, day = None, DAY
    for grade, late in answers:
        if memory is not None:
            day = max(day + timedelta(days=1), min(memory.due, date(2400, 1, 1)) + timedelta(days=late))
        memory = sm2.reviewed(memory, [(grade, day)])
        assert memory.due == day + timedelta(days=memory.interval)
        assert memory.interval >= 1
        assert memory.ease >= sm2.LOWEST_EASE


@given(st.lists(st.tuples(GRADES, st.integers(0, 400)), min_size=1, max_size=20), st.integers(0, 20))
def test_reviews_taken_at_once_come_to_what_they_come_to_one_by_one(answers, first):
    """(grade, days since the review before)."""
    reviews, day = [], DAY
    for grade, later in answers:
        day += timedelta(days=later)
        reviews.append((grade, day))
    one_by_one = reduce(lambda memory, review: sm2.reviewed(memory, [review]), reviews, None)
    assert sm2.reviewed(None, reviews) == one_by_one
    if 0 < first < len(reviews):
        assert sm2.reviewed(sm2.reviewed(None, reviews[:first]), reviews[first:]) == one_by_one


def test_an_interval_is_at_most_a_century():
    assert [memory.interval for memory in on_time([5] * 14)][-3:] == [36_500, 36_500, 36_500]


def test_the_calendar_ends():
    memory = Memory(36_500, 9, 400, date.max)
    assert sm2.reviewed(memory, [(5, date.max)]) == Memory(36_500, 10, 410, date.max)


def test_late_is_as_on_time():
    memory = Memory(6, 2, 250, DAY)
    assert (
        sm2.reviewed(memory, [(4, DAY + timedelta(days=30))]).interval
        == sm2.reviewed(memory, [(4, DAY)]).interval
        == 15
    )


@pytest.mark.parametrize("grade", [0, 1, 2])
def test_a_failure_starts_over_and_is_a_lapse_only_of_what_was_passed_before(grade):
    tomorrow = DAY + timedelta(days=1)
    assert sm2.reviewed(None, [(grade, DAY)]) == Memory(1, 0, 250, tomorrow, lapses=0)
    assert sm2.reviewed(Memory(15, 3, 260, DAY, 2), [(grade, DAY)]) == Memory(1, 0, 260, tomorrow, lapses=3)
    assert sm2.reviewed(Memory(1, 0, 260, DAY, 3), [(grade, DAY)]) == Memory(1, 0, 260, tomorrow, lapses=3)


def test_a_leech_has_lapsed_eight_times():
    memories = on_time([4] + [0, 4] * 8)
    assert [memory.leech for memory in memories[-4:]] == [False, False, True, True]


@pytest.mark.parametrize("grade", [-1, 6, None])
def test_other_grades_are_refused(grade):
    with pytest.raises(ValueError, match="a grade is 0 to 5, not "):
        sm2.reviewed(None, [(grade, DAY)])


# ── before the due day ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("memory", "elapsed", "interval"),
    [
        (Memory(20, 3, 250, DAY), 1, 20),  # a day passed: it stays at 20 days
        (Memory(20, 3, 250, DAY), 8, 20),
        (Memory(20, 3, 250, DAY), 9, 23),  # 9 * 2.5, rounded up
        (Memory(20, 3, 250, DAY), 19, 48),
        (Memory(20, 3, 250, DAY), 20, 50),  # on time
        (Memory(100, 3, 250, DAY), 99, 248),
        (Memory(6, 2, 130, DAY), 5, 7),
        (Memory(6, 2, 250, DAY + timedelta(days=30)), 10, 6),  # put off by a month: no days can be told
        (Memory(4, 1, 250, DAY), 1, 4),  # a second pass gives at most the six days it would on time
        (Memory(4, 1, 250, DAY), 2, 5),
        (Memory(4, 1, 250, DAY), 3, 6),
        (Memory(4, 1, 250, DAY), 4, 6),
        (Memory(10, 0, 250, DAY), 3, 1),  # a new card set due: its first pass gives a day, as on time
        (Memory(1, 0, 250, DAY), 0, 1),
        (Memory(1, 1, 250, DAY), 0, 1),  # the same day again; the fold of the log never asks for it
    ],
)
def test_an_early_pass_counts_the_days_that_passed(memory, elapsed, interval):
    day = DAY - timedelta(days=memory.interval - elapsed)
    after = sm2.reviewed(memory, [(4, day)])
    assert (after.interval, after.due, after.repetitions) == (
        interval,
        day + timedelta(days=interval),
        memory.repetitions + 1,
    )


@given(st.lists(GRADES, max_size=12), PASSES, st.integers(1, 36_500))
def test_an_early_pass_never_shortens_and_never_runs_ahead(grades, grade, early):
    memory = reduce(lambda memory, grade: sm2.reviewed(memory, [(grade, DAY)]), grades, sm2.reviewed(None, [(4, DAY)]))
    in_time = sm2.reviewed(memory, [(grade, memory.due)])
    after = sm2.reviewed(memory, [(grade, memory.due - timedelta(days=early))])
    assert memory.interval <= after.interval <= in_time.interval
    assert (after.ease, after.repetitions, after.lapses) == (in_time.ease, in_time.repetitions, in_time.lapses)


def test_an_early_failure_is_a_failure():
    early, on_time = (Memory(20, 3, 250, due) for due in (DAY + timedelta(days=9), DAY))
    assert sm2.reviewed(early, [(1, DAY)]) == sm2.reviewed(on_time, [(1, DAY)])


# ── seeds, and the registry ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("interval", "following"), [(1, 6), (5, 6), (6, 15), (30, 75)])
def test_a_seed_goes_on_from_its_interval(interval, following):
    memory = sm2.seed(interval, 250, DAY)
    assert (memory.interval, memory.due, sm2.reviewed(memory, [(4, DAY)]).interval) == (interval, DAY, following)


def test_a_seed_is_brought_into_bounds():
    assert sm2.seed(99_999, 100, DAY) == Memory(36_500, 2, 130, DAY)


def test_a_scheduler_is_found_by_name():
    assert "sm2" in schedulers.names()
    assert schedulers.scheduler("sm2").reviewed(None, [(4, DAY)]) == sm2.reviewed(None, [(4, DAY)])
    with pytest.raises(KeyError):
        schedulers.scheduler("sm3")
