"""All that is known of a card, in lines of a given width: how it stands, when it would come, all that happened. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines, outlook, session
from rung.model import Kind, Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from rung.model import Card, Event, Memory
    from rung.schedulers import Scheduler

    Part = tuple[str, list[str]]  # the heading, and the lines below it
    Step = tuple[Event, Standing]  # what happened, and how the card stood then

LEAST_BAR = 4  # columns


def parts(
    card: Card,
    source: str,
    steps: Sequence[Step],
    voided: Collection[tuple[str, int]],
    scheduler: Scheduler,
    day: date,
    width: int,
) -> Iterator[Part]:
    """`steps` by time, as the scheduler has them; `voided` are the keys of those that were taken back."""
    standing = steps[-1][1] if steps else Standing()
    yield card.id, [f"{source}; {card.note_type}, {card.kind}", *_stands(standing, day)]
    yield "When it would come", list(_coming(standing, scheduler, day, width))
    if steps:
        yield "What happened, the last first", list(_happened(steps, voided, width))


def _stands(standing: Standing, day: date) -> Iterator[str]:
    memory = standing.memory
    if memory is None:
        yield "A new card."
    else:
        lapses = lines.plural(memory.lapses, "lapse") + (" (a leech)" if memory.leech else "")
        yield f"due {memory.due}, interval {memory.interval} d, ease {lines.hundredths(memory.ease)}, {lapses}"
    if standing.strength:
        yield outlook.remembered(standing.strength, day)
    marks = [
        *(["suspended"] if standing.suspended else []),
        *(["buried until tomorrow"] if standing.buried == day else []),
        *([f"flag {standing.flag}"] if standing.flag else []),
        *([f"tagged {', '.join(standing.tags)}"] if standing.tags else []),
    ]
    if marks:
        yield ", ".join(marks)


def _coming(standing: Standing, scheduler: Scheduler, day: date, width: int) -> Iterator[str]:
    on = max(day, standing.memory.due) if standing.memory else day
    intervals = session.followed_by(standing, Kind.REVIEW, on, scheduler)
    told = ", ".join(f"{session.BUTTONS[session.KEYS[key]]} {days} d" for key, days in intervals.items())
    yield from lines.wrapped(f"After an answer on {on}: {told}.", width)
    days = ", ".join(str(each) for each in session.predicted(standing, on, scheduler))
    yield from lines.wrapped(f"Good each time: {days}.", width)


def _happened(steps: Sequence[Step], voided: Collection[tuple[str, int]], width: int) -> Iterator[str]:
    """A bar for each interval, as long as it is of the longest."""
    longest = max((after.memory.interval for _, after in steps if after.memory), default=1)
    before: Memory | None = None
    rows = []
    for event, after in steps:
        taken_back = (event.device, event.sequence) in voided
        changed = after.memory if after.memory != before else None
        before = after.memory
        rows.append(_row(event, changed, longest, width, taken_back=taken_back))
    yield from reversed(rows)


def _row(event: Event, changed: Memory | None, longest: int, width: int, *, taken_back: bool) -> str:
    grade = "" if event.grade is None else session.grade_in_words(event.grade)
    row = f"{event.day}  {event.kind:<8}  {grade:<15}"
    if taken_back:
        return f"{row}  taken back"
    if changed is None:
        return row.rstrip()
    row += f"  {changed.interval:>6,} d  ease {lines.hundredths(changed.ease)}"
    room = max(LEAST_BAR, width - len(row) - 2)
    return f"{row}  {'█' * round(room * changed.interval / longest) or '▏'}"
