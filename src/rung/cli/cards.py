"""`rung cards`: find cards by their words."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cards import kind
from rung.cli import _out, _turn
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here


def cards(
    context: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(help="Words that all stand in the card; default: all cards.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Find cards by their words."""
    here = Here.of(context)
    with here.store() as store:
        found = here.found(store, " ".join(words or ()))
    if json:
        rows = [(card, *kind(card.kind).gist(card.content)) for card in found]
        values = [
            {"id": card.id, "kind": card.kind, "type": card.note_type, "level": card.level, "title": card.title,
             "question": question, "answer": answer}
            for card, question, answer in rows
        ]  # fmt: skip
        _out.put_json(cards=values)
        return
    for card in found:
        _out.put(card.id)
        Dialogue.wrapped("    ", _turn.gist(card))
    _out.tell(f"{_out.plural(len(found), 'card')}.")
