"""One of the flags, for the card that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

FLAGS = range(8)


class Flag(ModalScreen[int | None]):
    """Gives the number that was picked, 0 to take the flag away, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        *(Binding(str(number), f"pick({number})", "flag", show=False) for number in FLAGS),
        Binding("escape,q,g", "dismiss(None)", "Back", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static("Flag this card: 1 to 7. 0 takes its flag away, Esc leaves it.", id="flags")

    def action_pick(self, number: int) -> None:
        self.dismiss(number)
