"""`rung tag`: give these cards a tag of your own."""

from __future__ import annotations

import typer

from rung import marks
from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.cli._tag import NAME, checked
from rung.model import Kind


def tag(context: typer.Context, name: NAME, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Give these cards a tag of your own."""
    checked(name)
    told = f"Tagged {name}:"
    mark(context, cards, search, yes, Kind.TAG, told, lambda standing: marks.tagged(standing, name))
