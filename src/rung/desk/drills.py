"""The drills to choose from, each with how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static

from rung import lines, rated, session, text
from rung.cardfile import card_of
from rung.desk import drill
from rung.desk.keys import Keys
from rung.draft import draft_path
from rung.seat import attempts_of

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from rung.desk.app import Desk
    from rung.model import Card


class Drills(Screen[None]):
    """All drills, in file order."""

    app: Desk
    CSS_PATH = "drill.tcss"
    BINDINGS = [Binding("escape,q", "app.pop_screen", "Home")]  # noqa: RUF012 - Textual's own way

    def compose(self) -> ComposeResult:
        yield Static("Drills: Enter opens one.", id="head")
        yield OptionList(id="drills")
        yield Keys(self.BINDINGS)

    def on_screen_resume(self) -> None:
        seat = self.app.seat
        self.cards = [card_of(line) for line in seat.store.lines(seat.workspace, note_type="drill")]
        listed = self.query_one(OptionList)
        at = listed.highlighted or 0
        listed.clear_options()
        listed.add_options([self.told(card) for card in self.cards] or ["There are no drills here."])
        listed.highlighted = at
        listed.focus()

    def told(self, card: Card) -> Text:
        """A drill with its state, and below it as much of its prompt as there is room for."""
        seat = self.app.seat
        memory = seat.store.standing(card.id).memory
        due = memory is not None and memory.due <= seat.clock.day()
        draft = draft_path(seat.store.database.path, card).exists()
        state = rated.state(attempts_of(seat.store, card), due=due, draft=draft)
        prompt = lines.cut(text.line(card.content.prompt), self.app.size.width - 7)
        return Text(f"{card.note.partition('/')[2]}  {card.content.minutes} min  {state}\n").append(
            f"    {prompt}", "dim"
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if self.cards:
            seat = self.app.seat
            asked = seat.asking(self.cards[event.option_index])
            seat.sitting = session.Sitting((asked.waiting,))
            drill.start(self.app, asked)
