"""The keys of a screen, over that screen, until any key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

REVIEW = {
    "Space, Enter": "the back; then accept the grade in brackets",
    "1 2 3 4": "on the back: Again, Hard, Good, Easy",
    "to pick": "a letter, a click, or arrows and Enter",
    "to order": "Shift with an arrow moves one; or Space grabs it, or the mouse drags it; or type the letters from the top; "
    "Enter answers",
    "to type": "Enter answers; Esc leaves the line, Enter goes back to it",
    "u": "take back what you did last",
    "s or -, @": "bury until tomorrow, suspend",
    "g, then 1 to 7": "flag the card",
    "e": "edit the note in your editor",
    "i": "all about this card",
    "Page Up, Down": "scroll a long card",
    "q or Esc": "home; every grade is kept",
}
QUIZ = {
    "Space, Enter": "the back; then accept the grade in brackets, or go on",
    "1 2 3 4": "on the back, where nothing is scored: Again, Hard, Good, Easy",
    "to pick": "a letter, a click, or arrows and Enter; y and n say yes and no",
    "to order": "Shift with an arrow moves one; or Space grabs it, or the mouse drags it; or type the letters from the top; "
    "Enter answers",
    "to type": "Enter answers; Esc leaves the line, Enter goes back to it",
    "u": "take back the last answer of this quiz, and be asked again",
    "Page Up, Down": "scroll",
    "q or Esc": "sum up; every answer is kept",
}
BROWSE = {
    "/": "to the search; Enter, Esc or ↓ comes back",
    "j k, arrows": "another card; J, K or Shift with an arrow scroll the one below",
    "Space, *": "pick the card, all that were found; marks are of those, else of the card at hand",
    "@, s, r": "suspend or unsuspend, bury until tomorrow, make new again",
    "d, t, f": "set the due day, tag, flag",
    "u": "take the last mark back, of all its cards",
    "i or Enter": "all about the card",
    "q or Esc": "home",
    "last column": "@ suspended, s buried until tomorrow, L a leech, R retired, f3 flag 3, t tagged",
}


class Help(ModalScreen[None]):
    """What each of `keys` does. Any key, or a click, closes it, and does nothing else."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        self.keys = keys

    def compose(self) -> ComposeResult:
        rows = Table.grid(padding=(0, 2))
        for key, does in self.keys.items():
            rows.add_row(Text(key, "bold"), Text(does))
        with VerticalScroll(id="help", can_focus=False) as place:
            place.border_title = "Keys"
            place.border_subtitle = "any key closes this"
            yield Static(rows)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        self.dismiss()
