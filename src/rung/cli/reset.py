"""`rung reset`: let cards be new again."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, mark
from rung.model import Kind


def reset(context: typer.Context, cards: CARDS) -> None:
    """Let these cards be new again.

    Their log stays, and `rung undo` takes it back.
    """
    mark(context, cards, Kind.RESET, "New again:")
