"""A quiz in a dialogue: a card of any kind but a drill asked outside the schedule, its answer logged as a quiz."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung.cli import _out, _turn
from rung.cli._dialogue import SAID, SAY, Dialogue, Over
from rung.cli._here import Wrong
from rung.cli._turn import STOP, Keys, Turn
from rung.quizzes import Done, NoQuiz, NotKnown, Wants, number
from rung.seat import Seat
from rung.session import BUTTONS
from rung.session import KEYS as GRADES

if TYPE_CHECKING:
    from collections.abc import Callable

    from rung.cli._here import Here
    from rung.cli._turn import Reply
    from rung.quizzes import Quiz, Task
    from rung.store import Store

HELP = """\
Enter  show the back; where a letter or a number is asked for: no answer
1-4    grade: 1 Again, 2 Hard, 3 Good, 4 Easy
?      this help        q  stop and sum up; every answer is kept"""

KEYS = Keys(frozenset(("?", STOP)), bare=frozenset(("?", STOP)))


def dialogue(here: Here) -> Dialogue:
    return Dialogue(rich=_out.interactive() and not here.plain)


def run(here: Here, store: Store, seed: int | None, begin: Callable[[int], Quiz]) -> Asking | None:
    """Ask the quiz that begins with a number, with one of its own where `seed` is None, and give how it went.

    Raises Wrong; None where there is nothing to ask.
    """
    shown = dialogue(here)
    try:
        quiz = begin(number(here.clock.now()) if seed is None else seed)
    except NotKnown as error:
        raise Wrong(str(error)) from None
    except NoQuiz as nothing:
        shown.line(str(nothing))
        return None
    asking = Asking(here, Seat.at(store, here.folder.name, here.clock), shown, quiz, here.clock.elapsed())
    asking.run()
    return asking


@dataclass
class Asking:
    """A quiz that began at `since`, in milliseconds, as far as it is `done`. Methods raise Over where the learner stops."""

    here: Here
    seat: Seat
    dialogue: Dialogue
    quiz: Quiz
    since: int
    done: list[Done] = field(default_factory=list)

    def run(self) -> None:
        self.dialogue.tell(self.quiz.opening)
        with self.dialogue.sitting(self.sum_up):
            while task := self.quiz.next(self.done):
                self.dialogue.tell(task.said)
                words, grade = self.answer(task)
                self.dialogue.line()
                self.done.append(Done(task, words, grade, self.elapsed()))

    def elapsed(self) -> int:
        """Milliseconds on the quiz's clock."""
        return self.here.clock.elapsed() - self.since

    def sum_up(self) -> None:
        self.dialogue.tell(self.quiz.told(self.done, self.elapsed()))

    # ── a task ──

    def answer(self, task: Task) -> tuple[str, int]:
        """The words given to a task, and the grade of a card."""
        if task.wants is Wants.GRADE:
            return self.graded(task)
        if task.wants is Wants.LETTER:
            return self.letter(task), 0
        return (self.line(f"{task.how}:") if task.wants is Wants.LINE else "y" * self.yes(task.how)), 0

    def graded(self, task: Task) -> tuple[str, int]:
        """The words given to a card, and the grade, which is logged."""
        card, clock = task.card, self.here.clock
        assert card is not None
        if task.title:
            if head := self.quiz.head(self.done, self.elapsed()):
                self.dialogue.line(head, "dim")
            self.dialogue.question(task.title, task.question)
            self.dialogue.line()
        turn = Turn(self.dialogue, clock, card, task.question, KEYS, clock.elapsed(), timed=False)
        while isinstance(reply := turn.answer(), str):
            self.heed(reply)
        turn.show_back(reply, [task.source])
        while isinstance(ticked := turn.ticks(reply), str):
            self.heed(ticked)
        grade = self.grade(ticked)
        self.seat.quizzed(self.quiz.number, task, grade, words=ticked.words, took=reply.took)
        return ticked.words, grade

    def grade(self, reply: Reply) -> int:
        """What the answer scored, or else the learner's own grade."""
        if reply.score.grade is not None:
            return reply.score.grade
        buttons = [f"{key} {BUTTONS[grade]}" for key, grade in GRADES.items()]
        while isinstance(grade := _turn.grade(self.dialogue, KEYS, reply.score, buttons), str):
            self.heed(grade)
        return grade

    def letter(self, task: Task) -> str:
        """The letter of one of the options."""
        letters = [option.letter for option in task.question.options]
        self.dialogue.question(task.title, task.question)
        self.dialogue.line()
        while (letter := self.line(f"{task.how}:").upper()) not in letters:
            self.dialogue.line(f"Type one of the letters {' '.join(letters)}, or q to stop.")
        return letter

    def line(self, prompt: str) -> str:
        """A line of the learner's."""
        while (words := self.dialogue.ask(prompt)).removeprefix(":").casefold() in KEYS.commands:
            self.heed(words.removeprefix(":").casefold())
        return words

    def yes(self, prompt: str) -> bool:
        """Whether the learner says yes."""
        while (said := SAID.get(self.line(f"{prompt} [y/N]").casefold())) is None:
            self.dialogue.line(SAY)
        return said

    def heed(self, command: str) -> None:
        """Do what a command asks for."""
        if command == STOP:
            raise Over
        self.dialogue.line(HELP)
