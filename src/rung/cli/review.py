"""`rung review`: the daily sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _decks, _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here
from rung.cli._reviewer import Reviewer
from rung.seat import Seat
from rung.workspace import config_file

if TYPE_CHECKING:
    from rung.store import Store


def review(
    context: typer.Context,
    decks: Annotated[list[str] | None, typer.Argument(help="Decks or folders of decks; default: all.")] = None,
    ahead: Annotated[
        bool, typer.Option("--ahead", help="Learn ahead: cards that are due later, the soonest first.")
    ] = False,
    practice: Annotated[bool, typer.Option("--practice", help="All cards, schedule untouched.")] = False,
    typed: Annotated[bool, typer.Option("--type", help="Type the words that belong in a hole.")] = False,
) -> None:
    """Review what is due, then learn new cards."""
    here = Here.of(context)
    dialogue = Dialogue(rich=_out.interactive() and not here.plain)
    with here.store() as store:
        known = [deck.id for deck in store.decks(here.folder.name)] if decks else []
        only = _decks.chosen(decks or (), known) or None
        seat = Seat.at(store, here.folder.name, here.clock)
        if practice:
            seat.sitting = seat.practice(only)
        else:
            seat.sitting = seat.ahead(here.settings, only) if ahead else seat.daily(here.settings, only)
            if seat.sitting.next is None and _nothing_due(here, store, dialogue, only, ahead=ahead):
                seat.sitting = seat.ahead(here.settings, only)
        Reviewer(here, seat, dialogue, typed).run()


def _nothing_due(here: Here, store: Store, dialogue: Dialogue, only: tuple[str, ...] | None, *, ahead: bool) -> bool:
    """Say what waits behind the day's limits and when there is something next; whether the learner learns ahead."""
    name, day = here.folder.name, here.clock.day()
    due, new = store.count_due(name, day, only), sum(map(len, store.new(name, day, only).values()))
    coming, later = store.next_due(name, day, only), store.ahead(name, day, only)
    if due:
        are = "is" if due == 1 else "are"
        told = (
            f"{_out.plural(due, 'card')} {are} due, but the day's limit is reached: reviews_per_day in {config_file()}"
        )
    elif coming:
        told = f"Nothing is due. Next: {_out.plural(coming.count, 'card')} on {coming.day:%A, %d %B %Y}."
    else:
        told = "Nothing is due." if new else "Nothing is due, and nothing is waiting."
    dialogue.line(told)
    if new:
        wait = "waits" if new == 1 else "wait"
        dialogue.line(
            f"{_out.plural(new, 'new card')} {wait} for another day; for more a day set new_per_day in {config_file()}"
        )
    if ahead or not later:
        return False
    if not _out.interactive():
        dialogue.line("Learn ahead with: rung review --ahead")
        return False
    return dialogue.agrees("Learn ahead?")
