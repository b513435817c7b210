"""What is asked before cards are marked: a few words, or a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult


class Ask(ModalScreen[str]):
    """A line to type on. `wrong` says what is wrong with the words, and nothing where they will do."""

    BINDINGS = [Binding("escape", "app.pop_screen", "Back")]  # noqa: RUF012 - Textual's own way

    def __init__(self, question: str, wrong: Callable[[str], str]) -> None:
        super().__init__()
        self.question, self.wrong = question, wrong

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Static(Text(f"{self.question}. Esc leaves it."))
            yield Input(id="words", compact=True)
            yield Static(id="wrong")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        words = event.value.strip()
        if wrong := self.wrong(words):
            self.query_one("#wrong", Static).update(Text(wrong))
        else:
            self.dismiss(words)


class Sure(ModalScreen[None]):
    """A question that y answers with yes; n, or Esc, leaves it. `yes` is what is done then."""

    BINDINGS = [Binding("y", "yes", "Yes"), Binding("n,escape", "app.pop_screen", "No")]  # noqa: RUF012

    def __init__(self, question: str, yes: Callable[[], None]) -> None:
        super().__init__()
        self.question, self.yes = question, yes

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Static(Text(f"{self.question} y/n"))

    def action_yes(self) -> None:
        self.dismiss()
        self.yes()
