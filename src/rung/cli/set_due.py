"""`rung set-due`: say on which day cards come back."""

from __future__ import annotations

from typing import Annotated

import typer

from rung import marks
from rung.cli._here import Here, Wrong
from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


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
    try:
        due = marks.due(day, Here.of(context).clock.day()).isoformat()
    except marks.NotSaid as error:
        raise Wrong(str(error)) from None
    mark(context, cards, search, yes, Kind.SET_DUE, f"Due {due}:", lambda _: {"due": due})
