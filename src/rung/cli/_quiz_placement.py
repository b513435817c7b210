"""What a placement may do to the schedule: new cards that a learner is clearly beyond need not come so soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines, placement
from rung.model import Kind
from rung.quizzes import results
from rung.soundness import FIRST_EASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.cli._quiz import Asking
    from rung.model import Card


def seed_schedule(asking: Asking, ladders: Sequence[Card]) -> None:
    """Let the new cards that lie clearly below the range come back later, if the learner says yes."""
    dialogue, store, clock, number = asking.dialogue, asking.seat.store, asking.here.clock, asking.quiz.number
    found = results(asking.done)
    if asking.quiz.next(asking.done) or len(found) < placement.LEAST:
        dialogue.line(f"The schedule stays as it is; to change it takes {placement.LEAST} answers and the end.")
        return
    days = placement.intervals(found, ladders, number)
    new = {
        card: days[card]
        for card, standing in store.standings(days).items()
        if standing.memory is None and not standing.suspended
    }
    if not new:
        dialogue.line("No new card lies clearly below your range; the schedule stays as it is.")
        return
    cards = lines.plural(len(new), "new card")
    dialogue.line(f"{cards} of ladders lie clearly below your range, by half a level or more.")
    if not dialogue.agrees(f"Let them come back in {min(new.values())} to {max(new.values())} days?"):
        dialogue.line("The schedule stays as it is.")
        return
    details = {
        card: {"interval": interval, "ease": FIRST_EASE, "from": "placement", "quiz": number}
        for card, interval in new.items()
    }
    store.mark(Kind.SEED, details, now=clock.now(), day=clock.day())
    dialogue.line(f"{cards} will come back then; `rung undo` takes it back.")
