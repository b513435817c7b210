"""`rung import`: take in what was learnt in Anki, or a foreign deck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli._here import Here


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A package that Anki exported: .apkg or .colpkg.")],
    as_deck: Annotated[
        str | None,
        typer.Option("--as-deck", metavar="NAME", help="Take in a foreign deck, notes and answers, under this name."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what there is to take in.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Take in the answers given in Anki, or a whole deck.

    Doing so twice adds nothing, and what was exported from here is known when it comes back. The package must have
    been exported with learning progress. With --as-deck the notes of any package become decks of this workspace; a
    newer version of the same package updates them.
    """
    from rung.cli._import import answers

    here = Here.of(context)
    if as_deck is not None:
        from rung.cli._import_deck import as_deck as taken_in

        taken_in(here, file, as_deck, dry_run=dry_run, json=json)
        return
    answers(here, file, dry_run=dry_run, json=json)
