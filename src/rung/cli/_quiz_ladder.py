"""The quiz over ladders in a dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import quiz as quizzes
from rung.cli._here import Wrong
from rung.cli._quiz import Asking
from rung.model import LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.cli._here import Here
    from rung.model import Card
    from rung.store import Store


def run(here: Here, store: Store, topics: Sequence[str], level: str, seed: int | None) -> None:
    """Ask about the ladders of those topics; with a level, only what sets it apart. Raises Wrong."""
    if level.upper() not in ("", *LEVELS):
        raise Wrong(f'"{level}" is no level; levels are {", ".join(LEVELS)}')
    ladders = _about(here.cards(store, "ladder"), topics)
    asking = Asking.of(here, store, seed)
    options = [*topics, *([f"--level {level}"] if level else ()), f"--seed {asking.seed}"]
    again = f"rung quiz ladder {' '.join(options)}"
    asked = quizzes.questions(ladders, asking.seed, level.upper())
    LadderQuiz(asking, asked, quizzes.misses(ladders), again).run()


def _about(cards: Sequence[Card], topics: Sequence[str]) -> Sequence[Card]:
    """The cards of the ladders about `topics`: their topic, or the id of the note."""
    if not topics:
        return cards
    named = {card.id: {quizzes.topic(card), card.note.rpartition("/")[2]} for card in cards}
    known = sorted(set().union(*named.values()) if named else set())
    if unknown := [topic for topic in topics if topic not in known]:
        raise Wrong(f'there is no ladder about "{unknown[0]}"; ladders are about {", ".join(known) or "nothing yet"}')
    return [card for card in cards if named[card.id] & set(topics)]


@dataclass
class LadderQuiz:
    """`misses` tells what the rung of a (ladder, level) missed; `again` is the command that repeats the quiz."""

    asking: Asking
    asked: Sequence[Card]
    misses: dict[tuple[str, str], str]
    again: str
    results: list[quizzes.Result] = field(default_factory=list)

    def run(self) -> None:
        if not self.asked:
            self.asking.dialogue.line("There are no ladders here.")
            return
        with self.asking.dialogue.sitting(self.sum_up):
            for number, card in enumerate(self.asked, 1):
                self.asking.dialogue.line(f"[{number}/{len(self.asked)}] quiz", "dim")
                self.results.append(self.asking.ask(card, whole_id=False))  # the whole id would tell a level

    def sum_up(self) -> None:
        dialogue = self.asking.dialogue
        if not self.results:
            dialogue.line("Nothing answered.")
            return
        levels = list(LEVELS)
        titles = {card.note: card.title for card in self.asked}
        for name, level, miss in quizzes.moves(self.results, self.misses):
            after = levels[levels.index(level) + 1]
            dialogue.line(titles[name], "bold cyan")
            dialogue.line(f"  The move that takes you from {level} to {after} is to make good what was missed:")
            dialogue.markdown(miss)
            dialogue.line()
        self.asking.tell_shares("level", quizzes.shares(self.results, lambda card: card.level or "order of the rungs"))
        dialogue.line(f"The same quiz again: {self.again}")
