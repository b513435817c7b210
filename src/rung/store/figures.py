"""Figures over the log: how much was done, how regularly, how well it was remembered, and what is to come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rung.counts import CardRow, CourseRow, DayRow, LogRow, PlacedRow, Totals
from rung.model import Kind
from rung.store.planning import Planning
from rung.store.rows import days_later, strength_of

if TYPE_CHECKING:
    from rung.statistics import Statistics


KINDS = {kind.value: kind for kind in Kind}


class Figures(Planning):
    """The part of a store that counts."""

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
        """How many cards are due on `day`, overdue ones included, and on each day after it, or are shown by a plan; `days`
        figures. What is buried on `day` comes the day after."""
        if (shown := self.days_shown(workspace, day)) is not None:
            return tuple(shown[days_later(day, ahead)] for ahead in range(days))
        rows = self.database.rows(
            """
            SELECT max(due, iif(buried IS ?2 OR coalesce(reviewed, '') >= ?2, ?5, ?2)) AS day, count(*)
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due < ?3 AND suspended = 0 AND (?4 OR kind <> 'drill')
            GROUP BY 1
            """,
            workspace,
            day.isoformat(),
            days_later(day, days).isoformat(),
            self.drills,
            days_later(day, 1).isoformat(),
        )
        counts = dict(rows)
        return tuple(counts.get(days_later(day, ahead).isoformat(), 0) for ahead in range(days))

    def courses(self, workspace: str) -> tuple[CourseRow, ...]:
        """In file order, a row a level; learnt is what has a due day."""
        rows = self.database.rows(
            """
            SELECT course, level, count(*), count(memory.due)
            FROM decks JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id AND cards.retired = 0
            LEFT JOIN memory ON memory.root = cards.root
            WHERE decks.workspace = ?
            GROUP BY course, level ORDER BY min(min(decks.position)) OVER (PARTITION BY course), level
            """,
            workspace,
        )
        return tuple(map(CourseRow._make, rows))

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

    def statistics(self, workspace: str, day: date) -> Statistics:
        """All figures as of `day`, from one state of the store."""
        from rung import placement, statistics  # here, for few commands need them

        with self.database.reading():
            plan = self.plan()
            return statistics.statistics(
                day,
                days=self.days(statistics.first_day(day)),
                streak=self.streak(day),
                forecast=self.forecast(workspace, day, statistics.COMING),
                totals=self.totals(workspace),
                rows=self._log_rows(),
                cards=self._card_rows(workspace),
                placements=placement.history(self._placed_rows()),
                interview=plan.interview if plan and plan.left(day) > 0 else None,
            )

    def _log_rows(self) -> list[LogRow]:
        """All that tells which reviews counted, and all other answers, by root in the order of replay."""
        rows = self.database.rows(
            """
            SELECT root, kind, day, grade, took FROM history
            WHERE kind IN ('review', 'redrill', 'quiz', 'practice', 'reset', 'seed', 'set-due') AND NOT voided
            ORDER BY root, at, device, sequence
            """
        )
        days = {day: date.fromisoformat(day) for day in {row[2] for row in rows}}
        return [LogRow(root, KINDS[kind], days[day], grade, took) for root, kind, day, grade, took in rows]

    def _placed_rows(self) -> list[PlacedRow]:
        """The answers of placements, as they were given."""
        rows = self.database.rows(
            """
            SELECT device, json_extract(detail, '$.quiz'), json_extract(detail, '$.placement'), day, card, grade,
                json_extract(detail, '$.answer')
            FROM history
            WHERE kind = 'quiz' AND json_type(detail, '$.placement') = 'integer' AND grade IS NOT NULL AND NOT voided
            ORDER BY at, device, sequence
            """
        )
        return [PlacedRow._make((*row[:3], date.fromisoformat(row[3]), *row[4:])) for row in rows]

    def _card_rows(self, workspace: str) -> list[CardRow]:
        """The living cards in file order."""
        rows = self.database.rows(
            """
            SELECT cards.root, cards.id, json_extract(body, '$.title'), kind, note_type, level,
                coalesce((SELECT substr(value, 8) FROM json_each(body, '$.tags') WHERE value LIKE 'topic::%'), ''),
                interval, ease, coalesce(lapses, 0), coalesce(suspended, 0), course, stability, difficulty, strength_since
            FROM decks JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id
            JOIN texts USING (number) LEFT JOIN memory USING (root)
            WHERE decks.workspace = ? AND retired = 0 ORDER BY decks.position, cards.position
            """,
            workspace,
        )
        return [CardRow._make((*row[:10], bool(row[10]), row[11], strength_of(*row[12:]))) for row in rows]

    def _answered_on(self, day: date) -> bool:
        row = self.database.row(
            """
            SELECT 1 FROM history
            WHERE day = ? AND kind IN ('review', 'redrill', 'quiz', 'practice') AND NOT voided LIMIT 1
            """,
            day.isoformat(),
        )
        return row is not None
