"""A log folded into memory, card by card, beside py-fsrs, which takes the same answers of the same days.

Rung's SM-2 keeps FSRS's strength beside the days; so what is told as SM-2 is both.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from packages import ANSWERS, answers

from rows import timed
from rung import replay
from rung.schedulers import scheduler

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rung.model import Event

WORK = "{size:,} answers to memory"
SIZE, QUICK = 1_000_000, 5_000
GOALS = (("SM-2", "py-fsrs", 1 / 5), ("FSRS", "py-fsrs", 1 / 0.8))
NEEDS = {"py-fsrs": "fsrs"}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    """There is nothing to prepare."""


def by_rung(name: str) -> Callable[[Path, int], float]:
    def side(folder: Path, size: int) -> float:
        log, by = _log(size), scheduler(name)
        return timed(lambda: [replay.standing(events, by) for events in log])

    return side


def by_py_fsrs(folder: Path, size: int) -> float:
    """The instants are made beforehand: they are its way to say what Rung says by days."""
    from fsrs import Card, Rating, Scheduler

    ratings = {1: Rating.Again, 3: Rating.Hard, 4: Rating.Good, 5: Rating.Easy}
    log = [
        [(ratings[event.grade or 1], datetime.combine(event.day, time(12), UTC)) for event in events]
        for events in _log(size)
    ]
    by = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

    def work() -> None:
        for number, answered in enumerate(log):
            card = Card(card_id=number)
            for rating, at in answered:
                card, _ = by.review_card(card, rating, at)

    return timed(work)


def _log(size: int) -> list[list[Event]]:
    return [list(answers(f"bench/card-{place}", place)) for place in range(size // ANSWERS)]


SIDES = {"py-fsrs": by_py_fsrs, "SM-2": by_rung("sm2"), "FSRS": by_rung("fsrs")}
