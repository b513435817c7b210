"""All that is known of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from rung import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rung.model import Card
    from rung.seat import Seat


class Info(ModalScreen[None]):
    """A card's schedule, source and log."""

    BINDINGS = [Binding("escape,q,i,enter", "app.pop_screen", "Back")]  # noqa: RUF012 - Textual's own way

    def __init__(self, seat: Seat, card: Card) -> None:
        super().__init__()
        self.seat, self.card = seat, card

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="info"):
            yield Static(rendered.markdown("\n\n".join(self.told())))

    def told(self) -> Iterator[str]:
        """What is known, as Markdown."""
        standing = self.seat.store.standing(self.card.id)
        yield f"**{self.card.id}**"
        yield f"{self.seat.source(self.card)}; {self.card.note_type}, {self.card.kind}"
        if memory := standing.memory:
            due = f"due {memory.due}, interval {memory.interval} d, ease {memory.ease / 100:.2f}"
            yield f"{due}, lapses {memory.lapses}{' (a leech)' if memory.leech else ''}"
        else:
            yield "A new card."
        marks = [
            word for word, on in (("suspended", standing.suspended), (f"flag {standing.flag}", standing.flag)) if on
        ]
        if marks:
            yield ", ".join(marks)
        rows = [
            f"- {event.day} {event.kind}" + ("" if event.grade is None else f", grade {event.grade}")
            for event in self.seat.store.events(self.card.id, newest_first=True)
        ]
        if rows:
            yield "\n".join(rows)
