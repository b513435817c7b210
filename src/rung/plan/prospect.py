"""All that is to be told of a plan on a day, as one value, so that terminal, JSON, calendar and paper cannot differ. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from math import ceil
from typing import TYPE_CHECKING

from rung.plan import MOST, NEW_STOPS, clock, turns
from rung.plan.clock import LIGHT, Phase, Todo
from rung.plan.load import UNLIMITED, last_days, portions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from rung.counts import LoadRow
    from rung.plan import Plan
    from rung.plan.ground import Ground
    from rung.plan.load import Portion
    from rung.plan.pace import Pace

EVERY_ROUND = "Every round"
MOCK = 45  # minutes of a mock interview
APART = 2  # days from one new drill to the next, at least
STEP = 5  # minutes, in which more time is proposed
SLACK = 4 / 3  # times the minutes of a day, which is longer only above that: a drill may borrow from other days


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill, and the days on which it was first done and on which it is due, None where there is none."""

    note: str
    deck: str
    minutes: int
    first: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What a day holds. `left` counts the days to the interview; `again` are drills that come back."""

    portion: Portion
    left: int
    phase: Phase
    todos: tuple[Todo, ...] = ()
    drills: tuple[Drill, ...] = ()
    again: tuple[Drill, ...] = ()

    @property
    def day(self) -> date:
        return self.portion.day

    @property
    def mocks(self) -> int:
        return sum(todo.count for todo in self.todos if todo.task.mock)

    @property
    def minutes(self) -> int:
        """Of cards, drills and mocks."""
        drills = sum(drill.minutes for drill in (*self.drills, *self.again))
        return ceil(self.portion.seconds / 60) + drills + MOCK * self.mocks


@dataclass(frozen=True, slots=True)
class Round:
    """A group of cards by the round they serve: what it weighs, None where all count the same; how many are begun, how many
    wait, and how many of those the plan has room for."""

    name: str
    weight: int | None
    begun: int
    waiting: int
    fits: int

    @property
    def left_out(self) -> int:
        return self.waiting - self.fits


@dataclass(frozen=True, slots=True)
class Prospect:
    """`today` is the state of the day that is left, `due` and `new` of it, `answered` what is done. `off` are the decks to turn off so that the rest
    fits, `enough` the minutes a day in which all would; empty and None where nothing is left out or nothing helps. From the
    day `last` on each card is shown once more; None where the days cannot hold them all."""

    plan: Plan
    days: tuple[Day, ...]
    stretches: tuple[clock.Stretch, ...]
    rounds: tuple[Round, ...]
    due: int
    new: int
    answered: int
    own: bool
    last: date | None = None
    off: tuple[tuple[str, int], ...] = ()
    enough: int | None = None

    @property
    def today(self) -> Day:
        return self.days[0]

    @property
    def left_out(self) -> int:
        return sum(each.left_out for each in self.rounds)

    @property
    def longer(self) -> tuple[Day, ...]:
        """The days that hold clearly more than the minutes."""
        return tuple(each for each in self.days if each.minutes > SLACK * self.plan.minutes)


@dataclass(frozen=True, slots=True)
class Stock:
    """What a store has for a plan on a day: its cards, the rounds of their decks, its drills, what cards cost the learner,
    and how many due and new ones are left of the day; at most so many reviews come a day."""

    rows: Sequence[LoadRow]
    rounds: Mapping[str, Sequence[str]]
    drills: Sequence[Drill]
    pace: Pace
    due: int
    new: int
    most: int = UNLIMITED


def prospect(plan: Plan, day: date, ground: Ground, stock: Stock) -> Prospect:
    """What is to be told of a plan on a day not after its interview."""
    coming = portions(plan, day, stock.rows, stock.pace, stock.most)
    begun = sum(row.cards for row in stock.rows if row.begun)
    rounds = _rounds(plan, ground, stock, sum(each.new for each in coming) - begun)
    lacking = sum(each.left_out for each in rounds)
    return Prospect(
        plan,
        _days(plan, day, ground, stock, coming),
        clock.stretches(ground.phases, plan, day),
        rounds,
        stock.due,
        stock.new,
        sum(row.cards for row in stock.rows if row.answered),
        bool(stock.pace.own),
        last_days(plan, day, stock.rows, stock.pace, stock.most),
        _off(plan, stock, lacking),
        _enough(plan, day, stock) if lacking else None,
    )


def _days(plan: Plan, day: date, ground: Ground, stock: Stock, coming: Sequence[Portion]) -> tuple[Day, ...]:
    todos, first = clock.todos(ground.phases, plan, day), _drilled(plan, day, stock)
    return tuple(
        Day(
            portion,
            left := plan.left(portion.day),
            clock.phase_on(ground.phases, plan, portion.day),
            todos.get(portion.day, ()),
            tuple(first.get(portion.day, ())),
            tuple(each for each in stock.drills if left > LIGHT and each.due and max(each.due, day) == portion.day),
        )
        for portion in coming
    )


def _drilled(plan: Plan, day: date, stock: Stock) -> dict[date, list[Drill]]:
    """The drills that are new, by day: those of the heaviest rounds first, none within the last week."""
    since, last = min(plan.since, day), plan.interview - timedelta(days=NEW_STOPS)
    weights = dict(plan.weights)

    def heavy(drill: Drill) -> int:
        return -turns.weight(turns.group(stock.rounds.get(drill.deck, ()), weights), weights)

    before = sum(each.first is not None and since <= each.first != day for each in stock.drills)
    today = [each for each in stock.drills if each.first == day]
    waiting = sorted((each for each in stock.drills if each.first is None and each.due is None), key=heavy)
    found = {day: today} if today else {}
    if last >= day:
        rest = min(len(waiting), -(-((last - day).days + 1) // APART))  # missed ones are not made up for by two a day
        days = clock.spread(before + len(today) + rest, before, len(today), since, last, day)
        for on, drill in zip(days, waiting, strict=False):
            found.setdefault(on, []).append(drill)
    return found


def _rounds(plan: Plan, ground: Ground, stock: Stock, room: int) -> tuple[Round, ...]:
    """The groups with their cards, the heaviest first, where `room` new cards fit."""
    weights, named = dict(plan.weights), dict(ground.rounds)
    waiting, begun = (_counted(stock, weights, new=new) for new in (True, False))
    fits = Counter(islice(turns.sequence(waiting, begun, weights), max(0, room)))
    names = [turns.EVERY, *weights] if weights else list(waiting | begun)
    found = [
        Round(
            named.get(name, name) if name else EVERY_ROUND if weights else "All cards",
            turns.weight(name, weights) if weights else None,
            begun.get(name, 0),
            waiting.get(name, 0),
            fits[name],
        )
        for name in names
    ]
    return tuple(sorted(found, key=lambda each: -(each.weight or 0)))


def _counted(stock: Stock, weights: Mapping[str, int], *, new: bool) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in stock.rows:
        if (row.due is None) is new:
            counts[row.deck] = counts.get(row.deck, 0) + row.cards
    return turns.by_group(counts, stock.rounds, weights)


def _off(plan: Plan, stock: Stock, lacking: int) -> tuple[tuple[str, int], ...]:
    """The decks that weigh least, until what they still have new makes up for what is lacking; never all there are."""
    weights = dict(plan.weights)
    waiting = Counter[str]()
    for row in stock.rows:
        if row.due is None:
            waiting[row.deck] += row.cards
    heaviest = turns.weight(turns.EVERY, weights)
    light = [
        (turns.weight(turns.group(stock.rounds.get(deck, ()), weights), weights), -count, deck)
        for deck, count in waiting.items()
    ]
    found: list[tuple[str, int]] = []
    for weighs, count, deck in sorted(light):
        if weighs == heaviest or sum(each for _, each in found) >= lacking:
            break
        found.append((deck, -count))
    return tuple(found)


def _enough(plan: Plan, day: date, stock: Stock) -> int | None:
    """The least minutes a day, by STEP, in which every new card would fit."""
    waiting = sum(row.cards for row in stock.rows if row.due is None or row.begun)

    def fits(minutes: int) -> bool:
        more = replace(plan, minutes=minutes)
        return sum(each.new for each in portions(more, day, stock.rows, stock.pace, stock.most)) >= waiting

    tried = range(plan.minutes - plan.minutes % STEP + STEP, MOST + 1, STEP)
    at = bisect_left(tried, True, key=fits)
    return tried[at] if at < len(tried) else None
