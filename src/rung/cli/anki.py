"""`rung anki`: Anki while it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli._here import Here

app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


@app.callback()
def anki() -> None:
    """Bring a running Anki and your cards here to the same."""


@app.command()
def sync(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what there is to do.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Take in answers, bring new and changed notes, set due days.

    Needs Anki running, with the add-on AnkiConnect (code 2055492159). What was edited in Anki is left as it is. Doing
    so twice does nothing more.
    """
    from rung.cli._anki_sync import synced

    synced(Here.of(context), dry_run=dry_run, json=json)
