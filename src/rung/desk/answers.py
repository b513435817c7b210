"""Where an answer is given: options to pick, points to tick, a line to type on; panels to order are in `order`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from rung import rendered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from rung.model import Option


SHORT = 60  # characters of an option that needs no room around it
UNPICKED = "Nothing is picked yet: type a letter, or use the arrows, then Enter."
UNTICKED = "Nothing is ticked. Enter once more leaves it so."
EMPTY = "Nothing is typed. Enter once more shows the back."


class Given(Message):
    """The learner's answer, as it would be typed, `by` the widget that it was given to: keys that come fast may reach one
    that has had its answer."""

    def __init__(self, by: Panels | Line, words: str) -> None:
        super().__init__()
        self.by, self.words = by, words


class Lacking(Message):
    """Enter came `by` a widget before any answer was given to it; `words` say what it lacks."""

    def __init__(self, by: Panels | Line, words: str) -> None:
        super().__init__()
        self.by, self.words = by, words


def long(option: Option) -> bool:
    """Whether it needs room around it."""
    return len(option.text) > SHORT


class Panel(Static):
    """An option; `mark` stands before its letter."""

    ALLOW_SELECT = False  # else a drag would select its words

    def __init__(self, option: Option) -> None:
        super().__init__(classes="panel long" if long(option) else "panel")
        self.option = option
        self.mark = ""
        self.here = False  # whether the cursor is on it

    def render(self) -> Any:
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 1))
        cursor = " " if not self.here else "»" if self.has_class("grabbed") else "›"
        letter = Text(f"{cursor} {self.mark}{self.option.letter}.")  # else Rich would take [x] for a style
        grid.add_row(letter, rendered.markdown(self.option.text))
        return grid


class Panels(Vertical, can_focus=True, inherit_bindings=False):
    """Options below each other; the cursor is on none until it is moved, so that an Enter too many picks nothing.

    `lacks` says what there is to do before Enter gives the answer; it is empty where Enter does.
    """

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("down,j", "move(1)", "down", show=False),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("enter,space", "give", "answer", show=False),
    ]
    BEGINS = -1  # where the cursor is at first; -1 is nowhere

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.options = options
        self.at = self.BEGINS
        self.lacks = UNPICKED

    def compose(self) -> ComposeResult:
        yield from map(Panel, self.options)

    def on_mount(self) -> None:
        self.point(self.BEGINS)

    @property
    def panels(self) -> list[Panel]:
        return list(self.query(Panel))

    def point(self, at: int) -> None:
        """Put the cursor on a panel, the last one at most."""
        panels = self.panels
        self.at = min(at, len(panels) - 1)
        for place, panel in enumerate(panels):
            if panel.here != (place == self.at):
                panel.here = place == self.at
                panel.set_class(panel.here, "here")
                panel.refresh()
        if self.at >= 0:
            panels[self.at].scroll_visible(animate=False)

    def action_move(self, by: int) -> None:
        self.lacks = ""
        self.point(max(0, self.at + by))

    def action_give(self) -> None:
        if self.lacks:
            self.post_message(Lacking(self, self.lacks))
            self.lacks = "" if self.at >= 0 else self.lacks
        else:
            self.post_message(Given(self, self.words()))

    def on_key(self, event: events.Key) -> None:
        letter = (event.character or "").upper()
        if letter and letter in (option.letter for option in self.options):
            event.stop()
            self.letter(letter)

    def on_click(self, event: events.Click) -> None:
        if isinstance(event.widget, Panel):
            self.clicked(event.widget)

    def clicked(self, panel: Panel) -> None:
        self.point(self.panels.index(panel))
        self.letter(panel.option.letter)

    def renew(self, options: Sequence[Option]) -> None:
        """Put other texts behind the same letters."""
        texts = {option.letter: option for option in options}
        for panel in self.panels:
            panel.option = texts[panel.option.letter]
            panel.set_class(long(panel.option), "long")
            panel.refresh(layout=True)

    def words(self) -> str:
        """The answer as it stands."""
        return self.panels[self.at].option.letter

    def letter(self, letter: str) -> None:
        """What a letter, or a click, does."""
        self.post_message(Given(self, letter))


class Ticks(Panels):
    """Points to tick: a letter, Space or a click turns one over."""

    BINDINGS = [Binding("space", "turn", "tick", show=False)]  # noqa: RUF012
    BEGINS = 0

    def __init__(self, options: Sequence[Option], lacks: str = UNTICKED) -> None:
        super().__init__(options)
        self.lacks = lacks
        self.ticked: set[str] = set()

    def on_mount(self) -> None:  # Textual calls that of Panels, too
        self.show()

    def show(self) -> None:
        for panel in self.panels:
            mark = f"[{'x' if panel.option.letter in self.ticked else ' '}] "
            if panel.mark != mark:
                panel.refresh(layout=not panel.mark)
                panel.mark = mark

    def action_turn(self) -> None:
        self.letter(self.panels[self.at].option.letter)

    def letter(self, letter: str) -> None:
        self.ticked ^= {letter}
        self.lacks = ""
        self.show()

    def words(self) -> str:
        return "".join(sorted(self.ticked)) or "-"


class Line(Input):
    """A line to type numbers or words on."""

    def __init__(self, how: str) -> None:
        super().__init__(placeholder=how, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.give(event.value.strip())

    def give(self, words: str) -> None:
        self.post_message(Given(self, words))


class Number(Line):
    """A line for numbers; the first Enter on an empty one only says that it is."""

    lacks = EMPTY

    def give(self, words: str) -> None:
        if self.lacks and not words:
            self.post_message(Lacking(self, self.lacks))
            self.lacks = ""
        else:
            super().give(words)
