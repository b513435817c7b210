"""`rung quiz`: quizzes outside the schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from rung import quiz as quizzes
from rung import shuffle
from rung.cards import kind, ordering
from rung.cli import _out
from rung.cli._dialogue import Dialogue, Over
from rung.cli._here import Here, Wrong
from rung.cli._reviewer import KEPT
from rung.model import LEVELS, Kind, NotAnAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.model import Card
    from rung.store import Store

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def quiz() -> None:
    """Quizzes outside the schedule."""


@app.command()
def ladder(
    context: typer.Context,
    topics: Annotated[list[str] | None, typer.Argument(help="Topics of ladders; default: all.")] = None,
    level: Annotated[str, typer.Option(help="Ask only what sets this level apart: L4, L5, L6 or L7.")] = "",
    seed: Annotated[int | None, typer.Option(min=0, help="Repeat the quiz of that number.")] = None,
) -> None:
    """Order the rungs of ladders, name the level of an answer, find what a rung missed."""
    here = Here.of(context)
    if level.upper() not in ("", *LEVELS):
        raise Wrong(f'"{level}" is no level; levels are {", ".join(LEVELS)}')
    dialogue = Dialogue(rich=_out.interactive() and not here.plain)
    with here.store() as store:
        ladders = _about(here.cards(store, "ladder"), topics or ())
        number = here.clock.now() % 100_000 if seed is None else seed
        asked = quizzes.questions(ladders, number, level.upper())
        options = [*(topics or ()), *([f"--level {level}"] if level else ()), f"--seed {number}"]
        again = f"rung quiz ladder {' '.join(options)}"
        Quiz(here, store, dialogue, number, asked, _misses(ladders), again).run()


def _about(cards: Sequence[Card], topics: Sequence[str]) -> Sequence[Card]:
    """The cards of the ladders about `topics`: their topic, or the id of the note."""
    if not topics:
        return cards
    named = {card.id: {quizzes.topic(card), quizzes.ladder(card).rpartition("/")[2]} for card in cards}
    known = sorted(set().union(*named.values()) if named else set())
    if unknown := [topic for topic in topics if topic not in known]:
        raise Wrong(f'there is no ladder about "{unknown[0]}"; ladders are about {", ".join(known) or "nothing yet"}')
    return [card for card in cards if named[card.id] & set(topics)]


def _misses(cards: Sequence[Card]) -> dict[tuple[str, str], str]:
    asked = (card for card in cards if quizzes.task(card) == quizzes.MISS)
    return {
        (quizzes.ladder(card), card.level): next(
            item.text for item in card.content.options if item.id == card.content.right
        )
        for card in asked
    }


@dataclass
class Quiz:
    """A quiz in a dialogue; every answer is logged as a quiz event of its card."""

    here: Here
    store: Store
    dialogue: Dialogue
    seed: int
    asked: Sequence[Card]
    misses: dict[tuple[str, str], str]
    again: str
    results: list[quizzes.Result] = field(default_factory=list)

    def run(self) -> None:
        if not self.asked:
            self.dialogue.line("There are no ladders here.")
            return
        try:
            for number, card in enumerate(self.asked, 1):
                self.dialogue.line(f"[{number}/{len(self.asked)}] quiz", "dim")
                if not self.turn(card):
                    break
        except Over:
            pass
        finally:
            self.sum_up()

    def turn(self, card: Card) -> bool:
        """Ask one card; False when the learner stops."""
        from rung import session

        number = shuffle.seed(card.id, self.seed)
        asked = kind(card.kind).ask(card.content, number)
        self.dialogue.question(card.title, asked)
        self.dialogue.line()
        since = self.here.clock.elapsed()
        while True:
            words = self.dialogue.ask(f"{asked.how}:")
            if words.casefold() in ("q", ":q"):
                return False
            took = self.here.clock.elapsed() - since
            try:
                scored = kind(card.kind).score(card.content, asked, words)
                break
            except NotAnAnswer as error:
                self.dialogue.line(f"{error} Or q to stop.")
        self.dialogue.line()
        self.dialogue.markdown(session.back(card, asked, words))
        self.dialogue.line(f"  {quizzes.ladder(card)}", "dim")  # the whole id would tell a level
        for remark in scored.remarks:
            self.dialogue.line(f"  {remark}", "bold")
        self.dialogue.line()
        clock, grade = self.here.clock, scored.grade or 0
        detail = {"seed": number, "answer": words[:KEPT], "quiz": self.seed}
        self.store.record(
            Kind.QUIZ, now=clock.now(), day=clock.day(), card=card.id, grade=grade, took=took, detail=detail
        )
        order = ordering.order(asked, words) if quizzes.task(card) == quizzes.ORDER else ()
        self.results.append(quizzes.Result(card, quizzes.share(card, grade), order))
        return True

    def sum_up(self) -> None:
        if not self.results:
            self.dialogue.line("Nothing answered.")
            return
        levels = list(LEVELS)
        titles = {quizzes.ladder(card): card.title for card in self.asked}
        for name, level, miss in quizzes.moves(self.results, self.misses):
            after = levels[levels.index(level) + 1]
            self.dialogue.line(titles[name], "bold cyan")
            self.dialogue.line(f"  The move that takes you from {level} to {after} is to make good what was missed:")
            self.dialogue.markdown(miss)
            self.dialogue.line()
        self.dialogue.line(f"Score by level ({_out.plural(len(self.results), 'question')}):", "bold")
        for name, points, count in quizzes.scores(self.results):
            told = f"{name} {LEVELS[name]}" if name in LEVELS else "order of the rungs"
            self.dialogue.line(f"  {told:<20} {points:g} of {count}")
        self.dialogue.line(f"The same quiz again: {self.again}")
