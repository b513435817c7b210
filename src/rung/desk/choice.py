"""One of several quizzes: a line to type on, and below it those that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from rung.desk.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult

    from rung.desk.offers import Offer


class Choice(Screen["Offer | None"]):
    """`offers` gives what fits the words that are typed, `how` says what may be typed. None where none is picked."""

    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter", "begin", "Begin"),
        Binding("up", "move('cursor_up')", "Up", key_display="↑"),
        Binding("down", "move('cursor_down')", "Down", key_display="↓"),
        Binding("pageup", "move('page_up')", "up", show=False),
        Binding("pagedown", "move('page_down')", "down", show=False),
        Binding("escape", "back", "Back"),
    ]

    def __init__(self, about: str, how: str, offers: Callable[[str], Iterable[Offer]]) -> None:
        super().__init__()
        self.about, self.how, self.offers = about, how, offers
        self.fitting: list[Offer] = []

    def compose(self) -> ComposeResult:
        yield Static(Text(self.about), id="head")
        yield Input(placeholder=self.how, id="narrow", compact=True)
        listed = OptionList(id="offers")
        listed.can_focus = False  # what is typed narrows, whatever was clicked
        yield listed
        yield Static(id="foot")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        self.tell("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.tell(event.value)

    def tell(self, typed: str) -> None:
        """List what fits."""
        self.fitting = list(self.offers(typed))
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Text(offer.label) for offer in self.fitting])
        listed.highlighted = 0 if self.fitting else None
        self.query_one("#foot", Static).update(Text("" if self.fitting else f"Nothing fits. {self.how}"))

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        self.action_begin()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.fitting[event.option_index])

    def action_begin(self) -> None:
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self.fitting[at])

    def action_back(self) -> None:
        self.dismiss(None)

    def action_move(self, how: str) -> None:
        getattr(self.query_one(OptionList), f"action_{how}")()
