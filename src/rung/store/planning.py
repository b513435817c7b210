"""The plan over a store: what was set, how many new cards a day has, on which day each card is shown before an interview."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from rung.counts import CostRow, LoadRow
from rung.store.rows import days_later, event_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rung.plan import Plan
    from rung.store.database import Database
    from rung.waiting import Waiting
    from rung.window import Held

RECENT = 28  # days whose costs count
UNLIMITED = 100_000  # reviews a day


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many new cards a day may have, answered ones included, and the order they come in; None is that of a sitting."""

    most: int
    turns: Callable[[Mapping[str, Sequence[Waiting]]], Iterable[Waiting]] | None = None


@dataclass(frozen=True, slots=True)
class _Reckoned:
    """The cards that have their day, the reviews of a day, and the first of the last days before the interview."""

    held: Sequence[Held]
    interview: date
    budget: int
    first: date

    @property
    def given(self) -> tuple[Sequence[Held], date, int]:
        """As `window` takes it."""
        return self.held, self.interview, self.budget


class Planning:
    """The part of a store that knows the plan."""

    database: Database
    drills: bool
    reviews_per_day: int

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

    # ── the last days ──

    def last_days(self, workspace: str, day: date) -> tuple[str, ...] | None:
        """The ids of the cards to ask on `day` where it is one of the last before an interview; None on any other.

        They are as many as the plan's minutes hold, those that gain most: what failed comes on top of what was reckoned
        with, and these days are to stay light.
        """
        reckoned = self._reckoned(workspace, day)
        if reckoned is None or day < reckoned.first:
            return None
        from rung import window

        return self._asked_of(reckoned, workspace, day, window.queue(*reckoned.given, day))

    def days_shown(self, workspace: str, day: date, decks: str | None = None) -> Counter[date] | None:
        """How many cards are asked next on `day`, overdue ones among them, and on each day after it, as a plan shows them;
        None where no plan changes a day. What the last days have no room for comes the day after. `decks` as JSON; None
        means all."""
        from rung import window

        reckoned = self._reckoned(workspace, day)
        if reckoned is None:
            return None
        shown, tomorrow = window.shown(*reckoned.given, day), days_later(day, 1)
        asked = None
        if day >= reckoned.first:
            asked = frozenset(self._asked_of(reckoned, workspace, day, window.queue(*reckoned.given, day)))

        def on(id_: str, due: date, *, over: bool) -> date:
            """When a card is asked next; one that is passed over on the last of the days waits for its own day."""
            wanted = shown.get(id_, due)
            if wanted > day or not (over or (asked is not None and id_ not in asked)):
                return max(wanted, day)
            return tomorrow if tomorrow < reckoned.interview else max(due, tomorrow)

        rows = self.database.rows(
            """
            SELECT cards.id, due, buried IS ?2 OR coalesce(reviewed, '') >= ?2
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due IS NOT NULL AND suspended = 0 AND (?4 OR kind <> 'drill')
                AND (?3 IS NULL OR deck IN (SELECT value FROM json_each(?3)))
            """,
            workspace,
            day.isoformat(),
            decks,
            self.drills,
        )
        return Counter(on(id_, date.fromisoformat(due), over=bool(over)) for id_, due, over in rows)

    def _asked_of(self, reckoned: _Reckoned, workspace: str, day: date, queue: Sequence[str]) -> tuple[str, ...]:
        """As much of the queue of one of the last days as its minutes hold, without what is buried."""
        rows = self.database.rows(
            """
            SELECT cards.id
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE buried = ?2
            """,
            workspace,
            day.isoformat(),
        )
        buried = {id_ for (id_,) in rows}
        left = max(0, reckoned.budget - sum(card.reviewed == day for card in reckoned.held))
        return tuple([id_ for id_ in queue if id_ not in buried][:left])

    def _reckoned(self, workspace: str, day: date) -> _Reckoned | None:
        """What the last days before an interview follow from; None where there are none to come.

        The cards are counted first: who has more than such days can hold needs none of them read.
        """
        plan = self.plan()
        if plan is None or plan.left(day) <= 0:
            return None
        from rung import window

        count, budget = self._budget(plan, workspace, day)
        first = window.start(count, plan.interview, budget)
        return _Reckoned(self._having_a_day(workspace, day), plan.interview, budget, first) if first else None

    def _budget(self, plan: Plan, workspace: str, day: date) -> tuple[int, int]:
        """How many cards have their day, but for those that were new on `day`; and the reviews that fit in a day of the plan."""
        from rung.plan.load import reviews_a_day
        from rung.plan.pace import pace

        rows = self.database.rows(
            """
            SELECT kind, count(*)
            FROM memory JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due IS NOT NULL AND suspended = 0 AND first_day IS NOT ?2 AND (?3 OR kind <> 'drill')
            GROUP BY kind
            """,
            workspace,
            day.isoformat(),
            self.drills,
        )
        kinds = dict(rows)
        fit = reviews_a_day(plan, kinds, pace(self.costs(workspace, day)))
        return sum(kinds.values()), min(self.reviews_per_day, fit)

    def _having_a_day(self, workspace: str, day: date) -> list[Held]:
        """The cards that have their day, in the order in which they are due, but for those that were new on `day`."""
        from rung.model import Strength
        from rung.window import Held

        rows = self.database.rows(
            """
            SELECT cards.id, due, reviewed, stability, difficulty, strength_since
            FROM memory CROSS JOIN cards ON cards.workspace = ?1 AND cards.root = memory.root AND cards.retired = 0
            WHERE due IS NOT NULL AND suspended = 0 AND first_day IS NOT ?2 AND (?3 OR kind <> 'drill')
            ORDER BY (julianday(?2) - julianday(due)) / interval DESC, cards.id
            """,
            workspace,
            day.isoformat(),
            self.drills,
        )
        return [
            Held(
                id_,
                date.fromisoformat(due),
                date.fromisoformat(reviewed) if reviewed else None,
                Strength(stability, difficulty, date.fromisoformat(since)),
            )
            for id_, due, reviewed, stability, difficulty, since in rows
        ]

    # ── what new cards go by ──

    def _most(self, plan: Plan, workspace: str, day: date, rows: Sequence[LoadRow]) -> int:
        from rung.plan.load import portions
        from rung.plan.pace import pace

        return portions(plan, day, rows, pace(self.costs(workspace, day)), self.reviews_per_day)[0].new

    def workload(self, workspace: str, day: date) -> list[LoadRow]:
        """All cards that come up to be learnt, counted: those that have a due day, and the new ones of decks that are on.

        In the last days before an interview, a due day is the one on which the plan shows the card.
        """
        from rung import window

        reckoned = self._reckoned(workspace, day)
        shown = window.shown(*reckoned.given, day) if reckoned and day >= reckoned.first else {}
        rows = self.database.rows(
            """
            SELECT cards.deck, kind, due, interval, count(*), reviewed IS ?3, reviewed IS ?3 AND first_day IS ?3,
                iif(?4, cards.id, '') AS id
            FROM cards LEFT JOIN memory ON memory.root = cards.root
            WHERE cards.workspace = ?1 AND retired = 0 AND coalesce(suspended, 0) = 0 AND (?2 OR kind <> 'drill')
                AND (due IS NOT NULL OR deck NOT IN (SELECT deck FROM choices WHERE enabled = 0))
            GROUP BY cards.deck, kind, due, interval, 6, 7, 8
            """,
            workspace,
            self.drills,
            day.isoformat(),
            bool(shown),
        )
        counts = Counter[LoadRow]()
        for deck, kind, due, interval, count, answered, begun, id_ in rows:
            on = shown.get(id_) or (date.fromisoformat(due) if due else None)
            counts[LoadRow(deck, kind, on, interval, 0, bool(answered), bool(begun))] += count
        return [row._replace(cards=count) for row, count in counts.items()]

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
