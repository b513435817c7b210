"""What a learner probably still knows: FSRS-6, whichever algorithm sets the days.

FSRS-6 keeps of a card how long it is remembered (stability) and how hard it is (difficulty), and tells from them the
chance that it is recalled after so many days. We take the `fsrs` package with its published parameters, without
learning steps and without fuzz. A second answer on one day counts as a short-term review there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler, State

if TYPE_CHECKING:
    from datetime import date, timedelta

RATINGS = {0: Rating.Again, 1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
LONGEST = 36_500  # days
RETENTION = 0.9  # the recall at which FSRS brings a card back
PASSED, FAILED = 4, 1  # grades that stand for a pass and a failure to come


@dataclass(frozen=True, slots=True)
class Strength:
    """How well a card is remembered since the answer of a day.

    `stability` is the days after which 90 of 100 such cards are still recalled; `difficulty` goes from 1 to 10.
    """

    stability: float
    difficulty: float
    since: date


def answered(strength: Strength | None, grade: int, day: date) -> Strength:
    """The strength after an answer graded 0 to 5 on `day`; None is that of a new card.

    Days never run backwards: an answer of an earlier day than the one before counts as one of the same day.
    """
    return _reviewed(strength, grade, day)[0]


def interval(strength: Strength | None, grade: int, day: date) -> int:
    """The days until FSRS would bring the card back after that answer."""
    return _reviewed(strength, grade, day)[1].days


def recall(strength: Strength, day: date) -> float:
    """The chance that the card is recalled on `day`, 0 to 1."""
    return FSRS.get_card_retrievability(_card(strength), _noon(max(day, strength.since)))


def gain(strength: Strength, today: date, target: date) -> float:
    """What an answer today adds to the chance of a recall on `target`, by what is known of the card today."""
    known = recall(strength, today)
    after = (recall(answered(strength, grade, today), target) for grade in (PASSED, FAILED))
    return sum(chance * then for chance, then in zip((known, 1 - known), after, strict=True)) - recall(strength, target)


def _reviewed(strength: Strength | None, grade: int, day: date) -> tuple[Strength, timedelta]:
    if grade not in RATINGS:
        raise ValueError(f"a grade is 0 to 5, not {grade}")
    day = max(day, strength.since) if strength else day
    card, _ = FSRS.review_card(_card(strength), RATINGS[grade], _noon(day))
    assert card.stability is not None
    assert card.difficulty is not None
    return Strength(card.stability, card.difficulty, day), card.due - _noon(day)


def _card(strength: Strength | None) -> Card:
    """What the package keeps; with a number, as it waits a millisecond to find one."""
    if strength is None:
        return Card(card_id=0, state=State.Learning, step=0)
    return Card(
        card_id=0,
        state=State.Review,
        stability=strength.stability,
        difficulty=strength.difficulty,
        last_review=_noon(strength.since),
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


FSRS = Scheduler(
    desired_retention=RETENTION, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
)
