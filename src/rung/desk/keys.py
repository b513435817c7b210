"""The keys of a screen in its last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable


class Keys(Static):
    """Those that are to be shown, to press or to click. Textual's own footer is made anew whenever the focus moves, which
    takes longer than all else between two cards."""

    def __init__(self, bindings: Iterable[object]) -> None:
        shown = [each for each in bindings if isinstance(each, Binding) and each.show]
        super().__init__("  ".join(map(link, shown)), id="keys")


def link(binding: Binding) -> str:
    """The key and what it does, as Textual's markup."""
    action = binding.action if "." in binding.action else f"screen.{binding.action}"
    key = binding.key_display or binding.key.partition(",")[0]
    return f"[@click={action}][b]{key}[/b] {binding.description}[/]"
