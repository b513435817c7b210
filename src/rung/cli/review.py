"""`rung review`: the daily sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rung import session
from rung.cli import _decks, _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here
from rung.cli._reviewer import Reviewer
from rung.workspace import config_file

if TYPE_CHECKING:
    from rung.session import Sitting
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
        known = [deck.id for deck in store.decks(here.folder.name)]
        only = _decks.chosen(decks or (), known) or None
        sitting = _sitting(here, store, only, ahead=ahead, practice=practice)
        if sitting.next is None and not practice:
            sitting = _nothing_due(here, store, dialogue, only, ahead=ahead)
        Reviewer(here, store, dialogue, typed, sitting).run()


def _sitting(here: Here, store: Store, only: tuple[str, ...] | None, *, ahead: bool, practice: bool) -> Sitting:
    name, day = here.folder.name, here.clock.day()
    if practice:
        return session.Sitting(session.apart(store.all_cards(name, only)))
    if ahead:
        return session.Sitting(session.apart(store.ahead(name, day, only)[: here.settings.reviews_per_day]))
    done = store.done(name, day)
    line = session.queue(
        store.due(name, day, only),
        store.new(name, day, only),
        here.settings.reviews_per_day - done.reviews,
        here.settings.new_per_day - done.new,
        done.families,
    )
    return session.Sitting(line, store.redrills(name, day, only))


def _nothing_due(here: Here, store: Store, dialogue: Dialogue, only: tuple[str, ...] | None, *, ahead: bool) -> Sitting:
    """Say what waits behind the day's limits and when there is something next, and offer to learn ahead."""
    name, day = here.folder.name, here.clock.day()
    due, new = store.due(name, day, only), sum(map(len, store.new(name, day, only).values()))
    coming, later = store.next_due(name, day, only), store.ahead(name, day, only)
    if due:
        are = "is" if len(due) == 1 else "are"
        told = f"{_out.plural(len(due), 'card')} {are} due, but the day's limit is reached: reviews_per_day in {config_file()}"
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
        return session.Sitting()
    if not _out.interactive():
        dialogue.line("Learn ahead with: rung review --ahead")
        return session.Sitting()
    return (
        _sitting(here, store, only, ahead=True, practice=False)
        if dialogue.agrees("Learn ahead?")
        else session.Sitting()
    )
