"""`rung bury`: do not ask these cards today."""

from __future__ import annotations

import typer

from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


def bury(context: typer.Context, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Do not ask these cards today."""
    mark(context, cards, search, yes, Kind.BURY, "Buried until tomorrow:", lambda _: {})
