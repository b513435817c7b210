"""Where an answer is given: options to pick, panels to order, a line to type on, points to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from rung import rendered
from rung.model import Expects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from rung.model import Option, Question


SHORT = 60  # characters of an option that needs no room around it
AT_EDGE = 0.1  # seconds until a panel that is held at the edge of the screen goes a line further


class Given(Message):
    """The learner's answer, as it would be typed, `by` the widget that it was given to: keys that come fast may reach one
    that has had its answer."""

    def __init__(self, by: Panels | Line, words: str) -> None:
        super().__init__()
        self.by, self.words = by, words


class Panel(Static):
    """An option; `mark` stands before its letter."""

    ALLOW_SELECT = False  # else a drag would select its words

    def __init__(self, option: Option) -> None:
        super().__init__(classes="panel")
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
    """Options below each other, one of which the cursor is on."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("down,j", "move(1)", "down", show=False),
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("enter", "give", "answer", show=False),
    ]

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self.options = options
        self.at = 0

    def compose(self) -> ComposeResult:
        yield from map(Panel, self.options)

    def on_mount(self) -> None:
        self.point(0)

    @property
    def panels(self) -> list[Panel]:
        return list(self.query(Panel))

    def point(self, at: int) -> None:
        """Put the cursor on a panel."""
        panels = self.panels
        self.at = max(0, min(at, len(panels) - 1))
        for place, panel in enumerate(panels):
            panel.here = place == self.at
            panel.set_class(panel.here, "here")
            panel.set_class(len(panel.option.text) > SHORT, "long")
            panel.refresh(layout=True)
        panels[self.at].scroll_visible(animate=False)

    def action_move(self, by: int) -> None:
        self.point(self.at + by)

    def action_give(self) -> None:
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
            panel.set_class(len(panel.option.text) > SHORT, "long")
            panel.refresh(layout=True)

    def words(self) -> str:
        """The answer as it stands."""
        return self.panels[self.at].option.letter

    def letter(self, letter: str) -> None:
        """What a letter, or a click, does."""
        self.post_message(Given(self, letter))


class Order(Panels):
    """Panels to put in order: J and K, or Shift with an arrow, move one; so do the arrows once Space has grabbed it, and
    the mouse while its button is down. Letters put theirs next, from the top."""

    BINDINGS = [  # noqa: RUF012
        Binding("J,shift+down", "carry(1)", "move down", show=False),
        Binding("K,shift+up", "carry(-1)", "move up", show=False),
        Binding("space", "grab", "grab", show=False),
    ]

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(options)
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
            panel.set_class(on and place == self.at, "grabbed")
            panel.refresh(layout=True)

    def put(self, of: int, to: int) -> None:
        """Move the panel at one place to another."""
        panels = self.panels
        if 0 <= to < len(panels) and to != of:
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
            seen.scroll_relative(y=-1, animate=False)
        elif self.pointer >= seen.region.bottom - 1:
            seen.scroll_relative(y=1, animate=False)


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


class Ticks(Panels):
    """Points to tick: a letter, Space or a click turns one over."""

    BINDINGS = [Binding("space", "turn", "tick", show=False)]  # noqa: RUF012

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(options)
        self.ticked: set[str] = set()

    def on_mount(self) -> None:  # Textual calls that of Panels, too
        self.show()

    def show(self) -> None:
        for panel in self.panels:
            panel.mark = f"[{'x' if panel.option.letter in self.ticked else ' '}] "
            panel.refresh(layout=True)

    def action_turn(self) -> None:
        self.letter(self.panels[self.at].option.letter)

    def letter(self, letter: str) -> None:
        self.ticked ^= {letter}
        self.show()

    def words(self) -> str:
        return "".join(sorted(self.ticked)) or "-"


class Line(Input):
    """A line to type numbers or words on."""

    def __init__(self, how: str) -> None:
        super().__init__(placeholder=how, select_on_focus=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Given(self, event.value.strip()))


def for_question(question: Question) -> Iterator[Panels | Line]:
    """What a question is answered with; nothing for a thought."""
    if question.expects is Expects.LETTER:
        yield Panels(question.options)
    elif question.expects is Expects.LETTERS:
        yield Order(question.options)
    elif question.expects in (Expects.NUMBER, Expects.NUMBERS):
        yield Line(question.how)
