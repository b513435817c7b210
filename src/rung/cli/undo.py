"""`rung undo`: take back what this device did last."""

from __future__ import annotations

import typer

from rung.cli import _out
from rung.cli._here import Here
from rung.model import Kind
from rung.seat import taken_back
from rung.session import grade_in_words


def undo(context: typer.Context) -> None:
    """Take back what this device did last.

    A mark of many cards is taken back whole.

    Again for the one before, as far back as this device goes.
    """
    here = Here.of(context)
    with here.store() as store:
        events = store.undo(now=here.clock.now(), day=here.clock.day())
    if not events:
        _out.tell("There is nothing to take back.")
        return
    event = events[-1]
    if event.kind is Kind.PLAN:
        _out.put(f"{taken_back(events)}, on {event.day}")
        return
    what = event.card if len(events) == 1 else _out.plural(len(events), "card")
    grade = f", {grade_in_words(event.grade)}" if event.grade is not None else ""
    _out.put(f"Took back: {event.kind} of {what} on {event.day}{grade}")
