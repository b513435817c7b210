"""A walk through a decision tree with a case of the learner's own, as often as wanted; then what was right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import lines, quiz, shuffle
from rung.model import Expects, Question
from rung.notes import tree
from rung.quizzes import BLANK, MARKDOWN, NOTHING, NoQuiz, Task, Told, Wants, missed, results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.model import Card
    from rung.quizzes import Done

ABOUT = "Walk a decision tree with a case of your own."
NONE = "There are no decision trees here."


@dataclass(frozen=True, slots=True)
class Walk:
    """`cards` by id ask what follows on a branch; `path` is `<deck>/<note>`."""

    number: int
    note: tree.Note
    path: str
    cards: Mapping[str, Card]
    ends: int = 0
    opening: tuple[Told, ...] = (Told("Take a case you know, and answer for it. ? helps, q stops."), BLANK)

    def next(self, done: Sequence[Done]) -> Task | None:
        if not done:
            return self._pick(tree.root(self.note))
        last = done[-1]
        if last.task.wants is Wants.YES:
            return self._pick(tree.root(self.note)) if last.words else None
        steps = self.way(done)
        branch = steps[-1]
        if last.task.wants is Wants.LETTER and (card := self._card(branch)):
            return self._follow(branch, card)
        return self._pick(tree.question(self.note, branch.to)) if branch.to else self._end(steps)

    def head(self, done: Sequence[Done], _now: int) -> str:
        return f"{self.note.name} - step {len(self.way(done)) + 1}"

    def told(self, done: Sequence[Done], _now: int) -> Iterator[Told]:
        found = results(done)
        if not found:
            yield NOTHING
            return
        right = sum(result.right for result in found)
        yield Told(f"{lines.plural(len(found), 'answer')}, {right} right.", "bold")
        yield from missed(dict.fromkeys(quiz.missed(found)))

    def way(self, done: Sequence[Done]) -> tuple[tree.Branch, ...]:
        """The branches of the walk that is going on, or that has just ended."""
        steps: list[tree.Branch] = []
        for each in done:
            if each.task.wants is Wants.YES:
                steps = []
            elif each.task.wants is Wants.LETTER:
                picked = next(option.id for option in each.task.question.options if option.letter == each.words)
                steps.append(next(branch for branch in self.note.branches if branch.id == picked))
        return tuple(steps)

    def _pick(self, question: tree.Question) -> Task:
        """The branch of a question that fits the learner's case."""
        branches = tree.branches(self.note, question.id)
        options = tuple(shuffle.lettered((branch.id, branch.answer) for branch in branches))
        first, last = options[0].letter, options[-1].letter
        how = f"Which fits your case? {first} to {last}" if len(options) > 1 else "Type A to go on"
        return Task(
            Wants.LETTER,
            title=self.note.name,
            question=Question(question.asks, Expects.LETTER, options=options),
            how=how,
        )

    def _follow(self, branch: tree.Branch, card: Card) -> Task:
        """What follows on a branch that the learner is on."""
        seed = shuffle.seed(card.id, self.number)
        said = Told(f"*{branch.answer}.* What follows? Say it aloud.", MARKDOWN)
        question = Question("", Expects.THOUGHT, seed=seed)
        before = Told(self.note.name, "bold"), BLANK, Told(tree.question(self.note, branch.of).asks, MARKDOWN), BLANK
        return Task(Wants.GRADE, (said,), question=question, card=card, seed=seed, source=card.id, before=before)

    def _end(self, steps: Iterable[tree.Branch]) -> Task:
        """The way and the whole tree, at a leaf."""
        asked = ((tree.question(self.note, step.of).asks, step) for step in steps)
        way = "\n".join(f"- {asks} — *{step.answer}*" for asks, step in asked)
        told = (Told("Your way:", "bold"), Told(way, MARKDOWN), BLANK)
        whole = (Told("The whole tree:", "bold"), Told(tree.drawing(self.note), MARKDOWN), BLANK)
        return Task(Wants.YES, (*told, *whole), how="Walk again?")

    def _card(self, branch: tree.Branch) -> Card | None:
        """What asks what follows on a branch; None where nothing but the next question does."""
        return self.cards.get(f"{self.path}#{branch.id}")


def begin(trees: Mapping[str, tree.Note], path: str, cards: Iterable[Card], number: int) -> Walk:
    """A walk through the tree at a path, `<deck>/<note>`; `cards` are those of all trees."""
    if not trees:
        raise NoQuiz(NONE)
    return Walk(number, trees[path], path, {card.id: card for card in cards})
