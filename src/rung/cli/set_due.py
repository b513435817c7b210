"""`rung set-due`: say on which day cards come back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated

import typer

from rung.cli._here import Here, Wrong
from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind

LATER = re.compile(r"\+(\d{1,5})", re.ASCII)
MOST = 36_500  # days


def set_due(
    context: typer.Context,
    day: Annotated[str, typer.Argument(metavar="DAY|+N", help="YYYY-MM-DD, or in how many days: +0 is today.")],
    cards: CARDS = None,
    search: SEARCH = None,
    yes: YES = False,
) -> None:
    """Let these cards come back on a day.

    Their ease and interval stay; a new card is new no more.
    """
    due = _due(day, Here.of(context).clock.day()).isoformat()
    mark(context, cards, search, yes, Kind.SET_DUE, f"Due {due}:", lambda _: {"due": due})


def _due(text: str, today: date) -> date:
    """The day that is meant; raises Wrong."""
    later = LATER.fullmatch(text)
    try:
        due = today + timedelta(days=int(later[1])) if later else date.fromisoformat(text)
    except ValueError:
        raise Wrong(f'"{text}" is no day; write it as YYYY-MM-DD, or +3 for in three days') from None
    if not today <= due <= today + timedelta(days=MOST):
        raise Wrong(f"{due} is out of range; name today or a later day, at most {MOST:,} days from now")
    return due
