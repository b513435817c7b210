"""Panels to put in order, by keys, letters or the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from rung.desk.answers import Panel, Panels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.timer import Timer

    from rung.model import Option

AT_EDGE = 0.1  # seconds until a panel that is held at the edge of the screen goes a line further
UNMOVED = "Nothing is moved yet. Enter once more takes this order."


class Order(Panels):
    """Panels to put in order: J and K, or Shift with an arrow, move one; so do the arrows once Space has grabbed it, and
    the mouse while its button is down. Letters put theirs next, from the top."""

    BINDINGS = [  # noqa: RUF012
        Binding("J,shift+down", "carry(1)", "move down", show=False),
        Binding("K,shift+up", "carry(-1)", "move up", show=False),
        Binding("space", "grab", "grab", show=False),
    ]

    BEGINS = 0

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(options)
        self.lacks = UNMOVED
        self.grabbed = False
        self.named = ""  # the letters typed so far
        self.held: Timer | None = None  # runs while the mouse holds a panel
        self.pointer = 0  # the row of the screen that the mouse is on then

    def words(self) -> str:
        return "".join(panel.option.letter for panel in self.panels)

    def action_move(self, by: int) -> None:
        if self.grabbed:
            self.action_carry(by)
        else:
            super().action_move(by)

    def action_carry(self, by: int) -> None:
        self.put(self.at, self.at + by)

    def action_grab(self) -> None:
        self.grab(on=not self.grabbed)

    def grab(self, *, on: bool) -> None:
        """Grab the panel that the cursor is on, or let it go."""
        self.grabbed = on
        for place, panel in enumerate(self.panels):
            if panel.has_class("grabbed") != (on and place == self.at):
                panel.toggle_class("grabbed")
                panel.refresh()

    def put(self, of: int, to: int) -> None:
        """Move the panel at one place to another."""
        panels = self.panels
        if 0 <= to < len(panels) and to != of:
            self.lacks = ""
            if to < of:
                self.move_child(panels[of], before=panels[to])
            else:
                self.move_child(panels[of], after=panels[to])
            self.point(to)

    def letter(self, letter: str) -> None:
        self.grab(on=False)
        if letter in self.named:
            self.named = ""
        self.put(self.words().index(letter), len(self.named))
        self.named += letter
        self.lacks = ""

    # ── by mouse ──

    def clicked(self, panel: Panel) -> None:
        """Nothing more: the cursor is there since the button went down."""

    def on_mouse_down(self, event: events.MouseDown) -> None:
        under = [place for place, panel in enumerate(self.panels) if panel.region.contains_point(event.screen_offset)]
        if under and event.button == 1:  # a terminal's event names no widget
            self.pointer = event.screen_y
            self.capture_mouse()
            self.point(under[0])
            self.grab(on=True)
            self.held = self.set_interval(AT_EDGE, self.go_on)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.held:
            self.pointer = event.screen_y
            self.follow()

    def on_mouse_up(self) -> None:
        self.release_mouse()

    def on_mouse_release(self) -> None:
        """The button is up, or another took the mouse."""
        if self.held:
            self.held.stop()
            self.held = None
            self.grab(on=False)

    def on_unmount(self) -> None:
        self.release_mouse()

    def follow(self) -> None:
        """Put the panel that is held where the mouse is."""
        heights = [panel.outer_size.height + panel.styles.margin.bottom for panel in self.panels]
        self.put(self.at, dropped(heights, self.at, self.pointer - self.region.y))

    def go_on(self) -> None:
        """Held at the first or last line of what is seen of a long order, a panel goes on, and the screen with it."""
        seen = self.screen.query_one("#card")
        self.follow()
        if self.pointer <= seen.region.y:
            seen.scroll_relative(y=-1, animate=False, immediate=True)
        elif self.pointer >= seen.region.bottom - 1:
            seen.scroll_relative(y=1, animate=False, immediate=True)


def dropped(heights: Sequence[int], of: int, row: int) -> int:
    """The place of the panel at `of` while the mouse is on `row`, counted from the top of the first.

    It goes past another one only where it then lies under the mouse, so a mouse that moves on never sends it back.
    """
    others = [*heights[:of], *heights[of + 1 :]]
    at, top = of, sum(heights[:of])
    while at < len(others) and row >= top + max(heights[of], others[at]):
        top += others[at]
        at += 1
    while at > 0 and row < min(top, top - others[at - 1] + heights[of]):
        at -= 1
        top -= others[at]
    return at
