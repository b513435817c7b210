"""How well recall is predicted on a learner's own log, by the measures of srs-benchmark. Pure.

The source is https://github.com/open-spaced-repetition/srs-benchmark: its `features/base.py` says which reviews are
predicted, `utils.py` has the measures, `model_processors.py` the chance that SM-2 implies. What is not from there: the
constant is the share passed of these very reviews, so the best that any constant could do; and nothing is fitted, so
nothing is held back for that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import floor, log, sqrt
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from rung import recall, replay
from rung.model import Kind, Standing
from rung.schedulers import sm2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rung.model import Event

PASSED = 3  # the least grade of a pass
ENOUGH = 400  # reviews, from which on the figures tell something
EDGE = 2.0**-52  # a chance is held this far from 0 and 1, as scikit-learn does it, so that no logarithm is endless
BINS = {"waited": 3.62, "nth": 1.89, "lapses": 1.73}  # each bin of these is so many times as wide as the one before it


class Outcome(NamedTuple):
    """A review that could be predicted: the first of a card on a day, with a review on an earlier day.

    `waited` are the days since the answer before; it is the `nth` day of the card's reviews, of which those after the
    first day had so many `lapses`. `fsrs` and `sm2` are the chances that they gave it, 0 to 1.
    """

    passed: bool
    waited: int
    nth: int
    lapses: int
    fsrs: float
    sm2: float


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the predictions of one predictor are; less is better, but for `auc`, which is None without a failure or
    without a pass. `log_loss` punishes certainty that was wrong, `rmse_bins` tells how far off the chances are on average
    of like reviews, `auc` how often a review that was passed had the higher chance than one that failed.
    """

    predictor: str
    log_loss: float
    rmse_bins: float
    auc: float | None


def outcomes(events: Iterable[Event]) -> Iterator[Outcome]:
    """The predictable reviews of one card, of its events that are not taken back."""
    standing = Standing()
    nth = lapses = 0
    for event in sorted(events, key=lambda event: (event.at, event.device, event.sequence)):
        before, standing = standing, replay.after(standing, event, sm2)
        if event.kind is Kind.RESET:
            nth = lapses = 0
        elif event.kind is Kind.REVIEW and standing.reviewed != before.reviewed and event.grade is not None:
            nth += 1
            passed = event.grade >= PASSED
            if nth > 1 and before.memory and before.strength and event.day > before.strength.since:
                waited = (event.day - before.strength.since).days
                chance = recall.RETENTION ** (waited / before.memory.interval)
                yield Outcome(passed, waited, nth, lapses, recall.recall(before.strength, event.day), chance)
                lapses += not passed


def qualities(reviews: Sequence[Outcome]) -> tuple[Quality, ...]:
    """FSRS-6 by its published parameters, SM-2, and the constant; nothing without reviews."""
    if not reviews:
        return ()
    constant = fmean(each.passed for each in reviews)
    predicted = {
        "FSRS-6": [each.fsrs for each in reviews],
        "SM-2": [each.sm2 for each in reviews],
        "constant": [constant] * len(reviews),
    }
    passed = [each.passed for each in reviews]
    return tuple(
        Quality(name, log_loss(passed, chances), rmse_bins(reviews, chances), auc(passed, chances))
        for name, chances in predicted.items()
    )


def log_loss(passed: Sequence[bool], chances: Sequence[float]) -> float:
    """The mean of -log of the chance that was given to what happened."""
    held = (min(1 - EDGE, max(EDGE, chance)) for chance in chances)
    return fmean(-log(chance if came else 1 - chance) for came, chance in zip(passed, held, strict=True))


def rmse_bins(reviews: Sequence[Outcome], chances: Sequence[float]) -> float:
    """The root of the mean squared distance between what was predicted and what came, in bins of like reviews.

    Reviews are alike that waited alike, are of like number, and had as many lapses, each in bins that widen.
    """
    bins: dict[tuple[int, ...], list[float]] = {}
    for review, chance in zip(reviews, chances, strict=True):
        bins.setdefault(_bin(review), []).append(chance - review.passed)
    return sqrt(sum(len(off) * fmean(off) ** 2 for off in bins.values()) / len(reviews))


def auc(passed: Sequence[bool], chances: Sequence[float]) -> float | None:
    """The area under the ROC curve: of all pairs of a pass and a failure, the share where the pass had the higher chance;
    equal ones count half."""
    passes = sum(passed)
    pairs = passes * (len(passed) - passes)
    if not pairs:
        return None
    below = won = 0.0  # failures with a lower chance
    for _, group in groupby(sorted(zip(chances, passed, strict=True)), key=lambda pair: pair[0]):
        came = [each for _, each in group]
        fails = came.count(False)
        won += came.count(True) * (below + fails / 2)
        below += fails
    return won / pairs


def _bin(review: Outcome) -> tuple[int, ...]:
    return tuple(_step(getattr(review, name), base) for name, base in BINS.items())


def _step(count: int, base: float) -> int:
    """The greatest power of the base that is not above a count; -1 for none at all."""
    return floor(log(count) / log(base)) if count else -1
