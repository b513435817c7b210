"""The log of what a learner did: written once, taken back by voids, merged from other devices."""

from __future__ import annotations

import secrets
import sys
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rung import replay, soundness
from rung.model import ANKI, Event, Kind, Standing
from rung.store import memory, seal
from rung.store.rows import COLUMNS, detail_text, event_of, event_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from rung.schedulers import Scheduler
    from rung.store.database import Database
    from rung.store.rows import Row

PAGE = 1000  # rows read at a time
NO_NUMBERS: Mapping[str, int] = MappingProxyType({})


class Log:
    """The part of a store that holds the log, and what follows from it for each card."""

    database: Database
    logged = False  # whether rows were added here

    @property
    def device(self) -> str:
        """The id under which this store logs, 32 hex digits."""
        known: str | None = self.database.value("SELECT value FROM meta WHERE key = 'device'")
        if known is None:
            with self.database.writing():
                return self._own()[1]
        return known

    @property
    def scheduler(self) -> Scheduler:
        """The algorithm whose memory the store keeps."""
        return memory.scheduler(self.database)

    def record(
        self,
        kind: Kind,
        *,
        now: int,
        day: date,
        card: str = "",
        grade: int | None = None,
        took: int | None = None,
        detail: Mapping[str, Any] | None = None,
    ) -> Event:
        """Log what the learner did, durably, and give the event; `now` and `took` are in milliseconds.

        Raises ValueError for what could never be replayed, a void of a void among it.
        """
        with self.database.writing():
            return self._append(kind, now, day, card, grade, took, detail or {})

    def mark(self, kind: Kind, cards: Mapping[str, Mapping[str, Any]], *, now: int, day: date) -> tuple[Event, ...]:
        """Log the same mark of several cards, all or none, and give the events; `cards` holds the detail of each.

        It is one action, which is taken back whole: its rows say so by the instant of the first of them.
        """
        with self.database.writing():
            action = {"action": max(now, self._own_last()[3] + 1)} if len(cards) > 1 else {}
            return tuple(
                self._append(kind, now, day, card, None, None, {**detail, **action}) for card, detail in cards.items()
            )

    def undo(self, *, now: int, day: date) -> tuple[Event, ...]:
        """Take back what was done last on this device and is not yet taken back, and give its events in their order.

        That is the newest event, with all of its action. Step by step, as far back as this device goes; empty when
        nothing is left. Rows that came from elsewhere stay.
        """
        with self.database.writing():
            events = self._done_last()
            for event in events:
                target = {"device": event.device, "sequence": event.sequence}
                self._append(Kind.VOID, now, day, event.card, None, None, target)
            return events

    def standing(self, card: str) -> Standing:
        """All that follows from the log for a card, by its id of any day."""
        return memory.of_card(self.database, card)[2]

    def standings(self, cards: Iterable[str]) -> dict[str, Standing]:
        return {card: self.standing(card) for card in cards}

    def events(
        self, card: str = "", since: date | None = None, limit: int | None = None, *, newest_first: bool = False
    ) -> Iterator[Event]:
        """Events by time, voided ones and voids among them: of one card, by its id of any day; from a day on."""
        where = memory.OF_ROOT if card else "SELECT * FROM history WHERE ?1 IS NOT NULL"
        order = "ORDER BY at DESC, device DESC, sequence DESC" if newest_first else "ORDER BY at, device, sequence"
        rows = self.database.rows(
            f"{where} AND day >= ?2 {order} LIMIT ?3",
            memory.root_of(self.database, card),
            since.isoformat() if since else "",
            -1 if limit is None else limit,
        )
        return map(event_of, rows)

    def by_card(self) -> Iterator[tuple[str, tuple[Event, ...]]]:
        """The events of every card by its root, those that are taken back left out."""
        rows = self.database.rows(
            "SELECT * FROM history WHERE card <> '' AND kind <> 'void' AND NOT voided ORDER BY root, at, device, sequence"
        )
        for root, group in groupby(rows, key=lambda row: row[0]):
            yield root, tuple(map(event_of, group))

    def grades(self) -> dict[str, list[tuple[int, int]]]:
        """(instant, grade) of every answer that was not given in Anki, undone ones among them, by root and time."""
        found: dict[str, list[tuple[int, int]]] = {}
        query = "SELECT root, at, grade FROM history WHERE device <> ? AND grade IS NOT NULL ORDER BY root, at, grade"
        for root, at, grade in self.database.rows(query, ANKI):
            found.setdefault(root, []).append((at, grade))
        return found

    def sequences(self, device: str) -> frozenset[int]:
        """The sequences of all rows of a device."""
        rows = self.database.rows("SELECT sequence FROM events JOIN devices ON number = device WHERE id = ?", device)
        return frozenset(sequence for (sequence,) in rows)

    def voided(self, card: str = "") -> frozenset[tuple[str, int]]:
        """The (device, sequence) keys of all rows that are taken back, or of those of one card."""
        where = memory.OF_ROOT if card else "SELECT * FROM history WHERE card <> ?1"
        rows = self.database.rows(f"{where} AND voided AND kind <> 'void'", memory.root_of(self.database, card))
        return frozenset((row[2], row[3]) for row in rows)

    def log(self, after: Mapping[str, int] | None = None) -> Iterator[Event]:
        """The whole log, device by device in sequence, for other stores to `load`.

        `after` holds for some devices the last sequence that is not wanted, as another store's `heads` give it.
        """
        for device in sorted(self.heads()):
            last = (after or {}).get(device, 0)
            while rows := self.database.rows(
                "SELECT * FROM history WHERE device = ? AND sequence > ? ORDER BY sequence LIMIT ?", device, last, PAGE
            ):
                yield from map(event_of, rows)
                last = rows[-1][3]

    def heads(self) -> dict[str, int]:
        """The last sequence of every device that has logged something."""
        return dict(
            self.database.rows(
                """
                SELECT id, last FROM (
                    SELECT id, (SELECT max(sequence) FROM events WHERE device = devices.number) AS last FROM devices
                ) WHERE last IS NOT NULL
                """
            )
        )

    # ── within a transaction ──

    def _done_last(self) -> tuple[Event, ...]:
        device, last = self._own()[1], sys.maxsize
        found: list[Event] = []
        while rows := self.database.rows(
            """
            SELECT * FROM history WHERE device = ? AND sequence < ? AND kind <> 'void' AND NOT voided
            ORDER BY sequence DESC LIMIT ?
            """,
            device,
            last,
            PAGE if found else 1,
        ):
            for event in map(event_of, rows):
                if found and event.detail.get("action") != found[0].detail["action"]:
                    return tuple(reversed(found))
                found.append(event)
            if "action" not in found[0].detail:
                break
            last = found[-1].sequence
        return tuple(reversed(found))

    def _own(self) -> tuple[int, str]:
        """(number, id) of this device. A new store has none yet, and neither has a restored backup."""
        row = self.database.row(
            "SELECT number, id FROM meta JOIN devices ON devices.id = meta.value WHERE key = 'device'"
        )
        if row:
            return row[0], row[1]
        id_ = secrets.token_hex(16)
        number = self._number(id_)
        self.database.change("INSERT OR REPLACE INTO meta VALUES ('device', ?)", id_)
        return number, id_

    def _number(self, device: str) -> int:
        """The number of a device in this store."""
        number: int | None = self.database.value("SELECT number FROM devices WHERE id = ?", device)
        if number is None:
            self.database.change("INSERT INTO devices (id) VALUES (?)", device)
            number = self.database.value("SELECT last_insert_rowid()")
        assert number is not None
        return number

    def _own_last(self) -> tuple[int, str, int, int]:
        """This device as `_own` gives it, and its last row as `_last` does, with one question."""
        row = self.database.row(
            """
            SELECT number, id, sequence, at FROM meta JOIN devices ON devices.id = meta.value
            LEFT JOIN events ON events.device = number WHERE key = 'device' ORDER BY sequence DESC LIMIT 1
            """
        )
        if row and row[2]:
            return row[0], row[1], row[2], row[3]
        return *self._own(), 0, -1

    def _last(self, number: int) -> tuple[int, int]:
        """(sequence, instant) of the last row of the device of that number."""
        row = self.database.row(
            "SELECT sequence, at FROM events WHERE device = ? ORDER BY sequence DESC LIMIT 1", number
        )
        return (row[0], row[1]) if row else (0, -1)

    def _append(
        self,
        kind: Kind,
        now: int,
        day: date,
        card: str,
        grade: int | None,
        took: int | None,
        detail: Mapping[str, Any],
    ) -> Event:
        number, device, sequence, at = self._own_last()
        event = Event(device, sequence + 1, max(now, at + 1), day, kind, card, grade, took, detail)
        if fault := self._fault(event):
            raise ValueError(fault)
        self._insert([event], {device: number})
        memory.note(self.database, event)
        return event

    def _insert(self, events: Sequence[Event], numbers: Mapping[str, int] = NO_NUMBERS) -> None:
        """Put rows into the log, and into its sum; `numbers` are those of devices, as far as they are known."""
        if not events:
            return
        rows = [event_row(event) for event in events]
        for width, some in self._numbered(rows, dict(numbers)).items():
            self.database.insert("events", COLUMNS[:width], some)
        seal.add(self.database, rows)
        self.logged = True

    def _numbered(self, rows: Iterable[Row], numbers: dict[str, int]) -> dict[int, list[tuple[object, ...]]]:
        """The rows as the table has them, by how many columns are left without the nulls at their end.

        To hand SQLite a null takes Python as long as ten numbers.
        """
        found: dict[int, list[tuple[object, ...]]] = {}
        for row in rows:
            device, target = row[0], row[9]
            if device not in numbers:
                numbers[device] = self._number(device)
            numbered: tuple[object, ...] = numbers[device], *row[1 : 8 if row[8] is None else 9]
            if target is not None:
                if target not in numbers:
                    numbers[target] = self._number(target)
                numbered = numbers[device], *row[1:9], numbers[target], row[10]
            found.setdefault(len(numbered), []).append(numbered)
        return found

    def _fault(self, event: Event) -> str:
        if fault := soundness.fault(event):
            return fault
        if event.detail:
            try:
                detail_text(event)
            except (TypeError, ValueError) as error:
                return f"its detail cannot be kept: {error}"
            if event.kind is Kind.VOID:
                key = replay.void_target(event)
                kind = self.database.value("SELECT kind FROM history WHERE device = ? AND sequence = ?", *key)
                if kind == Kind.VOID:
                    return "a void cannot be taken back"
        return ""
