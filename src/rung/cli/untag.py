"""`rung untag`: take a tag of your own from these cards."""

from __future__ import annotations

import typer

from rung import marks
from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.cli._tag import NAME, checked
from rung.model import Kind


def untag(context: typer.Context, name: NAME, cards: CARDS = None, search: SEARCH = None, yes: YES = False) -> None:
    """Take a tag of your own from these cards."""
    checked(name)
    told = f"Untagged {name}:"
    mark(context, cards, search, yes, Kind.TAG, told, lambda standing: marks.untagged(standing, name))
