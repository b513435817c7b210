"""`rung unsuspend`: ask suspended cards again."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


def unsuspend(context: typer.Context, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Ask suspended cards again."""
    mark(context, cards, search, yes, Kind.SUSPEND, "Unsuspended", lambda _: {"on": False})
