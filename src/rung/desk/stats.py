"""All figures of a year, as pictures made of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from rung.desk import pictures
from rung.desk.sheet import SCROLL, Sheet

if TYPE_CHECKING:
    from rich.text import Text

    from rung.desk.app import Desk


class Stats(Sheet):
    """What `rung stats --html` tells."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        *SCROLL,
        Binding("q,escape,t", "app.pop_screen", "Home"),
    ]

    def on_mount(self) -> None:
        seat = self.app.seat
        self.figures = seat.store.statistics(seat.workspace, seat.clock.day())

    def told(self, width: int) -> Text:
        from rich.text import Text

        shown = Text(f"Statistics as of {self.figures.day:%A, %d %B %Y}\n", style="bold")
        parts = list(pictures.parts(self.figures, width))
        for heading, rows in parts or [("", ["There are no answers yet. Your first review begins the figures."])]:
            shown.append(f"\n{heading}\n" if heading else "\n", style="bold")
            shown.append("\n".join(rows) + "\n", style="not bold")
        return shown
