"""The table of the cards that a search finds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.measure import Measurement
from rich.padding import Padding
from rich.text import Text
from textual.binding import Binding
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from rung import text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console, ConsoleOptions, RenderResult

COLUMNS = {
    "": 2,
    "question": 0,
    "deck": 0,
    "kind": 10,
    "level": 6,
    "due": 11,
    "ivl": 6,
    "ease": 5,
    "lapses": 7,
    "marks": 6,
}
"""The columns and their widths, the space behind each among them; question and deck share the rest, two to one."""
WIDE = 100  # columns of a screen that has room for all of them
LEFT_OUT = ("deck", "ease", "lapses")  # elsewhere, for the card below and `i` tell them too


class Cell:
    """A place in the table, read when it is seen: of a thousand rows few are."""

    def __init__(self, read: Callable[[], str]) -> None:
        self.read = read

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        return Measurement(0, 0)  # columns have widths of their own

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        words = Text(text.visible(self.read()), no_wrap=True, overflow="ellipsis")
        yield Padding(words, (0, 1, 0, 0))


class Cards(DataTable[Cell]):
    """Cards, a row each. The keys that mark them work while it has the focus."""

    BINDINGS: ClassVar = [
        Binding("space", "screen.pick", "Pick", key_display="spc"),
        Binding("asterisk", "screen.pick_all", "All", key_display="*"),
        Binding("at", "screen.suspend", "Suspend", key_display="@"),
        Binding("s", "screen.bury", "Bury"),
        Binding("r", "screen.reset", "Reset"),
        Binding("d", "screen.due", "Due"),
        Binding("t", "screen.tag", "Tag"),
        Binding("f", "screen.flag", "Flag"),
        Binding("u", "screen.undo", "Undo"),
        Binding("slash", "screen.line", "Find", key_display="/"),
        Binding("i,enter", "screen.info", "Info"),
        Binding("question_mark", "screen.help", "Help", key_display="?"),
        Binding("q", "screen.home", "Home"),
        Binding("escape", "screen.home", "Home", show=False),
        Binding("j", "cursor_down", "down", show=False),
        Binding("k", "cursor_up", "up", show=False),
        Binding("J,shift+down", "screen.scroll(1)", "down", show=False),
        Binding("K,shift+up", "screen.scroll(-1)", "up", show=False),
    ]

    def __init__(self, read: Callable[[str, int], str]) -> None:
        super().__init__(id="found", cursor_type="row", cell_padding=0)
        self.read = read
        self.drawn = 0  # the width for which it was filled

    def fill(self, ids: Iterable[str], width: int) -> None:
        """Write the table anew, and leave the cursor where it is; `read` gives what stands in a row and column."""
        at, top, self.drawn = self.cursor_row, self.scroll_y, width
        shown = {
            name: (place, wide)
            for place, (name, wide) in enumerate(COLUMNS.items())
            if width >= WIDE or name not in LEFT_OUT
        }
        rest = width - sum(wide for _, wide in shown.values()) - 1  # for the scroll bar
        shared = {"question": rest - rest // 3, "deck": rest // 3} if "deck" in shown else {"question": rest}
        self.clear(columns=True)
        for name, (_, wide) in shown.items():
            self.add_column(name, width=max(8, shared[name]) if name in shared else wide)
        for id_ in ids:
            self.add_row(*(Cell(partial(self.read, id_, column)) for column, _ in shown.values()), key=id_)
        self.call_after_refresh(self.scroll_to, y=top, animate=False)
        self.move_cursor(row=at)

    def again(self) -> None:
        """Read all that is seen again. To write one cell is to draw every row anew, and that reads it."""
        if self.row_count:
            here = Coordinate(self.cursor_row, 0)
            self.update_cell_at(here, self.get_cell_at(here))
