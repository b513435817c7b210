"""FSRS-6: a card comes back when it is still recalled with a chance of 90 %.

What is remembered of a card is told by `recall.py`, which folds every answer, whoever sets the days. So all that is
left is the day itself: the stability, in whole days, after the last answer of a day. A re-drill changes the stability,
and so the day.

Repetitions, lapses and ease are counted as SM-2 counts them. The ease sets nothing here, but is what Anki multiplies by
where it does not use FSRS itself, and what SM-2 goes on from when a learner switches back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rung import recall
from rung.schedulers import sm2

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.model import Memory, Strength


def reviewed(memory: Memory | None, reviews: Iterable[tuple[int, date]]) -> Memory:
    """The counts after reviews, each (grade 0 to 5, day); `placed` sets its day. Raises ValueError for another grade."""
    return sm2.reviewed(memory, reviews)


def seed(interval: int, ease: int, due: date) -> Memory:
    """The memory of a card that comes in known, which keeps its day until it is answered."""
    return sm2.seed(interval, ease, due)


def placed(memory: Memory, strength: Strength) -> Memory:
    """The memory with the interval and the day that follow from the strength after an answer."""
    days = recall.interval(strength)
    since = strength.since
    return replace(memory, interval=days, due=since + timedelta(days=min(days, (date.max - since).days)))
