"""What is predicted of a card's recall, held against the figures of FSRS-6's published parameters."""

from datetime import date, timedelta
from math import inf

import pytest

from rung import recall

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
