"""`rung show`: one card, and all that is known of it."""

from __future__ import annotations

from typing import Annotated

import typer

from rung import outlook, recall, session
from rung.cli import _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here
from rung.cli._values import event_line, standing_values
from rung.journal import event_values

PAST = 10  # events


def show(
    context: typer.Context,
    card: Annotated[str, typer.Argument(metavar="CARD", help="The id of a card.")],
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Show a card, front and back, and what is known of it."""
    here = Here.of(context)
    with here.store() as store:
        shown = here.card(store, card)
        standing = store.standing(shown.id)
        source = store.source(here.folder.name, shown.deck)
        past = list(store.events(shown.id, limit=PAST, newest_first=True))
    strength, day = standing.strength, here.clock.day()
    asked, _ = session.question(shown, standing.rows)
    back = session.back(shown, asked, "")
    if json:
        _out.put_json(
            id=shown.id, kind=shown.kind, type=shown.note_type, deck=shown.deck, level=shown.level, tags=shown.tags,
            title=shown.title, source=source, retired=shown.retired, question=asked.prompt,
            options=[{"letter": option.letter, "text": option.text} for option in asked.options], back=back,
            **standing_values(standing), recall=strength and round(recall.recall(strength, day), outlook.PLACES),
            events=[event_values(event) for event in past],
        )  # fmt: skip
        return
    dialogue = Dialogue(rich=_out.interactive() and not here.plain)
    dialogue.question(shown.title, asked)
    dialogue.line()
    dialogue.markdown(back)
    dialogue.line()
    memory = standing.memory
    dialogue.line(f"{shown.id} - {source}{' - retired' if shown.retired else ''}")
    if memory is None:
        dialogue.line("new")
    else:
        ease = f"{memory.ease / 100:.2f}"
        lapses = _out.plural(memory.lapses, "lapse") + (" (a leech)" if memory.leech else "")
        dialogue.line(f"due {memory.due}, interval {memory.interval} d, ease {ease}, {lapses}")
    if strength is not None:
        dialogue.line(outlook.remembered(strength, day))
    if standing.suspended:
        dialogue.line(f"suspended; back with: rung unsuspend {shown.id}")
    if standing.flag:
        dialogue.line(f"flag {standing.flag}")
    if standing.tags:
        dialogue.line(f"tagged {', '.join(standing.tags)}")
    for event in past:
        dialogue.line(f"  {event_line(event)}")
