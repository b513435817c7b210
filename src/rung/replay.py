"""The fold of the log: what follows for a card from all that happened to it. Pure; the only place that knows the rules.

The log is the truth. Whatever a store keeps beside it is a cache of what stands here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rung import recall
from rung.counts import Counted
from rung.model import ANSWERS, GRADED, Kind, Standing
from rung.soundness import FIRST_EASE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from rung.counts import LogRow
    from rung.model import Event, Memory, Strength
    from rung.schedulers import Scheduler

REVIEW, VOID = Kind.REVIEW, Kind.VOID  # looking a kind up takes longer than to compare it
TURN = attrgetter("at", "device", "sequence")  # by which events are replayed

Answer: TypeAlias = "tuple[Kind, int, date]"  # graded 0 to 5


class Told(NamedTuple):
    """What the fold reads of an event: enough of a row for whoever has many."""

    kind: Kind
    grade: int | None
    day: date
    detail: Mapping[str, Any]


def standing(
    events: Iterable[Event], scheduler: Scheduler, voided: Collection[tuple[str, int]] = frozenset()
) -> Standing:
    """The fold of all events of one card, in whatever order they come.

    They are replayed by (at, device, sequence), so that every device arrives at the same. Rows taken back, by a void
    among `events` or by their key in `voided`, count for nothing but `rows`.
    """
    ordered, taken_back = _in_turn(events, voided)
    if not taken_back:
        return after_all(Standing(), ordered, scheduler)
    left = [event for event in ordered if (event.device, event.sequence) not in taken_back]
    undone = sum(event.kind in ANSWERS for event in ordered) - sum(event.kind in ANSWERS for event in left)
    return after_all(Standing(rows=undone), left, scheduler)


def steps(
    events: Iterable[Event], scheduler: Scheduler, voided: Collection[tuple[str, int]] = frozenset()
) -> Iterator[tuple[Event, Standing]]:
    """Each event of one card in the order of replay, those taken back among them, and the standing after it."""
    ordered, taken_back = _in_turn(events, voided)
    result = Standing()
    for event in ordered:
        if (event.device, event.sequence) not in taken_back:
            result = after(result, event, scheduler)
        elif event.kind in ANSWERS:
            result = replace(result, rows=result.rows + 1)
        yield event, result


def _in_turn(
    events: Iterable[Event], voided: Collection[tuple[str, int]]
) -> tuple[list[Event], Collection[tuple[str, int]]]:
    """The events in the order of replay, and the keys of those that are taken back."""
    ordered = sorted(events, key=TURN)
    voids = [event for event in ordered if event.kind is VOID]
    return ordered, {*map(void_target, voids), *voided} if voids else voided


def after(standing: Standing, event: Event, scheduler: Scheduler) -> Standing:
    """The standing after an event that is not voided and comes after all that `standing` is the fold of."""
    return after_all(standing, (event,), scheduler)


def after_all(standing: Standing, events: Iterable[Event | Told], scheduler: Scheduler) -> Standing:
    """The same after several such events in the order of replay: what comes of them one by one, but sooner."""
    answers: list[Answer] = []
    for event in events:
        if event.kind in GRADED:
            if event.grade is None:
                raise ValueError(f"a {event.kind} needs a grade")
            answers.append((event.kind, event.grade, event.day))
        else:
            if answers:
                standing, answers = _answered(standing, answers, scheduler), []
            standing = _marked(standing, event, scheduler)
    return _answered(standing, answers, scheduler) if answers else standing


def answered(standing: Standing, kind: Kind, grade: int, day: date, scheduler: Scheduler) -> Standing:
    """The standing after a review or a re-drill graded 0 to 5."""
    return _answered(standing, ((kind, grade, day),), scheduler)


def _answered(standing: Standing, answers: Sequence[Answer], scheduler: Scheduler) -> Standing:
    """The standing after some of them in a row, at least one.

    Only the first review of a day changes what SM-2 keeps. A later one that day counts as a re-drill, whatever its
    source; so does one of an EARLIER day than the last that counted (a clock set back, a time zone crossed westwards):
    the memory already speaks of a later day, and days must not be counted twice. The strength follows from every answer,
    but for re-drills of what is new again.
    """
    memory, reviewed, first_day = standing.memory, standing.reviewed, standing.first_day
    counting: list[tuple[int, date]] = []
    telling: list[tuple[int, date]] = []
    for kind, grade, day in answers:
        answer = grade, day
        if kind is REVIEW and (reviewed is None or day > reviewed):
            counting.append(answer)
            reviewed = day
        if counting or memory:
            telling.append(answer)
    if counting:
        first_day = first_day if memory else counting[0][1]
        memory = scheduler.reviewed(memory, counting)
    strength = recall.remembered(standing.strength, telling)
    if memory and strength:  # both are there, or neither
        memory = scheduler.placed(memory, strength)
    return Standing(  # all fields: `replace` would take a quarter of the time of a fold
        memory, reviewed, first_day, day, grade, standing.rows + len(answers), standing.suspended, standing.buried,
        standing.flag, standing.tags, strength,
    )  # fmt: skip


def _marked(standing: Standing, event: Event | Told, scheduler: Scheduler) -> Standing:
    """The standing after an event that is neither a review nor a re-drill."""
    match event.kind:
        case Kind.QUIZ | Kind.PRACTICE:
            return replace(standing, rows=standing.rows + 1)
        case Kind.SUSPEND:
            return replace(standing, suspended=event.detail.get("on", True))
        case Kind.BURY:
            return replace(standing, buried=event.day if event.detail.get("on", True) else None)
        case Kind.FLAG:
            return replace(standing, flag=event.detail["flag"])
        case Kind.TAG:
            return replace(standing, tags=tuple(sorted(set(event.detail["tags"]))))
        case Kind.RESET:  # a new card again, also for a review on this very day
            return replace(
                standing, memory=None, strength=None, reviewed=None, first_day=None, answered=None, last_grade=None
            )
        case Kind.SET_DUE:
            return _put_off(standing, event, scheduler)
        case Kind.SEED:
            return _seeded(standing, event, scheduler)
        case _:
            return standing


def counted(rows: Iterable[LogRow]) -> list[Counted]:
    """The reviews of one card that changed its memory, without those from before it was last new again.

    `rows` are all of the card that are not taken back, in the order of replay. A card that came in known, by a seed or
    a due day set, has waited since then. It is told without a scheduler, which takes most of the time of a fold.
    """
    found: list[Counted] = []
    reviewed: date | None = None
    known: date | None = None
    for root, kind, day, grade, _ in rows:
        if kind is Kind.REVIEW and grade is not None and (reviewed is None or day > reviewed):
            found.append(Counted(root, day, grade, max(0, (day - known).days) if known else None))
            reviewed = known = day
        elif kind is Kind.RESET:
            found, reviewed, known = [], None, None
        elif kind is Kind.SEED or kind is Kind.SET_DUE:
            known = known or day
    return found


def void_target(event: Event) -> tuple[str, int]:
    """The (device, sequence) of the row that a void takes back."""
    return event.detail["device"], event.detail["sequence"]


def former_keys(event: Event) -> tuple[tuple[str, int], ...]:
    """The (device, sequence) keys that a row had before its own."""
    was = event.detail.get("was")
    return tuple((device, sequence) for device, sequence in was) if was else ()


def happening(event: Event) -> tuple[object, ...]:
    """What tells whether two rows of different keys are one and the same thing that a learner did."""
    return event.at, event.day, event.kind, event.card, event.grade, event.took


def _put_off(standing: Standing, event: Event | Told, scheduler: Scheduler) -> Standing:
    """A due day set by hand. A new card stops being new by it: its first answer is then a first repetition."""
    due = date.fromisoformat(event.detail["due"])
    if standing.memory is not None:
        return replace(standing, memory=replace(standing.memory, due=due))
    memory = replace(scheduler.seed(max(1, (due - event.day).days), FIRST_EASE, due), repetitions=0)
    return replace(standing, memory=memory, strength=_known(memory, event.day))


def _seeded(standing: Standing, event: Event | Told, scheduler: Scheduler) -> Standing:
    """What is known from elsewhere, e.g. from another program, to begin with; from the event's day unless it says."""
    interval, ease = event.detail["interval"], event.detail.get("ease", FIRST_EASE)
    if "due" in event.detail:
        due = date.fromisoformat(event.detail["due"])
    else:
        due = date.fromordinal(min(event.day.toordinal() + interval, date.max.toordinal()))
    memory = replace(scheduler.seed(interval, ease, due), lapses=event.detail.get("lapses", 0))
    return replace(standing, memory=memory, strength=_known(memory, event.day))


def _known(memory: Memory, day: date) -> Strength:
    """The strength of a card that came in known on `day`: as if it had been answered an interval before it is due."""
    since = date.fromordinal(max(1, memory.due.toordinal() - memory.interval))
    return recall.seeded(memory.interval, memory.ease, min(day, since))
