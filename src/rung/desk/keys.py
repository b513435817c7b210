"""The keys of a screen in its last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import Binding


class Keys(Static):
    """Those that are to be shown, to press or to click. Textual's own footer is made anew whenever the focus moves, which
    takes longer than all else between two cards."""

    def __init__(self, bindings: Iterable[Binding]) -> None:
        told = (
            f"[@click=screen.{each.action}][b]{each.key_display or each.key.split(',')[0]}[/b] {each.description}[/]"
            for each in bindings
            if each.show
        )
        super().__init__("  ".join(told), id="keys")
