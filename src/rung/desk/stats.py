"""All figures of a year, as pictures made of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung.desk import pictures
from rung.desk.keys import Keys

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from rung.desk.app import Desk

MARGIN = 4  # columns beside the pictures, those of the scroll bar among them


class Stats(Screen[None]):
    """What `rung stats --html` tells."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("j,down", "down", "Down"),
        Binding("k,up", "up", "Up"),
        Binding("space,pagedown,ctrl+d", "next", "Next page"),
        Binding("b,pageup", "before", "Page before"),
        Binding("home,g", "top", "Top", show=False),
        Binding("end,G", "bottom", "Bottom", show=False),
        Binding("q,escape,t", "app.pop_screen", "Home"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="figures", can_focus=False):
            yield Static(id="pictures")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        seat = self.app.seat
        self.figures = seat.store.statistics(seat.workspace, seat.clock.day())

    def on_resize(self, event: events.Resize) -> None:
        self.tell(event.size.width - MARGIN)

    def tell(self, width: int) -> None:
        """Draw everything anew for so many columns."""
        from rich.text import Text

        shown = Text(f"Statistics as of {self.figures.day:%A, %d %B %Y}\n", style="bold")
        parts = list(pictures.parts(self.figures, width))
        for heading, rows in parts or [("", ["There are no answers yet. Your first review begins the figures."])]:
            shown.append(f"\n{heading}\n" if heading else "\n", style="bold")
            shown.append("\n".join(rows) + "\n", style="not bold")
        self.query_one("#pictures", Static).update(shown)

    def action_down(self) -> None:
        self.query_one("#figures").scroll_relative(y=1, animate=False, immediate=True)

    def action_up(self) -> None:
        self.query_one("#figures").scroll_relative(y=-1, animate=False, immediate=True)

    def action_next(self) -> None:
        self.query_one("#figures").scroll_page_down(animate=False)

    def action_before(self) -> None:
        self.query_one("#figures").scroll_page_up(animate=False)

    def action_top(self) -> None:
        self.query_one("#figures").scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one("#figures").scroll_end(animate=False)
