"""`rung suspend`: never ask these cards until they are unsuspended."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, mark
from rung.model import Kind


def suspend(context: typer.Context, cards: CARDS) -> None:
    """Never ask these cards until they are unsuspended."""
    mark(context, cards, Kind.SUSPEND, "Suspended", on=True)
