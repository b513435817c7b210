"""Schedulers: how an answer changes what is remembered of a card.

One module an algorithm, registered by being here; each gives what `Scheduler` lists. They are pure and see days, never
clocks, so that a log replayed anywhere, at any time, gives the same schedule.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from datetime import date

    from rung.model import Memory, Strength


class Scheduler(Protocol):
    """What a module of this folder gives.

    `review` is the memory after an answer, graded 0 to 5, on the learner's `day`; None is the memory of a new card.
    `seed` is the memory of a card that comes in known: `interval` in days, `ease` in hundredths, back on `due`.
    `placed` is a memory after any answer, a re-drill too, that left the card with that strength: an algorithm that sets
    the day by how well a card is remembered does so there.
    """

    def review(self, memory: Memory | None, grade: int, day: date) -> Memory: ...
    def seed(self, interval: int, ease: int, due: date) -> Memory: ...
    def placed(self, memory: Memory, strength: Strength) -> Memory: ...


def names() -> tuple[str, ...]:
    """Every scheduler, sorted."""
    return registry.names(__path__)


@cache
def scheduler(name: str) -> Scheduler:
    """The scheduler of that name; raises KeyError for one that is not there."""
    if name not in names():
        raise KeyError(name)
    return cast("Scheduler", registry.module(__name__, name))
