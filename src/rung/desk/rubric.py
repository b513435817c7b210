"""The rubric as a grid: a dimension a row, a level a column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from rung import text
from rung.cards.drill import LEVELS, TOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from rung.cards.drill import Dimension


WIDE = 100  # columns of a screen that has room for what a level looks like


class Cell(Static):
    """A level of a dimension, and where there is room what it looks like."""

    def __init__(self, row: int, level: int, words: str) -> None:
        super().__init__()
        self.row, self.level, self.words = row, level, text.line(words)
        self.told: tuple[bool, bool, bool] | None = None  # whether the cursor is here, it is picked, there is room

    def on_resize(self) -> None:
        if self.told:
            here, picked, _ = self.told
            self.tell(here=here, picked=picked)

    def tell(self, *, here: bool, picked: bool) -> None:
        wide = self.app.size.width >= WIDE
        if (here, picked, wide) == self.told:  # most cells, at most keys
            return
        self.told = (here, picked, wide)
        mark = f"{'›' if here else ' '}({'x' if picked else ' '})"
        name = (f"{mark} {self.level} {LEVELS[self.level]}", "bold" if here else "")
        self.update(Text.assemble(name, f"\n{self.words}\n" if wide else ""))


class Rubric(Vertical, can_focus=True):
    """Arrows go to a cell, Space, Enter or a click picks it, a digit picks in its row; Enter goes on once all are."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("down,j", "move(1, 0)", "down", show=False),
        Binding("up,k", "move(-1, 0)", "up", show=False),
        Binding("right,l", "move(0, 1)", "right", show=False),
        Binding("left,h", "move(0, -1)", "left", show=False),
        Binding("space", "pick", "pick", show=False),
        Binding("enter", "enter", "go on", show=False),
        *(Binding(str(level), f"level({level})", name, show=False) for level, name in enumerate(LEVELS)),
    ]

    class Rated(Message):
        """Every dimension has a level."""

        def __init__(self, levels: tuple[int, ...]) -> None:
            super().__init__()
            self.levels = levels

    def __init__(self, dimensions: Sequence[Dimension], levels: Sequence[int] = ()) -> None:
        super().__init__()
        self.dimensions = dimensions
        self.picked: dict[int, int] = dict(enumerate(levels))
        self.row, self.column = 0, 0

    def compose(self) -> ComposeResult:
        for row, dimension in enumerate(self.dimensions):
            yield Static(Text(text.line(dimension.name)), classes="dimension")
            yield Horizontal(*(Cell(row, level, words) for level, words in enumerate(dimension.levels)))
        yield Static(id="said")

    def on_mount(self) -> None:
        self.tell()

    def tell(self) -> None:
        for cell in self.query(Cell):
            here = (cell.row, cell.level) == (self.row, self.column)
            cell.tell(here=here, picked=self.picked.get(cell.row) == cell.level)
            if here:
                self.query_one("#said", Static).update(Text(f"{LEVELS[cell.level]}: {cell.words}"))
        self.screen.refresh_bindings()

    @property
    def whole(self) -> bool:
        return len(self.picked) == len(self.dimensions)

    def action_move(self, down: int, right: int) -> None:
        self.row = max(0, min(self.row + down, len(self.dimensions) - 1))
        self.column = max(0, min(self.column + right, TOP))
        self.tell()

    def action_level(self, level: int) -> None:
        """Give the row that level, and go on to the next one."""
        self.column = self.picked[self.row] = level
        self.action_move(1, 0)

    def action_pick(self) -> None:
        self.action_level(self.column)

    def action_enter(self) -> None:
        if self.whole:
            self.post_message(self.Rated(tuple(level for _, level in sorted(self.picked.items()))))
        else:
            self.action_pick()

    def on_click(self, event: events.Click) -> None:
        for cell in self.query(Cell):
            if event.widget is cell:
                self.row = cell.row
                self.action_level(cell.level)
