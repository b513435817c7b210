"""The writing of a drill: its sections, against the clock, kept every second in the draft that `rung drill` has."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static, TextArea

from rung import drilling, lines, rated, rendered
from rung.desk.ask import Sure
from rung.desk.compared import Past
from rung.desk.keys import Keys
from rung.desk.rating import Rating
from rung.draft import Draft, Time
from rung.drilling import LATE, Written
from rung.seat import attempts_of
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from rung.desk.app import Desk
    from rung.drilling import Attempt
    from rung.seat import Asked

KEPT = "Tab and Shift+Tab change the section. Every second is kept."
EVERY = 1.0  # seconds after which what is new is kept
SHOWN = 3  # attempts before the start, of which the last are shown


def start(desk: Desk, asked: Asked, then: Callable[[bool | None], None] | None = None) -> None:
    """Show a drill as the learner left it; `then` is told whether it was logged."""
    try:
        draft = Draft.of(desk.seat.store.database.path, asked.card)
    except CannotGoOn as error:
        desk.notify(str(error), severity="error")
        return
    desk.push_screen(Drill(asked, draft, attempts_of(desk.seat.store, asked.card)), then)


class Section(Vertical):
    """A section: its heading, and below it its text while that is written in."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__()
        self.section, self.heading = name, heading
        self.area = TextArea(soft_wrap=True, tab_behavior="focus", compact=True)
        self.head = Static()

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.area

    def on_mount(self) -> None:
        self.count()

    def on_text_area_changed(self) -> None:
        self.count()

    def on_click(self) -> None:
        self.area.focus()

    def count(self) -> None:
        many = drilling.words([self.area.text])
        self.head.update(Text(f"{self.heading}  {lines.plural(many, 'word') if many else ''}"))


class Drill(Screen[bool]):
    """A drill from its prompt to its rating; gives whether it was logged."""

    app: Desk
    CSS_PATH = "drill.tcss"
    AUTO_FOCUS = ""
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("enter", "begin", "Begin"),
        Binding("n", "anew", "Start anew"),
        Binding("p", "past", "Past attempts"),
        Binding("tab", "section", "Next section"),
        Binding("ctrl+r", "rate", "Rate", key_display="^r"),
        Binding("ctrl+p", "prompt", "Prompt", key_display="^p"),
        Binding("escape", "leave", "Leave"),
        Binding("pagedown,down,j", "scroll(1)", "More", key_display="↓"),
        Binding("up,k,pageup", "scroll(-1)", "up", show=False),
    ]

    def __init__(self, asked: Asked, draft: Draft, attempts: Sequence[Attempt]) -> None:
        super().__init__()
        self.asked, self.draft, self.attempts = asked, draft, attempts
        self.sections = [Section(id_, heading) for id_, heading in draft.sections]
        for section in self.sections:
            section.display = False
        self.before: Written | None = None  # what stood here when the time was up
        self.end: Timer | None = None
        self.warned = False  # that nothing is written

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll(id="task", classes="whole", can_focus=False):
            yield Static(rendered.markdown(self.asked.question.prompt))
        yield from self.sections
        yield Static(id="past")
        yield Static(id="foot")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        minutes = self.asked.card.content.minutes
        self.time = Time(self.app.seat.clock, minutes * 60_000, self.draft.written.used)
        self.set_interval(EVERY, self.tick)
        self.tell()
        self.query_one("#past", Static).update(Text("\n".join(self.before_now())))
        self.query_one("#foot", Static).update(self.there())

    def on_resize(self) -> None:
        self.call_after_refresh(self.refresh_bindings)

    def before_now(self) -> list[str]:
        """The last attempts, and how long ago that was; nothing of a drill that was never done."""
        if not self.attempts:
            return []
        told = rated.brief(self.asked.card, self.attempts)
        more = f", the last {SHOWN} of {len(told)}" if len(told) > SHOWN else ""
        return [f"So far{more}; {rated.ago(self.attempts, self.app.seat.clock.day())}:", *told[-SHOWN:]]

    def there(self) -> str:
        """What is there of an earlier start, and how to go on."""
        written = self.draft.written
        if not written.filled:
            return f"Enter starts the clock: {self.time.told}."
        words, used = lines.plural(written.words, "word"), lines.clock(written.used)
        return f"There is a draft: {words}, {used} used. Enter goes on with it ({self.time.told}), n starts anew."

    @property
    def running(self) -> bool:
        return self.time.since is not None

    # ── the clock ──

    def go_on(self) -> None:
        """Let the time pass."""
        self.time.start()
        if self.time.over:
            self.before = self.before or self.draft.written
        else:
            self.end = self.set_timer(self.time.left / 1000, self.time_up)

    def hold(self) -> None:
        self.time.stop()
        if self.end:
            self.end.stop()

    def time_up(self) -> None:
        """From here on what is new is late."""
        self.before = self.texts()
        self.app.bell()
        self.notify(f"The time is up. What you write now is kept, and marked {LATE}.", timeout=10)
        self.tick()

    def tick(self) -> None:
        if self.running:
            self.keep()
        self.tell()

    def tell(self) -> None:
        written = self.draft.written
        late = f", {written.late} of them late" if written.late else ""
        told = f"{self.asked.card.note}  {self.time.told}  {lines.plural(written.words, 'word')}{late}"
        self.query_one("#head", Static).update(Text(told))

    # ── the draft ──

    def texts(self) -> Written:
        """What stands in the sections, what came late marked."""
        now = Written({section.section: section.area.text for section in self.sections}, self.time.used)
        return drilling.with_late(self.before, now) if self.before else now

    def show(self) -> None:
        """Put the draft into the sections."""
        for section in self.sections:
            if section.area.text != (words := self.draft.written.texts[section.section]):
                section.area.text = words
                section.area.move_cursor(section.area.document.end)

    def keep(self) -> bool:
        """Keep what stands here, and take over what another hand wrote since; False, and told, where that cannot be."""
        try:
            told = self.kept()
        except CannotGoOn as error:
            self.query_one("#foot", Static).update(Text(f"What is new is not kept yet: {error}"))
            return False
        self.query_one("#foot", Static).update(KEPT)
        if told:
            self.show()
            self.notify(told, timeout=10)
        return True

    def kept(self) -> str:
        """Keep it; what came of another hand's work, if there is any. Raises CannotGoOn."""
        draft, now = self.draft, self.texts()
        if now.texts != draft.written.texts:
            draft.written, draft.typed = now, True
        told = draft.catch_up(late=self.before is not None)
        written = replace(draft.written, used=self.time.used)
        if (written.filled or draft.seen) and draft.text(written) != draft.seen:
            draft.keep(written)
        draft.written = written
        return told

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Before the start there is nothing to rate, and after it nothing to begin; only a long prompt scrolls."""
        begun = self.sections[0].display
        return {
            "begin": not begun,
            "scroll": not begun and self.query_one("#task").max_scroll_y > 0,
            "anew": not begun and bool(self.draft.written.filled),
            "past": not begun and bool(self.attempts),
            "rate": begun,
            "prompt": begun,
            "section": begun,
        }.get(action, True)

    def action_begin(self) -> None:
        self.show()
        for section in self.sections:
            section.display = True
        filled = self.draft.written.filled
        self.read(whole=False)
        self.query_one("#past").display = False
        last = max((place for place, each in enumerate(self.sections) if each.section in filled), default=0)
        self.set_focus(self.sections[last].area)
        self.refresh_bindings()
        self.go_on()
        self.query_one("#foot", Static).update(KEPT)

    def action_anew(self) -> None:
        try:
            self.notify(f"The old draft is put aside: {self.draft.begin_anew()}")
        except CannotGoOn as error:
            self.notify(str(error), severity="error")
            return
        self.time.before = 0
        self.action_begin()

    def action_past(self) -> None:
        """Show past attempts, which stand beside the model solution; before another try only after a yes."""
        past = Past(self.asked.card, self.attempts)
        self.app.push_screen(
            Sure("The model solution stands beside them. See it before you write?", lambda: self.see(past))
        )

    def see(self, past: Past) -> None:
        self.app.push_screen(past)

    def action_section(self) -> None:
        self.focus_next()

    def action_prompt(self) -> None:
        """Show as much of the prompt as there is room for, then what is below that; at its end, as little as before."""
        task = self.query_one("#task")
        if not task.has_class("whole"):
            self.read(whole=True)
        elif task.scroll_y < task.max_scroll_y:
            task.scroll_page_down(animate=False)
        else:
            self.read(whole=False)

    def read(self, *, whole: bool) -> None:
        task = self.query_one("#task")
        task.set_class(whole, "whole")
        task.scroll_home(animate=False)
        self.set_class(whole, "reading")

    def action_scroll(self, by: int) -> None:
        self.query_one("#task").scroll_relative(y=5 * by, animate=False, immediate=True)

    def action_rate(self) -> None:
        if not self.keep():
            return
        if not self.draft.written.filled and not self.warned:
            self.warned = True
            self.notify("Nothing is written. Ctrl+R once more rates it all the same.")
            return
        self.hold()
        self.app.push_screen(Rating(self.asked, self.draft, self.time.used), self.rated)

    def rated(self, logged: bool | None) -> None:
        """What follows the rating: the end, or writing goes on where it gave None."""
        if logged is None:
            self.go_on()
        else:
            self.done(logged=logged)

    def action_leave(self) -> None:
        if not self.running or self.keep():
            if self.running:
                self.hold()
            self.done(logged=False)

    def done(self, *, logged: bool) -> None:
        if not logged and self.sections[0].display:
            there = self.draft.left()
            self.app.notify("What you wrote is kept." if there else "Nothing was written.")
        self.dismiss(logged)

    def on_unmount(self) -> None:
        if self.running:  # the desk was left from here
            with suppress(CannotGoOn):
                self.kept()
