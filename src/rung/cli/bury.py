"""`rung bury`: leave cards for today."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, mark
from rung.model import Kind


def bury(context: typer.Context, cards: CARDS) -> None:
    """Do not ask these cards today."""
    mark(context, cards, Kind.BURY, "Buried until tomorrow:")
