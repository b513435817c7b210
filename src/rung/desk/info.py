"""All that is known of a card, over the screen that asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from rung import replay
from rung.desk import known

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from rung.model import Card
    from rung.seat import Seat

MARGIN = 8  # columns of the screen beside the words


class Info(ModalScreen[None]):
    """A card's schedule, source, log and what is to come."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("escape,q,i,enter", "app.pop_screen", "Back"),
        Binding("down,j", "line(1)", "Down"),
        Binding("up,k", "line(-1)", "Up"),
        Binding("space,pagedown,ctrl+d", "page(1)", "Next page"),
        Binding("b,pageup", "page(-1)", "Page before"),
        Binding("home,g", "end(-1)", "Top"),
        Binding("end,G", "end(1)", "Bottom"),
    ]

    def __init__(self, seat: Seat, card: Card) -> None:
        super().__init__()
        self.seat, self.card = seat, card

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="info", can_focus=False) as place:
            place.border_title = "All about this card"
            place.border_subtitle = "arrows and page keys scroll, Esc goes back"
            yield Static(id="all")

    def on_mount(self) -> None:
        store, id_ = self.seat.store, self.card.id
        self.voided = store.voided(id_)
        self.scheduler = store.scheduler
        self.steps = list(replay.steps(store.events(id_), self.scheduler, self.voided))

    def on_resize(self, event: events.Resize) -> None:
        from rich.text import Text

        shown = Text()
        source, day = self.seat.source(self.card), self.seat.clock.day()
        told = known.parts(self.card, source, self.steps, self.voided, self.scheduler, day, event.size.width - MARGIN)
        for heading, rows in told:
            shown.append(f"{heading}\n", style="bold")
            shown.append("\n".join(rows) + "\n\n", style="not bold")
        shown.rstrip()
        self.query_one("#all", Static).update(shown)

    def action_line(self, by: int) -> None:
        self.query_one("#info").scroll_relative(y=by, animate=False, immediate=True)

    def action_page(self, by: int) -> None:
        place = self.query_one("#info")
        (place.scroll_page_down if by > 0 else place.scroll_page_up)(animate=False)

    def action_end(self, by: int) -> None:
        place = self.query_one("#info")
        (place.scroll_end if by > 0 else place.scroll_home)(animate=False)
