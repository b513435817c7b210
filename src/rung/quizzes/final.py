"""The final quiz: all courses in equal shares; then the score by course and level, and the weakest topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import final, quiz
from rung.quizzes import NOTHING, NoQuiz, Told, asked, results, shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.model import Card
    from rung.quizzes import Done, Task

ABOUT = "All courses in equal shares, and where you are weakest."
COUNT, MOST = 40, 1000  # questions, if nobody says how many; and at most


@dataclass(frozen=True, slots=True)
class Final:
    """`courses` gives each deck's course; `again` is the command that repeats the quiz."""

    number: int
    cards: Sequence[Card]
    courses: Mapping[str, str]
    again: str
    ends: int = 0
    opening: tuple[Told, ...] = ()

    def next(self, done: Sequence[Done]) -> Task | None:
        return asked(self.cards[len(done)], self.number) if len(done) < len(self.cards) else None

    def head(self, done: Sequence[Done], _now: int) -> str:
        return f"[{len(done) + 1}/{len(self.cards)}] {self.courses[self.cards[len(done)].deck]}"

    def told(self, done: Sequence[Done], _now: int) -> Iterator[Told]:
        if not done:
            yield NOTHING
            return
        found = results(done)
        yield from shares("course", quiz.shares(found, lambda card: self.courses[card.deck]))
        yield from shares("level", quiz.shares(found, lambda card: card.level))
        if weak := final.weakest(found):
            yield Told("Weakest topics, what cost most first:", "bold")
        for topic, ids in weak:
            yield Told(f"  {topic.name}  {topic}")
            for id_ in ids:
                yield Told(f"    {id_}")
        yield Told(f"The same quiz again: {self.again}")


def begin(cards: Iterable[Card], courses: Mapping[str, str], number: int, count: int = COUNT) -> Final:
    """A quiz of `count` cards, in equal shares of all courses; cards of decks without one are left out."""
    questions = final.questions(cards, courses, number, count)
    if not questions:
        raise NoQuiz("There are no cards here.")
    return Final(number, questions, courses, f"rung quiz final --count {count} --seed {number}")
