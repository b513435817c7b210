"""The quiz over ladders: order rungs, name levels, find what a rung missed, outside the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from rung import quiz, rendered, session, shuffle
from rung.cards import kind
from rung.desk.answers import Given, for_question
from rung.desk.layout import card_layout
from rung.model import LEVELS, NotAnAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from rung.desk.app import Desk
    from rung.model import Card


class Quiz(Screen[None]):
    """The quiz of that number about `ladders`, the cards of ladders. On the question's side `shown` is False."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter,space", "go", "On"),
        Binding("q,escape", "leave", "Leave"),
        Binding("pagedown,ctrl+d", "scroll(10)", "down", show=False),
        Binding("pageup", "scroll(-10)", "up", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
    ]

    def __init__(self, ladders: Sequence[Card], number: int) -> None:
        super().__init__()
        self.number = number
        self.cards = quiz.questions(ladders, number)
        self.misses = quiz.misses(ladders)
        self.results: list[quiz.Result] = []
        self.shown = self.over = False

    def compose(self) -> ComposeResult:
        yield from card_layout(self.BINDINGS)

    def on_mount(self) -> None:
        self.ask()

    # ── the question ──

    @property
    def card(self) -> Card:
        return self.cards[len(self.results)]

    def ask(self) -> None:
        """Show the next question, or how the quiz went."""
        self.shown = False
        if len(self.results) == len(self.cards):
            self.sum_up()
            return
        self.seed = shuffle.seed(self.card.id, self.number)
        self.asked = kind(self.card.kind).ask(self.card.content, self.seed)
        self.since = self.app.seat.clock.elapsed()
        self.said("head", f"{len(self.results) + 1}/{len(self.cards)}  quiz")
        self.said("title", self.card.title)
        self.said("foot", f"{self.asked.how}; then Enter.")
        self.query_one("#prompt", Static).update(rendered.markdown(self.asked.prompt))
        self.query_one("#back", Static).update("")
        self.put()
        self.query_one("#card").scroll_home(animate=False)

    def put(self) -> None:
        """Show what the question is answered with, or nothing on its back."""
        place = self.query_one("#answer", Vertical)
        place.remove_children()
        widgets = [] if self.shown or self.over else list(for_question(self.asked))
        place.mount(*widgets)
        self.set_focus(widgets[0] if widgets else None)

    def on_given(self, event: Given) -> None:
        """Log an answer before its back is shown."""
        event.stop()
        if self.shown or self.over:
            return
        card, seat, words = self.card, self.app.seat, event.words
        try:
            score = session.score(card, self.asked, words, 0)
        except NotAnAnswer as error:
            self.said("foot", str(error))
            return
        assert score.grade is not None
        took = seat.clock.elapsed() - self.since
        seat.quizzed(self.number, card, self.seed, score.grade, words=words, took=took)
        self.shown = True
        remarks = "".join(f"\n\n**{remark}**" for remark in score.remarks)
        back = f"{session.back(card, self.asked, words)}{remarks}\n\n*{card.note}*"  # the whole id would tell a level
        self.query_one("#back", Static).update(rendered.markdown(back))
        self.said("foot", "Enter goes on.")
        self.put()
        self.results.append(quiz.result(card, self.asked, words, score.grade))
        self.query_one("#back").scroll_visible(animate=False, top=True)

    # ── keys ──

    def action_go(self) -> None:
        if self.over:
            self.dismiss()
        elif self.shown:
            self.ask()

    def action_leave(self) -> None:
        """Sum up, then home; every answer is kept."""
        if self.over or not self.results:
            self.dismiss()
        else:
            self.sum_up()

    def action_scroll(self, by: int) -> None:
        self.query_one("#card").scroll_relative(y=by, animate=False)

    # ── what is said ──

    def said(self, id_: str, words: str) -> None:
        self.query_one(f"#{id_}", Static).update(Text(words))

    def sum_up(self) -> None:
        self.over = True
        self.put()
        levels, titles = list(LEVELS), {card.note: card.title for card in self.cards}
        moves = []
        for name, level, miss in quiz.moves(self.results, self.misses):
            after = levels[levels.index(level) + 1]
            moves.append(f"**{titles[name]}**\n\nThe move that takes you from {level} to {after}: {miss}")
        shares = quiz.shares(self.results, lambda card: card.level or "order of the rungs")
        self.said("head", "The quiz is over")
        self.said("title", "\n".join(quiz.told("level", shares)))
        self.query_one("#prompt", Static).update(rendered.markdown("\n\n".join(moves)))
        self.said("back", f"The same quiz again: rung quiz ladder --seed {self.number}")
        self.said("foot", "Enter goes home.")
        self.query_one("#card").scroll_home(animate=False)
