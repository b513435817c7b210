"""A drill in a dialogue: written, rated by its rubric, compared with the model solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import rated, session, text
from rung.cards import checklist
from rung.cards import drill as kind
from rung.cli import _out
from rung.cli._dialogue import Over
from rung.cli._writing import Stop, Writing
from rung.model import Expects, NotAnAnswer, Question
from rung.seat import attempts_of
from rung.shuffle import lettered

if TYPE_CHECKING:
    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.drilling import Attempt
    from rung.model import Card
    from rung.rated import Done
    from rung.store import Store

RATING = f"""\
Rate your answer. {", ".join(f"{level}{' counts' * (not points)} {points}" for points, level in enumerate(kind.LEVELS))}.
:s your text   :p prompt   :b dimension before   :q stop   :? help"""

COMPARING = ":s your text   :p prompt   :q stop   :? help"

WIDE = 100  # columns from which own text and solution stand side by side


@dataclass
class Drill:
    """One drill from its first line to its score; `past` are its attempts so far."""

    dialogue: Dialogue
    card: Card
    writing: Writing
    seed: int
    past: tuple[Attempt, ...]

    @classmethod
    def of(cls, here: Here, store: Store, dialogue: Dialogue, card: Card) -> Drill:
        """The drill as the learner left it."""
        _, seed = session.question(card, store.standing(card.id).rows)
        return cls(dialogue, card, Writing.of(here, dialogue, card), seed, attempts_of(store, card))

    def run(self) -> Done | None:
        """Write, rate, compare; None where the learner stops. What was written stays until `forget`."""
        try:
            self.writing.write()
            levels = self.rate()
            self.compare()
            while (failures := self.failures()) is None:
                levels = self.rate()
            return self.done(levels, failures)
        except Stop:
            self.writing.tell_kept()
            return None
        except (Over, KeyboardInterrupt) as stop:
            if isinstance(stop, KeyboardInterrupt):
                self.dialogue.line()
            self.writing.tell_kept()
            raise

    # ── rating and comparing ──

    def rate(self) -> tuple[int, ...]:
        """The level of each dimension, as the learner picks it."""
        rubric = self.card.content.rubric
        levels: list[int] = []
        self.dialogue.line()
        self.dialogue.line(RATING)
        while len(levels) < len(rubric):
            if (picked := self.level(len(levels))) is not None:
                levels.append(picked)
            elif levels:
                levels.pop()
        return tuple(levels)

    def level(self, place: int) -> int | None:
        """The level, from 0, of the dimension at that place; None to go back."""
        self.dimension(place)
        while True:
            words = self.dialogue.ask(f"Your level, {kind.LETTERS[0]} to {kind.LETTERS[-1]}:")
            if len(words) == 1 and words.upper() in kind.LETTERS:
                return kind.LETTERS.index(words.upper())
            if words == ":b":
                return None
            if self.commanded(words, RATING):
                self.dimension(place)
            else:
                self.dialogue.line(f"Type one of the letters {' '.join(kind.LETTERS)}; :? helps.")

    def dimension(self, place: int) -> None:
        rubric = self.card.content.rubric
        self.dialogue.line()
        self.dialogue.line(f"{text.line(rubric[place].name)} ({place + 1} of {len(rubric)})", "bold")
        self.dialogue.named_options(tuple(zip(kind.LETTERS, kind.LEVELS, rubric[place].levels, strict=True)))

    def compare(self) -> None:
        """Show the model solution, section by section, beside or below the learner's own text."""
        self.dialogue.line()
        self.dialogue.line("Your answer and the model solution", "bold")
        solved = {each.id: each.text for each in self.card.content.solution}
        for place, (id_, heading) in enumerate(self.writing.sections, 1):
            own, solution = self.writing.written.texts[id_], solved.get(id_, "")
            self.dialogue.line()
            self.dialogue.line(heading, "bold cyan")
            if self.dialogue.rich and self.dialogue.console.width >= WIDE:
                self.dialogue.beside("You", own or "Nothing.", "Model solution", solution)
            else:
                self.dialogue.line("You:", "dim")
                self.writing.own(own or "Nothing.")
                self.dialogue.line("Model solution:", "dim")
                self.dialogue.markdown(solution)
            if _out.interactive():  # a screen holds about one section
                coming = "next section" if place < len(self.writing.sections) else "common failures"
                while words := self.dialogue.ask(f"Enter shows the {coming}:"):
                    if not self.commanded(words, COMPARING):
                        self.dialogue.line(COMPARING)

    def failures(self) -> tuple[str, ...] | None:
        """The ids of the common failures that the learner ticks; None to rate again."""
        options = lettered((each.id, each.text) for each in self.card.content.failures)
        asked = Question("", Expects.TICKS, options=options)
        self.dialogue.line()
        self.dialogue.line("Common failures", "bold")
        for option in options:
            self.dialogue.option(option.letter, option.text)
        while True:
            words = self.dialogue.ask("Letters of those that happened to you, Enter for none, :b to rate again:")
            if words == ":b":
                return None
            if self.commanded(words, COMPARING):
                continue
            try:
                ticked = checklist.ticked(asked, words)
            except NotAnAnswer:
                letters = " ".join(option.letter for option in options)
                self.dialogue.line(f"Type letters of {letters}, each once, or Enter for none; :? helps.")
            else:
                return tuple(option.id for option in options if option.letter in ticked)

    def commanded(self, words: str, help_: str) -> bool:
        """Whether the words are a command, which is done."""
        if words in ("?", ":?", ":"):
            self.dialogue.line(help_)
            return True
        if words.startswith(":"):
            self.writing.command(words)
            return True
        return False

    def done(self, levels: tuple[int, ...], failures: tuple[str, ...]) -> Done:
        written, took = self.writing.written, self.writing.countdown.used
        done = rated.done(self.card, self.seed, written, levels, failures, took)
        self.dialogue.line()
        self.dialogue.line(done.told, "bold")
        self.dialogue.line(kind.GRADED)
        if went := rated.since_last(self.past, levels):
            self.dialogue.line(went)
        return done
