"""What the quizzes share: a card of any kind but a drill asked outside the schedule, its answer logged as a quiz."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import quiz as quizzes
from rung import shuffle
from rung.cards import kind
from rung.cli import _out, _turn
from rung.cli._dialogue import SAID, SAY, Dialogue, Over
from rung.cli._turn import STOP, Keys, Turn
from rung.model import Kind
from rung.session import BUTTONS
from rung.session import KEYS as GRADES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.cli._here import Here
    from rung.cli._turn import Reply
    from rung.model import Card, Question
    from rung.store import Store

HELP = """\
Enter  show the back; where a letter or a number is asked for: no answer
1-4    grade: 1 Again, 2 Hard, 3 Good, 4 Easy
?      this help        q  stop and sum up; every answer is kept"""

KEYS = Keys(frozenset(("?", STOP)), bare=frozenset(("?", STOP)))


@dataclass
class Asking:
    """Asks cards in a dialogue; the same `seed` asks each in the same way. Raises Over where the learner stops."""

    here: Here
    store: Store
    dialogue: Dialogue
    seed: int

    @classmethod
    def of(cls, here: Here, store: Store, seed: int | None) -> Asking:
        """With a number of its own where `seed` is None."""
        dialogue = Dialogue(rich=_out.interactive() and not here.plain)
        return cls(here, store, dialogue, here.clock.now() % 100_000 if seed is None else seed)

    def ask(self, card: Card, *, whole_id: bool = True) -> quizzes.Result:
        """What comes of a card; the back tells its note only where its `whole_id` would give away an answer."""
        seed = shuffle.seed(card.id, self.seed)
        asked = kind(card.kind).ask(card.content, seed)
        self.dialogue.question(card.title, asked)
        self.dialogue.line()
        return self.answered(card, asked, seed, card.id if whole_id else card.note)

    def answered(self, card: Card, asked: Question, seed: int, source: str) -> quizzes.Result:
        """What comes of a card whose question has been shown."""
        clock = self.here.clock
        turn = Turn(self.dialogue, clock, card, asked, KEYS, clock.elapsed(), timed=False)
        while isinstance(reply := turn.answer(), str):
            self.heed(reply)
        turn.show_back(reply, [source])
        while isinstance(ticked := turn.ticks(reply), str):
            self.heed(ticked)
        grade = self.grade(ticked)
        self.dialogue.line()
        detail = quizzes.detail(self.seed, seed, ticked.words)
        self.store.record(
            Kind.QUIZ, now=clock.now(), day=clock.day(), card=card.id, grade=grade, took=reply.took, detail=detail
        )
        return quizzes.result(card, asked, ticked.words, grade)

    def grade(self, reply: Reply) -> int:
        """What the answer scored, or else the learner's own grade."""
        if reply.score.grade is not None:
            return reply.score.grade
        buttons = [f"{key} {BUTTONS[grade]}" for key, grade in GRADES.items()]
        while isinstance(grade := _turn.grade(self.dialogue, KEYS, reply.score, buttons), str):
            self.heed(grade)
        return grade

    def line(self, prompt: str) -> str:
        """A line of the learner's; raises Over for q."""
        while (words := self.dialogue.ask(prompt)).removeprefix(":").casefold() in KEYS.commands:
            self.heed(words.removeprefix(":").casefold())
        return words

    def yes(self, prompt: str) -> bool:
        """Whether the learner says yes; raises Over for q."""
        while (said := SAID.get(self.line(f"{prompt} [y/N]").casefold())) is None:
            self.dialogue.line(SAY)
        return said

    def heed(self, command: str) -> None:
        """Do what a command asks for."""
        if command == STOP:
            raise Over
        self.dialogue.line(HELP)

    def tell_shares(self, by: str, shares: Sequence[quizzes.Share]) -> None:
        """Each share in a line; nothing where there is none."""
        for place, line in enumerate(quizzes.told(by, shares)):
            self.dialogue.line(line, "" if place else "bold")
