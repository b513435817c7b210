"""`rung flag`: mark cards by one of seven flags."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli._mark import CARDS, SEARCH, YES, mark
from rung.model import Kind


def flag(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="N", min=0, max=7, help="1 to 7; 0 takes the flag away.")],
    cards: CARDS = None,
    search: SEARCH = None,
    yes: YES = False,
) -> None:
    """Give these cards a flag; 0 takes it away."""
    told = f"Flag {number}:" if number else "No flag:"
    mark(context, cards, search, yes, Kind.FLAG, told, lambda _: {"flag": number})
