"""How well recall is predicted: which reviews are, and measures that were worked out by hand."""

from __future__ import annotations

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import HERE, day, strength
from rung import evaluation, recall
from rung.evaluation import Outcome, Quality
from rung.model import Event, Kind


def events(*rows):
    """Of one card, a second apart; a row is (day number, kind, grade), or without a grade."""
    return [
        Event("a" * 32, number, number * 1000, day(on), kind, HERE, *grade, detail=DETAILS.get(kind, {}))
        for number, (on, kind, *grade) in enumerate(rows, 1)
    ]


DETAILS = {Kind.SEED: {"interval": 10}}
LOG = events(
    (0, Kind.REVIEW, 1),  # new: nothing to predict
    (0, Kind.REDRILL, 4),
    (1, Kind.REVIEW, 4),
    (2, Kind.QUIZ, 1),
    (7, Kind.REVIEW, 2),
    (7, Kind.REVIEW, 5),  # the same day again
    (10, Kind.REVIEW, 3),
)


def test_what_could_be_predicted_is_the_first_review_of_each_later_day():
    first = strength((0, 1), (0, 4))
    second = strength((1, 4), seeded=first)
    third = strength((7, 2), (7, 5), seeded=second)
    assert list(evaluation.outcomes(reversed(LOG))) == [
        Outcome(True, 1, 2, 0, recall.recall(first, day(1)), 0.9),
        Outcome(False, 6, 3, 0, recall.recall(second, day(7)), 0.9**6),
        Outcome(True, 3, 4, 1, recall.recall(third, day(10)), 0.9**3),
    ]


def test_a_reset_begins_anew_and_a_card_that_came_in_known_has_no_review_before():
    again = events((0, Kind.REVIEW, 4), (1, Kind.RESET), (2, Kind.REVIEW, 4), (3, Kind.REVIEW, 1))
    assert [(each.waited, each.nth, each.passed) for each in evaluation.outcomes(again)] == [(1, 2, False)]
    known = events((0, Kind.SEED), (10, Kind.REVIEW, 1), (11, Kind.REVIEW, 4))
    assert [(each.waited, each.nth, each.lapses) for each in evaluation.outcomes(known)] == [(1, 2, 0)]


def test_log_loss():
    assert evaluation.log_loss([True, False], [0.9, 0.8]) == pytest.approx(-(log(0.9) + log(0.2)) / 2)
    assert evaluation.log_loss([True], [1.0]) == pytest.approx(0)
    assert evaluation.log_loss([False], [1.0]) == pytest.approx(36.04, abs=0.01), "wrong for certain, but not endless"


@pytest.mark.parametrize(
    ("chances", "area"),
    [
        ([0.9, 0.8, 0.7, 0.6], 1),  # the passes are the first two
        ([0.6, 0.7, 0.8, 0.9], 0),
        ([0.9, 0.7, 0.8, 0.6], 3 / 4),
        ([0.5, 0.5, 0.5, 0.5], 1 / 2),
        ([0.9, 0.7, 0.7, 0.6], 7 / 8),
    ],
)
def test_auc(chances, area):
    assert evaluation.auc([True, True, False, False], chances) == area


def test_auc_needs_both_ends():
    assert evaluation.auc([True, True], [0.9, 0.8]) is None
    assert evaluation.auc([], []) is None


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.1, 0.3, 0.5, 0.8])), max_size=30))
def test_auc_is_the_share_of_pairs_in_the_right_order(rows):
    pairs = [(high > low) + (high == low) / 2 for came, high in rows if came for missed, low in rows if not missed]
    found = evaluation.auc([came for came, _ in rows], [chance for _, chance in rows])
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def review(passed, waited=1, nth=2, lapses=0):
    return Outcome(passed, waited, nth, lapses, 0.9, 0.8)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    # srs-benchmark: waited in steps of 3.62, numbers of 1.89, lapses of 1.73, and no lapse by itself
    [
        ({"waited": 1}, {"waited": 3}, True),
        ({"waited": 3}, {"waited": 4}, False),
        ({"waited": 4}, {"waited": 13}, True),
        ({"waited": 13}, {"waited": 14}, False),
        ({"nth": 2}, {"nth": 3}, True),
        ({"nth": 3}, {"nth": 4}, False),
        ({"lapses": 0}, {"lapses": 1}, False),
        ({"lapses": 1}, {"lapses": 2}, False),
        ({"lapses": 3}, {"lapses": 5}, True),
    ],
)
def test_reviews_are_like_each_other_in_bins(one, other, alike):
    both = [review(True, **one), review(False, **other)]
    apart, together = sqrt((0.5**2 + 0.5**2) / 2), 0
    assert evaluation.rmse_bins(both, [0.5, 0.5]) == (together if alike else apart)


def test_bins_weigh_by_their_reviews():
    three = [review(True), review(True), review(False), review(False, waited=100)]
    chances = [0.9, 0.9, 0.9, 0.6]
    # the first bin is off by .9 - 2/3, thrice; the second by .6
    assert evaluation.rmse_bins(three, chances) == pytest.approx(sqrt((3 * (0.9 - 2 / 3) ** 2 + 0.6**2) / 4))


def test_three_predictors_side_by_side():
    found = evaluation.qualities([review(True), review(True), review(False), review(True)])
    certain = -(3 * log(0.75) + log(0.25)) / 4
    assert found[2] == Quality("constant", pytest.approx(certain), pytest.approx(0), 0.5)
    assert [(each.predictor, each.auc) for each in found] == [("FSRS-6", 0.5), ("SM-2", 0.5), ("constant", 0.5)]
    assert found[0].log_loss == pytest.approx(-(3 * log(0.9) + log(0.1)) / 4)
    assert found[1].rmse_bins == pytest.approx(0.05)
    assert evaluation.qualities([]) == ()
