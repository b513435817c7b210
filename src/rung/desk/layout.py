"""How a screen that asks a card is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from rung.desk.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult


class Scrolled(VerticalScroll, can_focus=False):
    """Stays at its place when the terminal gets another size, also by way of one in which nothing scrolls."""

    def on_mount(self) -> None:
        self.size_then, self.place = self.app.size, (0.0, 1)  # the line at the top, of how many

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.is_mounted and self.app.size == self.size_then:  # else it was cut short to what now fits
            self.place = new_value, self.virtual_size.height

    def on_resize(self) -> None:
        if self.app.size != self.size_then:
            self.call_after_refresh(self.scroll_back)

    def scroll_back(self) -> None:
        line, of = self.place
        self.scroll_to(y=round(line * self.virtual_size.height / of), animate=False, immediate=True)
        self.size_then = self.app.size


def card_layout(bindings: Iterable[object]) -> ComposeResult:
    """The card between what is said of the sitting and what is to be done; `answer` holds what it is answered with."""
    yield Static(id="head")
    with Scrolled(id="card"):
        yield Static(id="title")
        yield Static(id="prompt")
        yield Vertical(id="answer")
        yield Static(id="back")
    yield Static(id="foot")
    yield Keys(bindings)
