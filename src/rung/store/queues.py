"""What waits for a learner, and what has been done: the questions a sitting and a summary ask."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung import session
from rung.model import Kind
from rung.session import Waiting
from rung.store.planning import Planning
from rung.store.rows import days_later

if TYPE_CHECKING:
    from collections.abc import Collection

    from rung.store.database import Database


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

    def due_entries(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Entry, ...]:
        """The cards to review on `day`: the most overdue first, by (day - due) / interval, then by id.

        In the last days before an interview it is those that the plan shows, in its order.
        """
        order = self.last_days(workspace, day)
        rows = self.database.rows(
            """
            SELECT cards.id, memory.root, family, deck, interval, due
            FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due <= ?5 AND suspended = 0 AND buried IS NOT ?2 AND coalesce(reviewed, '') < ?2
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3))) AND (?4 OR kind <> 'drill')
            ORDER BY (julianday(?2) - julianday(due)) / interval DESC, cards.id
            """,
            *self._asked(workspace, day, decks),
            (day if order is None else date.max).isoformat(),
        )
        entries = {
            id_: Entry(id_, root, family, deck, interval, date.fromisoformat(due))
            for id_, root, family, deck, interval, due in rows
        }
        return tuple(entries.values() if order is None else (entries[id_] for id_ in order if id_ in entries))

    def due(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """The same, for a sitting."""
        return tuple(Waiting(entry.id, entry.family) for entry in self.due_entries(workspace, day, decks))

    def new(self, workspace: str, day: date, decks: Collection[str] | None = None) -> dict[str, tuple[Waiting, ...]]:
        """The new cards of every deck, in file order; without `decks`, of every deck that is on.

        The decks of which least has been begun come first, so that each day goes on where the one before stopped.
        """
        rows = self.database.rows(
            """
            SELECT cards.deck, cards.id, family
            FROM decks
            JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id AND cards.retired = 0
            LEFT JOIN memory ON memory.root = cards.root
            WHERE decks.workspace = ?1
                AND due IS NULL AND coalesce(suspended, 0) = 0 AND buried IS NOT ?2 AND (?4 OR kind <> 'drill')
                AND CASE
                    WHEN ?3 IS NULL THEN decks.id NOT IN (SELECT deck FROM choices WHERE enabled = 0)
                    ELSE decks.id IN (SELECT value FROM json_each(?3))
                END
            ORDER BY decks.position, cards.position
            """,
            *self._asked(workspace, day, decks),
        )
        found: dict[str, list[Waiting]] = {}
        for deck, id_, family in rows:
            found.setdefault(deck, []).append(Waiting(id_, family, new=True))
        begun = self._begun(workspace)
        return {deck: tuple(found[deck]) for deck in sorted(found, key=lambda deck: begun.get(deck, 0))}

    def _begun(self, workspace: str) -> dict[str, int]:
        """How many cards of each deck have been answered."""
        return dict(
            self.database.rows(
                """
                SELECT deck, count(*)
                FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
                WHERE due IS NOT NULL
                GROUP BY deck
                """,
                workspace,
            )
        )

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
        done = self.done(workspace, day)
        fresh = self.fresh(workspace, day, news)
        due = self.due(workspace, day)[: max(0, reviews - done.reviews)]
        new = session.queue((), self.new(workspace, day), 0, fresh.most - done.new, done.families)
        coming = self.next_due(workspace, day)
        return Today(len(due), len(new), len(self.redrills(workspace, day)), coming.day if coming else None)

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
