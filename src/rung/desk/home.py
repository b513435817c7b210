"""Where the desk begins: what the day holds, what has been learnt, and a key for each thing to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, Static

from rung import lines
from rung.cardfile import card_of
from rung.desk.drills import Drills
from rung.desk.quiz import Quiz
from rung.desk.review import Review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from rung.desk.app import Desk

COMING = 14  # days
WIDEST = 30  # characters of a bar


class Home(Screen[None]):
    """The first screen."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("r,enter", "review", "Review"),
        Binding("a", "ahead", "Learn ahead"),
        Binding("p", "practice", "Practise"),
        Binding("b", "browse", "Browse"),
        Binding("d", "drill", "Drill"),
        Binding("z", "quiz", "Quiz"),
        Binding("t", "stats", "Statistics"),
        Binding("q", "app.quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="home"):
            yield Static(id="today")
            yield Static(id="coming")
            yield Static(id="courses")
        yield Footer()

    def on_screen_resume(self) -> None:
        for id_, rows in (("today", self.today()), ("coming", self.coming()), ("courses", self.courses())):
            self.query_one(f"#{id_}", Static).update("\n".join(rows))

    def today(self) -> Iterator[str]:
        seat, settings = self.app.seat, self.app.settings
        day = seat.clock.day()
        left = seat.store.today(seat.workspace, day, settings.reviews_per_day, settings.new_per_day)
        done = next(iter(seat.store.days(day)), None)
        yield f"{day:%A, %d %B %Y}"
        yield ""
        if left.due or left.new or left.again:
            yield f"{left.due:,} due, {left.new:,} new, {left.again:,} again"
        else:
            yield f"Nothing is due{f'; next on {left.next:%A, %d %B}' if left.next else ''}. a learns ahead."
        answers = done.answers if done else 0
        yield f"{lines.plural(answers, 'answer')} today; a streak of {lines.plural(seat.store.streak(day), 'day')}"

    def coming(self) -> Iterator[str]:
        seat = self.app.seat
        day = seat.clock.day()
        forecast = seat.store.forecast(seat.workspace, day, COMING)
        most = max(*forecast, 1)
        yield f"The next {COMING} days"
        for ahead, due in enumerate(forecast):
            bar = "█" * round(WIDEST * due / most) or ("▏" if due else "")
            yield f"{day + timedelta(days=ahead):%a %d %b}  {due:>4}  {bar}".rstrip()

    def courses(self) -> Iterator[str]:
        seat = self.app.seat
        held: dict[str, list[int]] = {}
        for row in seat.store.decks(seat.workspace, seat.clock.day()):
            cards, new = held.setdefault(row.course, [0, 0])
            held[row.course] = [cards + row.cards, new + row.new]
        longest = max(map(len, held), default=0)
        yield "Courses"
        for course, (cards, new) in held.items():
            begun = cards - new
            bar = "━" * round(20 * begun / cards) if cards else ""
            yield f"{course:<{longest}}  {bar:─<20}  {begun:,} of {cards:,}"

    def action_review(self) -> None:
        self.begin(self.app.seat.daily(self.app.settings))

    def action_ahead(self) -> None:
        self.begin(self.app.seat.ahead(self.app.settings))

    def action_practice(self) -> None:
        self.begin(self.app.seat.practice())

    def action_browse(self) -> None:
        from rung.desk.browse import Browse  # not before, for the desk is to stand soon

        self.app.push_screen(Browse())

    def action_drill(self) -> None:
        self.app.push_screen(Drills())

    def action_quiz(self) -> None:
        seat = self.app.seat
        ladders = [card_of(line) for line in seat.store.lines(seat.workspace, note_type="ladder")]
        quiz = Quiz(ladders, seat.clock.now() % 100_000)
        if quiz.cards:
            self.app.push_screen(quiz)
        else:
            self.notify("There are no ladders here.")

    def action_stats(self) -> None:
        from rung.desk.stats import Stats  # here, for the first paint waits for none of it

        self.app.push_screen(Stats())

    def begin(self, sitting: object) -> None:
        from rung.session import Sitting

        assert isinstance(sitting, Sitting)
        if sitting.next is None:
            self.notify("There is nothing to ask.")
            return
        self.app.seat.sitting = sitting
        self.app.push_screen(Review())
