"""One card in a dialogue: its question answered, its points ticked, its back shown, its grade given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rung import session
from rung.model import Expects, NotAnAnswer, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.cli._dialogue import Dialogue
    from rung.model import Card, Question
    from rung.workspace import Clock

STOP = "q"


@dataclass(frozen=True, slots=True)
class Keys:
    """The commands of a dialogue; those that are `bare` need no colon while an answer is typed."""

    commands: frozenset[str]
    bare: frozenset[str]

    def command(self, words: str, *, typing: bool) -> str:
        """The command that was typed, without its colon; empty for none."""
        command = words.removeprefix(":")
        colon = words.startswith(":")
        return command if command in self.commands and (colon or not typing or words in self.bare) else ""

    def hint(self, words: str) -> str:
        """What to add where words were no answer: how to stop, or the command that they may have meant."""
        if STOP in self.bare:
            return f" Or {STOP} to stop."
        if words == STOP:
            return f" Or :{STOP} to stop."
        return f" The command is :{words}" if words in self.commands else ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the learner answered, what it is worth, and the milliseconds it took."""

    words: str
    score: Score
    took: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A card that has been shown at `since`. `typed` asks for the words of a hole; `timed` lets slowness cost a grade.

    Where a method gives text, the learner gave a command.
    """

    dialogue: Dialogue
    clock: Clock
    card: Card
    asked: Question
    keys: Keys
    since: int
    typed: bool = False
    timed: bool = True

    def answer(self) -> Reply | str:
        """What the learner answers: words where they are asked for, else a thought."""
        typing = self.asked.expects in session.GIVEN or (self.asked.expects is Expects.WORDS and self.typed)
        while True:
            words = self.dialogue.ask(f"{self.asked.how}:" if typing else "Enter shows the back:")
            if command := self.keys.command(words, typing=typing):
                return command
            took = self.clock.elapsed() - self.since
            if typing and words.startswith(":"):
                self.dialogue.line(f"There is no command {words}; :? lists them.")
            elif typing and words:
                try:
                    return Reply(words, session.score(self.card, self.asked, words, took if self.timed else 0), took)
                except NotAnAnswer as error:
                    self.dialogue.line(f"{error}{self.keys.hint(words)}")
            elif words in session.KEYS:
                self.dialogue.line("Grades come after the back; Enter shows it, ? helps.")
            elif words:
                self.dialogue.line(f"There is no command {words}; Enter shows the back, ? helps.")
            elif self.asked.expects in session.GIVEN:
                return Reply("", session.NO_ANSWER, took)
            else:
                return Reply("", Score(), took)

    def show_back(self, reply: Reply, sources: Iterable[str]) -> None:
        """The back after a reply, lines that say where the card is from, and what there is to remark."""
        self.dialogue.line()
        self.dialogue.markdown(session.back(self.card, self.asked, reply.words))
        for words in sources:
            self.dialogue.line(f"  {words}", "dim")
        for remark in reply.score.remarks:
            self.dialogue.line(f"  {remark}", "bold")

    def ticks(self, reply: Reply) -> Reply | str:
        """The points of the back that the learner had, by their letters; the reply as it was where there are none."""
        while self.asked.expects is Expects.TICKS:
            words = self.dialogue.ask("Type the letters of what you said, Enter for none:")
            if command := self.keys.command(words, typing=True):
                return command
            if words.startswith(":"):
                self.dialogue.line(f"There is no command {words}; :? lists them.")
                continue
            try:
                scored = session.score(self.card, self.asked, words, 0)
            except NotAnAnswer as error:
                self.dialogue.line(f"{error} The command is :{words}" if words in self.keys.commands else str(error))
                continue
            for remark in scored.remarks:
                self.dialogue.line(f"  {remark}", "bold")
            return replace(reply, words=words, score=scored)
        return reply


def grade(dialogue: Dialogue, keys: Keys, score: Score, buttons: Sequence[str]) -> int | str:
    """The learner's grade, or a command; Enter accepts what the answer scored, or Good where nothing was."""
    suggested, key = session.suggested(score)
    dialogue.row(buttons)
    while True:
        words = dialogue.ask(f"Grade [{key} {session.BUTTONS[session.KEYS[key]]}]:")
        if not words:
            return suggested
        if words in session.KEYS:
            return session.chosen(score, words)
        if command := keys.command(words, typing=False):
            return command
        dialogue.line("Type 1, 2, 3 or 4, or Enter for the grade in brackets; ? helps.")
