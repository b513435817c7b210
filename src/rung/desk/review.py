"""Reviewing, one card at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from rung import rendered, session
from rung.desk import drill, progress
from rung.desk.answering import for_question, how
from rung.desk.answers import Given, Lacking, Line, Panels, Ticks
from rung.desk.flag import Flag
from rung.desk.help import REVIEW, Help
from rung.desk.info import Info
from rung.desk.layout import card_layout
from rung.model import Expects, NotAnAnswer, Score
from rung.seat import taken_back

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from rung.desk.app import Desk
    from rung.seat import Asked


class Review(Screen[None]):
    """A sitting. On the question's side `score` is None."""

    app: Desk
    asked: Asked | None = None
    score: Score | None = None
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("space,enter", "go", "Go on"),
        *(Binding(key, f"grade('{key}')", session.BUTTONS[grade]) for key, grade in session.KEYS.items()),
        Binding("u", "undo", "Undo"),
        Binding("s,minus", "bury", "Bury"),
        Binding("at,@", "suspend", "Suspend", show=False),
        Binding("e", "edit", "Edit", show=False),
        Binding("g", "flag", "Flag", show=False),
        Binding("i", "info", "Info", show=False),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "home", "Home"),
        Binding("escape", "leave", "Home", show=False),
        Binding("pagedown,ctrl+d", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-1)", "up", show=False),
        Binding("down,j", "line(1)", "down", show=False),
        Binding("up,k", "line(-1)", "up", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield from card_layout(self.BINDINGS)

    def on_mount(self) -> None:
        self.seat = self.app.seat
        self.words, self.took, self.since = "", 0, 0
        self.started = self.seat.clock.elapsed()
        self.set_interval(1, self.tell_head)
        self.ask()

    def on_resize(self) -> None:
        self.tell_head()

    # ── the question ──

    def ask(self) -> None:
        """Show the next card's question, or how the sitting went."""
        self.asked, self.score = self.seat.next(), None
        if self.asked is None:
            self.sum_up()
            return
        question = self.asked.question
        self.since = self.seat.clock.elapsed()
        self.tell_head()
        self.show_question()
        self.query_one("#back", Static).update("")
        self.put(*for_question(question))
        if question.expects is Expects.DRILL:
            self.said("foot", "Enter opens the drill; s buries it.")
            return
        self.said("foot", how(question))
        self.query_one("#card").scroll_home(animate=False)

    def show_question(self) -> None:
        assert self.asked is not None
        self.said("title", self.asked.card.title)
        self.query_one("#prompt", Static).update(rendered.markdown(self.asked.question.prompt))

    def put(self, *widgets: Widget) -> None:
        """Put widgets where the answer is given, in the place of those that are there."""
        place = self.query_one("#answer", Vertical)
        self.gone = place.remove_children()
        place.mount(*widgets)
        self.set_focus(widgets[0] if widgets else None)
        self.refresh_bindings()

    def on_lacking(self, event: Lacking) -> None:
        event.stop()
        if event.by is self.focused:
            self.said("foot", event.words)

    def on_given(self, event: Given) -> None:
        """An answer, or the points that were ticked on the back."""
        event.stop()
        if self.asked is None or event.by is not self.focused:
            return
        if self.score is not None:
            if self.query(Ticks):
                self.scored(event.words, 0)
                self.accept(session.suggested(self.score)[0])
            return
        took = self.seat.clock.elapsed() - self.since
        if not event.words and self.asked.question.expects in session.GIVEN:
            self.reveal("", session.NO_ANSWER, took)
        elif self.scored(event.words, took):
            assert self.score is not None
            self.reveal(event.words, self.score, took)

    def scored(self, words: str, took: int) -> bool:
        """Score what was given; tells what would be an answer where it is none."""
        assert self.asked is not None
        try:
            self.score = session.score(self.asked.card, self.asked.question, words, took)
        except NotAnAnswer as error:
            self.said("foot", str(error))
            return False
        self.words = words
        return True

    # ── the back ──

    def reveal(self, words: str, score: Score, took: int) -> None:
        assert self.asked is not None
        question = self.asked.question
        self.words, self.score, self.took = words, score, took
        self.show_back()
        self.put(*([Ticks(question.options)] if question.expects is Expects.TICKS else []))
        self.tell_grades()
        self.call_later(self.scroll_to_back)

    async def scroll_to_back(self) -> None:
        """Show the back from its top, once what stood above it is gone and all is laid out."""
        await self.gone
        self.call_after_refresh(self.query_one("#back").scroll_visible, animate=False, top=True)

    def show_back(self) -> None:
        assert self.asked is not None
        assert self.score is not None
        card = self.asked.card
        ticks = self.asked.question.expects is Expects.TICKS
        markdown = session.beside_points(card) if ticks else session.back(card, self.asked.question, self.words)
        remarks = "".join(f"\n\n**{remark}**" for remark in self.score.remarks)
        source = f"*{card.id}*  \n*{self.seat.source(card)}*"
        self.query_one("#back", Static).update(rendered.markdown(f"{markdown}{remarks}\n\n{source}"))

    def tell_grades(self) -> None:
        assert self.asked is not None
        assert self.score is not None
        _, key = session.suggested(self.score)
        day, scheduler = self.seat.clock.day(), self.seat.store.scheduler
        buttons = session.buttons(self.asked.waiting.kind, self.asked.standing, day, scheduler)
        told = (f"[{button}]" if button.startswith(key) else f" {button} " for button in buttons)
        first = "Tick what you said; Enter grades.   " if self.query(Ticks) else ""
        self.said("foot", first + " ".join(told))

    def accept(self, grade: int) -> None:
        assert self.asked is not None
        assert self.score is not None
        self.seat.answer(self.asked, grade, words=self.words, score=self.score, took=self.took)
        self.ask()

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grades are for the back, marks for a card."""
        return {
            "grade": self.score is not None,
            "bury": self.asked is not None,
        }.get(action, True)

    def action_go(self) -> None:
        if self.asked is None:
            self.action_home()
        elif self.score is not None:
            self.accept(session.suggested(self.score)[0])
        elif self.asked.question.expects is Expects.DRILL:
            drill.start(self.app, self.asked, self.drilled)
        elif self.asked.question.expects not in session.GIVEN:
            self.reveal("", Score(), self.seat.clock.elapsed() - self.since)
        else:  # the line was left
            self.set_focus(self.query_one("#answer").children[0])
            self.said("foot", how(self.asked.question))

    def drilled(self, logged: bool | None) -> None:
        """After a drill: the next card, once it is logged."""
        if logged:
            self.ask()

    def action_grade(self, key: str) -> None:
        if self.asked and self.score is not None:
            self.accept(session.chosen(self.score, key))

    def action_undo(self) -> None:
        self.notify(taken_back(self.seat.undo()))
        self.ask()

    def action_bury(self) -> None:
        if self.asked:
            self.seat.bury(self.asked)
            self.notify("Buried until tomorrow.")
            self.ask()

    def action_suspend(self) -> None:
        if self.asked:
            self.seat.suspend(self.asked)
            self.notify(f"Suspended; back with: rung unsuspend {self.asked.card.id}")
            self.ask()

    def action_edit(self) -> None:
        if self.asked is None:
            return
        before, began = self.asked, self.seat.clock.elapsed()
        try:
            with self.app.suspend():
                told = self.app.edited(before.card)
        except SuspendNotSupported:  # nothing to make way in, though the editor may have a window of its own
            told = self.app.edited(before.card)
        self.since += self.seat.clock.elapsed() - began
        self.notify(f"{told} {self.renew(before)}".rstrip())

    def renew(self, before: Asked) -> str:
        """Show the card as it is now, at the same place and with the answer so far where that still fits; what changed,
        in a sentence."""
        now = self.seat.next()
        if now is None or now.waiting != before.waiting:
            self.ask()
            return "The card that you were asked is gone."
        if not session.still_fits(before.question, now.question):
            self.ask()
            return "The card has changed; it is asked anew."
        self.asked = now
        self.show_question()
        for panels in self.query(Panels):
            panels.renew(now.question.options)
        if self.score is not None:
            if self.words and not self.scored(self.words, self.took):
                self.ask()
                return "The card has changed; it is asked anew."
            self.show_back()
            self.tell_grades()
        same = (before.card.title, before.card.content) == (now.card.title, now.card.content)
        return "" if same else "The card has changed; this is its new text."

    def action_flag(self) -> None:
        if self.asked:
            self.app.push_screen(Flag(), self.flagged)

    def flagged(self, number: int | None) -> None:
        if self.asked and number is not None:
            self.asked = self.seat.flag(self.asked, number)
            self.tell_head()

    def action_info(self) -> None:
        if self.asked:
            self.app.push_screen(Info(self.seat, self.asked.card))

    def action_help(self) -> None:
        self.app.push_screen(Help(REVIEW))

    def action_leave(self) -> None:
        """Out of a line that is typed on, else home."""
        if isinstance(self.focused, Line):
            self.set_focus(None)
            self.said("foot", "Enter goes back to the line; keys are commands now.")
        else:
            self.action_home()

    def action_home(self) -> None:
        self.app.pop_screen()

    def action_scroll(self, by: int) -> None:
        card = self.query_one("#card")
        (card.scroll_page_down if by > 0 else card.scroll_page_up)(animate=False)

    def action_line(self, by: int) -> None:
        self.query_one("#card").scroll_relative(y=by, animate=False, immediate=True)

    # ── what is said ──

    def tell_head(self) -> None:
        if self.asked:
            elapsed = self.seat.clock.elapsed() - self.started
            self.said("head", progress.head(self.seat.sitting, self.asked, elapsed, self.app.size.width))

    def said(self, id_: str, words: str) -> None:
        from rich.text import Text

        self.query_one(f"#{id_}", Static).update(Text(words))

    def sum_up(self) -> None:
        coming = self.seat.store.next_due(self.seat.workspace, self.seat.clock.day(), None)
        told = progress.came_to(self.seat.sitting.answers, coming)
        self.said("head", "The sitting is over")
        self.said("title", "")
        self.query_one("#prompt", Static).update(rendered.markdown("\n\n".join(told)))
        self.query_one("#back", Static).update("")
        self.put()
        self.said("foot", "Enter goes home.")
