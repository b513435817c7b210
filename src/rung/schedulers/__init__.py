"""Schedulers: how an answer changes what is remembered of a card.

One module an algorithm, registered by being here; each gives what `Scheduler` lists. They are pure and see days, never
clocks, so that a log replayed anywhere, at any time, gives the same schedule.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rung.model import Memory, Strength


class Scheduler(Protocol):
    """What a module of this folder gives.

    `reviewed` is the memory after reviews, at least one, each a grade 0 to 5 and the learner's day; None is the memory of a
    new card. All at once, for a log has millions.
    `seed` is the memory of a card that comes in known: `interval` in days, `ease` in hundredths, back on `due`.
    `placed` is a memory after any answer, a re-drill too, that left the card with that strength: an algorithm that sets
    the day by how well a card is remembered does so there, and lets no later review depend on what it set.
    """

    def reviewed(self, memory: Memory | None, reviews: Iterable[tuple[int, date]]) -> Memory: ...
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
