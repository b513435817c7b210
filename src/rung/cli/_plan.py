"""What `rung plan` does: make a plan, tick its tasks, show it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rung import lines
from rung import plan as plans
from rung.cli import _out
from rung.cli._here import Wrong
from rung.cli._prospect import ground_of, planned, running
from rung.model import Kind
from rung.plan import clock, verdict, words
from rung.plan.ground import chosen, spoken, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rung.cli._here import Here
    from rung.plan import Plan
    from rung.plan.ground import Choice, Ground
    from rung.plan.prospect import Prospect
    from rung.store import Store

HOW = "make one with: rung plan --interview YYYY-MM-DD"


# ── making one ───────────────────────────────────────────────────────────────────────────────────


def make(here: Here, store: Store, interview: str, role: str, company: str, minutes: int | None) -> None:
    """Log a plan; what is not given stays as it is in the plan there is. Raises Wrong."""
    day, before = here.clock.day(), running(here, store)
    if not interview and before is None:
        raise Wrong("say when the interview is: rung plan --interview YYYY-MM-DD")
    on = _interview(interview, day) if interview else before.interview if before else day
    ground = ground_of(here)
    own_role = _choice("role", role or (before.role if before else ""), ground.roles)
    typed = company or (before and (before.named or before.company)) or ""
    own_company = _choice("company", typed, ground.companies)
    if minutes is None:
        minutes = before.minutes if before else plans.MINUTES
    if not plans.LEAST <= minutes <= plans.MOST:
        raise Wrong(f"{minutes} minutes a day is no plan; give {plans.LEAST} to {plans.MOST}, such as --minutes 45")
    named = own_company.spelt(typed) if own_company else ""
    made = plans.Plan(
        on,
        day,
        minutes,
        own_role.id if own_role else "",
        own_company.id if own_company else "",
        named if own_company and named not in (own_company.id, own_company.name) else "",
        tuple(weighed((name for name, _ in ground.rounds), own_role, own_company).items()),
    )
    store.record(Kind.PLAN, now=here.clock.now(), day=day, detail=plans.detail_of(made))


def drop(here: Here, store: Store) -> None:
    """Log that there is no plan any more."""
    if store.plan() is None:
        _out.tell(f"There is no plan; {HOW}")
        return
    store.record(Kind.PLAN, now=here.clock.now(), day=here.clock.day(), detail={"drop": True})
    _out.tell("The plan is dropped: new cards come by new_per_day again. `rung undo` brings it back.")


def tick(here: Here, store: Store, typed: str, *, on: bool) -> None:
    """Log that a task was done, or take back that it was; raises Wrong."""
    plan, day, ground = _needed(here, store), here.clock.day(), ground_of(here)
    tasks = {task.id: task for phase in ground.phases for task in phase.todo}
    if typed not in tasks:
        from rung.fields import did_you_mean

        open_ = [todo.task.id for todo in clock.todos(ground.phases, plan, day).get(day, ())]
        otherwise = f"today's are {', '.join(open_)}" if open_ else "today has none"
        raise Wrong(f'there is no task "{typed}"; {did_you_mean(typed, tasks, otherwise)}')
    task = tasks[typed]
    done = plan.ticked(typed, day if task.daily else None)
    if on and done >= task.count:
        _out.tell(f"{typed} is ticked off already{' for today' if task.daily else ''}.")
        return
    if not on and not done:
        _out.tell(f"{typed} is not ticked off{' today' if task.daily else ''}.")
        return
    store.record(Kind.PLAN, now=here.clock.now(), day=day, detail=plans.detail_of_tick(typed, on=on))
    done += 1 if on else -1
    box = "[x]" if done >= task.count else "[ ]"
    times = f" ({done} of {task.count})" if task.count > 1 else ""
    _out.put(f"{box} {typed}: {task.does}{times}")


def _interview(typed: str, day: date) -> date:
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise Wrong(f'"{typed}" is no day; write it as YYYY-MM-DD, such as 2026-12-18') from None
    if on < day:
        raise Wrong(f"{on} has passed, today is {day}; give the day of an interview to come")
    if (on - day).days > plans.LONGEST:
        raise Wrong(f"{on} is more than a year away; make the plan later, and learn by rung review until then")
    return on


def _choice(what: str, typed: str, choices: Sequence[Choice]) -> Choice | None:
    if not typed:
        return None
    found = chosen(typed, choices)
    if found is None:
        from rung.fields import did_you_mean

        ids = [each.id for each in choices]
        known = ", ".join([*ids, "or the name of a company"] if what == "company" else spoken(choices))
        listing = f"there are {known}" if ids else f"no deck here says what a {what} weighs"
        raise Wrong(f'there is no {what} "{typed}"; {did_you_mean(typed, spoken(choices), listing)}')
    return found


def _needed(here: Here, store: Store) -> Plan:
    """The same, for what cannot do without; raises Wrong."""
    plan = running(here, store)
    if plan is None:
        raise Wrong(f"there is no plan; {HOW}")
    return plan


# ── showing it ───────────────────────────────────────────────────────────────────────────────────


def show(here: Here, store: Store, *, day: str, days: int, ics: Path | None, json: bool) -> None:
    """Tell the plan, or what one day of it holds, or write it as a calendar; raises Wrong."""
    found = planned(here, store)
    if found is None:
        if ics is not None:
            raise Wrong(_none(store))
        _tell_none(store, json=json)
        return
    prospect, ground = found
    if ics is not None:
        _write(here, prospect, ground, ics)
    elif json:
        _out.put_json(plan=_values(prospect, ground))
    elif day:
        _tell_day(prospect, ground, day)
    else:
        _tell(words.told(prospect, ground, _out.columns(), days))


def _tell_none(store: Store, *, json: bool) -> None:
    if json:
        _out.put_json(plan=None)
        return
    none = _none(store)
    _out.tell(none[0].upper() + none[1:])


def _none(store: Store) -> str:
    """Why there is no plan, and how to make one."""
    last = store.plan()
    over = (
        f"your interview was on {lines.long_day(last.interview)}, and the plan is over" if last else "there is no plan"
    )
    return f"{over}; {HOW}"


def _tell_day(prospect: Prospect, ground: Ground, typed: str) -> None:
    first, last = prospect.today.day, prospect.plan.interview
    try:
        on = date.fromisoformat(typed)
    except ValueError:
        raise Wrong(f'"{typed}" is no day; write it as YYYY-MM-DD, such as {last}') from None
    if not first <= on <= last:
        raise Wrong(f"{on} is no day of the plan, which goes from {first} to {last}")
    _tell(words.day_told(prospect, ground, on, _out.columns()))


def _tell(told: Any) -> None:
    from rung.cli._dialogue import Dialogue

    dialogue, rows = Dialogue(rich=_out.interactive()), list(told)
    while rows and not rows[-1][0]:
        rows.pop()
    for line, heading in rows:
        dialogue.line(line, "bold" if heading else "")


def _write(here: Here, prospect: Prospect, ground: Ground, path: Path) -> None:
    from rung.plan.calendar import calendar
    from rung.workspace import CannotGoOn
    from rung.writing import write_all

    if path.is_dir():
        raise CannotGoOn(f"{path}: this is a folder; nothing was written there")
    write_all({path: calendar(prospect, ground, here.clock.now())})
    _out.put(str(path))
    _out.tell(
        f"{_out.plural(len(prospect.days), 'day')}; import it again after changes, and its days are put in place."
    )


def _values(prospect: Prospect, ground: Ground) -> dict[str, Any]:
    plan = prospect.plan
    return {
        "interview": plan.interview,
        "since": plan.since,
        "days_left": prospect.today.left,
        "minutes": plan.minutes,
        "role": plan.role or None,
        "company": plan.company or None,
        "named": plan.named or None,
        "weights": dict(plan.weights),
        "today": {"due": prospect.due, "new": prospect.new, "phase": prospect.today.phase.name},
        "phases": [
            {"name": each.phase.name, "first": each.first, "last": each.last, "days": each.days}
            for each in prospect.stretches
        ],
        "days": [
            {
                "day": each.day,
                "phase": each.phase.name,
                "reviews": each.portion.reviews,
                "new": each.portion.new,
                "minutes": each.minutes,
                "drills": [drill.note for drill in (*each.drills, *each.again)],
                "mocks": each.mocks,
                "tasks": [
                    {"id": todo.task.id, "does": todo.task.does, "done": todo.done, "count": todo.count}
                    for todo in each.todos
                ],
            }
            for each in prospect.days
        ],
        "rounds": [
            {"name": each.name, "weight": each.weight, "begun": each.begun, "new": each.waiting, "fits": each.fits}
            for each in prospect.rounds
        ],
        "post_mortems": [each.note for each in ground.fitting(plan.company)],
        "left_out": prospect.left_out,
        "last_days": str(prospect.last) if prospect.last else None,
        "drop": [deck for deck, _ in prospect.off],
        "enough_minutes": prospect.enough,
        "own_times": prospect.own,
        "fits": list(verdict.fit(prospect)),
    }
