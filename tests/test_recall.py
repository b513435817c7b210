"""What is predicted of a card's recall, held against the figures of FSRS-6's published parameters."""

from datetime import date, timedelta

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
    assert recall.interval(recall.answered(None, 4, DAY), grade, DAY + timedelta(3)) == days


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
