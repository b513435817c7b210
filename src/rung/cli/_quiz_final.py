"""The final quiz in a dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import final
from rung.cli._quiz import Asking
from rung.quiz import shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.cli._here import Here
    from rung.model import Card
    from rung.quiz import Result
    from rung.store import Store


def run(here: Here, store: Store, count: int, seed: int | None) -> None:
    """Ask `count` cards of all courses, in equal shares; those of decks that are off are left out."""
    asking = Asking.of(here, store, seed)
    courses = {row.id: row.course for row in store.decks(here.folder.name) if row.on}
    asked = final.questions(here.cards(store), courses, asking.seed, count)
    if asked:
        Final(asking, asked, courses, f"rung quiz final --count {count} --seed {asking.seed}").run()
    else:
        asking.dialogue.line("There are no cards here.")


@dataclass
class Final:
    """`courses` gives each deck's course; `again` is the command that repeats the quiz."""

    asking: Asking
    asked: Sequence[Card]
    courses: Mapping[str, str]
    again: str
    results: list[Result] = field(default_factory=list)

    def run(self) -> None:
        with self.asking.dialogue.sitting(self.sum_up):
            for number, card in enumerate(self.asked, 1):
                self.asking.dialogue.line(f"[{number}/{len(self.asked)}] {self.courses[card.deck]}", "dim")
                self.results.append(self.asking.ask(card))

    def sum_up(self) -> None:
        dialogue = self.asking.dialogue
        if not self.results:
            dialogue.line("Nothing answered.")
            return
        self.asking.tell_shares("course", shares(self.results, lambda card: self.courses[card.deck]))
        self.asking.tell_shares("level", shares(self.results, lambda card: card.level))
        if weak := final.weakest(self.results):
            dialogue.line("Weakest topics, what cost most first:", "bold")
        for topic, ids in weak:
            dialogue.line(f"  {topic.name}  {topic}")
            for id_ in ids:
                dialogue.line(f"    {id_}")
        dialogue.line(f"The same quiz again: {self.again}")
