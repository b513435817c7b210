"""`rung restore`: put a backup back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here, Wrong, stopping
from rung.store import Store


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup that `rung backup` made.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the store.

    What was there before is kept beside it.
    """
    here = Here.of(context)
    if not file.is_file():
        raise Wrong(f"there is no file {file}")
    if not yes:
        if not _out.interactive():
            raise Wrong(f"to replace {here.db_file} without being asked, say --yes")
        if not Dialogue(rich=False).agrees(f"Replace {here.db_file} by {file}?"):
            _out.tell("Nothing was changed.")
            return
    with stopping():
        kept = Store.restore(here.db_file, file)
    _out.put(str(here.db_file))
    if kept:
        _out.tell(f"What was there before is kept: {kept}")
