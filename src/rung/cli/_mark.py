"""What the commands that mark cards have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rung.cli import _out
from rung.cli._here import Here

if TYPE_CHECKING:
    from rung.model import Kind

CARDS = Annotated[list[str], typer.Argument(metavar="CARD...", help="Ids of cards.")]


def mark(context: typer.Context, cards: list[str], kind: Kind, told: str, **detail: Any) -> None:
    """Log an event for each card, once all of them are known."""
    here = Here.of(context)
    with here.store() as store:
        for card in [here.card(store, id_) for id_ in cards]:
            store.record(kind, now=here.clock.now(), day=here.clock.day(), card=card.id, detail=detail)
            _out.tell(f"{told} {card.id}")
