"""A drill in a dialogue: written, rated by its rubric, compared with the model solution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rung import drilling, session, text
from rung.cards import checklist
from rung.cards import drill as kind
from rung.cli._dialogue import Over
from rung.cli._writing import Stop, Writing
from rung.model import Expects, NotAnAnswer, Question
from rung.shuffle import lettered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.drilling import Attempt
    from rung.model import Card, Score
    from rung.store import Store

WIDE = 100  # columns from which own text and solution stand side by side


@dataclass(frozen=True, slots=True)
class Done:
    """A rated drill: what it is worth, the milliseconds of writing, what the log keeps."""

    score: Score
    took: int
    detail: Mapping[str, Any]


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
            return self.done(levels, self.failures())
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
        content: kind.Content = self.card.content
        levels: list[int] = []
        self.dialogue.line()
        self.dialogue.line("Rate your answer. Commands: :s your text   :b back   :q stop")
        while len(levels) < len(content.rubric):
            dimension = content.rubric[len(levels)]
            self.dialogue.line()
            heading = f"{text.line(dimension.name)} ({len(levels) + 1} of {len(content.rubric)})"
            self.dialogue.line(heading, "bold")
            for letter, level, words in zip(kind.LETTERS, kind.LEVELS, dimension.levels, strict=True):
                self.dialogue.option(letter, f"**{level}:** {words}")
            if (picked := self.level()) is not None:
                levels.append(picked)
            elif levels:
                levels.pop()
        return tuple(levels)

    def level(self) -> int | None:
        """A level from 0; None to go back."""
        while True:
            words = self.dialogue.ask(f"Your level, {kind.LETTERS[0]} to {kind.LETTERS[-1]}:")
            if len(words) == 1 and words.upper() in kind.LETTERS:
                return kind.LETTERS.index(words.upper())
            if words == ":b":
                return None
            if words in (":q", ":s", ":p"):
                self.writing.command(words)
            else:
                self.dialogue.line(f"Type one of the letters {' '.join(kind.LETTERS)}.")

    def compare(self) -> None:
        """Show the model solution, section by section, beside or below the learner's own text."""
        self.dialogue.line()
        self.dialogue.line("Your answer and the model solution", "bold")
        solved = {each.id: each.text for each in self.card.content.solution}
        for id_, heading in self.writing.sections:
            own, solution = self.writing.written.texts[id_], solved.get(id_, "")
            self.dialogue.line()
            self.dialogue.line(heading, "bold cyan")
            if self.dialogue.rich and self.dialogue.console.width >= WIDE:
                self.dialogue.beside("You", own or "Nothing.", "Model solution", solution)
                continue
            self.dialogue.line("You:", "dim")
            self.writing.own(own or "Nothing.")
            self.dialogue.line("Model solution:", "dim")
            self.dialogue.markdown(solution)

    def failures(self) -> tuple[str, ...]:
        """The ids of the common failures that the learner ticks."""
        options = lettered((each.id, each.text) for each in self.card.content.failures)
        asked = Question("", Expects.TICKS, options=options)
        self.dialogue.line()
        self.dialogue.line("Common failures", "bold")
        for option in options:
            self.dialogue.option(option.letter, option.text)
        while True:
            words = self.dialogue.ask("Type the letters of those that happened to you, Enter for none:")
            if words in (":q", ":s", ":p"):
                self.writing.command(words)
                continue
            try:
                ticked = checklist.ticked(asked, words)
            except NotAnAnswer as error:
                self.dialogue.line(str(error))
            else:
                return tuple(option.id for option in options if option.letter in ticked)

    def done(self, levels: tuple[int, ...], failures: tuple[str, ...]) -> Done:
        scored = kind.score(self.card.content, session.question(self.card, 0)[0], kind.canonical(levels))
        self.dialogue.line()
        for remark in scored.remarks:
            self.dialogue.line(f"Score: {remark}", "bold")
        if self.past:
            last, now = self.past[-1], kind.percent(sum(levels), kind.TOP * len(levels))
            went = drilling.change_in_words(last.percent, now, "point")
            self.dialogue.line(f"Last time, on {last.day}: {last.percent} %. {went[0].upper()}{went[1:]}.")
        detail = {
            "seed": self.seed,
            "answer": drilling.bounded(self.writing.written),
            "ratings": {each.id: level for each, level in zip(self.card.content.rubric, levels, strict=True)},
            "failures": list(failures),
            "minutes": round(self.writing.countdown.used / 60_000, 1),
            "scored": scored.grade,
        }
        return Done(scored, self.writing.countdown.used, detail)


def attempts_of(store: Store, card: Card) -> tuple[Attempt, ...]:
    """The attempts at a drill, by time."""
    return drilling.attempts(store.events(card.id), store.voided(card.id))
