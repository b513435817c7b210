"""A quiz, one task at a time, outside the schedule; then how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from rung import lines, rendered, session
from rung.desk.answering import for_question, how
from rung.desk.answers import Given, Lacking, Line, Panels, Ticks
from rung.desk.help import QUIZ, Help
from rung.desk.layout import card_layout
from rung.desk.told import drawn
from rung.model import Expects, NotAnAnswer, Option, Score
from rung.quizzes import Done, Told, Wants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from rung import quizzes
    from rung.desk.app import Desk
    from rung.model import Event
    from rung.quizzes import Task

NO, YES = Option("N", "no", "no"), Option("Y", "yes", "yes")


class Quiz(Screen[None]):
    """A quiz as far as it is `done`, with the row of the log for each answer that has one.

    `before` is what was done when the task `asking` was put; it is None when the quiz is over. `answering` is what it is
    answered with. On the question's side `score` is None; `kept` says that the answer is in `done` while its back is shown.
    """

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter,space", "go", "Go on"),
        *(Binding(key, f"grade('{key}')", session.BUTTONS[grade]) for key, grade in session.KEYS.items()),
        Binding("u", "undo", "Undo"),
        Binding("question_mark", "help", "Help", key_display="?"),
        Binding("q", "leave", "Sum up"),
        Binding("escape", "out", "Sum up", show=False),
        Binding("pagedown,ctrl+d", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-1)", "up", show=False),
        Binding("down,j", "line(1)", "down", show=False),
        Binding("up,k", "line(-1)", "up", show=False),
    ]

    def __init__(self, quiz: quizzes.Quiz) -> None:
        super().__init__()
        self.quiz = quiz
        self.done: list[Done] = []
        self.events: list[Event | None] = []
        self.before: Sequence[Done] = ()
        self.asking: Task | None = None
        self.score: Score | None = None
        self.kept = False
        self.answering: Widget | None = None

    def compose(self) -> ComposeResult:
        yield from card_layout(self.BINDINGS)

    def on_mount(self) -> None:
        self.seat = self.app.seat
        self.began = self.since = self.seat.clock.elapsed()
        self.words, self.took = "", 0
        self.set_interval(1, self.tell_head)
        self.ask()

    @property
    def now(self) -> int:
        """Milliseconds on the quiz's clock."""
        return self.seat.clock.elapsed() - self.began

    # ── the question ──

    def ask(self) -> None:
        """Put the next task, or say how the quiz went."""
        self.before, self.score, self.kept = tuple(self.done), None, False
        self.asking = self.quiz.next(self.before)
        if self.asking is None:
            self.sum_up()
            return
        self.since = self.seat.clock.elapsed()
        task = self.asking
        title = [Told(task.title, "bold")] if task.title else []
        opening = () if self.before else self.quiz.opening
        self.tell_head()
        self.say([*opening, *task.before, *task.said, *title], task.question.prompt)
        self.put(*self.widgets(task))
        self.tell("foot", self.how(task))
        self.query_one("#card").scroll_home(animate=False)

    def say(self, told: Iterable[Told], prompt: str) -> None:
        """Show what is said, then a prompt, on the question's side."""
        told = tuple(told)
        said, shown, back = (self.query_one(f"#{id_}", Static) for id_ in ("title", "prompt", "back"))
        said.update(drawn(told))
        shown.update(rendered.markdown(prompt))
        back.update("")
        said.display, shown.display = bool(told), bool(prompt)

    @staticmethod
    def widgets(task: Task) -> Iterator[Widget]:
        """What the task is answered with; nothing for a thought."""
        if task.wants is Wants.LINE:
            yield Line(task.how)
        elif task.wants is Wants.YES:
            yield Panels((NO, YES))
        else:
            yield from for_question(task.question)

    @staticmethod
    def how(task: Task) -> str:
        """How to answer, for the line below."""
        if task.wants is Wants.LINE:
            return f"{task.how}."
        if task.wants is Wants.YES:
            return f"{task.how} y or n."
        if task.wants is Wants.LETTER:
            return f"{task.how}."
        return how(task.question)

    def put(self, *widgets: Widget) -> None:
        """Put widgets where the answer is given, in the place of those that are there."""
        place = self.query_one("#answer", Vertical)
        self.gone = place.remove_children()
        place.mount(*widgets)
        place.display = bool(widgets)
        self.answering = widgets[0] if widgets else None
        self.set_focus(self.answering)
        self.refresh_bindings()

    def on_lacking(self, event: Lacking) -> None:
        event.stop()
        if event.by is self.focused:
            self.tell("foot", event.words)

    def on_given(self, event: Given) -> None:
        """An answer, or the points that were ticked on the back."""
        event.stop()
        if self.asking is None or event.by is not self.focused:
            return
        if self.asking.wants is Wants.YES:
            self.finish("y" if event.words == YES.letter else "")
        elif self.asking.wants is not Wants.GRADE:
            self.finish(event.words)
        elif self.score is not None:
            self.ticked(self.asking, event.words.removeprefix("-"))  # which stands for none
        else:
            self.given(self.asking, event.words)

    def given(self, task: Task, words: str) -> None:
        """Score an answer, or tell what would be one; none at all is a wrong one."""
        assert task.card is not None
        self.took = self.seat.clock.elapsed() - self.since
        try:
            score = session.score(task.card, task.question, words, 0) if words else session.NO_ANSWER
        except NotAnAnswer as error:
            self.tell("foot", str(error))
            return
        self.reveal(task, words, score)

    # ── the back ──

    def reveal(self, task: Task, words: str, score: Score) -> None:
        """Show the back; an answer that has a grade is logged before."""
        assert task.card is not None
        self.words, self.score = words, score
        if score.grade is not None:
            self.finish(words, score.grade)
        remarks = "".join(f"\n\n**{remark}**" for remark in score.remarks)
        ticks = task.question.expects is Expects.TICKS
        back = session.beside_points(task.card) if ticks else session.back(task.card, task.question, words)
        self.query_one("#back", Static).update(rendered.markdown(f"{back}{remarks}\n\n*{task.source}*"))
        self.put(*([Ticks(task.question.options)] if ticks else []))
        if self.kept:
            self.tell("foot", "Enter goes on.")
        elif ticks:
            self.tell("foot", "Tick what you said; Enter grades.")
        else:
            good = session.suggested(score)[1]
            told = (f"{key} {session.BUTTONS[grade]}" for key, grade in session.KEYS.items())
            self.tell("foot", " ".join(f"[{each}]" if each.startswith(good) else f" {each} " for each in told))
        self.call_later(self.scroll_to_back)

    async def scroll_to_back(self) -> None:
        """Show the back from its top, once what stood above it is gone and all is laid out."""
        await self.gone
        self.call_after_refresh(self.query_one("#back").scroll_visible, animate=False, top=True)

    def ticked(self, task: Task, words: str) -> None:
        """Log the points that were ticked, and go on."""
        assert task.card is not None
        score = session.score(task.card, task.question, words, 0)
        self.finish(words, score.grade)
        self.ask()

    def finish(self, words: str, grade: int | None = None) -> None:
        """Keep an answer, a card's in the log; what has no back is followed by the next task."""
        assert self.asking is not None
        card, event = self.asking.card, None
        if card is not None and grade is not None:
            event = self.seat.quizzed(self.quiz.number, self.asking, grade, words=words, took=self.took)
        self.events.append(event)
        self.done.append(Done(self.asking, words, grade or 0, self.now))
        self.kept = True
        if card is None:
            self.ask()

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grades are for a back that has none."""
        graded = self.asking is None or self.score is None or self.kept or self.answering is not None
        return not graded if action == "grade" else True

    def action_go(self) -> None:
        if self.asking is None:
            self.app.pop_screen()
        elif self.kept:
            self.ask()
        elif self.score is not None:
            self.accept(session.suggested(self.score)[0])
        elif self.answering:
            self.set_focus(self.answering)
            self.tell("foot", self.how(self.asking))
        else:
            self.took = self.seat.clock.elapsed() - self.since
            self.reveal(self.asking, "", Score())

    def action_grade(self, key: str) -> None:
        assert self.score is not None
        self.accept(session.chosen(self.score, key))

    def accept(self, grade: int) -> None:
        self.finish(self.words, grade)
        self.ask()

    def action_undo(self) -> None:
        """Take back the last answer of this quiz, and ask for it again."""
        if not self.done:
            self.notify("There is nothing to take back in this quiz.")
            return
        self.done.pop()
        if event := self.events.pop():
            self.seat.unquizzed(event)
        self.notify("Took back your last answer.", timeout=2)
        self.ask()

    def action_help(self) -> None:
        self.app.push_screen(Help(QUIZ))

    def action_out(self) -> None:
        """Out of a line that is typed on, else of the quiz."""
        if isinstance(self.focused, Line):
            self.set_focus(None)
            self.tell("foot", "Enter goes back to the line; u takes back the last answer, q sums up.")
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Sum up, then home."""
        if self.asking is None or not self.done:
            self.app.pop_screen()
        else:
            self.sum_up()

    def action_scroll(self, by: int) -> None:
        card = self.query_one("#card")
        (card.scroll_page_down if by > 0 else card.scroll_page_up)(animate=False)

    def action_line(self, by: int) -> None:
        self.query_one("#card").scroll_relative(y=by, animate=False, immediate=True)

    # ── what is said ──

    def tell_head(self) -> None:
        if self.asking:
            clock = f"   {lines.clock(self.now)} of {lines.clock(self.quiz.ends)}" if self.quiz.ends else ""
            self.tell("head", f"{self.quiz.head(self.before, self.now)}{clock}")

    def tell(self, id_: str, words: str) -> None:
        self.query_one(f"#{id_}", Static).update(Text(words))

    def sum_up(self) -> None:
        self.asking = None
        self.put()
        self.say(self.quiz.told(self.done, self.now), "")
        self.tell("head", "The quiz is over")
        self.tell("foot", "Enter goes home.")
        self.query_one("#card").scroll_home(animate=False)
