"""`rung cards`: find cards by their words, and by what is known of them."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cards import gist, kind
from rung.cli import _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here
from rung.cli._values import standing_values


def cards(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUERY...]", help="Words, is:due, level:L6, prop:ease<2 ...; default: all cards."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Find cards by their words, and by what is known of them.

    Put a search in quotes, and behind -- where it begins with a minus: rung cards -- '-is:suspended prop:lapses>3'
    """
    here = Here.of(context)
    with here.store() as store:
        found = [here.card(store, id_) for id_ in here.found(store, " ".join(query or ()))]
        standings = store.standings([card.id for card in found]) if json else {}
    if json:
        rows = [(card, *kind(card.kind).gist(card.content)) for card in found]
        values = [
            {"id": card.id, "deck": card.deck, "kind": card.kind, "type": card.note_type, "level": card.level,
             "tags": card.tags, "title": card.title, "question": question, "answer": answer, "retired": card.retired,
             **standing_values(standings[card.id])}
            for card, question, answer in rows
        ]  # fmt: skip
        _out.put_json(cards=values)
        return
    for card in found:
        _out.put(card.id)
        Dialogue.wrapped("    ", gist(card))
    _out.tell(f"{_out.plural(len(found), 'card')}.")
