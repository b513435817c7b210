"""The days of a simulated learner up to an interview: what Rung brings, what is answered, what is recalled in the end.

Schedulers, strengths and the window are those of Rung itself; they know nothing of the learner but the grades. Every draw
belongs to a seed, a card and the number of its asking, so that all policies meet the same learner.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from statistics import mean
from typing import TYPE_CHECKING

from rung import recall, window
from rung.model import Strength
from rung.schedulers import sm2
from rung.window import Held

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from learners import Learner

    from rung.model import Memory

FIRST = date(2026, 1, 1)
FIRST_FAILS = 0.2  # of new cards; they are graded before there is a memory to speak of
PASSES, WEIGHTS = (3, 4, 5), (12, 73, 15)  # grades of those that are recalled, in percent
UNKNOWN = Strength(5.0, 5.0, FIRST)


@dataclass(frozen=True, slots=True)
class Case:
    """So many days to the interview; `new` cards on each of the first days; at most `budget` reviews a day beside."""

    days: int
    new: int
    introduced: int
    budget: int
    missed: tuple[int, ...] = ()  # days without time for reviews

    @property
    def cards(self) -> int:
        return self.new * self.introduced


class Card:
    """A card as a learner has it, and as Rung does."""

    def __init__(self, number: int, seed: int, learner: type[Learner]) -> None:
        self.random = Random(f"{seed} {number}")
        self.truth = learner(self.random)
        self.memory: Memory | None = None
        self.interval = 0
        self.held = Held(f"bench/note#{number:03}", FIRST, None, UNKNOWN)

    def ask(self, day: int, policy: Policy) -> None:
        chance, (passed,) = self.random.random(), self.random.choices(PASSES, WEIGHTS)
        known = self.truth.recall(day) if self.held.reviewed else 1 - FIRST_FAILS
        grade = passed if chance < known else 1
        self.truth.answered(day, grade)
        today, before = FIRST + timedelta(days=day), self.held.strength if self.held.reviewed else None
        strength = recall.answered(before, grade, today) if policy.fsrs or policy.planned else UNKNOWN
        if policy.fsrs:
            self.interval = recall.interval(strength)
            due = today + timedelta(days=self.interval)
        else:
            memory = sm2.reviewed(self.memory, [(grade, today)])
            self.interval = memory.interval
            due = today + timedelta(days=max(1, round(self.interval * policy.factor)))
            self.memory = replace(memory, due=due)
        self.held = Held(self.held.id, due, today, strength)


@dataclass(frozen=True, slots=True)
class Policy:
    """What brings cards back: SM-2 or FSRS, with a plan or without; `factor` shortens every interval of SM-2."""

    fsrs: bool = False
    planned: Callable[[Sequence[Held], date, int, date], Sequence[str]] | None = None
    factor: float = 1.0

    def line(self, cards: Collection[Card], case: Case, today: date) -> Sequence[str]:
        """What is asked on `today`, in the store's order: the most overdue for its interval first."""
        ordered = sorted(cards, key=lambda card: ((card.held.due - today).days / card.interval, card.held.id))
        held = [card.held for card in ordered]
        interview = FIRST + timedelta(days=case.days)
        plan = self.planned or (lambda held, *_: window.queue(held, None, case.budget, today))
        return plan(held, interview, case.budget, today)


@dataclass(frozen=True, slots=True)
class Course:
    """What came of it: the expected recall on the day of the interview in percent, and the reviews of each day."""

    recall: float
    reviews: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.reviews)


def course(case: Case, learner: type[Learner], seed: int, policy: Policy, most: Sequence[int] | None = None) -> Course:
    """The days up to an interview.

    With `most`, the reviews that may have been made by the end of each day, the learner makes them all: what there is
    to review, then ahead of time what is due soonest, as `rung review --ahead` brings it.
    """
    cards: dict[str, Card] = {}
    reviews: list[int] = []
    for day in range(case.days):
        today = FIRST + timedelta(days=day)
        line = list(policy.line(cards.values(), case, today))
        limit = case.budget if most is None else max(0, most[day] - sum(reviews))
        if most is not None and len(line) < limit:
            asked = set(line)
            soonest = sorted((card.held for card in cards.values()), key=lambda held: (held.due, held.id))
            line += [held.id for held in soonest if held.id not in asked]
        line = [] if day in case.missed else line[:limit]
        for name in line:
            cards[name].ask(day, policy)
        reviews.append(len(line))
        for number in range(case.new if day < case.introduced else 0):
            card = Card(day * case.new + number, seed, learner)
            card.ask(day, policy)
            cards[card.held.id] = card
    return Course(100 * mean(card.truth.recall(case.days) for card in cards.values()), tuple(reviews))
