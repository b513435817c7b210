"""`rung desk`: the full-screen reviewer."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.workspace import CannotGoOn, environment

if TYPE_CHECKING:
    from rung.model import Card
    from rung.plan.ground import Ground
    from rung.plan.prospect import Prospect


def desk(context: typer.Context) -> None:
    """Review on a full screen.

    Needs Textual, which comes with rung[desk]. `rung review` does the same line by line.
    """
    here = Here.of(context)
    if not _out.interactive() or here.plain or environment("TERM") == "dumb":
        raise Wrong("the desk needs a terminal; elsewhere there is: rung review")
    if find_spec("textual") is None:
        raise CannotGoOn("Textual is not installed; install it with: pip install 'rung[desk]'")
    from rung.desk.app import Desk
    from rung.seat import Seat

    with here.store() as store:

        def edited(card: Card) -> str:
            from rung.cli._edit import edited

            try:
                told = edited(here, card)
                here.sync(store)
            except CannotGoOn as error:
                return str(error)
            return told

        def kept(note_type: str) -> dict[str, Any]:
            from rung.cli._cards import kept

            return kept(here.folder, note_type)

        def planned() -> tuple[Prospect, Ground] | None:
            from rung.cli import _prospect

            return _prospect.planned(here, store)

        desk = Desk(Seat.at(store, here.folder.name, here.clock), here.settings, edited, kept, planned)
        desk.run()
        if desk.stopped:
            raise desk.stopped
        if desk.return_code:
            raise typer.Exit(desk.return_code)
