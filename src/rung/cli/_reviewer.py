"""A sitting in a dialogue: what the session decides is said, what the learner does is logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rung import session
from rung.cardfile import card_of
from rung.cli import _out, _turn
from rung.cli._dialogue import Over
from rung.cli._turn import KEPT, Keys, Turn
from rung.model import ANSWERS, Expects, Kind

if TYPE_CHECKING:
    from rung.cli._dialogue import Dialogue
    from rung.cli._drill import Done, Drill
    from rung.cli._here import Here
    from rung.model import Card, Event, Score, Standing
    from rung.session import Sitting, Waiting
    from rung.store import Store

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
    store: Store
    dialogue: Dialogue
    typed: bool
    sitting: Sitting
    started: int = field(init=False)

    def run(self) -> None:
        self.started = self.here.clock.elapsed()
        if self.sitting.next is None:
            return
        with self.dialogue.sitting(self.sum_up):
            while (waiting := self.sitting.next) is not None and self.turn(waiting):
                pass

    # ── one card ──

    def turn(self, waiting: Waiting) -> bool:
        """Ask one card; False when the learner stops."""
        line = self.store.card(self.here.folder.name, waiting.card)
        card, standing = line and card_of(line), self.store.standing(waiting.card)
        if not card or card.retired or self.settled(waiting, standing):
            self.sitting = self.sitting.skipped()
            return True
        asked, seed = session.question(card, standing.rows)
        self.head(waiting, standing)
        self.dialogue.question(card.title, asked)
        self.dialogue.line()
        if asked.expects is Expects.DRILL:
            return self.drill(waiting, card, standing)
        clock = self.here.clock
        turn = Turn(self.dialogue, clock, card, asked, KEYS, clock.elapsed(), self.typed)
        reply = turn.answer()
        if isinstance(reply, str):
            return self.command(reply, waiting, card)
        turn.show_back(reply, self.sources(card))
        while (ticked := turn.ticks(reply)) == "?":
            self.dialogue.line(HELP)
        if isinstance(ticked, str):
            return self.command(ticked, waiting, card)
        reply = ticked
        grade = self.graded(waiting, standing, reply.score)
        if isinstance(grade, str):
            return self.command(grade, waiting, card)
        detail = {"seed": seed, "answer": reply.words[:KEPT], "scored": reply.score.grade}
        kept = {key: value for key, value in detail.items() if value not in ("", None)}
        self.record(waiting.kind, card, grade, reply.took, **kept)
        self.sitting = self.sitting.answered(session.Answer(card.id, card.level, waiting.kind, grade, reply.took))
        return True

    def drill(self, waiting: Waiting, card: Card, standing: Standing) -> bool:
        """Ask a drill; False when the learner stops, whose draft stays."""
        from rung.cli._drill import Drill

        drill = Drill.of(self.here, self.store, self.dialogue, card)
        drill.writing.introduce()
        if command := drill.writing.opened(COMMANDS):
            return self.command(command, waiting, card)
        if (done := drill.run()) is None:
            return False
        for words in self.sources(card):
            self.dialogue.line(f"  {words}", "dim")
        try:
            grade = self.graded(waiting, standing, done.score)
        except (Over, KeyboardInterrupt) as stop:
            if isinstance(stop, KeyboardInterrupt):
                self.dialogue.line()
            self.drilled(drill, done, waiting)
            raise
        if grade == "q":
            self.drilled(drill, done, waiting)
            return False
        if isinstance(grade, str):
            drill.writing.tell_kept()
            return self.command(grade, waiting, card)
        self.drilled(drill, done, waiting, grade)
        return True

    def drilled(self, drill: Drill, done: Done, waiting: Waiting, grade: int | None = None) -> None:
        """Log a drill; without a grade, as what its ratings score, which is said."""
        card = drill.card
        if grade is None:
            grade = done.grade
            self.dialogue.line(f"Logged as a {waiting.kind}: {session.grade_in_words(grade)}.")
        self.record(waiting.kind, card, grade, done.took, **done.detail)
        drill.writing.forget()
        self.sitting = self.sitting.answered(session.Answer(card.id, card.level, waiting.kind, grade, done.took))

    def settled(self, waiting: Waiting, standing: Standing) -> bool:
        """Whether the card needs no asking any more, because of another window, or a command since."""
        day = self.here.clock.day()
        if waiting.kind is Kind.PRACTICE:
            return False
        if standing.suspended or standing.buried == day:
            return True
        if waiting.kind is Kind.REDRILL:
            return not standing.drills_again(day)
        return standing.reviewed == day

    def head(self, waiting: Waiting, standing: Standing) -> None:
        done = len(self.sitting.answers)
        state = {Kind.REDRILL: "again", Kind.PRACTICE: "practice"}.get(
            waiting.kind, "due" if standing.memory else "new"
        )
        elapsed = f" - {_out.clock(self.here.clock.elapsed() - self.started)}" if self.dialogue.rich else ""
        if self.sitting.answers:
            self.dialogue.line()
        self.dialogue.line(f"[{done + 1}/{done + self.sitting.left}] {state}{elapsed}", "dim")

    def sources(self, card: Card) -> tuple[str, str]:
        return card.id, self.store.source(self.here.folder.name, card.deck)

    def graded(self, waiting: Waiting, standing: Standing, score: Score) -> int | str:
        """The learner's grade, or a command; help is given on the spot."""
        buttons = _turn.buttons(waiting.kind, standing.memory, self.here.clock.day())
        while (grade := _turn.grade(self.dialogue, KEYS, score, buttons)) == "?":
            self.dialogue.line(HELP)
        return grade

    # ── commands ──

    def command(self, command: str, waiting: Waiting, card: Card) -> bool:
        """Do what a key asks for; False to stop."""
        match command:
            case "q":
                return False
            case "u":
                self.undo(waiting)
            case "s" | "-":
                self.record(Kind.BURY, card)
                self.sitting = self.sitting.skipped()
                self.dialogue.line("Buried until tomorrow.")
            case "@":
                self.record(Kind.SUSPEND, card, on=True)
                self.sitting = self.sitting.skipped()
                self.dialogue.line(f"Suspended; back with: rung unsuspend {card.id}")
            case "e":
                self.edit(card)
            case _:
                self.dialogue.line(HELP)
        self.dialogue.line()
        return True

    def undo(self, waiting: Waiting) -> None:
        event = self.store.undo(now=self.here.clock.now(), day=self.here.clock.day())
        if event is None:
            self.dialogue.line("There is nothing to take back.")
            return
        self.dialogue.line(f"Took back: {event.kind} of {event.card}")
        here = self.store.card(self.here.folder.name, event.card) is not None
        if here and (event.kind in ANSWERS or event.kind in (Kind.BURY, Kind.SUSPEND)):
            self.sitting = self.sitting.undone(event.card, self.waiting_again(event))

    def waiting_again(self, event: Event) -> Waiting:
        family = self.here.card(self.store, event.card).family
        again = event.kind if event.kind in (Kind.REDRILL, Kind.PRACTICE) else Kind.REVIEW
        return session.Waiting(event.card, family, again)

    def edit(self, card: Card) -> None:
        from rung.cli._edit import edited

        self.dialogue.line(edited(self.here, card))
        self.here.sync(self.store)

    def record(self, kind: Kind, card: Card, grade: int | None = None, took: int | None = None, **detail: Any) -> None:
        clock = self.here.clock
        self.store.record(kind, now=clock.now(), day=clock.day(), card=card.id, grade=grade, took=took, detail=detail)

    # ── the end ──

    def sum_up(self) -> None:
        done = session.summary(self.sitting.answers)
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
        _turn.tell_missed(self.dialogue, (self.here.card(self.store, card) for card in done.hardest))
        day = self.here.clock.day()
        coming = self.store.next_due(self.here.folder.name, day, None)
        if self.sitting.left:
            self.dialogue.line(f"{_out.plural(self.sitting.left, 'card')} left.")
        elif coming:
            self.dialogue.line(f"Next: {_out.plural(coming.count, 'card')} on {coming.day:%A, %d %B %Y}.")
