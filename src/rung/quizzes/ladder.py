"""The quiz over ladders: misses, levels, orders; then the moves from one level to the next, and the score by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import quiz
from rung.model import LEVELS
from rung.quizzes import BLANK, MARKDOWN, NOTHING, NoQuiz, NotKnown, Told, asked, results, shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rung.model import Card
    from rung.quizzes import Done, Task

ABOUT = "Order the rungs of ladders, name the level of an answer, find what a rung missed."
NONE = "There are no ladders here."


@dataclass(frozen=True, slots=True)
class Ladders:
    """`misses` tells what the rung of a (ladder, level) missed; `again` is the command that repeats the quiz."""

    number: int
    cards: Sequence[Card]
    misses: Mapping[tuple[str, str], str]
    again: str
    ends: int = 0
    opening: tuple[Told, ...] = ()

    def next(self, done: Sequence[Done]) -> Task | None:
        if len(done) == len(self.cards):
            return None
        return asked(self.cards[len(done)], self.number, whole_id=False)  # the whole id would tell a level

    def head(self, done: Sequence[Done], _now: int) -> str:
        return f"[{len(done) + 1}/{len(self.cards)}] quiz"

    def told(self, done: Sequence[Done], _now: int) -> Iterator[Told]:
        if not done:
            yield NOTHING
            return
        levels, titles = list(LEVELS), {card.note: card.title for card in self.cards}
        for name, level, miss in quiz.moves(results(done), self.misses):
            after = levels[levels.index(level) + 1]
            yield Told(titles[name], "bold cyan")
            yield Told(f"  The move that takes you from {level} to {after} is to make good what was missed:")
            yield Told(miss, MARKDOWN)
            yield BLANK
        yield from shares("level", quiz.shares(results(done), lambda card: card.level or "order of the rungs"))
        yield Told(f"The same quiz again: {self.again}")


def begin(cards: Sequence[Card], number: int, topics: Sequence[str] = (), level: str = "") -> Ladders:
    """A quiz about the ladders of those topics, out of the cards of all; with a level, about what sets it apart."""
    if level.upper() not in ("", *LEVELS):
        raise NotKnown(f'"{level}" is no level; levels are {", ".join(LEVELS)}')
    ladders = _about(cards, topics)
    options = [*topics, *([f"--level {level}"] if level else ()), f"--seed {number}"]
    questions = quiz.questions(ladders, number, level.upper())
    if not questions:
        raise NoQuiz(NONE)
    return Ladders(number, questions, quiz.misses(ladders), f"rung quiz ladder {' '.join(options)}")


def topics(card: Card) -> frozenset[str]:
    """By what the card's ladder may be named: its topic, or the id of its note."""
    return frozenset((quiz.topic(card), card.note.rpartition("/")[2]))


def _about(cards: Sequence[Card], named: Sequence[str]) -> Sequence[Card]:
    if not named:
        return cards
    known = sorted(frozenset().union(*map(topics, cards)))
    if unknown := [topic for topic in named if topic not in known]:
        raise NotKnown(
            f'there is no ladder about "{unknown[0]}"; ladders are about {", ".join(known) or "nothing yet"}'
        )
    return [card for card in cards if topics(card) & set(named)]
