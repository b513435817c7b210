"""The plan up to an interview: what a learner set, as the fold of the log. Pure.

Nothing else of a plan is kept: what a day holds follows each day anew from the log, the cards and the day, so that missed
days re-plan by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rung.model import Event

MINUTES = 45  # a day, where the learner says nothing
LEAST, MOST = 5, 720  # minutes a day
LONGEST = 366  # days that a plan may span
NEW_STOPS = 8  # days before the interview; a card that is new then still has two reviews before it, after 1 and 6 days


@dataclass(frozen=True, slots=True)
class Tick:
    """A task of the clock, done once, on a day."""

    task: str
    day: date


@dataclass(frozen=True, slots=True)
class Plan:
    """What a learner set: the day of the interview, and the minutes a day for cards, drills and mocks.

    `since` is the day it was first made. `role` and `company` are rows of the decks' tables, empty where not said; `named`
    is what the learner calls the company. `weights` is what each round counts, empty where all count the same.
    """

    interview: date
    since: date
    minutes: int = MINUTES
    role: str = ""
    company: str = ""
    named: str = ""
    weights: tuple[tuple[str, int], ...] = ()
    ticks: tuple[Tick, ...] = ()

    def left(self, day: date) -> int:
        """Days from `day` to the interview; under 0 when it is over."""
        return (self.interview - day).days

    def ticked(self, task: str, day: date | None = None) -> int:
        """How many times a task was done, on one day or on any."""
        return sum(tick.task == task and day in (None, tick.day) for tick in self.ticks)


def plan_of(events: Iterable[Event]) -> Plan | None:
    """The plan that follows from the plan events, in their order, those taken back left out; None where there is none.

    A plan made anew before its interview goes on: it keeps the day of the first one, and what is ticked off. One that
    spans more than LONGEST days is passed over: none is made here, but a row from elsewhere may say anything.
    """
    plan: Plan | None = None
    for event in events:
        detail = event.detail
        if "interview" in detail:
            made = _made(plan, event)
            plan = made if made.left(event.day) <= LONGEST else plan
        elif "tick" not in detail:
            plan = None
        elif plan is not None:
            plan = _ticked(plan, Tick(detail["tick"], event.day), on=detail.get("on", True))
    return plan


def _made(before: Plan | None, event: Event) -> Plan:
    detail = event.detail
    goes_on = before if before is not None and event.day <= before.interview else None
    return Plan(
        date.fromisoformat(detail["interview"]),
        goes_on.since if goes_on else event.day,
        detail.get("minutes", MINUTES),
        detail.get("role", ""),
        detail.get("company", ""),
        detail.get("named", ""),
        tuple(sorted(detail.get("weights", {}).items())),
        goes_on.ticks if goes_on else (),
    )


def _ticked(plan: Plan, tick: Tick, *, on: bool) -> Plan:
    if on:
        return replace(plan, ticks=(*plan.ticks, tick))
    same = [each for each in plan.ticks if each.task == tick.task]
    last = [each for each in same if each.day == tick.day] or same
    at = max((place for place, each in enumerate(plan.ticks) if each in last[-1:]), default=None)
    return plan if at is None else replace(plan, ticks=plan.ticks[:at] + plan.ticks[at + 1 :])


def detail_of(plan: Plan) -> dict[str, Any]:
    """The detail of the event that makes a plan."""
    told = {"role": plan.role, "company": plan.company, "named": plan.named, "weights": dict(plan.weights)}
    given = {name: value for name, value in told.items() if value}
    return {"interview": plan.interview.isoformat(), "minutes": plan.minutes, **given}


def detail_of_tick(task: str, *, on: bool) -> dict[str, Any]:
    """The detail of the event that ticks a task off once, or takes its last tick back."""
    return {"tick": task} if on else {"tick": task, "on": False}


def told(detail: Mapping[str, Any]) -> str:
    """What a plan event did, in words."""
    if "interview" in detail:
        return f"the plan for {detail['interview']}"
    if "tick" in detail:
        return f"{'ticking' if detail.get('on', True) else 'unticking'} {detail['tick']}"
    return "dropping the plan"
