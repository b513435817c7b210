"""The keys of a screen in its last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import actions
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events

APART = "  "
MARGINS = 2  # columns around them
BOLD = Style(bold=True)


class Keys(Static):
    """Those that are to be shown and that do something now, to press or to click, on as many lines as they take.

    Textual's own footer is made anew whenever the focus moves, which takes longer than all else between two cards; this is
    drawn anew only when other keys are to be shown, as the screen's `refresh_bindings` tells.
    """

    def __init__(self, bindings: Iterable[object]) -> None:
        super().__init__(id="keys")
        self.bindings = [each for each in bindings if isinstance(each, Binding) and each.show]
        self.drawn: list[list[Binding]] | None = None

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.draw())
        self.draw()

    def on_resize(self, _event: events.Resize) -> None:
        self.draw()

    def draw(self) -> None:
        shown = filter(self.does, self.bindings)
        width = self.size.width or self.app.size.width - MARGINS
        if (drawn := rows(shown, width)) != self.drawn:
            self.drawn = drawn
            self.update(Content("\n").join(Content(APART).join(map(link, row)) for row in drawn))

    def does(self, binding: Binding) -> bool:
        """Whether the key does something now."""
        where, name, given = actions.parse(binding.action)
        return bool((self.app if where == "app" else self.screen).check_action(name, given))


def rows(bindings: Iterable[Binding], width: int) -> list[list[Binding]]:
    """As many on each line as fit."""
    found: list[list[Binding]] = [[]]
    for binding in bindings:
        if found[-1] and len(APART.join(map(told, [*found[-1], binding]))) > width:
            found.append([])
        found[-1].append(binding)
    return found


def told(binding: Binding) -> str:
    """The key and what it does."""
    key = binding.key_display or binding.key.partition(",")[0]
    return f"{'esc' if key == 'escape' else key} {binding.description}"


def link(binding: Binding) -> Content:
    """The same, to be clicked."""
    action = binding.action if "." in binding.action else f"screen.{binding.action}"
    key, _, description = told(binding).partition(" ")
    click = Style.from_meta({"@click": action})
    return Content.assemble((key, click + BOLD), (f" {description}", click))
