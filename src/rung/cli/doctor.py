"""`rung doctor`: is everything in order?"""

from __future__ import annotations

import typer

from rung.cli import _out
from rung.cli._here import Findings, Here


def doctor(context: typer.Context) -> None:
    """Check the store: the file itself, and that every schedule follows from the log."""
    here = Here.of(context)
    with here.store() as store:
        faults = store.check()
        counts = store.totals(here.folder.name)
    for fault in faults:
        _out.put(fault)
    _out.tell(f"{here.db_file}: {_out.plural(counts.events, 'event')} of {_out.plural(counts.cards, 'card')}.")
    if counts.unknown:
        _out.tell(f"{_out.plural(counts.unknown, 'card')} of the log are in no deck here; they keep their history.")
    if faults:
        raise Findings
    _out.put("Everything is in order.")
