"""`rung export`: an Anki package of the cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _decks, _out
from rung.cli._here import Here, Wrong
from rung.writing import clear_beside, made, stay_inside

if TYPE_CHECKING:
    from rung.anki.history import Learned


def export(
    context: typer.Context,
    decks: Annotated[list[str] | None, typer.Argument(help="Decks or folders of decks; default: all.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write.")] = None,
    retired: Annotated[bool, typer.Option("--retired", help="Only retired cards, tagged rung::retired.")] = False,
    with_history: Annotated[
        bool, typer.Option("--with-history", help="With due days, and every answer so far.")
    ] = False,
) -> None:
    """Write an Anki package.

    Importing it again updates the cards and keeps their history. Anki takes due days and answers along with the first
    import of a card only, and only if asked: tick "Import any learning progress" there.
    """
    from rung.anki.package import write
    from rung.cli._build import previous, type_times
    from rung.cli._cards import made_notes

    here = Here.of(context)
    if retired and with_history:
        raise Wrong("--retired and --with-history exclude each other: retired cards are not scheduled")
    compiled = list(previous(here.folder))
    only = _decks.chosen(decks or (), [each.deck.id for each in compiled])
    chosen = [(each.deck, each.cards) for each in compiled if not only or each.deck.id in only]
    path = output or _default(here, only, retired)
    learned = _learned(here) if with_history else None
    times = type_times(here.folder.path)
    clear_beside([path])
    with made_notes(here.folder):
        written = write(path, chosen, times, here.folder.media(), retired=retired, learned=learned)
    _out.put(str(path))
    if written.notes:
        _out.tell(f"{_out.plural(written.cards, 'card')} of {_out.plural(written.notes, 'note')}.")
    else:
        _out.tell(
            "There is nothing in it: no card is retired." if retired else "There is nothing in it: no cards here."
        )


def _learned(here: Here) -> Learned:
    """What the log says of every card, as Anki has it."""
    from rung.anki.history import COUNTED_FROM, Learned, histories

    with here.store() as store:
        return Learned(histories(dict(store.by_card()), store.scheduler), here.clock.turn(COUNTED_FROM))


def _default(here: Here, only: tuple[str, ...], retired: bool) -> Path:
    """`exports/rung.apkg` of the workspace, or a file here where there is none."""
    name = only[0].rpartition("/")[2] if len(only) == 1 else "rung"
    file = f"{name}{'-retired' if retired else ''}.apkg"
    if here.workspace is None:
        return Path(file)
    stay_inside(here.workspace, [here.workspace.exports / file])
    return made(here.workspace.exports) / file
