"""Rows to values and back: the only module that knows how an event or a standing lies in its table."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from rung.model import NOTHING, Event, Kind, Memory, Standing, Strength
from rung.replay import Told, void_target

if TYPE_CHECKING:
    from collections.abc import Mapping

Row: TypeAlias = "tuple[str, int, int, str, str, str, int | None, int | None, str | None, str | None, int | None]"

KINDS = {kind.value: kind for kind in Kind}  # quicker than `Kind(…)`
VOID = Kind.VOID
COLUMNS = (
    "device", "sequence", "at", "day", "kind", "card", "grade", "took", "detail", "void_device", "void_sequence",
)  # fmt: skip
day_of = lru_cache(1 << 12)(date.fromisoformat)  # a log has many rows of each day
day_text = lru_cache(1 << 12)(date.isoformat)
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def event_row(event: Event) -> Row:
    """A row of the table `events`, with the ids of devices for their numbers. Raises ValueError."""
    device, sequence, at, day, kind, card, grade, took, detail = event
    text = detail_text(event) if detail else None
    target, target_sequence = void_target(event) if kind is VOID else (None, None)
    return device, sequence, at, day_text(day), str(kind), card, grade, took, text, target, target_sequence


def event_of(row: tuple[Any, ...]) -> Event:
    """The event in a row of the view `history`."""
    _root, _voided, device, sequence, at, day, kind, card, grade, took, detail, void_device, void_sequence = row
    held: Mapping[str, Any] = json.loads(detail) if detail else NOTHING
    if void_device is not None:
        held = {**held, "device": void_device, "sequence": void_sequence}
    return Event(device, sequence, at, day_of(day), KINDS[kind], card, grade, took, held)


def told_of(kind: str, grade: int | None, day: str, detail: str | None) -> Told:
    """What the fold reads of an event, from those columns of the view `history`; of a void it reads nothing."""
    return Told(KINDS[kind], grade, day_of(day), json.loads(detail) if detail else NOTHING)


def detail_text(event: Event) -> str | None:
    """An event's detail as it is kept; what a void takes back has columns of its own. Raises ValueError."""
    detail: Mapping[str, Any] = event.detail
    if not detail:
        return None
    if event.kind is Kind.VOID:
        detail = {name: value for name, value in detail.items() if name not in ("device", "sequence")}
    return ENCODER.encode(detail) if detail else None


def same(one: Event, other: Event) -> bool:
    """Whether two events are the same row, whatever types their details came in."""
    return _plain(one) == _plain(other)


def _plain(event: Event) -> tuple[object, ...]:
    target = (event.detail["device"], event.detail["sequence"]) if event.kind is Kind.VOID else ()
    detail = detail_text(event)
    return (*(getattr(event, name) for name in COMPARED), target, json.loads(detail) if detail else {})


COMPARED = ("device", "sequence", "at", "day", "kind", "card", "grade", "took")


def standing_of(row: tuple[Any, ...]) -> Standing:
    """The standing in a row of the table `memory`."""
    _root, _at, interval, repetitions, ease, due, lapses, *rest = row
    reviewed, first_day, answered, last_grade, rows, suspended, buried, flag, tags, *strength = rest
    return Standing(
        memory=Memory(interval, repetitions, ease, day_of(due), lapses) if due else None,
        reviewed=_date(reviewed),
        first_day=_date(first_day),
        answered=_date(answered),
        last_grade=last_grade,
        rows=rows,
        suspended=bool(suspended),
        buried=_date(buried),
        flag=flag,
        tags=tuple(json.loads(tags)) if tags else (),
        strength=strength_of(*strength),
    )


def strength_of(stability: float | None, difficulty: float | None, since: str | None) -> Strength | None:
    """The strength in the last three columns of the table `memory`."""
    if stability is None or difficulty is None or since is None:
        return None
    return Strength(stability, difficulty, day_of(since))


def standing_row(standing: Standing) -> tuple[object, ...]:
    """A row of the table `memory` without root and instant."""
    memory, strength = standing.memory, standing.strength
    return (
        *(
            (memory.interval, memory.repetitions, memory.ease, day_text(memory.due), memory.lapses)
            if memory
            else (None,) * 5
        ),
        _text(standing.reviewed),
        _text(standing.first_day),
        _text(standing.answered),
        standing.last_grade,
        standing.rows,
        int(standing.suspended),
        _text(standing.buried),
        standing.flag,
        json.dumps(standing.tags) if standing.tags else "",
        *((strength.stability, strength.difficulty, day_text(strength.since)) if strength else (None,) * 3),
    )


def days_later(day: date, days: int) -> date:
    """The day that many days after `day`, or the calendar's last."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _date(text: str | None) -> date | None:
    return day_of(text) if text else None


def _text(day: date | None) -> str | None:
    return day_text(day) if day else None
