"""`rung unsuspend`: ask suspended cards again."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, mark
from rung.model import Kind


def unsuspend(context: typer.Context, cards: CARDS) -> None:
    """Ask suspended cards again."""
    mark(context, cards, Kind.SUSPEND, "Unsuspended", on=False)
