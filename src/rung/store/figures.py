"""Figures over the log: how much was done, how regularly, how well it was remembered, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rung.store.rows import days_later

if TYPE_CHECKING:
    from rung.store.database import Database


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day's answers that were not taken back, of all kinds, and the milliseconds they took; `reviews` of cards."""

    day: date
    answers: int
    reviews: int
    took: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the reviews that counted, of cards that were not new, were passed."""

    passed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The whole log: its rows, the cards that were answered, and how many cards of it the workspace does not have.

    `answers` are the rows that are answers and were not taken back, `took` their milliseconds.
    """

    events: int
    answers: int
    took: int
    cards: int
    unknown: int


class Figures:
    """The part of a store that counts."""

    database: Database
    drills: bool

    def days(self, since: date) -> tuple[DayRow, ...]:
        """The days from `since` on that have answers."""
        rows = self.database.rows(
            """
            SELECT day, count(*), count(DISTINCT root) FILTER (WHERE kind = 'review'), coalesce(sum(took), 0)
            FROM history
            WHERE day >= ? AND kind IN ('review', 'redrill', 'quiz', 'practice') AND NOT voided
            GROUP BY day ORDER BY day
            """,
            since.isoformat(),
        )
        return tuple(DayRow(date.fromisoformat(day), *counts) for day, *counts in rows)

    def streak(self, day: date) -> int:
        """How many days in a row have answers, up to `day`, or to the day before while `day` has none yet."""
        count, at = 0, day if self._answered_on(day) else days_later(day, -1)
        while self._answered_on(at):
            count, at = count + 1, days_later(at, -1)
        return count

    def forecast(self, workspace: str, day: date, days: int) -> tuple[int, ...]:
        """How many cards are due on `day`, overdue ones included, and on each day after it; `days` figures."""
        rows = self.database.rows(
            """
            SELECT max(due, ?2) AS day, count(*)
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due < ?3 AND suspended = 0 AND (?4 OR kind <> 'drill')
                AND (due > ?2 OR (buried IS NOT ?2 AND coalesce(reviewed, '') < ?2))
            GROUP BY 1
            """,
            workspace,
            day.isoformat(),
            days_later(day, days).isoformat(),
            self.drills,
        )
        counts = dict(rows)
        return tuple(counts.get(days_later(day, ahead).isoformat(), 0) for ahead in range(days))

    def retention(self, since: date) -> Retention:
        """The reviews from `since` on, without those from before a card was last new again.

        A review counts where its day is later than that of every earlier one of its card, as in the fold of the log.
        """
        passed, reviews = self.database.rows(
            """
            WITH reviews AS (
                SELECT root, day, grade, max(day) OVER (
                    PARTITION BY root ORDER BY at, device, sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS before
                FROM history WHERE day >= ? AND kind = 'review' AND NOT voided
            )
            SELECT coalesce(sum(grade >= 3), 0), count(*) FROM reviews JOIN memory USING (root)
            WHERE day > coalesce(before, '') AND due IS NOT NULL AND day > coalesce(first_day, '')
            """,
            since.isoformat(),
        )[0]
        return Retention(passed, reviews)

    def totals(self, workspace: str) -> Totals:
        return Totals(
            *self.database.rows(
                """
                SELECT
                    (SELECT count(*) FROM events),
                    count(*) FILTER (WHERE kind IN ('review', 'redrill', 'quiz', 'practice') AND NOT voided),
                    coalesce(
                        sum(took) FILTER (WHERE kind IN ('review', 'redrill', 'quiz', 'practice') AND NOT voided), 0
                    ),
                    (SELECT count(*) FROM memory WHERE rows > 0),
                    (
                        SELECT count(*) FROM memory WHERE NOT EXISTS (
                            SELECT 1 FROM cards WHERE cards.workspace = ? AND cards.root = memory.root
                        )
                    )
                FROM history
                """,
                workspace,
            )[0]
        )

    def _answered_on(self, day: date) -> bool:
        row = self.database.row(
            """
            SELECT 1 FROM history
            WHERE day = ? AND kind IN ('review', 'redrill', 'quiz', 'practice') AND NOT voided LIMIT 1
            """,
            day.isoformat(),
        )
        return row is not None
