"""A sitting in a dialogue: what the session decides is said, what the learner does is logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rung import session
from rung.cardfile import card_of
from rung.cards import kind
from rung.cli import _out
from rung.cli._dialogue import Dialogue, Over
from rung.model import ANSWERS, Expects, Kind, NotAnAnswer, Score
from rung.schedulers import scheduler

if TYPE_CHECKING:
    from rung.cli._here import Here
    from rung.model import Card, Event, Question, Standing
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

KEPT = 1000  # characters of a typed answer
COMMANDS = frozenset(("u", "s", "-", "@", "e", "?", "q"))
GIVEN = frozenset((Expects.LETTER, Expects.LETTERS, Expects.NUMBER, Expects.NUMBERS))  # nothing given is a miss


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
        asked = self.sitting.next is not None
        try:
            while (waiting := self.sitting.next) is not None and self.turn(waiting):
                pass
        except Over:
            pass
        except KeyboardInterrupt:
            self.dialogue.line()
            raise
        finally:
            if asked:
                self.sum_up()

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
        since = self.here.clock.elapsed()
        given = self.answer(card, asked, since)
        if isinstance(given, str):
            return self.command(given, waiting, card)
        took = self.here.clock.elapsed() - since
        answer, scored = given
        self.show_back(card, asked, answer, scored)
        if asked.expects is Expects.TICKS:
            ticked = self.ticks(card, asked)
            if isinstance(ticked, str):
                return self.command(ticked, waiting, card)
            answer, scored = ticked
        grade = self.grade(waiting, standing, scored)
        if isinstance(grade, str):
            return self.command(grade, waiting, card)
        detail = {"seed": seed, "answer": answer[:KEPT], "scored": scored.grade}
        self.record(
            waiting.kind, card, grade, took, **{key: value for key, value in detail.items() if value not in ("", None)}
        )
        self.sitting = self.sitting.answered(session.Answer(card.id, card.level, waiting.kind, grade, took))
        return True

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
        minutes, seconds = divmod((self.here.clock.elapsed() - self.started) // 1000, 60)
        elapsed = f" - {minutes}:{seconds:02}" if self.dialogue.rich else ""
        if self.sitting.answers:
            self.dialogue.line()
        self.dialogue.line(f"[{done + 1}/{done + self.sitting.left}] {state}{elapsed}", "dim")

    def answer(self, card: Card, asked: Question, since: int) -> tuple[str, Score] | str:
        """What the learner answers and what it is worth, or a command."""
        typing = asked.expects in GIVEN or (asked.expects is Expects.WORDS and self.typed)
        while True:
            words = self.dialogue.ask(f"{asked.how}:" if typing else "Enter shows the back:")
            command = words.removeprefix(":")
            if command in COMMANDS and (words.startswith(":") or not typing or words == "?"):
                return command
            if typing and words.startswith(":"):
                self.dialogue.line(f"There is no command {words}; :? lists them.")
            elif typing and words:
                try:
                    return words, session.score(card, asked, words, self.here.clock.elapsed() - since)
                except NotAnAnswer as error:
                    self.dialogue.line(str(error))
            elif words in session.KEYS:
                self.dialogue.line("Grades come after the back; Enter shows it, ? helps.")
            elif words:
                self.dialogue.line(f"There is no command {words}; Enter shows the back, ? helps.")
            elif asked.expects in GIVEN:
                return "", Score(1, ("You gave no answer.",))
            else:
                return "", Score()

    def ticks(self, card: Card, asked: Question) -> tuple[str, Score] | str:
        """The points of the back that the learner had, by their letters, and what that is worth, or a command."""
        while True:
            words = self.dialogue.ask("Type the letters of what you said, Enter for none:")
            if words.removeprefix(":") in COMMANDS and (words.startswith(":") or words == "?"):
                return words.removeprefix(":")
            try:
                scored = session.score(card, asked, words, 0)
            except NotAnAnswer as error:
                self.dialogue.line(str(error))
                continue
            for remark in scored.remarks:
                self.dialogue.line(f"  {remark}", "bold")
            return words, scored

    def show_back(self, card: Card, asked: Question, answer: str, scored: Score) -> None:
        self.dialogue.line()
        self.dialogue.markdown(session.back(card, asked, answer))
        source = self.store.source(self.here.folder.name, card.deck)
        for words in (card.id, source):
            self.dialogue.line(f"  {words}", "dim")
        for remark in scored.remarks:
            self.dialogue.line(f"  {remark}", "bold")

    def grade(self, waiting: Waiting, standing: Standing, scored: Score) -> int | str:
        """The learner's grade, or a command."""
        suggested = 4 if scored.grade is None else scored.grade
        key = next(key for key, grade in reversed(session.KEYS.items()) if grade <= max(1, suggested))
        self.dialogue.line("  " + "   ".join(self.buttons(waiting, standing)))
        while True:
            words = self.dialogue.ask(f"Grade [{key} {session.BUTTONS[session.KEYS[key]]}]:")
            if not words:
                return suggested
            if words in session.KEYS:
                return suggested if words == key else session.KEYS[words]
            if words.removeprefix(":") in COMMANDS:
                return words.removeprefix(":")
            self.dialogue.line("Type 1, 2, 3 or 4, or Enter for the grade in brackets; ? helps.")

    def buttons(self, waiting: Waiting, standing: Standing) -> list[str]:
        """Each grade with what follows from it."""
        day = self.here.clock.day()
        shown = []
        for key, grade in session.KEYS.items():
            follows = "today" if grade < session.PASSED and waiting.kind is not Kind.PRACTICE else ""
            if waiting.kind is Kind.REVIEW:
                days = scheduler("sm2").review(standing.memory, grade, day).interval
                follows += f"{', ' if follows else ''}{days} d"
            shown.append(f"{key} {session.BUTTONS[grade]}{f' ({follows})' if follows else ''}")
        return shown

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
        minutes, seconds = divmod(done.took // 1000, 60)
        self.dialogue.line(
            f"{_out.plural(done.answers, 'card')}, {done.right} right ({100 * done.right // done.answers} %)"
            + (f", {minutes}:{seconds:02}." if self.dialogue.rich else "."),
            "bold",
        )
        for level, right, asked in done.levels:
            self.dialogue.line(f"  {level}  {right} of {asked} right")
        for card in done.hardest:
            hard = self.here.card(self.store, card)
            question, _ = kind(hard.kind).gist(hard.content)
            self.dialogue.line(f"  missed: {shorten(question, 70, placeholder=' ...')} ({card})")
        day = self.here.clock.day()
        coming = self.store.next_due(self.here.folder.name, day, None)
        if self.sitting.left:
            self.dialogue.line(f"{_out.plural(self.sitting.left, 'card')} left.")
        elif coming:
            self.dialogue.line(f"Next: {_out.plural(coming.count, 'card')} on {coming.day:%A, %d %B %Y}.")
