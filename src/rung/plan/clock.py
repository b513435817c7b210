"""The clock: the phases that lead up to an interview by their dates, and what each day of them asks for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rung.plan import Plan

LIGHT = 2  # days before the interview from which on nothing new and nothing long is done


@dataclass(frozen=True, slots=True)
class Task:
    """What a phase asks for, `count` times: every day of it, or once in it. A task that is a `card` is learnt, and only
    borne in mind; others are ticked off. A `mock` is an interview of MOCK minutes."""

    id: str
    does: str
    daily: bool = False
    count: int = 1
    card: bool = False
    mock: bool = False


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase, which begins `days` before the interview and ends where the next one begins."""

    id: str
    name: str
    days: int
    tasks: tuple[Task, ...] = ()

    @property
    def mind(self) -> tuple[str, ...]:
        """What is borne in mind in it."""
        return tuple(task.does for task in self.tasks if task.card)

    @property
    def todo(self) -> tuple[Task, ...]:
        """What is ticked off in it."""
        return tuple(task for task in self.tasks if not task.card)


HEAD_START = Phase("", "Head start", 0)
"""The days before the first phase: cards alone."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase from its first to its last day, both included."""

    phase: Phase
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Todo:
    """A task as a day has it: `done` of `count` times on that day; in its whole phase it was done `before` that."""

    task: Task
    done: int
    count: int
    before: int = 0

    @property
    def ticked(self) -> bool:
        """Whether it is done for the day."""
        return self.done >= self.count

    @property
    def progress(self) -> str:
        """`1 of 3`, of the day or of the phase; empty for what is done once."""
        return f"{self.before + self.done} of {self.task.count}" if self.task.count > 1 else ""


def phase_on(phases: Sequence[Phase], plan: Plan, day: date) -> Phase:
    """The phase of a day."""
    begun = [phase for phase in phases if phase.days >= plan.left(day)]
    return min(begun, key=lambda phase: phase.days, default=HEAD_START)


def stretches(phases: Sequence[Phase], plan: Plan, day: date) -> tuple[Stretch, ...]:
    """The phases from `day` to the interview, cut to the days that are left."""
    days = [day + timedelta(days=ahead) for ahead in range(plan.left(day) + 1)]
    found = []
    for phase, held in groupby(days, lambda each: phase_on(phases, plan, each)):
        of_phase = list(held)
        found.append(Stretch(phase, of_phase[0], of_phase[-1]))
    return tuple(found)


def todos(phases: Sequence[Phase], plan: Plan, day: date) -> dict[date, tuple[Todo, ...]]:
    """What each day from `day` on has to tick off, as it stands on `day`."""
    since = min(plan.since, day)
    found: dict[date, list[Todo]] = {}
    for stretch in stretches(phases, plan, since):
        once = [task for task in stretch.phase.todo if not task.daily]
        for task in stretch.phase.todo:
            turn = (once.index(task), len(once)) if task in once else (0, 1)
            for on, todo in _placed(task, plan, stretch, day, turn):
                found.setdefault(on, []).append(todo)
    return {on: tuple(held) for on, held in found.items()}


def _placed(task: Task, plan: Plan, stretch: Stretch, day: date, turn: tuple[int, int]) -> list[tuple[date, Todo]]:
    """The days from `day` on that have the task; `turn` is its place among those of its phase, and how many they are."""
    first = max(stretch.first, day)
    left = [first + timedelta(days=ahead) for ahead in range((stretch.last - first).days + 1)]
    if task.daily:
        return [(on, Todo(task, plan.ticked(task.id, on), task.count)) for on in left]
    today = plan.ticked(task.id, day)
    before = sum(tick.task == task.id and tick.day != day for tick in plan.ticks)
    placed = spread(task.count, before, today, stretch.first, stretch.last, day, turn)
    found = []
    for on in left:
        done, more = (today if on == day else 0), placed.count(on)
        if done or more:
            found.append((on, Todo(task, done, done + more, before + (0 if on == day else today))))
    return found


def spread(
    count: int, before: int, today: int, first: date, last: date, day: date, turn: tuple[int, int] = (0, 1)
) -> list[date]:
    """On which days the rest of something comes that is to be done `count` times from `first` to `last`.

    `before` of it was done on other days than `day`, and `today` on it. Who is on time keeps the days it was spread over
    from the start; who is late has the rest spread anew over the days that are left, and gets no more on a day on which
    something was done. With a `turn`, the k-th of so many things begins so much later that they do not come all at once.
    """
    place_of, things = turn
    length = (last - first).days + 1
    done = before + today
    rest = count - done
    start = max(first, min(last, day + timedelta(days=1 if today else 0)))
    days = (last - start).days + 1
    if rest <= 0 or last < day:
        return []
    at_first = (
        first + timedelta(days=(place * things + place_of) * length // (count * things)) for place in range(done, count)
    )
    anew = (start + timedelta(days=place * days // rest) for place in range(rest))
    return [max(pair) for pair in zip(at_first, anew, strict=True)]
