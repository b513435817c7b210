"""A sitting in a dialogue: what the session decides is said, what the learner does is logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import session
from rung.cli import _out, _turn
from rung.cli._dialogue import Over
from rung.cli._turn import Keys, Turn
from rung.model import Expects
from rung.quizzes import missed
from rung.seat import taken_back

if TYPE_CHECKING:
    from rung.cli._dialogue import Dialogue
    from rung.cli._drill import Drill
    from rung.cli._here import Here
    from rung.model import Card, Score
    from rung.rated import Done
    from rung.seat import Asked, Seat

HELP = """\
Enter  show the back; then accept the grade in brackets
1-4    grade: 1 Again, 2 Hard, 3 Good, 4 Easy
u      take back the last answer
s      bury until tomorrow        @  suspend until `rung unsuspend`
e      edit the card's note       ?  this help
q      stop; everything is kept
While an answer is typed, commands start with a colon: :u :s :@ :e :? :q"""

COMMANDS = frozenset(("u", "s", "-", "@", "e", "?", "q"))
KEYS = Keys(COMMANDS, bare=frozenset("?"))


@dataclass
class Reviewer:
    """One sitting; `typed` asks for the words of a hole to be typed."""

    here: Here
    seat: Seat
    dialogue: Dialogue
    typed: bool
    started: int = field(init=False)

    def run(self) -> None:
        self.started = self.here.clock.elapsed()
        if self.seat.sitting.next is None:
            return
        with self.dialogue.sitting(self.sum_up):
            while (asked := self.seat.next()) is not None and self.turn(asked):
                pass

    # ── one card ──

    def turn(self, asked: Asked) -> bool:
        """Ask one card; False when the learner stops."""
        self.head(asked)
        self.dialogue.question(asked.card.title, asked.question)
        self.dialogue.line()
        if asked.question.expects is Expects.DRILL:
            return self.drill(asked)
        clock = self.here.clock
        turn = Turn(self.dialogue, clock, asked.card, asked.question, KEYS, clock.elapsed(), self.typed)
        reply = turn.answer()
        if isinstance(reply, str):
            return self.command(reply, asked)
        turn.show_back(reply, self.sources(asked.card))
        while (ticked := turn.ticks(reply)) == "?":
            self.dialogue.line(HELP)
        if isinstance(ticked, str):
            return self.command(ticked, asked)
        grade = self.graded(asked, ticked.score)
        if isinstance(grade, str):
            return self.command(grade, asked)
        self.seat.answer(asked, grade, words=ticked.words, score=ticked.score, took=ticked.took)
        return True

    def drill(self, asked: Asked) -> bool:
        """Ask a drill; False when the learner stops, whose draft stays."""
        from rung.cli._drill import Drill

        drill = Drill.of(self.here, self.seat.store, self.dialogue, asked.card)
        drill.writing.introduce()
        if command := drill.writing.opened(COMMANDS):
            return self.command(command, asked)
        if (done := drill.run()) is None:
            return False
        for words in self.sources(asked.card):
            self.dialogue.line(f"  {words}", "dim")
        try:
            grade = self.graded(asked, done.score)
        except (Over, KeyboardInterrupt) as stop:
            if isinstance(stop, KeyboardInterrupt):
                self.dialogue.line()
            self.drilled(drill, done, asked)
            raise
        if grade == "q":
            self.drilled(drill, done, asked)
            return False
        if isinstance(grade, str):
            drill.writing.tell_kept()
            return self.command(grade, asked)
        self.drilled(drill, done, asked, grade)
        return True

    def drilled(self, drill: Drill, done: Done, asked: Asked, grade: int | None = None) -> None:
        """Log a drill; without a grade, as what its ratings score, which is said."""
        if grade is None:
            grade = done.grade
            self.dialogue.line(f"Logged as a {asked.waiting.kind}: {session.grade_in_words(grade)}.")
        self.seat.log(asked, grade, done.took, **done.detail)
        drill.writing.forget()

    def head(self, asked: Asked) -> None:
        sitting = self.seat.sitting
        done = len(sitting.answers)
        elapsed = f" - {_out.clock(self.here.clock.elapsed() - self.started)}" if self.dialogue.rich else ""
        if done:
            self.dialogue.line()
        self.dialogue.line(f"[{done + 1}/{done + sitting.left}] {asked.state}{elapsed}", "dim")

    def sources(self, card: Card) -> tuple[str, str]:
        return card.id, self.seat.source(card)

    def graded(self, asked: Asked, score: Score) -> int | str:
        """The learner's grade, or a command; help is given on the spot."""
        day, scheduler = self.here.clock.day(), self.seat.store.scheduler
        buttons = session.buttons(asked.waiting.kind, asked.standing, day, scheduler)
        while (grade := _turn.grade(self.dialogue, KEYS, score, buttons)) == "?":
            self.dialogue.line(HELP)
        return grade

    # ── commands ──

    def command(self, command: str, asked: Asked) -> bool:
        """Do what a key asks for; False to stop."""
        match command:
            case "q":
                return False
            case "u":
                self.undo()
            case "s" | "-":
                self.seat.bury(asked)
                self.dialogue.line("Buried until tomorrow.")
            case "@":
                self.seat.suspend(asked)
                self.dialogue.line(f"Suspended; back with: rung unsuspend {asked.card.id}")
            case "e":
                self.edit(asked.card)
            case _:
                self.dialogue.line(HELP)
        self.dialogue.line()
        return True

    def undo(self) -> None:
        self.dialogue.line(taken_back(self.seat.undo()))

    def edit(self, card: Card) -> None:
        from rung.cli._edit import edited

        self.dialogue.line(edited(self.here, card))
        self.here.sync(self.seat.store)

    # ── the end ──

    def sum_up(self) -> None:
        store, sitting = self.seat.store, self.seat.sitting
        done = session.summary(sitting.answers)
        if not done.answers:
            self.dialogue.line("Nothing answered.")
            return
        self.dialogue.line(
            f"{_out.plural(done.answers, 'card')}, {done.right} right ({100 * done.right // done.answers} %)"
            + (f", answered in {_out.clock(done.took)}." if self.dialogue.rich else "."),
            "bold",
        )
        for level, right, asked in done.levels:
            self.dialogue.line(f"  {level}  {right} of {asked} right")
        self.dialogue.tell(missed(self.here.card(store, card) for card in done.hardest))
        coming = store.next_due(self.seat.workspace, self.here.clock.day(), None)
        if sitting.left:
            self.dialogue.line(f"{_out.plural(sitting.left, 'card')} left.")
        elif coming:
            self.dialogue.line(f"Next: {_out.plural(coming.count, 'card')} on {coming.day:%A, %d %B %Y}.")
