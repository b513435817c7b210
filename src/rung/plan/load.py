"""How many cards each day up to the interview brings: those that come back, and the new ones that fit. Pure.

It is a projection: every review is taken as passed, and grows its interval as SM-2 with its first ease would. What is
forgotten comes on top, and is in the projection of the next day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rung import window
from rung.plan import NEW_STOPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.counts import LoadRow
    from rung.plan import Plan
    from rung.plan.pace import Pace

CARDS = (3, 4)  # the part of the minutes that cards may fill up; the rest is for drills and mocks
FIRST, SECOND = 1, 6  # days
EASE = 250  # hundredths
UNLIMITED = 100_000  # reviews a day
MIXED = ""  # the kind that stands for all kinds of the new cards, in their shares


@dataclass(frozen=True, slots=True)
class Portion:
    """A day's cards, and the seconds they take. Of the first day it is what the whole day holds, answered ones included."""

    day: date
    reviews: int
    new: int
    seconds: float


def portions(plan: Plan, day: date, rows: Sequence[LoadRow], pace: Pace, most: int = UNLIMITED) -> tuple[Portion, ...]:
    """The portions from `day` to the interview, with at most so many reviews a day; what is over comes the day after.

    New cards are spread evenly over the days that may have some, as far as the minutes go. In the last days each card
    that would come back in them, or later, comes once. What was answered on `day` counts for it as if it were still to
    be answered, so that its portion stays the same all day.
    """
    return _walk(plan, day, rows, pace, last_days(plan, day, rows, pace, most), most)


def last_days(plan: Plan, day: date, rows: Sequence[LoadRow], pace: Pace, most: int = UNLIMITED) -> date | None:
    """The first of the last days, in which each card is shown once more, as far as can be told on `day`; None without any."""
    kinds = Counter[str]()
    for row in rows:
        kinds[row.kind] += row.cards
    known = sum(row.cards for row in rows if row.due is not None)
    to_come = sum(portion.new for portion in _walk(plan, day, rows, pace, None, most))
    return window.start(known + to_come, plan.interview, min(most, reviews_a_day(plan, kinds, pace)))


def reviews_a_day(plan: Plan, kinds: Mapping[str, int], pace: Pace) -> int:
    """How many cards that come back fit in a day's minutes, where there are so many of each kind."""
    seconds = _mean(kinds, pace, new=False)
    return int(_room(plan) / seconds) if seconds else 0


def _walk(
    plan: Plan, day: date, rows: Sequence[LoadRow], pace: Pace, first: date | None, most: int
) -> tuple[Portion, ...]:
    """The portions, where the last days begin with `first`; None is no such days."""
    ground = _Ground(day, first, plan.interview)
    fresh, answered = Counter[str](), Counter[str]()
    for row in rows:
        if row.due is None or row.begun:
            fresh[row.kind] += row.cards
        elif row.answered:
            answered[row.kind] += row.cards
        if row.due is not None:
            ground.comes(day, row.due, row.kind, row.interval or FIRST, row.cards)
    begun = sum(row.cards for row in rows if row.begun)
    again, fresh_takes = _mean(fresh, pace, new=False), _mean(fresh, pace, new=True)
    waiting = fresh.total()
    found = []
    for ahead in range(plan.left(day) + 1):
        on = day + timedelta(days=ahead)
        kinds = answered if ahead == 0 else Counter[str]()
        back = ground.taken(on, most - kinds.total())
        for (kind, _), count in back.items():
            kinds[kind] += count
        seconds = sum(
            count * (again if kind == MIXED else pace.seconds(kind, new=False)) for kind, count in kinds.items()
        )
        room = int((_room(plan) - seconds) / fresh_takes) if fresh_takes else 0
        already = begun if ahead == 0 else 0
        new = max(already, min(_even(waiting, plan.left(on) - NEW_STOPS + 1), room))
        waiting -= new
        found.append(Portion(on, kinds.total(), new, seconds + new * fresh_takes))
        for (kind, interval), count in back.items():
            grown = _grown(interval)
            ground.comes(on, _after(on, grown), kind, grown, count)
        ground.comes(on, _after(on, FIRST), MIXED, FIRST, new - already)
    return tuple(found)


class _Ground:
    """What comes back on which day, by kind and interval; and what waits for the last days, each of which takes its share."""

    def __init__(self, day: date, first: date | None, interview: date) -> None:
        self.first, self.interview = first or interview, interview
        self.coming: defaultdict[date, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.pool = Counter[tuple[str, int]]()
        self.day = day

    def comes(self, after: date, on: date, kind: str, interval: int, count: int) -> None:
        """So many cards come back `on` a day, or in the last days where that is one of them and this is known before."""
        if after < self.first <= on:
            self.pool[kind, interval] += count
        else:
            self.coming[max(on, self.day)][kind, interval] += count

    def taken(self, on: date, most: int) -> Counter[tuple[str, int]]:
        """What comes back on a day, at most so much, the rest being left for the next; it is taken out."""
        back = self.coming.pop(on, Counter())
        if self.first <= on < self.interview:
            share = _even(self.pool.total(), (self.interview - on).days)
            for key in sorted(self.pool):
                count = min(share, self.pool[key])
                back[key] += count
                self.pool[key] -= count
                share -= count
        over = max(0, back.total() - max(0, most))
        for key in sorted(back, reverse=True):
            rest = min(over, back[key])
            if rest:
                self.coming[_after(on, 1)][key] += rest
                back[key] -= rest
                over -= rest
        return back


def _room(plan: Plan) -> float:
    """The seconds of a day that cards may take."""
    return 60 * plan.minutes * CARDS[0] / CARDS[1]


def _even(waiting: int, days: int) -> int:
    """The share of one day where `waiting` cards are spread over so many days."""
    return -(-waiting // days) if days > 0 else 0


def _mean(fresh: Mapping[str, int], pace: Pace, *, new: bool) -> float:
    total = sum(fresh.values())
    return sum(count * pace.seconds(kind, new=new) for kind, count in fresh.items()) / total if total else 0.0


def _grown(interval: int) -> int:
    return SECOND if interval < SECOND else -(-interval * EASE // 100)


def _after(day: date, days: int) -> date:
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
