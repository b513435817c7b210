"""Learners who live by a plan: what they answer each day, with the program's own cards and a store of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rung.model import Kind
from rung.seat import Seat
from rung.settings import Settings
from rung.workspace import Clock, card_folder, workspace_above

if TYPE_CHECKING:
    from rung.store import Store

WORKSPACE = card_folder(workspace_above(Path(__file__).parent)).name
FIRST = date(2026, 11, 1)  # before anybody here began


@dataclass
class Walker:
    """A learner at a store."""

    store: Store

    def __post_init__(self):
        self.store.database.connection.execute("PRAGMA synchronous = OFF")  # nobody's log

    def sit(self, day, most=None):
        """Answer what a day brings, or the first `most` of it, and count it as (due, new). Each ninth card is forgotten."""
        line = Seat.at(self.store, WORKSPACE, Clock(day)).daily(Settings()).line[:most]
        new = 0
        for number, waiting in enumerate(line):
            first = self.store.standing(waiting.card).memory is None
            new += first
            for grade, kind in [(1, Kind.REVIEW), (4, Kind.REDRILL)] if number % 9 == 8 else [(4, Kind.REVIEW)]:
                at = 1_790_000_000_000 + (day - FIRST).days * 86_400_000
                took = 30_000 if first else 12_000
                self.store.record(kind, now=at, day=day, card=waiting.card, grade=grade, took=took)
        return len(line) - new, new


def days(first, last):
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
