"""`rung doctor`: is everything in order?"""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._cards import unknown_notes
from rung.cli._here import Findings, Here
from rung.store import Totals
from rung.workspace import config_file


def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Make anew what follows from the log; the log stays.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check the store, the schedules in it, and the cards."""
    here = Here.of(context)
    with here.store() as store:
        if fix:
            store.rebuild()
        faults = [*store.check(), *unknown_notes(here.folder)]
        counts = store.totals(here.folder.name)
    if json:
        totals = {"events": counts.events, "cards": counts.cards, "unknown": counts.unknown}
        _out.put_json(store=here.db_file, sound=not faults, faults=faults, **totals)
    else:
        _put(here, faults, counts)
    if faults:
        raise Findings


def _put(here: Here, faults: list[str], counts: Totals) -> None:
    for fault in faults:
        _out.put(fault)
    _out.tell(f"{here.db_file}: {_out.plural(counts.events, 'event')} of {_out.plural(counts.cards, 'card')}.")
    _out.tell(f"{config_file()}: settings{'' if config_file().exists() else ', none yet'}.")
    if counts.unknown:
        _out.tell(f"{_out.plural(counts.unknown, 'card')} of the log are in no deck here; they keep their history.")
    if not faults:
        _out.put("Everything is in order.")
