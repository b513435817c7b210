"""A plan in words, as lines for any width. Pure."""

from __future__ import annotations

from math import ceil
from textwrap import wrap
from typing import TYPE_CHECKING

from rung import lines, text
from rung.plan import NEW_STOPS, verdict
from rung.plan.clock import HEAD_START, LIGHT
from rung.plan.prospect import MOCK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rung.plan.clock import Stretch
    from rung.plan.ground import Ground
    from rung.plan.prospect import Day, Drill, Prospect

Line = tuple[str, bool]  # a line, and whether it is a heading
WEEK = 7  # days that are shown of those to come


def told(prospect: Prospect, ground: Ground, width: int, days: int = WEEK, *, numbered: bool = False) -> Iterator[Line]:
    """All of it: what today holds, the phases, the days to come, the rounds, post-mortems, and whether it fits.

    Where a number ticks a task off, today's are `numbered`; else it is said by which command one is.
    """
    yield heading(prospect), True
    yield from _wrapped(whose(prospect, ground), width)
    yield "", False
    yield from of_day(prospect, ground, prospect.today, width, today=True, numbered=numbered)
    if prospect.today.left:
        yield from _phases(prospect.stretches)
        yield from _coming(prospect.days[1 : days + 1], prospect.last, width)
    if prospect.today.left > LIGHT:
        yield from _rounds(prospect)
        yield from _failures(prospect, ground, width)
        yield from _fit(prospect, width)


def heading(prospect: Prospect) -> str:
    """The day, and how far off the interview is."""
    left, interview = prospect.today.left, prospect.plan.interview
    return f"{lines.long_day(prospect.today.day)}: {short(left, interview)}"


def short(left: int, interview: date) -> str:
    """How far off the interview is."""
    if not left:
        return "your interview is today."
    return f"{lines.plural(left, 'day')} to your interview on {interview:%A}, {interview.day} {interview:%B}."


def whose(prospect: Prospect, ground: Ground) -> str:
    """What is interviewed for, where, and the minutes."""
    plan = prospect.plan
    role = next((each.name for each in ground.roles if each.id == plan.role), plan.role)
    sort = next((each.name for each in ground.companies if each.id == plan.company), plan.company)
    company = f"{plan.named} ({sort})" if plan.named else sort
    parts = [each for each in (role, f"at {company}" if company else "") if each]
    whose = f"{' '.join(parts)}; " if parts else ""
    return f"{whose[:1].upper()}{whose[1:]}{plan.minutes} minutes a day for cards, drills and mocks."


# ── a day ────────────────────────────────────────────────────────────────────────────────────────


def day_told(prospect: Prospect, ground: Ground, on: date, width: int) -> Iterator[Line]:
    """What one day holds, as it looks today."""
    day = next(each for each in prospect.days if each.day == on)
    away = short(day.left, prospect.plan.interview) if day.left else "your interview."
    yield f"{lines.long_day(on)}: {away}", True
    yield "", False
    yield from of_day(prospect, ground, day, width)


def of_day(
    prospect: Prospect, ground: Ground, day: Day, width: int, *, today: bool = False, numbered: bool = False
) -> Iterator[Line]:
    """What a day holds, by which command it is done, and what is ticked off; of `today`, what is left."""
    yield f"{'Today' if today else lines.short_day(day.day)}: {day.phase.name}{_about(day)}", True
    rows = list(_commands(prospect, ground, day, today=today))
    for command, what in rows:
        yield f"  {command}  {what}", False
    named = max((len(todo.task.id) for todo in day.todos), default=0)
    for number, todo in enumerate(day.todos, 1):
        box = f"{f'{number} ' if numbered else ''}[{'x' if todo.ticked else ' '}]"
        yield from _wrapped(
            f"{todo.task.does}{f' ({todo.progress})' if todo.progress else ''}",
            width,
            head=f"  {box} {todo.task.id:<{named}}  ",
        )
    if numbered and day.todos:
        yield "  A number ticks one off, or on again.", False
    elif today and (undone := [todo.task.id for todo in day.todos if not todo.ticked]):
        yield f"  Done with one? rung plan tick {undone[0]}", False
    if not rows and not day.todos:
        yield "  Nothing.", False
    if day.phase is HEAD_START and len(prospect.stretches) > 1:
        yield f"  Cards and drills alone; the clock begins with {prospect.stretches[1].phase.name}.", False
    if day.phase.mind:
        yield "", False
        yield ("In the room" if not day.left else "Bear in mind"), True
        for does in day.phase.mind:
            yield from _wrapped(f"- {does}", width, head="  ")
    if day.left <= LIGHT:
        for section in ground.moves:
            yield "", False
            yield section.heading, True
            for row in filter(None, text.plain(section.text).splitlines()):
                yield from _wrapped(row, width, head="  ")
    yield "", False


def _about(day: Day) -> str:
    return f", about {day.minutes} min" if day.minutes and day.left else ""


def _commands(prospect: Prospect, ground: Ground, day: Day, *, today: bool) -> Iterator[tuple[str, str]]:
    due, new = (prospect.due, prospect.new) if today else (day.portion.reviews, day.portion.new)
    if not day.left:
        if due:
            yield "rung review", f"{due:,} due; they can wait until tomorrow"
    elif due or new:
        minutes = f", about {ceil(day.portion.seconds / 60)} min" if not (today and prospect.answered) else ""
        yield "rung review", f"{due:,} due, {new:,} new{minutes}"
    elif day.portion.reviews or day.portion.new:
        yield "rung review", "all done"
    elif day.left < NEW_STOPS and not any(each.begun for each in prospect.rounds):
        yield "rung print all", "quick references, as no card is learnt yet"
    if day.left:
        yield from ((f"rung drill {each.note}", f"{each.minutes} min{_when(each, day)}") for each in day.drills)
        yield from ((f"rung drill {each.note}", f"{each.minutes} min, again") for each in day.again)
        lens = ground.lens(prospect.plan.named)
        if day.mocks:
            yield f"rung quiz mock{f' --company {lens.lower()}' if lens else ''}", f"{MOCK} min, one way to hold a mock"
    if day.left <= LIGHT:
        yield "rung print day-of", "one sheet to take along"


def _when(drill: Drill, day: Day) -> str:
    return ", done" if drill.first == day.day else ""


# ── the days ─────────────────────────────────────────────────────────────────────────────────────


def _phases(stretches: Sequence[Stretch]) -> Iterator[Line]:
    yield "Phases", True
    width = max(len(stretch.phase.name) for stretch in stretches)
    for stretch in stretches:
        days = lines.plural(stretch.days, "day")
        yield f"  {stretch.phase.name:<{width}}  {dates(stretch):<24}  {days}", False
    yield "", False


def dates(stretch: Stretch) -> str:
    """`Fri 4 Dec to Thu 10 Dec`."""
    return lines.short_day(stretch.first) + (f" to {lines.short_day(stretch.last)}" if stretch.days > 1 else "")


def _coming(days: Sequence[Day], last: date | None, width: int) -> Iterator[Line]:
    if not days:
        return
    yield "To come", True
    yield f"  {'':<11}  due  new  min", False
    for day in days:
        if not day.left:
            yield f"  {lines.short_day(day.day):<11}{'':<17}the interview", False
            continue
        row = f"  {lines.short_day(day.day):<11}{day.portion.reviews:>5,}{day.portion.new:>5,}{day.minutes:>5,}"
        rest = " " * (len(row) + 2)
        named = wrap(extra(day), width, initial_indent=f"{row}  ", subsequent_indent=rest, break_on_hyphens=False)
        yield from ((each, False) for each in named or [row])
    if last:
        since = "From today on" if days[0].day > last else f"From {lines.short_day(last)} on"
        yield from _wrapped(f"{since} each card comes once more, whenever it is due.", width, head="  ")
    yield "", False


def extra(day: Day) -> str:
    """What a day holds besides cards, in a few words."""
    drills = [f"drill {drill.note.rpartition('/')[2]}" for drill in (*day.drills, *day.again)]
    tasks = [todo.task.id + (f"×{todo.count}" if todo.count > 1 else "") for todo in day.todos]
    return ", ".join((*drills, *tasks))


def _rounds(prospect: Prospect) -> Iterator[Line]:
    if not prospect.rounds:
        return
    weighed = any(each.weight is not None for each in prospect.rounds)
    yield "Cards by round", True
    width = max(len(each.name) for each in prospect.rounds)
    yield f"  {'':<{width}}{'  weight' if weighed else ''}  begun   new  fit in", False
    for each in prospect.rounds:
        weight = f"{each.weight:>8}" if weighed else ""
        counts = (
            f"{each.begun:>7,}{each.waiting:>6,}{each.fits:>8,}"
            if each.begun or each.waiting
            else "  no cards of its own"
        )
        yield f"  {each.name:<{width}}{weight}{counts}", False
    yield "", False


def _failures(prospect: Prospect, ground: Ground, width: int) -> Iterator[Line]:
    if failures := ground.fitting(prospect.plan.company):
        yield "Post-mortems to learn from", True
        for each in failures:
            yield from _wrapped(each.name, width, head="  ")
            yield f"    rung print {each.note.rpartition('/')[2]}", False
        yield "", False


def _fit(prospect: Prospect, width: int) -> Iterator[Line]:
    yield "Does it fit?", True
    for sentence in verdict.fit(prospect):
        yield from _wrapped(sentence, width, head="  ")
    yield from ((f"  {row}", False) for row in verdict.drops(prospect))


def _wrapped(words: str, width: int, head: str = "") -> Iterable[Line]:
    return [(row, False) for row in lines.wrapped(words, width, head=head)] if words else []
