"""The plan up to an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung.desk.keys import Keys
from rung.plan import words
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from rung.desk.app import Desk

MARGIN = 4  # columns beside the words, those of the scroll bar among them
NONE = "There is no plan. Make one outside of the desk: rung plan --interview YYYY-MM-DD"


class Planned(Screen[None]):
    """What `rung plan` tells."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("j,down", "down", "Down"),
        Binding("k,up", "up", "Up"),
        Binding("space,pagedown,ctrl+d", "next", "Next page"),
        Binding("b,pageup", "before", "Page before"),
        Binding("home,g", "top", "Top", show=False),
        Binding("end,G", "bottom", "Bottom", show=False),
        Binding("q,escape,l", "app.pop_screen", "Home"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="figures", can_focus=False):
            yield Static(id="pictures")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        self.plan, self.instead = None, NONE
        try:
            self.plan = self.app.planned()
        except CannotGoOn as error:
            self.instead = str(error)

    def on_resize(self, event: events.Resize) -> None:
        self.tell(event.size.width - MARGIN)

    def tell(self, width: int) -> None:
        """Put everything anew into so many columns."""
        from rich.text import Text

        told = words.told(*self.plan, width) if self.plan else [(self.instead, False)]
        rows = [(f"{line}\n", "bold" if heading else "") for line, heading in told]
        self.query_one("#pictures", Static).update(Text.assemble(*rows))

    def action_down(self) -> None:
        self.query_one("#figures").scroll_relative(y=1, animate=False)

    def action_up(self) -> None:
        self.query_one("#figures").scroll_relative(y=-1, animate=False)

    def action_next(self) -> None:
        self.query_one("#figures").scroll_page_down(animate=False)

    def action_before(self) -> None:
        self.query_one("#figures").scroll_page_up(animate=False)

    def action_top(self) -> None:
        self.query_one("#figures").scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one("#figures").scroll_end(animate=False)
