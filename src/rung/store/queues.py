"""What waits for a learner, and what has been done: the questions a sitting and a summary ask."""

# ruff: noqa: S608 - the SQL is of constants alone

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.model import Kind
from rung.store.due import ASKED, HERE, Due, ids_of
from rung.store.rows import days_later
from rung.waiting import Waiting, queue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rung.store.database import Database

ON_THE_DAY = "memory.root IN (SELECT root FROM history WHERE day = ?2)"  # else all would be looked at for these few


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


class Queues(Due):
    """The part of a store that says what waits. `decks` are deck ids; None means all. Retired cards wait for nobody.

    Drills wait only where the learner wants them in a review; `rung drill` asks them else.
    What is due is what `due_entries` in `due.py` says, for sittings, counts and desk alike.
    """

    database: Database
    drills: bool

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
            SELECT decks.id
            FROM decks JOIN (
                SELECT deck, count(due) AS begun, count(*) AS living
                FROM cards LEFT JOIN memory ON memory.root = cards.root
                WHERE workspace = ?1 AND retired = 0 GROUP BY deck
            ) ON deck = decks.id
            WHERE decks.workspace = ?1 AND begun < living
                AND CASE
                    WHEN ?2 IS NULL THEN decks.id NOT IN (SELECT deck FROM choices WHERE enabled = 0)
                    ELSE decks.id IN (SELECT value FROM json_each(?2))
                END
            ORDER BY begun, decks.position
            """,
            workspace,
            ids_of(decks),
        )
        with self.database.reading():  # of many cards no more than are wanted
            found = {deck: tuple(self._new_of(workspace, day, deck, most)) for (deck,) in rows}
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
        return queue(due, new, reviews, news, done.families, fresh.turns)

    def redrills(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """The cards whose last answer on `day` was under 4, the one longest waiting first."""
        rows = self.database.rows(
            f"""
            SELECT cards.id, family
            FROM memory CROSS JOIN cards ON {HERE}
            WHERE {ON_THE_DAY} AND answered = ?2 AND last_grade < 4 AND suspended = 0 AND buried IS NOT ?2
                AND {ASKED}
            ORDER BY memory.at, cards.id
            """,
            *self._asked(workspace, day, decks),
        )
        return tuple(Waiting(id_, family, Kind.REDRILL) for id_, family in rows)

    def ahead(self, workspace: str, day: date, decks: Collection[str] | None = None) -> tuple[Waiting, ...]:
        """The cards that are due after `day` and were not reviewed on it, the soonest first."""
        rows = self.database.rows(
            f"""
            SELECT cards.id, family
            FROM memory JOIN cards ON {HERE}
            WHERE due > ?2 AND suspended = 0 AND buried IS NOT ?2 AND coalesce(reviewed, '') < ?2
                AND {ASKED}
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
            ids_of(decks),
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
            f"""
            SELECT coalesce(sum(first_day IS reviewed), 0), count(*) FROM memory
            WHERE {ON_THE_DAY} AND reviewed = ?2 AND (?3 OR NOT EXISTS (
                SELECT 1 FROM cards WHERE cards.workspace = ?1 AND cards.root = memory.root AND kind = 'drill'
            ))
            """,
            workspace,
            day.isoformat(),
            self.drills,
        )[0]
        families = self.database.rows(
            f"""
            SELECT DISTINCT family FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root
            WHERE {ON_THE_DAY} AND reviewed = ?2 AND first_day = ?2
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
        if (shown := self.days_shown(workspace, day, ids_of(decks))) is not None:
            on = min((each for each in shown if each > day), default=None)
            return Coming(on, shown[on]) if on else None
        row = self.database.row(
            f"""
            WITH held (root, day) AS (  -- what was answered or buried today
                SELECT root, ?5 FROM memory WHERE due <= ?2 AND suspended = 0 AND (buried = ?2 OR reviewed >= ?2)
            ), first (day) AS (
                SELECT due FROM memory CROSS JOIN cards ON {HERE} WHERE due > ?2 AND suspended = 0 AND {ASKED}
                ORDER BY due LIMIT 1
            ), later (root, day) AS (
                SELECT root, due FROM memory WHERE due > ?2 AND due <= (SELECT day FROM first) AND suspended = 0
            )
            SELECT day, count(*) FROM (SELECT * FROM held UNION ALL SELECT * FROM later) AS memory
            CROSS JOIN cards ON {HERE} WHERE {ASKED} GROUP BY day ORDER BY day LIMIT 1
            """,
            *self._asked(workspace, day, decks),
            days_later(day, 1).isoformat(),
        )
        return Coming(date.fromisoformat(row[0]), row[1]) if row else None
