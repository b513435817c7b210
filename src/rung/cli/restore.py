"""`rung restore`: put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here, Wrong, stopping
from rung.store import Store
from rung.workspace import CannotGoOn

SHOWN = 10  # backups


def restore(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A backup; default: the newest sound one beside the store.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the store.

    What was there before is kept beside it, even what cannot be read.
    """
    here = Here.of(context)
    if file and not file.is_file():
        raise Wrong(f"there is no file {file}")
    with stopping():
        source = file or _newest(here.db_file)
    if not yes:
        if not _out.interactive():
            raise Wrong(f"to replace {here.db_file} by {source} without being asked, say --yes")
        if not Dialogue(rich=False).agrees(f"Replace {here.db_file} by {source}?"):
            _out.tell("Nothing was changed.")
            return
    with stopping():
        kept = Store.restore(here.db_file, source)
    _out.put(str(here.db_file))
    _out.tell(f"It is now what {source} holds.")
    if kept:
        _out.tell(f"What was there before is kept: {kept}")


def _newest(store: Path) -> Path:
    """The newest sound backup beside a store; the others are told of. Raises CannotGoOn."""
    backups = Store.backups(store)
    chosen = None
    for place, each in enumerate(backups):
        if chosen is None and Store.sound(each):
            chosen = each
            _out.tell(f"{each}  <- this one")
        elif chosen is None:
            _out.tell(f"{each}  damaged")
        elif place < SHOWN:
            _out.tell(f"{each}")
    if len(backups) > SHOWN:
        _out.tell(f"... and {len(backups) - SHOWN} more.")
    if chosen is None:
        raise CannotGoOn(f"{store.parent}: there is no {'sound ' if backups else ''}backup of {store.name}; name one")
    return chosen
