"""The log as Anki keeps it, and Anki's as we keep it: answers both ways, each found again when it comes back. Pure."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from rung import replay
from rung.model import ANKI, ANSWERS, Event, Kind, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rung.anki.collection import Answer
    from rung.schedulers import Scheduler

BUTTONS = {0: 1, 1: 1, 2: 1, 3: 2, 4: 3, 5: 4}  # Again, Again, Again, Hard, Good, Easy
GRADES = {1: 1, 2: 3, 3: 4, 4: 5}
AGAIN_SOON = 1000  # ms; nobody answers one card twice within them
DAY = 86_400  # seconds
COUNTED_FROM = date(2020, 1, 1)  # the first day of the collections that we write
NEW, LEARNT, SUSPENDED = 0, 2, -1  # Anki's types of cards, and its queues
TURN, HALF = timedelta(hours=4), timedelta(hours=12)


class RowKind(IntEnum):
    """The kinds of answers in Anki's log."""

    LEARN = 0
    REVIEW = 1
    RELEARN = 2
    FILTERED = 3


FILTERED, REVIEW, PRACTICE = RowKind.FILTERED, Kind.REVIEW, Kind.PRACTICE  # looked up once, not for each answer


@dataclass(frozen=True, slots=True)
class Row:
    """A row of Anki's log: `id` in milliseconds, `interval` after it and `before` in days, `ease` in thousandths."""

    id: int
    button: int
    interval: int
    before: int
    ease: int
    took: int
    kind: RowKind


@dataclass(frozen=True, slots=True)
class History:
    """What has come of a card: how it stands, and its rows in Anki's log."""

    standing: Standing
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What goes out with the cards: histories by root, and the UTC second at which COUNTED_FROM turned for the learner."""

    histories: Mapping[str, History]
    began: int

    @property
    def west(self) -> int:
        """How many minutes the learner's time is behind UTC."""
        return (self.began - turned(COUNTED_FROM)) // 60


@dataclass(frozen=True, slots=True)
class State:
    """A card as Anki's scheduler keeps it; `due` counts days from COUNTED_FROM, or is a new card's place."""

    type: int
    queue: int
    due: int
    interval: int = 0
    ease: int = 0
    answers: int = 0
    lapses: int = 0
    flag: int = 0
    data: str = ""


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def histories(events: Mapping[str, Sequence[Event]], scheduler: Scheduler) -> dict[str, History]:
    """The history of every root from its events that are not taken back.

    Each row has an id of its own: the instant of its event, or the next free millisecond. What came from Anki has the
    id it has there.
    """
    answers = [event for each in events.values() for event in each if event.kind in ANSWERS and event.grade is not None]
    ids = _ids(answers)
    return {root: _history(each, ids, scheduler) for root, each in events.items()}


def _ids(answers: Iterable[Event]) -> dict[tuple[str, int], int]:
    """The id of each answer's row, by its key."""
    in_turn = sorted(answers, key=lambda event: (event.device != ANKI, event.at, event.device, event.sequence))
    taken: set[int] = set()
    ids = {}
    for event in in_turn:
        id_ = event.sequence if event.device == ANKI else event.at
        while id_ in taken:
            id_ += 1
        taken.add(id_)
        ids[event.device, event.sequence] = id_
    return ids


def _history(events: Sequence[Event], ids: Mapping[tuple[str, int], int], scheduler: Scheduler) -> History:
    standing, rows = Standing(), []
    for event in sorted(events, key=lambda event: (event.at, event.device, event.sequence)):
        before, standing = standing, replay.after(standing, event, scheduler)
        if id_ := ids.get((event.device, event.sequence)):
            rows.append(_row(event, id_, before, standing))
    return History(standing, tuple(rows))


def state(history: History, place: int) -> State:
    """The state of a card with a history; `place` is the one it has while it is new."""
    standing, rows = history.standing, history.rows
    memory, flag = standing.memory, standing.flag
    type_ = LEARNT if memory else NEW
    queue = SUSPENDED if standing.suspended else type_
    last = f'{{"lrt":{rows[-1].id // 1000}}}' if rows else ""  # the second of the last answer
    if memory is None:
        return State(type_, queue, place, answers=len(rows), flag=flag, data=last)
    due = (memory.due - COUNTED_FROM).days
    return State(type_, queue, due, memory.interval, 10 * memory.ease, len(rows), memory.lapses, flag, last)


def _row(event: Event, id_: int, before: Standing, after: Standing) -> Row:
    old, new = before.memory, after.memory
    assert event.grade is not None
    return Row(
        id_,
        BUTTONS[event.grade],
        new.interval if new else 0,
        old.interval if old else 0,
        10 * new.ease if new else 0,
        event.took or 0,
        _kind(event, before, after),
    )


def _kind(event: Event, before: Standing, after: Standing) -> RowKind:
    """A first answer learns, a later one reviews; another one on the same day relearns; outside the schedule it is filtered."""
    if event.kind in (Kind.QUIZ, Kind.PRACTICE):
        return RowKind.FILTERED
    if after.reviewed == before.reviewed:
        return RowKind.RELEARN
    return RowKind.LEARN if before.memory is None else RowKind.REVIEW


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


def is_answer(row: Answer) -> bool:
    """Whether a row of Anki's log is an answer, and not e.g. a due day set by hand."""
    return row.button in GRADES and row.kind <= FILTERED and row.id >= 1


def event_of(answer: Answer, root: str, day: date) -> Event:
    """An answer given in Anki on `day` as a row of our log."""
    id_, _, button, took, kind = answer
    kept = took if took > 0 else 0
    return Event(ANKI, id_, id_, day, PRACTICE if kind == FILTERED else REVIEW, root, GRADES[button], kept)


def days_of(began: int, west: int | None) -> Callable[[int], date]:
    """What gives the day of an instant in milliseconds, in a collection that began at the UTC second `began`, a day's turn.

    `west` is by how many minutes its time is behind UTC. Where it is unknown, the local midnight before the turn is taken
    for that of the nearest date. So a day follows from the collection alone, and is the same on every device.
    """
    local = timedelta(minutes=-west) if west is not None else HALF - TURN
    first = (datetime.fromtimestamp(began, UTC) + local).toordinal()
    day = cache(date.fromordinal)  # there are few days, and many answers of each
    return lambda instant: day(first + (instant // 1000 - began) // DAY)


def turned(day: date) -> int:
    """The UTC second at which a day turned in UTC."""
    return int((datetime(day.year, day.month, day.day, tzinfo=UTC) + TURN).timestamp())


def is_ours(answer: Answer, own: Sequence[tuple[int, int]]) -> bool:
    """Whether an answer is a row that we exported: `own` are instant and grade of the card's answers, by instant."""
    start, end = (bisect_left(own, (instant,)) for instant in (answer.id - AGAIN_SOON + 1, answer.id + 1))
    return any(BUTTONS[grade] == answer.button for _, grade in own[start:end])
