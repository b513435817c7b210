"""Simulated learners: how one card is really remembered, by four laws. `bench/interview_day.py` asks them.

They are told days, as numbers, and grades, 0 to 5; nobody but them knows the chance of a recall.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Protocol

from fsrs.scheduler import DEFAULT_PARAMETERS as W

if TYPE_CHECKING:
    from random import Random


class Learner(Protocol):
    """How one card is really remembered."""

    def __init__(self, random: Random) -> None: ...
    def recall(self, day: int) -> float: ...
    def answered(self, day: int, grade: int) -> None: ...


class Noisy:
    """FSRS-6, but for cards that are remembered longer or shorter, and are harder or easier, than it would say."""

    start, growth = 1.0, 1.0

    def __init__(self, random: Random) -> None:
        self.noise, self.shift = math.exp(random.gauss(0, 0.6)), random.uniform(-1.5, 1.5)
        self.stability = self.difficulty = 0.0
        self.since = 0

    def recall(self, day: int) -> float:
        return (1 + (0.9 ** (-1 / W[20]) - 1) * (day - self.since) / self.stability) ** -W[20]

    def answered(self, day: int, grade: int) -> None:
        rating = max(1, grade - 1)
        if not self.stability:
            self.stability = W[rating - 1] * self.noise * self.start
            self.difficulty = _within(W[4] - math.exp(W[5] * (rating - 1)) + 1 + self.shift)
        else:
            self.stability = max(0.001, self._stability_after(rating, self.recall(day)))
            harder = self.difficulty - W[6] * (rating - 3) * (10 - self.difficulty) / 9
            self.difficulty = _within(W[7] * (W[4] - math.exp(W[5] * 3) + 1) + (1 - W[7]) * harder)
        self.since = day

    def _stability_after(self, rating: int, known: float) -> float:
        stability, difficulty = self.stability, self.difficulty
        if rating == 1:
            lapsed = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * math.exp((1 - known) * W[14])
            return min(lapsed, stability / math.exp(W[17] * W[18]))
        more = math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (math.exp((1 - known) * W[10]) - 1)
        return stability * (1 + more * {2: W[15], 3: 1.0, 4: W[16]}[rating] * self.growth)


class Hard(Noisy):
    """The same on hard material: a first memory of a third, and less gained by each pass."""

    start, growth = 0.3, 0.7


class PowerLaw:
    """ACT-R: each answer leaves a trace that fades by a power of its age, the faster the better the card was known.

    Pavlik and Anderson 2005, with their decay; the threshold differs from card to card.
    """

    decay, spacing, threshold, noise, scale = 0.177, 0.217, -0.3, 0.3, 0.3

    def __init__(self, random: Random) -> None:
        self.needed = random.gauss(self.threshold, self.noise)
        self.traces: list[tuple[int, float]] = []

    def recall(self, day: int) -> float:
        return 1 / (1 + math.exp((self.needed - math.log(self._strength(day))) / self.scale))

    def answered(self, day: int, grade: int) -> None:
        self.traces.append((day, self.decay + self.spacing * self._strength(day)))

    def _strength(self, day: int) -> float:
        return sum((day - since) ** -decay for since, decay in self.traces)


class Exponential:
    """Half-life regression (Settles and Meeder 2016): what counts is how often, not when. So spacing has no effect."""

    first, right, wrong, noise = 0.3, 4.2, 0.5, 0.7  # powers of two of days

    def __init__(self, random: Random) -> None:
        self.base = random.gauss(self.first, self.noise)
        self.passes = self.fails = self.since = 0

    def recall(self, day: int) -> float:
        passes, fails = math.sqrt(1 + self.passes) - 1, math.sqrt(1 + self.fails) - 1
        return 2 ** (-(day - self.since) / 2 ** (self.base + self.right * passes + self.wrong * fails))

    def answered(self, day: int, grade: int) -> None:
        self.passes, self.fails = self.passes + (grade >= 3), self.fails + (grade < 3)
        self.since = day


LEARNERS: dict[str, type[Learner]] = {
    "FSRS-6 with noise": Noisy,
    "FSRS-6, hard material": Hard,
    "ACT-R power law": PowerLaw,
    "exponential, no spacing": Exponential,
}


def _within(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))
