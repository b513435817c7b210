"""What waits for a learner, and what has been done: the questions a sitting and a summary ask."""

# ruff: noqa: S608 - the SQL is of constants alone

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung import session
from rung.model import Kind
from rung.session import Waiting
from rung.store.planning import Planning
from rung.store.rows import days_later

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rung.store.database import Database

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


@dataclass(frozen=True, slots=True)
class Done:
    """What a day has seen so far: cards answered that were due, and that were new; the families of those."""

    reviews: int
    new: int
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class Coming:
    """The next day that has something, and how many cards it has."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Today:
    """What is left of a day within its limits: due, new and again; and the next day that has something."""

    due: int
    new: int
    again: int
    next: date | None


class Queues(Planning):
    """The part of a store that says what waits. `decks` are deck ids; None means all. Retired cards wait for nobody.

    Drills wait only where the learner wants them in a review; `rung drill` asks them else.
    What is due is what `due_entries` says, for sittings, counts and desk alike. CROSS JOIN is SQLite's way to fix the
    order: first the few that have their day, then their cards.
    """

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
        while most and looked_at and (late := self._lateness(day, looked_at)) is not None:
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
        late: float = -math.inf,
        most: int | None = None,
    ) -> list[Entry]:
        """The cards due by `until` and at least so `late` for their interval, the latest first; at most so many."""
        rows = self.database.rows(
            f"""
            SELECT cards.id, memory.root, family, deck, interval, due
            FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due <= ?5 AND {OPEN} AND {LATENESS} >= ?6
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
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
            SELECT count(*)
            FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due <= ?2 AND {OPEN}
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
            """,
            *self._asked(workspace, day, decks),
        )
        return count

    def new(
        self, workspace: str, day: date, decks: Collection[str] | None = None, most: int | None = None
    ) -> dict[str, tuple[Waiting, ...]]:
        """The new cards of every deck, in file order, up to those of the first `most` families; without `decks`, of every
        deck that is on.

        The decks of which least has been begun come first, so that each day goes on where the one before stopped.
        """
        if most == 0:
            return {}
        rows = self.database.rows(
            """
            SELECT decks.id, count(due) AS begun
            FROM decks
            JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id AND cards.retired = 0
            LEFT JOIN memory ON memory.root = cards.root
            WHERE decks.workspace = ?1
                AND CASE
                    WHEN ?2 IS NULL THEN decks.id NOT IN (SELECT deck FROM choices WHERE enabled = 0)
                    ELSE decks.id IN (SELECT value FROM json_each(?2))
                END
            GROUP BY decks.id HAVING begun < count(*) ORDER BY begun, decks.position
            """,
            workspace,
            _ids(decks),
        )
        with self.database.reading():  # of many cards no more than are wanted
            found = {deck: tuple(self._new_of(workspace, day, deck, most)) for deck, _ in rows}
        return {deck: waiting for deck, waiting in found.items() if waiting}

    def _new_of(self, workspace: str, day: date, deck: str, most: int | None) -> Iterator[Waiting]:
        rows = self.database.each(
            """
            SELECT cards.id, family FROM cards LEFT JOIN memory ON memory.root = cards.root
            WHERE workspace = ?1 AND deck = ?2 AND retired = 0
                AND due IS NULL AND coalesce(suspended, 0) = 0 AND buried IS NOT ?3 AND (?4 OR kind <> 'drill')
            ORDER BY position
            """,
            workspace,
            deck,
            day.isoformat(),
            self.drills,
        )
        families = set[str]()
        for id_, family in rows:
            families.add(family)
            if most is not None and len(families) > most:
                return
            yield Waiting(id_, family, new=True)

    def line(
        self, workspace: str, day: date, reviews: int, news: int, decks: Collection[str] | None = None
    ) -> tuple[Waiting, ...]:
        """The cards of a sitting: what is due, then new cards, within what is left of a day of at most `reviews` due and
        `news` new ones; how many new ones and in which order, the plan says where there is one."""
        done, fresh = self.done(workspace, day), self.fresh(workspace, day, news)
        reviews, news = max(0, reviews - done.reviews), max(0, fresh.most - done.new)
        families = len(done.families) + news if news else 0
        due, new = self.due(workspace, day, decks, reviews), self.new(workspace, day, decks, families)
        return session.queue(due, new, reviews, news, done.families, fresh.turns)

    def redrills(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """The cards whose last answer on `day` was under 4, the one longest waiting first."""
        rows = self.database.rows(
            """
            SELECT cards.id, family
            FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE answered = ?2 AND last_grade < 4 AND suspended = 0 AND buried IS NOT ?2
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
            ORDER BY memory.at, cards.id
            """,
            *self._asked(workspace, day, decks),
        )
        return tuple(Waiting(id_, family, Kind.REDRILL) for id_, family in rows)

    def ahead(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """The cards that are due after `day` and were not reviewed on it, the soonest first."""
        rows = self.database.rows(
            """
            SELECT cards.id, family
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due > ?2 AND suspended = 0 AND buried IS NOT ?2 AND coalesce(reviewed, '') < ?2
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
            ORDER BY due, cards.id
            """,
            *self._asked(workspace, day, decks),
        )
        return tuple(Waiting(id_, family) for id_, family in rows)

    def all_cards(self, workspace: str, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """Every card that is not suspended, in file order, to practise."""
        rows = self.database.rows(
            """
            SELECT cards.id, family
            FROM decks
            JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id AND cards.retired = 0
            LEFT JOIN memory ON memory.root = cards.root
            WHERE decks.workspace = ?1 AND coalesce(suspended, 0) = 0
                AND (?2 IS NULL OR decks.id IN (SELECT value FROM json_each(?2))) AND (?3 OR kind <> 'drill')
            ORDER BY decks.position, cards.position
            """,
            workspace,
            _ids(decks),
            self.drills,
        )
        return tuple(Waiting(id_, family, Kind.PRACTICE) for id_, family in rows)

    def roots(self, workspace: str) -> frozenset[str]:
        """The roots of all cards that wait in a review when they are learnt."""
        query = "SELECT root FROM cards WHERE workspace = ? AND retired = 0 AND (? OR kind <> 'drill')"
        return frozenset(root for (root,) in self.database.rows(query, workspace, self.drills))

    def done(self, workspace: str, day: date) -> Done:
        """What counted of `day`, the learner's present one, over all sittings and workspaces; families are those here.

        Undone answers are not in it: they are given back. Nor are drills here that wait for nobody.
        """
        new, answered = self.database.rows(
            """
            SELECT coalesce(sum(first_day IS reviewed), 0), count(*) FROM memory WHERE reviewed = ?2 AND (?3 OR NOT EXISTS (
                SELECT 1 FROM cards WHERE cards.workspace = ?1 AND cards.root = memory.root AND kind = 'drill'
            ))
            """,
            workspace,
            day.isoformat(),
            self.drills,
        )[0]
        families = self.database.rows(
            """
            SELECT DISTINCT family FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root
            WHERE reviewed = ?2 AND first_day = ?2
            """,
            workspace,
            day.isoformat(),
        )
        return Done(answered - new, new, frozenset(family for (family,) in families))

    def today(self, workspace: str, day: date, reviews: int, news: int) -> Today:
        """What is left of a day on which at most `reviews` due and `news` new cards are answered; of new ones, where there
        is a plan, as many as it says."""
        line = self.line(workspace, day, reviews, news)
        new = sum(waiting.new for waiting in line)
        coming = self.next_due(workspace, day)
        again = len(self.redrills(workspace, day))
        return Today(len(line) - new, new, again, coming.day if coming else None)

    def next_due(self, workspace: str, day: date, decks: Collection[str] | None = None) -> Coming | None:
        """The first day after `day` on which cards are due, or a plan shows them; what is buried on `day` comes the day
        after."""
        if (shown := self.days_shown(workspace, day, _ids(decks))) is not None:
            on = min((each for each in shown if each > day), default=None)
            return Coming(on, shown[on]) if on else None
        row = self.database.row(
            """
            SELECT max(due, ?5) AS day, count(*)
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due IS NOT NULL AND suspended = 0 AND (due > ?2 OR buried = ?2 OR reviewed >= ?2)
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
            GROUP BY 1 ORDER BY 1 LIMIT 1
            """,
            *self._asked(workspace, day, decks),
            days_later(day, 1).isoformat(),
        )
        return Coming(date.fromisoformat(row[0]), row[1]) if row else None

    def _asked(self, workspace: str, day: date, decks: Collection[str] | None) -> tuple[str, str, str | None, bool]:
        """?1 to ?4 of the queries above."""
        return workspace, day.isoformat(), _ids(decks), self.drills


def _ids(decks: Collection[str] | None) -> str | None:
    return None if decks is None else json.dumps(sorted(decks))
