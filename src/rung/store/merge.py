"""Rows of other devices, and those that two stores logged under the id of one.

Rows are merged by their key (device, sequence). A store that was copied, or put back to an older state of itself, logs
under keys that are taken. Where that shows, it goes on as another device and takes along what it logged since the two
parted: each of those rows gets a new key and says in `was` which one it had. Every store that has it under its former
key then lets that go. So whatever comes in which order, all arrive at one log, with nothing lost and nothing doubled.
"""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import takewhile
from typing import TYPE_CHECKING

from rung import replay
from rung.model import ANKI, Kind
from rung.store import memory, seal
from rung.store.backups import FORMERLY, copy_beside
from rung.store.database import StoreError
from rung.store.log import PAGE, Log
from rung.store.rows import event_of, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from rung.model import Event

    Key = tuple[str, int]
    Moves = dict[Key, set[tuple[object, ...]]]  # by a former key, what happened under it that has another now

VOID = Kind.VOID  # looking a kind up takes longer than to compare it
UNSOUND = "mend or leave out that row"
CONTRADICTED = "one of the two logs is not as it was written; restore a backup of it"


@dataclass(slots=True)
class Taken:
    """What became of rows that were offered.

    `new` counts those that were not here, by device. `left` has those that are not here under their own key, by their
    place among the offered: why, or None for one that has another key. `parted` is the id under which this store
    logged, where it had to take another; `moved` says whether any row here got another key.
    """

    new: Counter[str] = field(default_factory=Counter)
    left: dict[int, StoreError | None] = field(default_factory=dict)
    parted: str = ""
    moved: bool = False


class Merge(Log):
    """The part of a store that takes over rows."""

    def load(self, events: Iterable[Event]) -> tuple[int, int]:
        """Take over rows of any device, in any order, and give how many were (new, known).

        All or nothing. Raises StoreError for a row that cannot be replayed, or contradicts the one of its key here.
        """
        offered = list(events)
        with self.database.writing():
            taken = self._take(offered, strict=True)
        return taken.new.total(), len(offered) - taken.new.total()

    def exchanging(self) -> AbstractContextManager[None]:
        """The time in which nobody else writes, so that what comes in and what goes out fit together."""
        return self.database.writing()

    def take(self, events: Sequence[Event]) -> Taken:
        """Take over rows of any device, in any order, each by itself. Only within `exchanging`."""
        return self._take(events, strict=False)

    def counts(self) -> dict[str, int]:
        """How many rows of every device there are."""
        return dict(self.database.rows("SELECT id, count(*) FROM events JOIN devices ON number = device GROUP BY id"))

    def remembered(self, name: str) -> str:
        """What was to be remembered under a name; empty where there is nothing."""
        return self.database.value("SELECT value FROM meta WHERE key = ?", name) or ""

    def remember(self, name: str, text: str) -> None:
        """Remember a text under a name. Only within `exchanging`."""
        self.database.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, text)

    # ── within a transaction ──

    def _take(self, events: Sequence[Event], *, strict: bool) -> Taken:
        """Take over what can be taken over; when `strict`, raise StoreError for what cannot."""
        taken, logged_as = Taken(), self._own()[1]
        sound = self._sound(events, taken, strict=strict)
        moves = self._moves(events[place] for place in sound)
        if not strict:
            taken.moved = self._part([events[place] for place in sound], moves)
        if taken.moved:  # what our rows stood in the way of, under the keys that they had, may be sound now
            taken.left.clear()
            sound = self._sound(events, taken, strict=False)
            _add(moves, (events[place] for place in sound))
        with self._many(len(sound)) if len(sound) > PAGE else nullcontext():
            fresh, gone = self._taken(events, sound, moves, taken, strict=strict)
        taken.new.update(event.device for event in fresh)
        taken.moved |= bool(gone)
        self._fold(fresh, gone)
        self._stay_apart([*fresh, *gone])
        taken.parted = logged_as if self._own()[1] != logged_as else ""
        return taken

    def _sound(self, events: Sequence[Event], taken: Taken, *, strict: bool) -> list[int]:
        """The places of the rows that can be replayed."""
        sound = []
        for place, event in enumerate(events):
            if fault := self._fault(event):
                self._leave(place, self._error(event, f"cannot be taken over: {fault}", UNSOUND), taken, strict=strict)
            else:
                sound.append(place)
        return sound

    @contextmanager
    def _many(self, count: int) -> Iterator[None]:
        """While many sound rows go into the log, of which nothing need be asked twice.

        A trigger keeps rows from being replaced. For its sake SQLite puts aside what each row changes, which takes longer
        than all the rest; and these are not to replace any: the key sees to that. Where more come than are there, indexes
        are sooner made anew than kept up.
        """
        there = self.database.value("SELECT count(*) FROM (SELECT 1 FROM events LIMIT ?)", count)
        indexes = ("events_card", "events_day") if there < count else ()
        with self.database.without("events_once", *indexes), self.database.trusting():
            yield

    def _taken(
        self, events: Sequence[Event], sound: Sequence[int], moves: Moves, taken: Taken, *, strict: bool
    ) -> tuple[list[Event], list[Event]]:
        """Take over sound rows, and give those that are new, and those that went for them."""
        fresh: list[Event] = []
        gone: list[Event] = []
        moved = {place for place in sound if replay.former_keys(events[place])}
        others = [place for place in sound if place not in moved]
        for some in (sorted(moved), others):  # a row that was moved here makes way for others
            for first in range(0, len(some), PAGE):
                page = {place: events[place] for place in some[first : first + PAGE]}
                new = self._take_page(page, moves, taken, strict=strict)
                gone += self._let_go(new) if some is not others else ()
                fresh += new
        return fresh, gone

    def _take_page(self, page: Mapping[int, Event], moves: Moves, taken: Taken, *, strict: bool) -> list[Event]:
        """Take over some rows, given by their places, and give those that are new."""
        held = self._held(page.values())
        new = []
        for place, event in page.items():
            key = _key(event)
            other = held.get(key)
            if key in moves and _is_moved(event, moves):
                taken.left[place] = None
            elif other is None:
                held[key] = event
                new.append(event)
            elif not self._agree(other, event):
                error = self._error(event, "is here already and says something else", CONTRADICTED)
                self._leave(place, error, taken, strict=strict)
        self._insert(new)
        return new

    def _agree(self, one: Event, other: Event) -> bool:
        """Whether two rows of one key are the same.

        Of an answer in Anki, two devices may know the card by other names, and tell the day by other clocks.
        """
        if one == other or same(one, other):
            return True
        roots = {memory.root_of(self.database, event.card) for event in (one, other)}
        return one.device == ANKI and len(roots) == 1 and one.grade == other.grade

    def _leave(self, place: int, error: StoreError, taken: Taken, *, strict: bool) -> None:
        if strict:
            raise error
        taken.left[place] = error

    def _error(self, event: Event, what: str, mend: str) -> StoreError:
        return StoreError(self.database.path, f"row {event.sequence} of device {event.device} {what}", mend)

    def _fold(self, come: Sequence[Event], gone: Sequence[Event]) -> None:
        """Bring what is kept of cards up to rows that came and rows that went.

        A row goes for one that comes at the same instant, so that its card is replayed in any case.
        """
        voids = {replay.void_target(event) for some in (come, gone) for event in some if event.kind is VOID}
        memory.came(self.database, come, memory.roots_of_rows(self.database, voids | self._voided(come)))

    def _voided(self, events: Iterable[Event]) -> set[Key]:
        """The keys of those of these rows that a void took back before they came."""
        query = """
            SELECT void_sequence FROM events JOIN devices ON devices.number = void_device
            WHERE devices.id = ? AND void_sequence BETWEEN ? AND ?
        """
        found: set[Key] = set()
        for device, some in _sequences(events).items():
            voided = {sequence for (sequence,) in self.database.rows(query, device, min(some), max(some))}
            found.update((device, sequence) for sequence in voided.intersection(some))
        return found

    def _stay_apart(self, events: Sequence[Event]) -> None:
        """Take a new id if rows of our own came or went, or if one that we lack is taken back.

        This store is then an older copy of another, and its next row would take a key that is taken.
        """
        number, own = self._own()
        last, _ = self._last(number)
        targets = (replay.void_target(event) for event in events if event.kind is VOID)
        lacking = any(device == own and sequence > last for device, sequence in targets)
        if lacking or any(event.device == own for event in events):
            self.database.change("DELETE FROM meta WHERE key = 'device'")

    # ── rows that got another key ──

    def _moves(self, offered: Iterable[Event]) -> Moves:
        """What is said of former keys, here and by the rows that are offered. A device begins with what it took along."""
        moves: Moves = {}
        for (device,) in self.database.rows("SELECT id FROM devices"):
            rows = self.database.each("SELECT * FROM history WHERE device = ? ORDER BY sequence", device)
            _add(moves, takewhile(replay.former_keys, map(event_of, rows)))
        _add(moves, offered)
        return moves

    def _part(self, offered: Sequence[Event], moves: Moves) -> bool:
        """Go on as another device where another store has logged under the id of this one; whether that was so.

        It shows by a row of ours that says something else there, or that another store has taken along. The new id
        follows from the first row that moves, so that two copies of one row never get two keys. So it is with what was
        logged here under another id, before this store was put back from a backup.
        """
        parted = False
        for own in (self._own()[1], *self._formerly()):
            while first := self._met(own, offered, moves):
                moved = self._move(own, first)
                _add(moves, moved)
                own = moved[0].device
                parted = True
        return parted

    def _formerly(self) -> list[str]:
        """The ids under which this store has logged before it was put back."""
        query = "SELECT value FROM meta WHERE substr(key, 1, ?) = ? ORDER BY value"
        return [id_ for (id_,) in self.database.rows(query, len(FORMERLY), FORMERLY)]

    def _met(self, own: str, offered: Sequence[Event], moves: Moves) -> int:
        """The sequence of the first of the rows logged here under that id that belongs to another store's, or 0."""
        mine = [event for event in offered if event.device == own and not _is_moved(event, moves)]
        held = self._held(mine)
        met = [event.sequence for event in mine if not same(held.get(_key(event), event), event)]
        met += [key[1] for key in moves if key[0] == own and (row := self._row(key)) and _is_moved(row, moves)]
        return min(met, default=0)

    def _move(self, own: str, first: int) -> list[Event]:
        """Move our rows from `first` on to another device, which is ours from now on if the one before was, and give them."""
        query = "SELECT * FROM history WHERE device = ? AND sequence >= ? ORDER BY sequence"
        rows = [event_of(row) for row in self.database.rows(query, own, first)]
        seal = "\0".join(map(str, (own, first, *replay.happening(rows[0]))))
        id_ = sha256(seal.encode()).hexdigest()[:32]
        moved = [_moved(event, id_, first) for event in rows]
        self._drop(rows)
        self._insert(moved)
        key = "device" if own == self._own()[1] else f"{FORMERLY}{id_}"
        self.database.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, id_)
        self._fold(moved, rows)
        return moved

    def _let_go(self, events: Iterable[Event]) -> list[Event]:
        """Let go the rows that are here under a former key of one of these too, and give them."""
        gone = []
        for event in events:
            rows = map(self._row, replay.former_keys(event))
            gone += [row for row in rows if row and replay.happening(row) == replay.happening(event)]
        self._drop(gone)
        return gone

    def _drop(self, events: Sequence[Event]) -> None:
        """The only place where rows leave the log: each stands in it once more, under another key."""
        if not events:
            return
        copy_beside(self.database.path, "before-sync")
        seal.take(self.database, map(_key, events))
        with self.database.without("events_stay"):
            self.database.change_all(
                "DELETE FROM events WHERE device = (SELECT number FROM devices WHERE id = ?) AND sequence = ?",
                map(_key, events),
            )

    def _row(self, key: Key) -> Event | None:
        row = self.database.row("SELECT * FROM history WHERE device = ? AND sequence = ?", *key)
        return event_of(row) if row else None

    def _held(self, events: Iterable[Event]) -> dict[Key, Event]:
        """The rows that are here under the keys of these."""
        query = "SELECT * FROM history WHERE device = ? AND sequence IN (SELECT value FROM json_each(?))"
        last = "SELECT max(sequence) FROM events WHERE device = (SELECT number FROM devices WHERE id = ?)"
        found: dict[Key, Event] = {}
        for device, some in _sequences(events).items():
            newest = self.database.value(last, device) or 0
            if known := [sequence for sequence in some if sequence <= newest]:
                rows = self.database.rows(query, device, json.dumps(known))
                found.update((_key(event), event) for event in map(event_of, rows))
        return found


def _key(event: Event) -> Key:
    return event.device, event.sequence


def _sequences(events: Iterable[Event]) -> dict[str, list[int]]:
    """The sequences of these rows, by their device."""
    found: dict[str, list[int]] = {}
    for event in events:
        found.setdefault(event.device, []).append(event.sequence)
    return found


def _add(moves: Moves, events: Iterable[Event]) -> None:
    for event in events:
        for key in replay.former_keys(event):
            moves.setdefault(key, set()).add(replay.happening(event))


def _is_moved(event: Event, moves: Moves) -> bool:
    key = _key(event)
    return key in moves and replay.happening(event) in moves[key]


def _moved(event: Event, device: str, first: int) -> Event:
    """The row as it is under its new key, when the row `first` of its device becomes the first of `device`."""
    detail = {**event.detail, "was": [*map(list, replay.former_keys(event)), list(_key(event))]}
    if event.kind is Kind.VOID:
        target, sequence = replay.void_target(event)
        if target == event.device and sequence >= first:
            detail |= {"device": device, "sequence": sequence - first + 1}
    return event._replace(device=device, sequence=event.sequence - first + 1, detail=detail)
