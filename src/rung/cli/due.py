"""`rung due`: what there is to do today."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here


def due(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Say how many cards wait today."""
    here = Here.of(context)
    with here.store() as store:
        limits = here.settings.reviews_per_day, here.settings.new_per_day
        counts = store.today(here.folder.name, here.clock.day(), *limits)
    if json:
        _out.put_json(day=here.clock.day(), due=counts.due, again=counts.again, new=counts.new, next=counts.next)
        return
    told = [f"{counts.due:,} due", f"{counts.new:,} new"] + ([f"{counts.again:,} again"] if counts.again else [])
    if counts.due or counts.new or counts.again:
        _out.put(", ".join(told))
    else:
        _out.put(f"nothing due; next on {counts.next}" if counts.next else "nothing due")
