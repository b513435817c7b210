"""`rung backup`: a copy of the store that is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where to; default: beside the store, with the day.")] = None,
) -> None:
    """Copy the store, even while it is in use.

    `rung restore` puts the copy back.
    """
    here = Here.of(context)
    target = file or here.db_file.with_name(f"{here.db_file.stem}-{here.clock.day()}.db")
    if target.exists():
        raise Wrong(f"{target} is there already; name another file")
    with here.store() as store:
        store.backup(target)
    _out.put(str(target))
