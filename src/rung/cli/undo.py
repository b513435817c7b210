"""`rung undo`: take back what this device did last."""

from __future__ import annotations

import typer

from rung.cli import _out
from rung.cli._here import Here
from rung.session import grade_in_words


def undo(context: typer.Context) -> None:
    """Take back the last event of this device.

    Again for the one before, as far back as this device goes.
    """
    here = Here.of(context)
    with here.store() as store:
        event = store.undo(now=here.clock.now(), day=here.clock.day())
    if event is None:
        _out.tell("There is nothing to take back.")
    else:
        grade = f", {grade_in_words(event.grade)}" if event.grade is not None else ""
        _out.put(f"Took back: {event.kind} of {event.card} on {event.day}{grade}")
