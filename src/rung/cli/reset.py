"""`rung reset`: let these cards be new again."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


def reset(context: typer.Context, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Let these cards be new again.

    Their log stays, and `rung undo` takes it back.
    """
    mark(context, cards, search, yes, Kind.RESET, "New again:", lambda _: {})
