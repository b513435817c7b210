"""`rung suspend`: never ask these cards until they are unsuspended."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


def suspend(context: typer.Context, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Never ask these cards until they are unsuspended."""
    mark(context, cards, search, yes, Kind.SUSPEND, "Suspended", lambda _: {"on": True})
