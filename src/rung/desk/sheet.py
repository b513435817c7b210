"""A sheet of words that is longer than the screen, and the keys that scroll it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung.desk.keys import Keys

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult

MARGIN = 4  # columns beside the words, those of the scroll bar among them
SCROLL = (
    Binding("j,down", "down", "Down"),
    Binding("k,up", "up", "Up"),
    Binding("space,pagedown,ctrl+d", "next", "Next page"),
    Binding("b,pageup", "before", "Page before"),
    Binding("home,g", "top", "Top", show=False),
    Binding("end,G", "bottom", "Bottom", show=False),
)


class Sheet(Screen[None]):
    """A screen that shows what its `told` gives."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="figures", can_focus=False):
            yield Static(id="pictures")
        yield Keys(self.BINDINGS)

    def on_resize(self, event: events.Resize) -> None:
        self.tell(event.size.width)

    def tell(self, width: int) -> None:
        """Put everything anew onto a screen of so many columns."""
        self.query_one("#pictures", Static).update(self.told(width - MARGIN))

    def told(self, width: int) -> Text:
        """All of it, in so many columns."""
        raise NotImplementedError

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
