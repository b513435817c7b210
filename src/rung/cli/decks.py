"""`rung decks`: the decks, and which of them bring new cards."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _decks, _out
from rung.cli._here import Here

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def decks(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """List the decks; say which of them bring new cards."""
    if context.invoked_subcommand:
        return
    here = Here.of(context)
    with here.store() as store:
        rows = store.decks(here.folder.name, here.clock.day())
    if json:
        values = [
            {"id": row.id, "title": row.title, "on": row.on, "cards": row.cards, "new": row.new, "due": row.due}
            for row in rows
        ]
        _out.put_json(decks=values)
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        state = "on " if row.on else "off"
        _out.put(f"{state}  {row.id:<{width}}  {row.cards:>5} cards  {row.new:>5} new  {row.due:>4} due")
    if not rows:
        _out.tell("There are no decks here; begin one with: rung init")


@app.command()
def on(context: typer.Context, names: Annotated[list[str], typer.Argument(metavar="DECK...")]) -> None:
    """Let these decks bring new cards."""
    _switch(context, names, on=True)


@app.command()
def off(context: typer.Context, names: Annotated[list[str], typer.Argument(metavar="DECK...")]) -> None:
    """Let these decks bring no new cards; what is learnt already comes back as before."""
    _switch(context, names, on=False)


def _switch(context: typer.Context, names: list[str], *, on: bool) -> None:
    here = Here.of(context)
    with here.store() as store:
        for id_ in _decks.chosen(names, [row.id for row in store.decks(here.folder.name, here.clock.day())]):
            store.switch_deck(id_, on)
            _out.tell(f"{id_} brings {'new cards' if on else 'no new cards'}.")
