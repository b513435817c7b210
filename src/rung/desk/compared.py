"""A text of the learner's beside the model solution, and the texts of attempts before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung import rated, rendered
from rung.desk.keys import Keys
from rung.draft import sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from rung.drilling import Attempt
    from rung.model import Card


def beside(own: str, solution: str) -> Vertical:
    """The learner's own text of a section, and beside it, or below where the screen is narrow, the model solution."""
    return Vertical(
        Vertical(Static("You", classes="you"), Static(rendered.own(own or "Nothing."))),
        Vertical(Static("Model solution", classes="you"), Static(rendered.markdown(solution))),
        classes="beside",
    )


class Past(Screen[None]):
    """The attempts at a drill, one at a time, the last one first."""

    CSS_PATH = "drill.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual's own way
    BINDINGS = [  # noqa: RUF012
        Binding("left,h", "earlier", "Earlier"),
        Binding("right,l", "later", "Later"),
        Binding("down,j", "line(1)", "down", show=False),
        Binding("up,k", "line(-1)", "up", show=False),
        Binding("space,pagedown", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-1)", "up", show=False),
        Binding("escape,q,p", "app.pop_screen", "Back"),
    ]

    def __init__(self, card: Card, attempts: Sequence[Attempt]) -> None:
        super().__init__()
        self.card, self.attempts = card, attempts
        self.place = len(attempts) - 1

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="title")
            yield Vertical(id="answer")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        self.show()

    def show(self) -> None:
        """The attempt at hand: its figures, then each section beside the model solution."""
        attempt = self.attempts[self.place]
        names = dict(sections_of(self.card))
        solved = {each.id: each.text for each in self.card.content.solution}
        figures = rated.brief(self.card, self.attempts)[self.place]
        self.query_one("#head", Static).update(Text(f"{self.card.note}  attempts so far: {len(self.attempts)}"))
        self.query_one("#title", Static).update(Text(figures))
        shown: list[Static | Vertical] = []
        for id_ in [*names, *(id_ for id_ in attempt.answer if id_ not in names)]:
            shown += [
                Static(Text(names.get(id_, id_)), classes="section"),
                beside(attempt.answer.get(id_, ""), solved.get(id_, "There is no such section any more.")),
            ]
        if not attempt.answer:
            shown.insert(0, Static("The log has no text of this attempt."))
        place = self.query_one("#answer", Vertical)
        place.remove_children()
        place.mount(Vertical(*shown, classes="shown"))
        self.query_one("#card").scroll_home(animate=False)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first attempt and behind the last."""
        return {"earlier": self.place > 0, "later": self.place + 1 < len(self.attempts)}.get(action, True)

    def action_earlier(self) -> None:
        self.place -= 1
        self.show()

    def action_later(self) -> None:
        self.place += 1
        self.show()

    def action_line(self, by: int) -> None:
        self.query_one("#card").scroll_relative(y=by, animate=False, immediate=True)

    def action_scroll(self, by: int) -> None:
        card = self.query_one("#card")
        (card.scroll_page_down if by > 0 else card.scroll_page_up)(animate=False)
