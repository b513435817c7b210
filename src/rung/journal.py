"""Journals: what a device logged, as text that other devices can read. Pure.

A journal is lines of JSON that are only ever added to. The first says what the file is, every other one is an event.
Each begins with a checksum of its own rest, so that a line which was changed is found and the others count. The lines
are not chained: a row that went missing shows as a gap in its device's sequence, and can be written again anywhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from types import NoneType
from typing import TYPE_CHECKING, Any

from rung.model import Event, Kind, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1
ENCODER = json.JSONEncoder(ensure_ascii=False)
LINE = re.compile(rb'\{"check": "([0-9a-f]{16})", (.*\})')
TYPES = {
    "device": (str,), "sequence": (int,), "at": (int,), "day": (str,), "kind": (str,), "card": (str,),
    "grade": (int, NoneType), "took": (int, NoneType), "detail": (dict,),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An event in a journal: its line, and the bytes that stand before that."""

    where: Location
    start: int
    event: Event


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal holds from some byte on. A last line that is not whole yet is left out.

    `problems` come with the bytes before each; `end` is the byte after the last whole line. What a `newer` Rung wrote
    is not read, nor is what stands after it.
    """

    rows: tuple[Row, ...]
    problems: tuple[tuple[int, Problem], ...]
    end: int
    newer: bool = False


# ── writing ──────────────────────────────────────────────────────────────────────────────────────


def begun(device: str) -> bytes:
    """The first line of a device's journal."""
    return _line({"format": FORMAT, "device": device})


def lines(events: Iterable[Event]) -> bytes:
    """The lines of events."""
    return b"".join(_line(event_values(event)) for event in events)


def _line(values: Mapping[str, Any]) -> bytes:
    rest = ENCODER.encode(values)[1:].encode()
    return b'{"check": "%b", %b\n' % (_check(rest), rest)


def _check(rest: bytes) -> bytes:
    return sha256(rest).hexdigest()[:16].encode()


# ── reading ──────────────────────────────────────────────────────────────────────────────────────

CHANGED = ("this line is not as it was written", "take it out; whoever has what it held writes that again")
UNREADABLE = "update Rung if a newer one wrote it, else take the line out"
NEWER = ("a newer Rung wrote what follows", "update Rung")
FOREIGN = ("this is no journal of Rung's", "take the file out of the folder, or name another folder")


def read(path: str, data: bytes, start: int = 0) -> Journal:
    """The journal at `path`, which holds `data`, from the byte `start` on, where a line begins."""
    rows: list[Row] = []
    problems: list[tuple[int, Problem]] = []
    end, ours = start, start > 0
    for number, line in enumerate(BytesIO(data[start:]), data.count(b"\n", 0, start) + 1):
        rest, where = _rest(line), Location(path, number, 1)
        if rest is None and not line.endswith(b"\n"):
            break  # it is still being written, or whoever wrote it did not come to its end
        ours |= rest is not None
        try:
            values = json.loads(rest or "{}")
            if values.get("format", FORMAT) != FORMAT:
                return Journal(tuple(rows), (*problems, (end, Problem(where, *NEWER))), end, newer=True)
            if rest is None and line.strip():
                problems.append((end, Problem(where, *CHANGED)))
            elif rest and "format" not in values:
                rows.append(Row(where, end, event_from(values)))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            problems.append((end, Problem(where, f"this row cannot be read: {error}", UNREADABLE)))
        end += len(line)
    if problems and not ours:
        problems = [(start, Problem(Location(path, 1, 1), *FOREIGN))]
    return Journal(tuple(rows), tuple(problems), end)


def _rest(line: bytes) -> bytes | None:
    """What a line holds after its checksum, or None for one that is not as it was written."""
    found = LINE.fullmatch(line.rstrip(b"\r\n"))
    return b"{" + found[2] if found and _check(found[2]) == found[1] else None


# ── events as JSON has them, here and in `rung log` ──────────────────────────────────────────────


def event_values(event: Event) -> dict[str, Any]:
    """A row of the log; `at` in milliseconds, `took` too."""
    return {
        "device": event.device,
        "sequence": event.sequence,
        "at": event.at,
        "day": event.day.isoformat(),
        "kind": str(event.kind),
        "card": event.card,
        "grade": event.grade,
        "took": event.took,
        "detail": dict(event.detail),
    }


def event_from(values: Any) -> Event:
    """The event in such a row; what it may hold beyond its types is for the store to say. Raises KeyError, TypeError,
    ValueError or RecursionError."""
    ENCODER.encode(values).encode()  # raises ValueError for half a character
    for name, types in TYPES.items():
        if type(values[name]) not in types:
            raise TypeError(f"{name} is {values[name]!r}")
    day = date.fromisoformat(values["day"])
    if day.isoformat() != values["day"]:
        raise ValueError(f"day is {values['day']!r}, not as YYYY-MM-DD")
    return Event(**{**{name: values[name] for name in TYPES}, "day": day, "kind": Kind(values["kind"])})
