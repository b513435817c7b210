"""How a screen that asks a card is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from rung.desk.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult


def card_layout(bindings: Iterable[object]) -> ComposeResult:
    """The card between what is said of the sitting and what is to be done; `answer` holds what it is answered with."""
    yield Static(id="head")
    with VerticalScroll(id="card", can_focus=False):
        yield Static(id="title")
        yield Static(id="prompt")
        yield Vertical(id="answer")
        yield Static(id="back")
    yield Static(id="foot")
    yield Keys(bindings)
