"""The placement: a dozen questions on ladders, each chosen by the answers so far; then the range of levels, and the moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rung import lines, placement, quiz
from rung.model import LEVELS
from rung.quizzes import BLANK, MARKDOWN, NOTHING, NoQuiz, Told, asked, results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rung.model import Card
    from rung.quiz import Result
    from rung.quizzes import Done, Task

ABOUT = "At which level you answer, from 12 to 20 questions on ladders."
MOVES = 2  # that are told
WIDEST = 30  # characters of a bar


@dataclass(frozen=True, slots=True)
class Placing:
    """A placement on a `day` over the cards of `ladders`."""

    number: int
    ladders: Sequence[Card]
    day: date
    ends: int = 0

    @property
    def span(self) -> str:
        """How many questions there will be."""
        most = placement.most(self.ladders)
        return f"{placement.LEAST} to {most}" if most > placement.LEAST else str(most)

    @property
    def opening(self) -> tuple[Told, ...]:
        name = "question" if self.span == "1" else "questions"
        return Told(
            f"{self.span} {name}, each on another ladder; they follow from your answers. ? helps, q stops."
        ), BLANK

    def next(self, done: Sequence[Done]) -> Task | None:
        card = placement.next_card(self.ladders, results(done), self.number)
        if card is None:
            return None
        return replace(asked(card, self.number, whole_id=False), placement=len(done) + 1)

    def head(self, done: Sequence[Done], _now: int) -> str:
        return f"[{len(done) + 1} of {self.span}] placement"

    def told(self, done: Sequence[Done], _now: int) -> Iterator[Told]:
        if not done:
            yield NOTHING
            return
        found = results(done)
        placed = placement.placement(found, self.day)
        stopped = " so far" if self.next(done) else ""
        yield Told(f"Your level{stopped}: {placed}, by {lines.plural(placed.items, 'answer')}.", "bold")
        for level, chance in placement.after(found).levels.items():
            name = f"{level} {LEVELS[level]}{' or below' * (level == min(LEVELS))}"
            bar = "█" * round(WIDEST * chance)
            yield Told(f"  {name:<15}  {lines.percent(round(100 * chance), 100):>5}  {bar}".rstrip())
        yield Told("A range, not a verdict: of simulated learners some nine in ten lie in theirs.", "dim")
        if topics := placement.topics(placement.weakest(found)):
            yield Told(f"Weakest: {', '.join(topics)}")
        yield BLANK
        yield from self._moves(found, placed.likely)
        yield Told(f"The same quiz again: rung quiz placement --seed {self.number}")

    def _moves(self, found: Sequence[Result], level: str) -> Iterator[Told]:
        """What separates from the level above."""
        levels = list(LEVELS)
        for card, miss in placement.moves(found, quiz.misses(self.ladders))[:MOVES]:
            after = levels[levels.index(level) + 1]
            yield Told(card.title, "bold cyan")
            yield Told(f"  The move that takes you from {level} to {after} is to make good what was missed:")
            yield Told(miss, MARKDOWN)
            yield BLANK


def begin(cards: Iterable[Card], on: Iterable[str], number: int, day: date) -> Placing:
    """A placement over the ladders among the cards of the decks that are `on`."""
    decks = set(on)
    ladders = [card for card in cards if card.deck in decks]
    if not placement.most(ladders):
        raise NoQuiz("There are no ladders here.")
    return Placing(number, ladders, day)
