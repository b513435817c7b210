"""Where the desk begins: what the day holds, what has been learnt, and a key for each thing to do."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung import lines
from rung.desk.drills import Drills
from rung.desk.keys import Keys
from rung.desk.review import Review
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.app import ComposeResult

    from rung.desk.app import Desk
    from rung.session import Sitting

COMING = 14  # days
BEFORE_BAR = 18  # columns of a day before its bar
WIDEST, NARROWEST = 30, 10  # columns of a bar
WIDE = 100  # columns of a screen that has room for the widest
MARGINS = 6  # columns around and between, that of the scroll bar among them
COURSE = 60  # columns at most
SHARES = 37  # columns of what is learnt at four levels, and before it


class Home(Screen[None]):
    """The first screen."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("r,enter", "review", "Review"),
        Binding("a", "ahead", "Ahead"),
        Binding("p", "practice", "Practise"),
        Binding("b", "browse", "Browse"),
        Binding("d", "drill", "Drill"),
        Binding("z", "quiz", "Quiz"),
        Binding("t", "stats", "Stats"),
        Binding("l", "plan", "Plan", show=False),  # the plan's own line names it
        Binding("q", "app.quit", "Quit"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="home"):
            yield Static(id="today")
            with Horizontal(id="columns"):
                yield Static(id="coming")
                yield Static(id="courses")
        yield Keys(self.BINDINGS)

    phase = ""  # of the plan; known once the decks are read, for which the first paint does not wait
    told_for = 0  # columns

    def on_screen_resume(self) -> None:
        self.tell(self.app.size.width)
        if not self.phase and self.plan_line():
            self.call_after_refresh(self.tell_phase)

    def tell_phase(self) -> None:
        with suppress(CannotGoOn):  # the plan's own screen says what is wrong
            if planned := self.app.planned():
                self.phase = planned[0].today.phase.name
                self.tell(self.app.size.width)

    def on_resize(self, event: events.Resize) -> None:
        if event.size.width != self.told_for:
            self.tell(event.size.width)

    def tell(self, width: int) -> None:
        from rich.text import Text

        self.told_for = width
        bar = WIDEST if width >= WIDE else NARROWEST
        beside = width - MARGINS - BEFORE_BAR - bar
        for id_, rows in (
            ("today", self.today()),
            ("coming", self.coming(bar)),
            ("courses", self.courses(min(beside, COURSE))),
        ):
            heading, *others = rows
            shown = Text.assemble((heading, "bold"), *(f"\n{row}" for row in others))
            self.query_one(f"#{id_}", Static).update(shown)

    def today(self) -> Iterator[str]:
        seat, settings = self.app.seat, self.app.settings
        day = seat.clock.day()
        left = seat.store.today(seat.workspace, day, settings.reviews_per_day, settings.new_per_day)
        done = next(iter(seat.store.days(day)), None)
        yield f"{day:%A, %d %B %Y}"
        yield self.plan_line()
        if left.due or left.new or left.again:
            yield f"{left.due:,} due, {left.new:,} new, {left.again:,} again"
        else:
            yield self.nothing_due()
        answers, took = (done.answers, done.took) if done else (0, 0)
        spent = lines.answers(answers, took)
        yield f"{spent[:1].upper()}{spent[1:]} today; a streak of {lines.plural(seat.store.streak(day), 'day')}"

    def nothing_due(self) -> str:
        """Why there is nothing to ask, and when there will be."""
        seat = self.app.seat
        day = seat.clock.day()
        if due := seat.store.count_due(seat.workspace, day):
            return f"The day's limit is reached; {due:,} more {'is' if due == 1 else 'are'} due."
        if coming := seat.store.next_due(seat.workspace, day):
            return (
                f"Nothing is due. Next: {lines.plural(coming.count, 'card')} on {coming.day:%A, %d %B}; a learns ahead."
            )
        return "Nothing is due, and nothing is waiting."

    def plan_line(self) -> str:
        """How far off the interview is, and in which phase; empty without a plan."""
        seat = self.app.seat
        plan, day = seat.store.plan(), seat.clock.day()
        if plan is None or plan.left(day) < 0:
            return ""
        left = (
            f"{lines.plural(plan.left(day), 'day')} to your interview" if plan.left(day) else "Your interview is today"
        )
        return f"{left}{f': {self.phase}' if self.phase else ''}. l shows the plan."

    def coming(self, widest: int) -> Iterator[str]:
        seat = self.app.seat
        day = seat.clock.day()
        forecast = seat.store.forecast(seat.workspace, day, COMING)
        most = max(*forecast, 1)
        yield f"The next {COMING} days"
        for ahead, due in enumerate(forecast):
            bar = "█" * round(widest * due / most) or ("▏" if due else "")
            yield f"{day + timedelta(days=ahead):%a %d %b}  {due:>4}  {bar}".rstrip()

    def courses(self, width: int) -> Iterator[str]:
        """How much is learnt of each course, and of its cards at each level."""
        seat = self.app.seat
        yield "Learnt"
        for place, (course, levels) in enumerate(groupby(seat.store.courses(seat.workspace), lambda row: row.course)):
            rows = list(levels)
            cards, learnt = sum(row.cards for row in rows), sum(row.learnt for row in rows)
            counts = f"{learnt:,} of {cards:,}"
            width = max(width, len(counts) + 3)  # of a name something shows, however narrow the terminal
            name = lines.cut(course, width - len(counts) - 2)
            shares = " ".join(f"{row.level} {lines.percent(row.learnt, row.cards)}" for row in rows if row.level)
            room = max(1, width - SHARES)
            bar = "━" * round(room * learnt / cards)
            if place:
                yield ""
            yield f"{name:<{width - len(counts)}}{counts}"
            yield f"{bar:─<{room}}  {shares}".rstrip()

    def action_review(self) -> None:
        self.begin(self.app.seat.daily(self.app.settings), self.nothing_due)

    def action_ahead(self) -> None:
        self.begin(self.app.seat.ahead(self.app.settings), lambda: "No card has a later day.")

    def action_practice(self) -> None:
        self.begin(self.app.seat.practice(), lambda: "There are no cards here.")

    def action_browse(self) -> None:
        from rung.desk.browse import Browse  # not before, for the desk is to stand soon

        self.app.push_screen(Browse())

    def action_drill(self) -> None:
        self.app.push_screen(Drills())

    def action_quiz(self) -> None:
        from rung.desk.quizzes import Quizzes  # not before, for the desk is to stand soon

        self.app.push_screen(Quizzes())

    def action_stats(self) -> None:
        from rung.desk.stats import Stats  # here, for the first paint waits for none of it

        self.app.push_screen(Stats())

    def action_plan(self) -> None:
        from rung.desk.plan import Planned  # nor for this

        self.app.push_screen(Planned())

    def begin(self, sitting: Sitting, why_not: Callable[[], str]) -> None:
        if sitting.next is None:
            self.notify(why_not())
            return
        self.app.seat.sitting = sitting
        self.app.push_screen(Review())
