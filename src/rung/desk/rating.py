"""After the writing: the rubric, the model solution beside the own text, the failures, the grade, the attempts so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from rung import rated, rendered, session
from rung.cards.drill import GRADED
from rung.desk.answers import Given, Ticks
from rung.desk.compared import beside
from rung.desk.keys import Keys
from rung.desk.rubric import WIDE, Rubric
from rung.draft import why
from rung.seat import attempts_of
from rung.shuffle import lettered
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from rung.desk.app import Desk
    from rung.draft import Draft
    from rung.rated import Done
    from rung.seat import Asked

RATE = "Rate your answer: arrows and Space, or 0 to 3 in each row. Enter goes on once all are rated."


def hung(head: str, words: str) -> Table:
    """Words that are wrapped beside their head."""
    grid = Table.grid()
    grid.add_row(Text(head), Text(words))
    return grid


class Rating(Screen["bool | None"]):
    """A drill that was written in `took` milliseconds; gives whether it was logged, None to write on.

    `place` is the section that is compared, then one more for the failures, and one for the grade.
    """

    app: Desk
    CSS_PATH = "drill.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own way
    BINDINGS = [  # noqa: RUF012
        Binding("enter,space", "go", "On"),
        *(Binding(key, f"grade('{key}')", session.BUTTONS[grade]) for key, grade in session.KEYS.items()),
        Binding("escape", "back", "Back"),
        Binding("q", "leave", "Leave"),
        Binding("pagedown", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-1)", "up", show=False),
        Binding("down,j", "line(1)", "down", show=False),
        Binding("up,k", "line(-1)", "up", show=False),
    ]

    def __init__(self, asked: Asked, draft: Draft, took: int) -> None:
        super().__init__()
        self.asked, self.draft, self.took = asked, draft, took
        self.levels: tuple[int, ...] = ()
        self.place = -1  # the rubric
        self.rubric = Rubric(asked.card.content.rubric)
        self.seen = False  # the model solution, after which there is no writing on
        self.done: Done | None = None
        self.logged = False

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="title")
            yield Vertical(id="answer")
        yield Static(id="foot")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        self.past = attempts_of(self.app.seat.store, self.asked.card)
        self.rate()

    def put(self, title: str, foot: str, *widgets: Widget) -> None:
        """Show widgets in the place of those that are there."""
        self.query_one("#head", Static).update(Text(self.asked.card.note))
        self.query_one("#title", Static).update(Text(title))
        self.query_one("#foot", Static).update(Text(foot))
        place = self.query_one("#answer", Vertical)
        place.remove_children()
        place.mount(Vertical(*widgets, classes="shown"))  # of its own, as what is removed goes later
        self.set_focus(widgets[0] if widgets and widgets[0].can_focus else None)
        self.query_one("#card").scroll_home(animate=False)
        self.refresh_bindings()

    # ── rating and comparing ──

    def rate(self) -> None:
        self.place = -1
        own = (f"**{heading}**" for _, heading in self.draft.sections)
        texts = (self.draft.written.texts[id_] or "Nothing." for id_, _ in self.draft.sections)
        shown = (
            Static(part)
            for pair in zip(map(rendered.markdown, own), map(rendered.own, texts), strict=True)
            for part in pair
        )
        self.rubric = Rubric(self.asked.card.content.rubric, self.levels)
        self.put("Rubric", RATE, self.rubric, Vertical(*shown, id="back"))

    def on_rubric_rated(self, event: Rubric.Rated) -> None:
        self.levels = event.levels
        self.show(0)

    def show(self, place: int) -> None:
        """The own text of a section beside the model solution, or what comes after the sections."""
        self.place, self.seen = place, True
        sections = self.draft.sections
        if place == len(sections):
            self.fail()
            return
        id_, heading = sections[place]
        solved = {each.id: each.text for each in self.asked.card.content.solution}
        coming = "next section" if place + 1 < len(sections) else "common failures"
        self.put(
            f"{heading} ({place + 1} of {len(sections)})",
            f"Enter shows the {coming}, Esc what was before.",
            beside(self.draft.written.texts[id_], solved.get(id_, "")),
        )

    def fail(self) -> None:
        options = lettered((each.id, each.text) for each in self.asked.card.content.failures)
        self.ticks = Ticks(options, lacks="")  # often none of them happened
        self.put("Common failures", "Tick those that happened to you; Enter goes on.", self.ticks)

    def on_given(self, event: Given) -> None:
        event.stop()
        ticks = self.ticks
        failures = [option.id for option in ticks.options if option.letter in ticks.ticked]
        asked = self.asked
        self.done = rated.done(asked.card, asked.seed, self.draft.written, self.levels, failures, self.took)
        self.place += 1
        told = [self.done.told, GRADED, rated.since_last(self.past, self.levels)]
        self.put("Your grade", self.buttons(self.done), *(Static(Text(f"{words}\n")) for words in told if words))

    def buttons(self, done: Done) -> str:
        _, key = session.suggested(done.score)
        today = self.app.settings.drills_in_review
        seat, waiting, standing = self.app.seat, self.asked.waiting, self.asked.standing
        buttons = session.buttons(waiting.kind, standing, seat.clock.day(), seat.store.scheduler, today=today)
        return " ".join(f"[{button}]" if button.startswith(key) else f" {button} " for button in buttons)

    # ── the end ──

    def accept(self, grade: int) -> None:
        """Log it, and show all attempts."""
        assert self.done is not None
        seat, card, kind = self.app.seat, self.asked.card, self.asked.waiting.kind
        seat.log(self.asked, grade, self.done.took, **self.done.detail)
        self.logged = True
        told = [rated.logged(kind, grade, seat.store.standing(card.id).memory), *self.forgotten(), ""]
        attempts = (hung(*line) for line in rated.last_first(card, attempts_of(seat.store, card)))
        self.put("Attempts", "Enter goes back.", *(Static(Text(words)) for words in told), *map(Static, attempts))

    def forgotten(self) -> list[str]:
        """Put the draft aside, now that the log has it; where it is."""
        try:
            return [f"What you wrote stays in {aside}" for aside in self.draft.finish()]
        except CannotGoOn as error:
            return [f"The draft could not be put aside ({why(error)}); it is still in {self.draft.path}"]

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grades are for the end alone, and nothing follows a rubric that is not rated."""
        return {
            "grade": self.done is not None and not self.logged,
            "go": self.place >= 0 or self.rubric.whole,
        }.get(action, True)

    def action_go(self) -> None:
        if self.logged:
            self.dismiss(True)
        elif self.done:
            self.accept(self.done.grade)
        elif self.place < 0:
            self.rubric.action_enter()
        elif self.place < len(self.draft.sections):
            self.show(self.place + 1)
        else:
            self.ticks.action_give()

    def action_grade(self, key: str) -> None:
        assert self.done is not None
        self.accept(session.chosen(self.done.score, key))

    def action_back(self) -> None:
        if self.logged:
            self.dismiss(True)
        elif self.place > 0:
            self.done = None
            self.show(self.place - 1)
        elif self.place == 0:
            self.rate()
        else:
            self.dismiss(False if self.seen else None)

    def action_leave(self) -> None:
        """A drill that is rated is logged, as what its ratings score; else its draft stays."""
        if self.done and not self.logged:
            self.accept(self.done.grade)
        else:
            self.dismiss(self.logged)

    def action_scroll(self, by: int) -> None:
        card = self.query_one("#card")
        (card.scroll_page_down if by > 0 else card.scroll_page_up)(animate=False)

    def action_line(self, by: int) -> None:
        self.query_one("#card").scroll_relative(y=by, animate=False, immediate=True)
