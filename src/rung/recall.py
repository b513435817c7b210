"""What a learner probably still knows: FSRS-6, whichever algorithm sets the days.

FSRS-6 keeps of a card how long it is remembered (stability) and how hard it is (difficulty), and tells from them the
chance that it is recalled after so many days. We take the `fsrs` package with its published parameters, without
learning steps and without fuzz. A second answer on one day counts as a short-term review there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import e, inf
from typing import TYPE_CHECKING

from fsrs import Card, Rating, Scheduler, State

from rung.model import Strength

if TYPE_CHECKING:
    from datetime import date

RATINGS = {0: Rating.Again, 1: Rating.Again, 2: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
LONGEST = 36_500  # days
RETENTION = 0.9  # the recall at which FSRS brings a card back
PASSED, FAILED = 4, 1  # grades that stand for a pass and a failure to come
EASIEST, HARDEST = 1.0, 10.0
START, FAR = datetime(1, 1, 1, tzinfo=UTC), 1_000_000  # days
PLACES = 6  # decimals kept, for the last bits of a power differ from machine to machine, and a store may move


def answered(strength: Strength | None, grade: int, day: date) -> Strength:
    """The strength after an answer graded 0 to 5 on `day`; None is that of a new card.

    Days never run backwards: an answer of an earlier day than the one before counts as one of the same day.
    """
    if grade not in RATINGS:
        raise ValueError(f"a grade is 0 to 5, not {grade}")
    if strength is None:
        return Strength(*_after(None, None, grade, 0), day)
    return Strength(
        *_after(strength.stability, strength.difficulty, grade, _days(strength, day)), max(day, strength.since)
    )


def seeded(interval: int, ease: int, since: date) -> Strength:
    """The strength of a card that comes in known: `interval` in days since the day `since`, `ease` in hundredths.

    As `memory_state_from_sm2` of fsrs-rs has it for a retention of 90 %: the stability is the interval, and the card is
    as hard as one whose stability would grow by the ease if it were passed on its day.
    """
    growth = (
        e ** FSRS.parameters[8] * interval ** -FSRS.parameters[9] * (e ** ((1 - RETENTION) * FSRS.parameters[10]) - 1)
    )
    difficulty = 11 - (ease / 100 - 1) / growth
    return Strength(float(interval), round(min(HARDEST, max(EASIEST, difficulty)), PLACES), since)


def interval(strength: Strength) -> int:
    """The days after which FSRS brings the card back: its stability, in whole days."""
    return min(LONGEST, max(1, round(strength.stability)))


def recall(strength: Strength, day: date) -> float:
    """The chance that the card is recalled on `day`, 0 to 1."""
    card = _card(strength.stability, strength.difficulty)
    return FSRS.get_card_retrievability(card, START + timedelta(_days(strength, day)))


def forgotten(share: float) -> float:
    """After how many times its stability the chance that a card is recalled has fallen to `share`; the curve, read
    from the other side."""
    if share <= 0:
        return inf
    slowness = 1 / FSRS.parameters[20]  # R(t) = (1 + (RETENTION ** -slowness - 1) t / S) ** (-1 / slowness)
    times: float = (share**-slowness - 1) / (RETENTION**-slowness - 1)
    return max(0.0, times)


def gain(strength: Strength, today: date, target: date) -> float:
    """What an answer today adds to the chance of a recall on `target`, by what is known of the card today."""
    known = recall(strength, today)
    after = (recall(answered(strength, grade, today), target) for grade in (PASSED, FAILED))
    return sum(chance * then for chance, then in zip((known, 1 - known), after, strict=True)) - recall(strength, target)


@lru_cache(maxsize=50_000)  # many cards go the same way, and a button tells what its answer then does
def _after(stability: float | None, difficulty: float | None, grade: int, days: int) -> tuple[float, float]:
    """Stability and difficulty after an answer, so many days after the last one; of a new card they are None before."""
    card, _ = FSRS.review_card(_card(stability, difficulty), RATINGS[grade], START + timedelta(days))
    assert card.stability is not None
    assert card.difficulty is not None
    return round(card.stability, PLACES), round(card.difficulty, PLACES)


def _card(stability: float | None, difficulty: float | None) -> Card:
    """What the package keeps; with a number, as it waits a millisecond to find one. Every last answer was at START, as
    only the days since matter and the package sets due days that the calendar may not have."""
    if stability is None:
        return Card(card_id=0, state=State.Learning, step=0)
    return Card(card_id=0, state=State.Review, stability=stability, difficulty=difficulty, last_review=START)


def _days(strength: Strength, day: date) -> int:
    return min(FAR, max(0, (day - strength.since).days))


FSRS = Scheduler(
    desired_retention=RETENTION, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
)
