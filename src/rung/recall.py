"""What a learner probably still knows: FSRS-6, whichever algorithm sets the days.

FSRS-6 keeps of a card how long it is remembered (stability S, in days) and how hard it is (difficulty D), and tells from
them the chance R that it is recalled after so many days. Its formulas are those of Open Spaced Repetition
(https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm) with the weights w0 to w20 that are published
with them, without learning steps and without fuzz; a second answer on one day counts as a short-term review. They are
worked out in the order in which the package `fsrs` does it, so that the tests can ask of both the same to the last bit.
"""

from __future__ import annotations

from math import e, inf
from typing import TYPE_CHECKING

from rung.model import Strength

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

W0, W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19, W20 = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483,
    0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
RETENTION = 0.9  # the recall at which FSRS brings a card back
DECAY = -W20
FACTOR = RETENTION ** (1 / DECAY) - 1
LONGEST = 36_500  # days of an interval
SHORTEST = 0.001  # days of a stability
EASIEST, HARDEST = 1.0, 10.0
PASSED, FAILED = 4, 1  # grades that stand for a pass and a failure to come
PLACES = 6  # decimals kept, for the last bits of a power differ from machine to machine, and a store may move


def remembered(strength: Strength | None, answers: Iterable[tuple[int, date]]) -> Strength | None:
    """The strength after answers in their order, each (grade 0 to 5, day); None is that of a new card.

    Days never run backwards: an answer of an earlier day than the one before counts as one of the same day. Raises
    ValueError for another grade.
    """
    stability, difficulty, since = 0.0, 0.0, None
    if strength:
        stability, difficulty, since = strength.stability, strength.difficulty, strength.since
    for grade, day in answers:
        if grade not in FIRST:
            raise ValueError(f"a grade is 0 to 5, not {grade}")
        if since is None:
            stability, difficulty, since = *FIRST[grade], day
            continue
        days = (day - since).days
        if days > 0:
            since = day
        stability = _kept(_stability(stability, difficulty, grade, days))
        difficulty = _kept(_difficulty(difficulty, grade))
    return Strength(stability, difficulty, since) if since else None


def answered(strength: Strength | None, grade: int, day: date) -> Strength:
    """The strength after one answer."""
    after = remembered(strength, ((grade, day),))
    assert after is not None
    return after


def seeded(interval: int, ease: int, since: date) -> Strength:
    """The strength of a card that comes in known: `interval` in days since the day `since`, `ease` in hundredths.

    As `memory_state_from_sm2` of fsrs-rs has it for a retention of 90 %: the stability is the interval, and the card is
    as hard as one whose stability would grow by the ease if it were passed on its day.
    """
    growth = GROWTH * interval**-W9 * (e ** ((1 - RETENTION) * W10) - 1)
    difficulty = 11 - (ease / 100 - 1) / growth
    return Strength(float(interval), round(min(HARDEST, max(EASIEST, difficulty)), PLACES), since)


def interval(strength: Strength) -> int:
    """The days after which FSRS brings the card back: its stability, in whole days."""
    return min(LONGEST, max(1, round(strength.stability)))


def recall(strength: Strength, day: date) -> float:
    """The chance that the card is recalled on `day`, 0 to 1."""
    return _chance(strength.stability, max(0, (day - strength.since).days))


def forgotten(share: float) -> float:
    """After how many times its stability the chance that a card is recalled has fallen to `share`; the curve, read
    from the other side."""
    if share <= 0:
        return inf
    times: float = (share ** (1 / DECAY) - 1) / FACTOR
    return max(0.0, times)


def gain(strength: Strength, today: date, target: date) -> float:
    """What an answer today adds to the chance of a recall on `target`, by what is known of the card today."""
    known = recall(strength, today)
    after = (recall(answered(strength, grade, today), target) for grade in (PASSED, FAILED))
    return sum(chance * then for chance, then in zip((known, 1 - known), after, strict=True)) - recall(strength, target)


def _kept(figure: float) -> float:
    """A figure to PLACES, just as `round` has it. That is slow, and asked only where the product could be a half by rounding."""
    scaled = figure * 1e6 + 0.5
    over = scaled % 1
    return (scaled - over) / 1e6 if over > 0 else round(figure, PLACES)


# ── the formulas ─────────────────────────────────────────────────────────────────────────────────


def _chance(stability: float, days: int) -> float:
    """R(t, S): the chance of a recall after so many days."""
    chance: float = (1 + FACTOR * days / stability) ** DECAY
    return chance


def _stability(stability: float, difficulty: float, grade: int, days: int) -> float:
    """S' after an answer, `days` after the one before; of one on the same day, or before it, that of the short term."""
    if days <= 0:
        growth = SAME_DAY[grade] * stability**-W19
        after = stability if growth < 1.0 and grade in BONUS else stability * growth
    elif grade in BONUS:
        missing = 1 - _chance(stability, days)
        growth = GROWTH * (11 - difficulty) * stability**-W9 * (e ** (missing * W10) - 1) * BONUS[grade]
        after = stability * (1 + growth)
    else:
        missing = 1 - _chance(stability, days)
        after = W11 * difficulty**-W12 * ((stability + 1) ** W13 - 1) * e ** (missing * W14)
        after = min(after, stability / LOST)
    return after if after > SHORTEST else SHORTEST


def _difficulty(difficulty: float, grade: int) -> float:
    """D' after an answer: harder or easier by its grade, the less the nearer to the hardest, and a bit towards the mean."""
    after = MEAN + STEADY * (difficulty + (10.0 - difficulty) * HARDER[grade] / 9.0)
    return after if after > EASIEST else EASIEST  # never above the hardest, since it approaches that


def _first_difficulty(rating: int) -> float:
    """D0(G), not held between the easiest and the hardest."""
    first: float = W4 - e ** (W5 * (rating - 1)) + 1
    return first


# By our grades, for each of which FSRS has a rating: Again 1, Hard 2, Good 3, Easy 4.
RATINGS = {0: 1, 1: 1, 2: 1, 3: 2, 4: 3, 5: 4}
FIRST = {
    grade: ((W0, W1, W2, W3)[rating - 1], round(max(_first_difficulty(rating), EASIEST), PLACES))
    for grade, rating in RATINGS.items()
}
SAME_DAY = {grade: e ** (W17 * (rating - 3 + W18)) for grade, rating in RATINGS.items()}
HARDER = {grade: -(W6 * (rating - 3)) for grade, rating in RATINGS.items()}
BONUS = {3: W15, 4: 1.0, 5: W16}  # of a pass
GROWTH = e**W8
LOST = e ** (W17 * W18)  # what a failure leaves is at most so many times less
STEADY = 1 - W7
MEAN = W7 * _first_difficulty(4)
