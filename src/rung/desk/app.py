"""The app: its screens, and what they work on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from rung.desk.home import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rung.model import Card
    from rung.seat import Seat
    from rung.settings import Settings


class Desk(App[None]):
    """`edited` lets the learner edit a card's note, and says what came of it; `kept` gives the fields of the notes of a type
    that stay beside their cards, by `<deck>/<note>`, or raises CannotGoOn."""

    CSS_PATH = "desk.tcss"
    TITLE = "Rung"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        seat: Seat,
        settings: Settings,
        edited: Callable[[Card], str],
        kept: Callable[[str], Mapping[str, Any]] = lambda _: {},
    ) -> None:
        super().__init__(ansi_color=True)
        self.seat, self.settings, self.edited, self.kept = seat, settings, edited, kept

    def on_mount(self) -> None:
        self.push_screen(Home())
