"""What the plan needs of a store: what was set, what waits and has been done by deck, and what cards have cost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from rung.counts import CostRow, LoadRow
from rung.store.rows import days_later, event_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rung.plan import Plan
    from rung.session import Waiting
    from rung.store.database import Database

RECENT = 28  # days whose costs count


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many new cards a day may have, answered ones included, and the order they come in; None is that of a sitting."""

    most: int
    turns: Callable[[Mapping[str, Sequence[Waiting]]], Iterable[Waiting]] | None = None


class Planning:
    """The part of a store that knows the plan."""

    database: Database
    drills: bool

    def plan(self) -> Plan | None:
        """The plan that was made last, be its interview to come or over; None where there is none."""
        rows = self.database.rows(
            "SELECT * FROM history WHERE card = '' AND kind = 'plan' AND NOT voided ORDER BY at, device, sequence"
        )
        if not rows:
            return None
        from rung.plan import plan_of  # here, since who has no plan needs none of it

        return plan_of(map(event_of, rows))

    def fresh(self, workspace: str, day: date, new_per_day: int) -> Fresh:
        """What the plan says of the new cards of `day`; without one up to that day, `new_per_day`."""
        plan = self.plan()
        if plan is None or plan.left(day) < 0:
            return Fresh(new_per_day)
        from rung.plan import turns

        rows = self.workload(workspace, day)
        weights = dict(plan.weights)
        most = self._most(plan, workspace, day, rows)
        if not weights:
            return Fresh(most)
        begun: dict[str, int] = {}
        for row in rows:
            if row.due is not None:
                begun[row.deck] = begun.get(row.deck, 0) + row.cards
        order = partial(turns.in_proportion, rounds=self.rounds(workspace), begun=begun, weights=weights)
        return Fresh(most, order)

    def _most(self, plan: Plan, workspace: str, day: date, rows: Sequence[LoadRow]) -> int:
        from rung.plan.load import portions
        from rung.plan.pace import pace

        return portions(plan, day, rows, pace(self.costs(workspace, day)))[0].new

    def workload(self, workspace: str, day: date) -> list[LoadRow]:
        """All cards that come up to be learnt, counted: those that have a due day, and the new ones of decks that are on."""
        rows = self.database.rows(
            """
            SELECT cards.deck, kind, due, interval, count(*), reviewed IS ?3, reviewed IS ?3 AND first_day IS ?3
            FROM cards LEFT JOIN memory ON memory.root = cards.root
            WHERE cards.workspace = ?1 AND retired = 0 AND coalesce(suspended, 0) = 0 AND (?2 OR kind <> 'drill')
                AND (due IS NOT NULL OR deck NOT IN (SELECT deck FROM choices WHERE enabled = 0))
            GROUP BY cards.deck, kind, due, interval, 6, 7
            """,
            workspace,
            self.drills,
            day.isoformat(),
        )
        return [
            LoadRow(deck, kind, date.fromisoformat(due) if due else None, interval, count, bool(answered), bool(begun))
            for deck, kind, due, interval, count, answered, begun in rows
        ]

    def rounds(self, workspace: str) -> dict[str, tuple[str, ...]]:
        """The interview rounds that each deck serves, in file order."""
        rows = self.database.rows("SELECT id, rounds FROM decks WHERE workspace = ? ORDER BY position", workspace)
        return {deck: tuple(json.loads(rounds)) for deck, rounds in rows}

    def costs(self, workspace: str, day: date) -> list[CostRow]:
        """What cards have cost on the days before `day`, of the last weeks."""
        rows = self.database.rows(
            """
            SELECT cards.kind, first_day IS day, sum(took)
            FROM history CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = history.root AND retired = 0
            JOIN memory ON memory.root = cards.root
            WHERE day >= ?2 AND day < ?3 AND history.kind IN ('review', 'redrill') AND took IS NOT NULL AND NOT voided
            GROUP BY cards.number, day
            """,
            workspace,
            days_later(day, -RECENT).isoformat(),
            day.isoformat(),
        )
        return [CostRow(kind, bool(new), took) for kind, new, took in rows]
