"""What is due on a day, the latest first; read, of many cards that are, no further than asked for."""

# ruff: noqa: S608 - the SQL is of constants alone

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.store.planning import Planning
from rung.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Collection

    from rung.store.database import Database

# ?1 is the workspace, ?2 the day, ?3 the decks as JSON, ?4 whether drills are asked. CROSS JOIN is SQLite's way to fix the
# order: first the few that have their day, then their cards.
HERE = "cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0"
ASKED = "(?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')"
OPEN = "suspended = 0 AND buried IS NOT ?2 AND coalesce(reviewed, '') < ?2"
LATENESS = "(julianday(?2) - julianday(due)) / interval"
MORE = 8  # times as many are looked at where too few of the latest are cards here


@dataclass(frozen=True, slots=True)
class Entry:
    """A card that has its day: `interval` is in days."""

    id: str
    root: str
    family: str
    deck: str
    interval: int
    due: date


class Due(Planning):
    """The part of a store that says what is due. `decks` are deck ids; None means all."""

    database: Database
    drills: bool

    def due_entries(
        self, workspace: str, day: date, decks: Collection[str] | None = None, most: int | None = None
    ) -> tuple[Entry, ...]:
        """The cards to review on `day`: the most overdue first, by (day - due) / interval, then by id; the first `most`.

        In the last days before an interview it is those that the plan shows, in its order.
        """
        order = self.last_days(workspace, day)
        if order is not None:
            entries = {entry.id: entry for entry in self._having_come(workspace, day, decks, until=date.max)}
            return tuple(entries[id_] for id_ in order if id_ in entries)[:most]
        if most == 0:
            return ()
        looked_at = most
        while looked_at and (late := self._lateness(day, looked_at)) is not None:
            found = self._having_come(workspace, day, decks, until=day, late=late, most=most)
            if len(found) == most:
                return tuple(found)
            looked_at *= MORE
        return tuple(self._having_come(workspace, day, decks, until=day, most=most))

    def _having_come(
        self,
        workspace: str,
        day: date,
        decks: Collection[str] | None,
        *,
        until: date,
        late: float | None = None,
        most: int | None = None,
    ) -> list[Entry]:
        """The cards due by `until` and at least so `late` for their interval, the latest first; at most so many."""
        rows = self.database.rows(
            f"""
            SELECT cards.id, memory.root, family, deck, interval, due
            FROM memory CROSS JOIN cards ON {HERE}
            WHERE due <= ?5 AND {OPEN} AND (?6 IS NULL OR {LATENESS} >= ?6) AND {ASKED}
            ORDER BY {LATENESS} DESC, cards.id LIMIT ?7
            """,
            *self._asked(workspace, day, decks),
            until.isoformat(),
            late,
            -1 if most is None else most,
        )
        return [
            Entry(id_, root, family, deck, interval, date.fromisoformat(due))
            for id_, root, family, deck, interval, due in rows
        ]

    def _lateness(self, day: date, count: int) -> float | None:
        """How late for its interval the one is that has `count` others, of all workspaces, before it; None without any.

        It is told from the index of due days alone, so that of many cards that are due, few need be read.
        """
        late: float | None = self.database.value(
            f"SELECT {LATENESS} FROM memory WHERE due <= ?2 AND {OPEN} ORDER BY 1 DESC LIMIT 1 OFFSET ?1",
            count,
            day.isoformat(),
        )
        return late

    def due(
        self, workspace: str, day: date, decks: Collection[str] | None = None, most: int | None = None
    ) -> tuple[Waiting, ...]:
        """The same, for a sitting."""
        return tuple(Waiting(entry.id, entry.family) for entry in self.due_entries(workspace, day, decks, most))

    def count_due(self, workspace: str, day: date, decks: Collection[str] | None = None) -> int:
        """How many cards there are to review on `day`."""
        if self.last_days(workspace, day) is not None:
            return len(self.due_entries(workspace, day, decks))
        count: int = self.database.value(
            f"""
            SELECT count(*) FROM memory CROSS JOIN cards ON {HERE} WHERE due <= ?2 AND {OPEN} AND {ASKED}
            """,
            *self._asked(workspace, day, decks),
        )
        return count

    def _asked(self, workspace: str, day: date, decks: Collection[str] | None) -> tuple[str, str, str | None, bool]:
        """?1 to ?4."""
        return workspace, day.isoformat(), ids_of(decks), self.drills


def ids_of(decks: Collection[str] | None) -> str | None:
    """Decks as JSON; None means all."""
    return None if decks is None else json.dumps(sorted(decks))
