"""How many cards each day up to the interview brings: those that come back, and the new ones that fit. Pure.

It is a projection: every review is taken as passed, and grows its interval as SM-2 with its first ease would. What is
forgotten comes on top, and is in the projection of the next day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rung.plan import NEW_STOPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.counts import LoadRow
    from rung.plan import Plan
    from rung.plan.pace import Pace

CARDS = (3, 4)  # the part of the minutes that new cards may fill up; the rest is for drills and mocks
FIRST, SECOND = 1, 6  # days
EASE = 250  # hundredths
MIXED = ""  # the kind that stands for all kinds of the new cards, in their shares


@dataclass(frozen=True, slots=True)
class Portion:
    """A day's cards, and the seconds they take. Of the first day it is what the whole day holds, answered ones included."""

    day: date
    reviews: int
    new: int
    seconds: float


def portions(plan: Plan, day: date, rows: Sequence[LoadRow], pace: Pace) -> tuple[Portion, ...]:
    """The portions from `day` to the interview.

    New cards are spread evenly over the days that may have some, as far as the minutes go. What was answered on `day`
    counts for it as if it were still to be answered, so that its portion stays the same all day.
    """
    fresh, answered = Counter[str](), Counter[str]()
    coming: defaultdict[date, Counter[tuple[str, int]]] = defaultdict(Counter)
    for row in rows:
        if row.due is None or row.begun:
            fresh[row.kind] += row.cards
        elif row.answered:
            answered[row.kind] += row.cards
        if row.due is not None:
            coming[max(row.due, day)][row.kind, row.interval or FIRST] += row.cards
    begun = sum(row.cards for row in rows if row.begun)
    again, first = _mean(fresh, pace, new=False), _mean(fresh, pace, new=True)
    waiting, most = fresh.total(), 60 * plan.minutes * CARDS[0] / CARDS[1]
    found = []
    for ahead in range(plan.left(day) + 1):
        on = day + timedelta(days=ahead)
        back = coming.pop(on, Counter())
        kinds = answered if ahead == 0 else Counter[str]()
        for (kind, _), count in back.items():
            kinds[kind] += count
        seconds = sum(
            count * (again if kind == MIXED else pace.seconds(kind, new=False)) for kind, count in kinds.items()
        )
        room = int((most - seconds) / first) if first else 0
        already = begun if ahead == 0 else 0
        new = max(already, min(_even(waiting, plan.left(on) - NEW_STOPS + 1), room))
        waiting -= new
        found.append(Portion(on, kinds.total(), new, seconds + new * first))
        for (kind, interval), count in back.items():
            coming[_after(on, grown := _grown(interval))][kind, grown] += count
        coming[_after(on, FIRST)][MIXED, FIRST] += new - already
    return tuple(found)


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
