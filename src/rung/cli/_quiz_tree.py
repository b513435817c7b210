"""Walking a decision tree in a dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import quiz as quizzes
from rung import shuffle
from rung.cli import _cards, _out, _turn
from rung.cli._named import meant
from rung.cli._quiz import Asking
from rung.model import Expects, Question
from rung.notes import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.model import Card
    from rung.store import Store


def run(here: Here, store: Store, named: str) -> None:
    """Walk a tree; raises Wrong."""
    trees: dict[str, tree.Note] = _cards.kept(here.folder, "tree")
    asking = Asking.of(here, store, None)
    path = meant(trees, named, "tree", "rung quiz tree") if named else _picked(trees, asking.dialogue)
    if path:
        cards = {card.id: card for card in here.cards(store, "tree")}
        Walk(asking, trees[path], cards, path).run()


def _picked(trees: Mapping[str, tree.Note], dialogue: Dialogue) -> str:
    """The only tree, or the one that the learner picks from the list; empty for none."""
    notes = list(trees)
    if len(notes) == 1:
        return notes[0]
    if not notes:
        dialogue.line("There are no decision trees here.")
        return ""
    for number, note in enumerate(notes, 1):
        dialogue.line(f"{f'{number}. ' if _out.interactive() else ''}{note}  {trees[note].name}")
    place = dialogue.picked(len(notes))
    return "" if place is None else notes[place]


@dataclass
class Walk:
    """Walks through a tree; `cards` by id ask what follows on a branch, `path` is `<deck>/<note>`."""

    asking: Asking
    note: tree.Note
    cards: Mapping[str, Card]
    path: str
    steps: list[tree.Branch] = field(default_factory=list)
    results: list[quizzes.Result] = field(default_factory=list)

    def run(self) -> None:
        dialogue = self.asking.dialogue
        with dialogue.sitting(self.sum_up):
            dialogue.line("Take a case you know, and answer for it. ? helps, q stops.")
            self.walk()
            while self.asking.yes("Walk again?"):
                self.walk()

    def walk(self) -> None:
        """From the root to a leaf, with the way and the whole tree at the end."""
        self.steps = []
        here: tree.Question | None = tree.root(self.note)
        self.asking.dialogue.line()
        while here:
            branch = self.pick(here)
            self.steps.append(branch)
            self.asking.dialogue.line()
            if card := self.card(branch):
                self.follow(branch, card)
            here = tree.question(self.note, branch.to) if branch.to else None
        self.asking.dialogue.line("Your way:", "bold")
        self.asking.dialogue.markdown(self.way())
        self.asking.dialogue.line()
        self.draw()

    def pick(self, question: tree.Question) -> tree.Branch:
        """The branch of a question that fits the learner's case."""
        branches = tree.branches(self.note, question.id)
        options = shuffle.lettered((branch.id, branch.answer) for branch in branches)
        letters = [option.letter for option in options]
        self.asking.dialogue.question(self.note.name, Question(question.asks, Expects.LETTER, options=options))
        self.asking.dialogue.line()
        asked = f"Which fits your case? {letters[0]} to {letters[-1]}:" if len(letters) > 1 else "Type A to go on:"
        while (letter := self.asking.line(asked).upper()) not in letters:
            self.asking.dialogue.line(f"Type one of the letters {' '.join(letters)}, or q to stop.")
        return branches[letters.index(letter)]

    def follow(self, branch: tree.Branch, card: Card) -> None:
        """Ask what follows on a branch that the learner is on."""
        self.asking.dialogue.markdown(f"*{branch.answer}.* What follows? Say it aloud.")
        seed = shuffle.seed(card.id, self.asking.seed)
        asked = Question("", Expects.THOUGHT, seed=seed)
        self.results.append(self.asking.answered(card, asked, seed, card.id))

    def card(self, branch: tree.Branch) -> Card | None:
        """What asks what follows on a branch; None where nothing but the next question does."""
        return self.cards.get(f"{self.path}#{branch.id}")

    def way(self) -> str:
        """The walk as a list of questions and answers."""
        asked = ((tree.question(self.note, step.of).asks, step) for step in self.steps)
        return "\n".join(f"- {asks} — *{step.answer}*" for asks, step in asked)

    def draw(self) -> None:
        self.asking.dialogue.line("The whole tree:", "bold")
        self.asking.dialogue.markdown(tree.drawing(self.note))
        self.asking.dialogue.line()

    def sum_up(self) -> None:
        dialogue = self.asking.dialogue
        if not self.results:
            dialogue.line("Nothing answered.")
            return
        right = sum(result.right for result in self.results)
        dialogue.line(f"{_out.plural(len(self.results), 'answer')}, {right} right.", "bold")
        _turn.tell_missed(self.asking.dialogue, dict.fromkeys(quizzes.missed(self.results)))
