"""What a plan takes from the decks: the clock, what roles and companies weigh, post-mortems, lenses. Pure.

A table with `weights` and the topic `roles` or `companies` says what its rows weigh; its columns are the rounds. Of several
timelines the first is the clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

from rung import mock, text
from rung.pages import day
from rung.paper import Section, spelt
from rung.plan.clock import Phase, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.pages import Kept

ROLES, COMPANIES = "roles", "companies"  # topics of tables
TYPES = ("timeline", "table", "postmortem", "rubric", "framework")  # of the notes that are read
SILENT = 1  # what a round weighs of which a row says nothing


@dataclass(frozen=True, slots=True)
class Choice:
    """A role, or a sort of company: its id, what it is called, what else it is called, and what the rounds weigh for it."""

    id: str
    name: str
    also: tuple[str, ...]
    weights: tuple[tuple[str, int], ...]

    def means(self, typed: str) -> bool:
        return bool(self.spelt(typed))

    def spelt(self, typed: str) -> str:
        """What was typed as the deck spells it; empty where it means another."""
        return next((each for each in (self.id, self.name, *self.also) if _folded(each) == _folded(typed)), "")


@dataclass(frozen=True, slots=True)
class Failure:
    """A post-mortem: its `<deck>/<note>`, its name, and at what sort of company it happened, in the author's words."""

    note: str
    name: str
    company: str


@dataclass(frozen=True, slots=True)
class Ground:
    """`rounds` are pairs of id and name; `moves` are those of the room, by when they are made."""

    phases: tuple[Phase, ...] = ()
    rounds: tuple[tuple[str, str], ...] = ()
    roles: tuple[Choice, ...] = ()
    companies: tuple[Choice, ...] = ()
    failures: tuple[Failure, ...] = ()
    signals: tuple[Any, ...] = ()
    moves: tuple[Section, ...] = ()

    def lens(self, company: str) -> str:
        """The company as `rung quiz mock` knows it; empty where it does not."""
        found = mock.named(company, self.signals) if company else ()
        return company if len(found) == 1 else ""

    def fitting(self, company: str) -> tuple[Failure, ...]:
        """The post-mortems of that sort of company; all where there are none."""
        sort = chosen(company, self.companies)
        own = tuple(each for each in self.failures if sort and sort.means(each.company))
        return own or self.failures


def ground(kept: Sequence[Kept]) -> Ground:
    """From the notes of TYPES; others do no harm."""
    clocks = [each.fields for each in kept if each.type == "timeline"]
    tables = [each.fields for each in kept if each.type == "table" and each.fields.weights]
    return Ground(
        _phases(clocks[0]) if clocks else (),
        tuple({column.id: spelt(column.id, column.asks) for table in tables for column in table.columns}.items()),
        tuple(each for table in tables if table.topic == ROLES for each in _choices(table)),
        tuple(each for table in tables if table.topic == COMPANIES for each in _choices(table)),
        tuple(
            Failure(f"{each.deck.id}/{each.id}", text.line(each.fields.name), each.fields.company or "")
            for each in kept
            if each.type == "postmortem"
        ),
        tuple(signal for each in kept if each.type == "rubric" for signal in each.fields.signals),
        tuple(day.moves_by_name(kept)),
    )


def chosen(typed: str, choices: Iterable[Choice]) -> Choice | None:
    """The choice that a learner means; None where there is none of that name."""
    return next((each for each in choices if each.means(typed)), None)


def spoken(choices: Iterable[Choice]) -> list[str]:
    """All that may be typed for any of the choices."""
    return [name for each in choices for name in (each.id, *each.also)]


def weighed(rounds: Iterable[str], *choices: Choice | None) -> dict[str, int]:
    """What each of the rounds weighs for a role at a company: the one times the other. Empty where neither is chosen."""
    given = [dict(each.weights) for each in choices if each is not None]
    return {name: prod(weights.get(name, SILENT) for weights in given) for name in rounds} if given else {}


def _phases(clock: Any) -> tuple[Phase, ...]:
    return tuple(
        Phase(
            phase.id,
            text.line(phase.name),
            phase.days,
            tuple(
                Task(task.id, text.line(task.does), task.each == "day", task.count, task.card, task.mock)
                for task in clock.tasks
                if task.phase == phase.id
            ),
        )
        for phase in clock.phases
    )


def _choices(table: Any) -> Sequence[Choice]:
    return [
        Choice(
            row.id,
            re.sub(r"^(an?|the) ", "", text.line(row.name)),
            row.also,
            tuple((column.id, table.weights[row.weights[column.id]]) for column in table.columns if column.id in row.weights),
        )
        for row in table.rows
    ]  # fmt: skip


def _folded(words: str) -> str:
    return "".join(re.findall(r"\w", words.casefold()))
