"""Ability: at which level a learner answers, as a posterior over the scale of levels. Pure.

The scale is that of the levels: at 5.0 stands who answers as an L5 does. What is known of a learner is a posterior over
it, on a grid; each answer multiplies it by the chance of that answer at every point (Bayes).

How hard an item is follows from one picture: a boundary lies half-way between two levels, and who stands at it tells
its two sides apart with a chance of one half, else by luck.

* **The miss of a rung** is the move to the next one, so it lies at the boundary above its rung, and one of three is
  right by luck.
* **The level of a rung** takes the boundaries on both sides of it. L4 and L5 come out at the boundary above; L6 and L7
  a little easier, for who sees only that they stand above L5 is right half the time. One of four is right by luck.
* **The order** takes all three boundaries, and is graded: at 6 half of the learners leave no pair out of order (they
  tell L5 from L6, and put L6 and L7 by luck), at 5 at most one, at 4 two. The last step, three, is put at 3: luck does
  as much for anybody, so more pairs than that speak of a learner far below L4.

So an order is an item of the graded response model (Samejima 1969), and a choice one of the three-parameter model.
STEEP, how sharply an item tells learners apart, is assumed, for nothing was calibrated. Authors err in how hard an item
is: by OFF levels, we assume, each item by itself. As no item is asked twice, that is the same as less steep curves
(a logistic curve under a normal error, by the usual approximation), and the posterior is as wide as it should be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from rung.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

SCALE = tuple(twentieth / 20 for twentieth in range(50, 171))  # 2.5 to 8.5
MEAN, SPREAD = 5.5, 1.0  # of what is thought before the first answer: a normal distribution, in levels
STEEP = 2.0  # the slope of an item, per level
OFF = 0.5  # levels: the standard deviation of the authors' errors
SLOPE = STEEP / math.sqrt(1 + (STEEP * OFF / 1.702) ** 2)

INSIDE = 0.9  # the chance that the range holds the learner
NARROW = 0.5  # levels on either side: a range that needs no more answers


@dataclass(frozen=True, slots=True)
class Item:
    """`steps` are pairs: a share of the points, and the level at which half of the learners have at least that.

    `luck` is the chance of being right for who knows nothing; at a step's level half of the others are.
    """

    steps: tuple[tuple[float, float], ...]
    luck: float = 0.0


ITEMS = {
    "order": Item(((0.2, 3.0), (0.4, 4.0), (0.6, 5.0), (1.0, 6.0))),
    "L4": Item(((1.0, 4.5),), 1 / 4),
    "L5": Item(((1.0, 5.5),), 1 / 4),
    "L6": Item(((1.0, 6.25),), 1 / 4),
    "L7": Item(((1.0, 6.0),), 1 / 4),
    "L4.misses": Item(((1.0, 4.5),), 1 / 3),
    "L5.misses": Item(((1.0, 5.5),), 1 / 3),
    "L6.misses": Item(((1.0, 6.5),), 1 / 3),
}
"""By the part of a ladder's card, which is the same in every ladder and for ever: so the log alone tells them."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """The chance of each point of SCALE, which sum to 1."""

    chances: tuple[float, ...]

    def after(self, item: str, share: float) -> Posterior:
        """What is known after an answer to an item of ITEMS that had so many of its points, 0 to 1."""
        reached = sum(share >= least for least, _ in ITEMS[item].steps)
        return _scaled(chance * then for chance, then in zip(self.chances, _curves(item)[reached], strict=True))

    @property
    def mean(self) -> float:
        return self._over(SCALE)

    @property
    def low(self) -> float:
        """The lower end of the range: a chance of 5 % lies below it."""
        return self._quantile((1 - INSIDE) / 2)

    @property
    def high(self) -> float:
        return self._quantile((1 + INSIDE) / 2)

    @property
    def narrow(self) -> bool:
        return round(self.high - self.low, 2) <= 2 * NARROW

    @property
    def levels(self) -> dict[str, float]:
        """The chance of each level; all that lies below L4 is L4's, all above L7 that of L7."""
        found = dict.fromkeys(LEVELS, 0.0)
        for chance, point in zip(self.chances, SCALE, strict=True):
            found[_level(point)] += chance
        return found

    @property
    def likely(self) -> str:
        """The level that is most likely."""
        levels = self.levels
        return max(levels, key=lambda level: levels[level])

    @property
    def range(self) -> tuple[str, str]:
        """The first and last of as few levels in a row as hold the learner with that chance, the likely one among them."""
        chances, names = self.levels, list(LEVELS)
        first = last = names.index(self.likely)
        held = chances[self.likely]
        while held < INSIDE - 1e-9:
            below, above = (
                chances[names[place]] if 0 <= place < len(names) else -1.0 for place in (first - 1, last + 1)
            )
            first, last = (first - 1, last) if below > above else (first, last + 1)
            held += max(below, above)
        return names[first], names[last]

    def information(self, item: str) -> float:
        """The Fisher information that an answer to an item is expected to give."""
        return self._over(_information(item))

    def expected(self, item: str) -> float:
        """The share of the points that is expected of an answer, 0 to 1."""
        points = (0.0, *(least for least, _ in ITEMS[item].steps))
        return sum(point * self._over(curve) for point, curve in zip(points, _curves(item), strict=True))

    def _over(self, values: Iterable[float]) -> float:
        return sum(chance * value for chance, value in zip(self.chances, values, strict=True))

    def _quantile(self, share: float) -> float:
        sums = accumulate(self.chances)
        return next((point for point, below in zip(SCALE, sums, strict=True) if below >= share), SCALE[-1])


def _scaled(chances: Iterable[float]) -> Posterior:
    chances = tuple(chances)
    total = sum(chances)
    return Posterior(tuple(chance / total for chance in chances))


def _level(point: float) -> str:
    levels = list(LEVELS)
    return levels[min(max(math.floor(point + 0.5) - int(levels[0][1:]), 0), len(levels) - 1)]


@cache
def _curves(item: str) -> tuple[tuple[float, ...], ...]:
    """For each number of steps that an answer may reach, none first, its chance at every point of SCALE."""
    luck = ITEMS[item].luck
    least = [[luck + (1 - luck) * _told(point - level) for point in SCALE] for _, level in ITEMS[item].steps]
    bounds = [[1.0] * len(SCALE), *least, [0.0] * len(SCALE)]
    return tuple(tuple(a - b for a, b in zip(at, above, strict=True)) for at, above in pairwise(bounds))


@cache
def _information(item: str) -> tuple[float, ...]:
    """The Fisher information of an answer at every point of SCALE: the sum of P'²/P over what an answer may reach."""
    luck = ITEMS[item].luck
    found = []
    for place, point in enumerate(SCALE):
        told = [_told(point - level) for _, level in ITEMS[item].steps]
        slopes = [0.0, *((1 - luck) * SLOPE * chance * (1 - chance) for chance in told), 0.0]
        chances = [curve[place] for curve in _curves(item)]
        found.append(sum((a - b) ** 2 / p for (a, b), p in zip(pairwise(slopes), chances, strict=True)))
    return tuple(found)


def _told(above: float) -> float:
    """The chance of what has its half so many levels below."""
    return 1 / (1 + math.exp(-SLOPE * above))


PRIOR = _scaled(math.exp(-(((point - MEAN) / SPREAD) ** 2) / 2) for point in SCALE)
