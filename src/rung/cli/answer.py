"""`rung answer`: log an answer from a script."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.cli._values import standing_values
from rung.session import GRADES, kind_of


def answer(
    context: typer.Context,
    card: Annotated[str, typer.Argument(metavar="CARD", help="The id of a card.")],
    grade: Annotated[str, typer.Option(help="0 to 5, or again, hard, good, easy.")],
    took: Annotated[int | None, typer.Option(min=0, help="Milliseconds the answer needed.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Log an answer to a card, and say what follows.

    A second answer on a day counts as a re-drill.
    """
    here = Here.of(context)
    number = _grade(grade)
    with here.store() as store:
        asked = here.card(store, card)
        day = here.clock.day()
        kind = kind_of(store.standing(asked.id), day)
        store.record(kind, now=here.clock.now(), day=day, card=asked.id, grade=number, took=took)
        standing = store.standing(asked.id)
    if json:
        _out.put_json(card=asked.id, kind=str(kind), grade=number, **standing_values(standing))
    elif memory := standing.memory:
        ease = f"{memory.ease / 100:.2f}"
        _out.put(f"{kind} of {asked.id}: due {memory.due}, interval {memory.interval} d, ease {ease}")


def _grade(text: str) -> int:
    if text.casefold() in GRADES:
        return GRADES[text.casefold()]
    if text in "012345" and len(text) == 1:
        return int(text)
    raise Wrong(f'"{text}" is no grade; grades are 0 to 5, or {", ".join(GRADES)}')
