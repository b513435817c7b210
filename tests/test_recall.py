"""What is predicted of a card's recall, held against the figures of FSRS-6's published parameters and the package `fsrs`."""

from datetime import UTC, date, datetime, timedelta
from functools import reduce
from math import inf

import pytest
from fsrs import Card, Rating, Scheduler, State
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import example, given
from hypothesis import strategies as st

from rung import recall
from rung.model import Strength

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("grades", "stability", "difficulty"),
    [
        ([(4, 0)], 2.3065, 2.1181),
        ([(5, 0)], 8.2956, 1.0),
        ([(0, 0)], 0.2120, 6.4133),
        ([(2, 0)], 0.2120, 6.4133),
        ([(4, 0), (4, 0)], 2.3065, 2.1112),
        ([(4, 0), (1, 3)], 0.6369, 7.3945),
    ],
)
def test_a_strength_follows_from_answers(grades, stability, difficulty):
    """`grades` are (grade, days after the first answer)."""
    strength = None
    for grade, days in grades:
        strength = recall.answered(strength, grade, DAY + timedelta(days))
    assert strength is not None
    assert (strength.stability, strength.difficulty) == pytest.approx((stability, difficulty), abs=1e-4)


@pytest.mark.parametrize(("grade", "days"), [(0, 1), (3, 9), (4, 14), (5, 24)])
def test_an_interval_follows_from_the_answer(grade, days):
    assert recall.interval(recall.answered(recall.answered(None, 4, DAY), grade, DAY + timedelta(3))) == days


def test_a_card_is_forgotten_by_and_by():
    strength = recall.answered(None, 4, DAY)
    assert recall.recall(strength, DAY) == 1
    assert recall.recall(strength, DAY - timedelta(1)) == 1
    assert recall.recall(strength, DAY + timedelta(10)) == pytest.approx(0.77437, abs=1e-5)


def test_what_an_answer_adds_is_weighed_by_its_chances():
    assert recall.gain(recall.answered(None, 4, DAY), DAY + timedelta(3), DAY + timedelta(10)) == pytest.approx(
        0.13490, abs=1e-5
    )


def test_a_clock_set_back_counts_as_the_same_day():
    strength = recall.answered(None, 4, DAY)
    assert recall.answered(strength, 4, DAY - timedelta(5)) == recall.answered(strength, 4, DAY)


def test_another_grade_is_refused():
    with pytest.raises(ValueError, match="a grade is 0 to 5, not 6"):
        recall.answered(None, 6, DAY)


@pytest.mark.parametrize(
    ("interval", "ease", "difficulty"),
    # by hand: 11 - (ease - 1) / (e^1.8722 * interval^-0.1666 * (e^0.0796 - 1))
    [(10, 250, 6.9141), (100, 250, 5.0036), (10, 130, 10.0), (1000, 400, 1.0)],
)
def test_a_card_that_comes_in_known_is_as_strong_as_its_interval(interval, ease, difficulty):
    strength = recall.seeded(interval, ease, DAY)
    assert (strength.stability, strength.since) == (interval, DAY)
    assert strength.difficulty == pytest.approx(difficulty, abs=1e-4)
    assert recall.recall(strength, DAY + timedelta(interval)) == pytest.approx(0.9)


def test_its_stability_grows_by_the_ease_when_it_is_passed_on_its_day():
    strength = recall.seeded(10, 250, DAY)
    assert recall.answered(strength, 4, DAY + timedelta(10)).stability == pytest.approx(25, abs=1e-4)


@pytest.mark.parametrize(("share", "times"), [(1, 0), (1.2, 0), (0.9, 1), (0.8, 3.33), (0, inf)])
def test_when_a_card_is_forgotten_so_far(share, times):
    assert recall.forgotten(share) == pytest.approx(times, rel=1e-2)


@pytest.mark.parametrize("share", [0.99, 0.85, 0.5, 0.4])
def test_the_curve_is_read_from_both_sides(share):
    strength = recall.seeded(1000, 250, DAY)
    assert recall.recall(strength, DAY + timedelta(1000 * recall.forgotten(share))) == pytest.approx(share, abs=1e-4)


# ── beside the package ───────────────────────────────────────────────────────────────────────────

PACKAGE = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
RATINGS = {0: Rating.Again, 1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
START = datetime(1, 1, 1, tzinfo=UTC)
STABILITIES = st.one_of(st.floats(0.001, 1), st.floats(1, 365), st.floats(365, 10_000_000))
DIFFICULTIES = st.one_of(st.floats(1, 10), st.sampled_from([1.0, 10.0]))
GRADES = st.integers(0, 5)
LATER = st.one_of(st.integers(0, 3), st.integers(0, 400), st.integers(0, 100_000))  # days


def of_package(stability, difficulty):
    """A card of the package that was answered last at START."""
    if stability is None:
        return Card(card_id=0, state=State.Learning, step=0)
    return Card(card_id=0, state=State.Review, stability=stability, difficulty=difficulty, last_review=START)


def by_package(stability, difficulty, grade, days):
    card, _ = PACKAGE.review_card(of_package(stability, difficulty), RATINGS[grade], START + timedelta(days))
    return card.stability, card.difficulty


def days_of(answers):
    """(grade, day) of answers given as (grade, days since the one before)."""
    day, found = DAY, []
    for grade, later in answers:
        day += timedelta(later)
        found.append((grade, day))
    return found


def test_the_weights_are_the_published_ones():
    assert tuple(getattr(recall, f"W{number}") for number in range(21)) == DEFAULT_PARAMETERS


@pytest.mark.parametrize("grade", range(6))
def test_a_first_answer_is_worth_what_it_is_in_the_package(grade):
    stability, difficulty = by_package(None, None, grade, 0)
    assert recall.answered(None, grade, DAY) == Strength(round(stability, 6), round(difficulty, 6), DAY)


@given(STABILITIES, DIFFICULTIES, GRADES, LATER)
@example(0.001, 10.0, 1, 0)  # neither gets less
@example(0.001, 1.0, 5, 1)
@example(20_000.0, 5.0, 1, 0)  # a pass on the same day leaves as it is what a failure makes less
@example(20_000.0, 5.0, 4, 0)
def test_an_answer_is_worth_what_it_is_in_the_package_to_the_last_bit(stability, difficulty, grade, days):
    found = recall._stability(stability, difficulty, grade, days), recall._difficulty(difficulty, grade)
    assert found == by_package(stability, difficulty, grade, days)


@given(STABILITIES, DIFFICULTIES, LATER)
def test_a_chance_is_what_it_is_in_the_package_to_the_last_bit(stability, difficulty, days):
    theirs = PACKAGE.get_card_retrievability(of_package(stability, difficulty), START + timedelta(days))
    assert recall.recall(Strength(stability, difficulty, DAY), DAY + timedelta(days)) == theirs


@given(st.lists(st.tuples(GRADES, LATER), min_size=1, max_size=25))
@example([(5, 0)] + [(5, 100_000)] * 20)
@example([(1, 0)] * 25)
@example([(5, 0)] * 25)
def test_any_history_comes_out_as_by_the_package_with_six_decimals_kept(answers):
    stability = difficulty = None
    for nth, (grade, later) in enumerate(answers):
        found = by_package(stability, difficulty, grade, later if nth else 0)
        stability, difficulty = (round(each, 6) for each in found)
    since = days_of(answers)[-1][1]
    assert recall.remembered(None, days_of(answers)) == Strength(stability, difficulty, since)


@given(st.lists(st.tuples(GRADES, st.integers(-9, 400)), max_size=20))
def test_answers_taken_at_once_come_to_what_they_come_to_one_by_one(answers):
    one_by_one = reduce(lambda strength, answer: recall.answered(strength, *answer), days_of(answers), None)
    assert recall.remembered(None, days_of(answers)) == one_by_one


@given(st.floats(0.001, 1e300) | st.integers(1_000, 10**13).map(lambda half: (half + 0.5) / 1e6))
@example(inf)
@example(1e12)
@example(62.2791455)  # a bit under a half, though a million times as much is just one
def test_figures_are_kept_to_six_decimals(figure):
    assert recall._kept(figure) == round(figure, 6)
