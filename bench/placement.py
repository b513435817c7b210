"""How well placements place simulated learners: `make bench-placement`, or with `--small`.

Learners are drawn uniformly from L4 to L7 and answer as the model says, but for what each row changes: how sharply items
tell learners apart, and how far, in levels, each item is off from the author's word. The last row draws the answers from
the picture behind the model (see `rung.ability`) instead of its curves. The seeds are none that the model was made with.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from math import exp
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from rung import placement, quiz
from rung.ability import ITEMS, STEEP
from rung.cardfile import from_text
from rung.quiz import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.ability import Posterior
    from rung.model import Card

CARDS = Path(__file__).parents[1] / "cards"
LEARNERS, SEED = 1_200, 20290101
BOUNDARIES = (4.5, 5.5, 6.5)
WITHIN = 0.5  # levels

Answers = Callable[[Random, str, float], float]
"""The share of the points that a learner at a level has of an item."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A learner at `level`, after LEAST items and at the end, after `items`."""

    level: float
    least: Posterior
    end: Posterior
    items: int


def told(steep: float, above: float) -> float:
    return 1 / (1 + exp(-steep * above))


def by_model(steep: float, off: float) -> Answers:
    """Answers by the curves of the model, for items that are off by a normal error."""

    def share(random: Random, name: str, level: float) -> float:
        item, error, luck = ITEMS[name], random.gauss(0, off), random.random()
        chances = [item.luck + (1 - item.luck) * told(steep, level - at - error) for _, at in item.steps]
        reached = sum(luck < chance for chance in chances)
        return (0.0, *(least for least, _ in item.steps))[reached]

    return share


def by_picture(random: Random, name: str, level: float) -> float:
    """Answers of who tells levels apart at some of the boundaries, and puts by luck what those leave together."""
    seen = [random.random() < told(STEEP, level - at - random.gauss(0, 0.5)) for at in BOUNDARIES]
    groups = [sum(seen[:rung]) for rung in range(len(BOUNDARIES) + 1)]
    rung, _, miss = name.partition(".")
    if miss:
        return float(seen[int(rung[1:]) - 4] or random.random() < 1 / 3)
    if rung != "order":
        return float(random.random() < 1 / groups.count(groups[int(rung[1:]) - 4]))
    order = sorted(range(len(groups)), key=lambda rung: (groups[rung], random.random()))
    wrong = sum(a > b for place, a in enumerate(order) for b in order[place + 1 :])
    return {0: 1.0, 1: 0.6, 2: 0.4, 3: 0.2}.get(wrong, 0.0)


def placed(cards: Sequence[Card], answers: Answers, number: int) -> Placed:
    random = Random(SEED + number)
    level = random.uniform(4, 7)
    results: list[Result] = []
    while card := placement.next_card(cards, results, SEED + number):
        results.append(Result(card, answers(random, placement.item(card.id), level)))
    return Placed(level, placement.after(results[: placement.LEAST]), placement.after(results), len(results))


def row(name: str, learners: Sequence[Placed]) -> str:
    """Shares of the learners: within half a level, and inside the range, after LEAST items and at the end."""

    def share(holds: Callable[[Placed], bool]) -> str:
        return f"{100 * sum(map(holds, learners)) / len(learners):>6.1f} %"

    items = sorted(each.items for each in learners)
    figures = [
        share(lambda each: abs(each.least.mean - each.level) <= WITHIN),
        share(lambda each: each.least.low <= each.level <= each.least.high),
        share(lambda each: abs(each.end.mean - each.level) <= WITHIN),
        share(lambda each: each.end.low <= each.level <= each.end.high),
        f"{median(items):>6.0f}",
        f"{items[int(0.9 * (len(items) - 1))]:>4}",
    ]
    return f"{name:<40}" + "  ".join(figures)


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    small = "--small" in sys.argv[1:]
    cards = [card for path in sorted(CARDS.rglob("*.jsonl")) for card in from_text(path.read_text("utf-8")).cards]
    ladders = [card for card in cards if card.note_type == "ladder" and not card.retired and quiz.task(card)]
    count = 4 if small else LEARNERS
    say(f"{count:,} learners, {len({card.family for card in ladders})} ladders")
    say(f"{'':<40}{f'after {placement.LEAST} items':^18}  {'at the end':^18}  {'items':^12}")
    say(f"{'':<40}  within  covered    within  covered  median  90 %")
    rows: tuple[tuple[str, Answers], ...] = (
        ("difficulties as stated", by_model(STEEP, 0)),
        ("difficulties off by 0.5", by_model(STEEP, 0.5)),
        ("items less sharp (1.7), as stated", by_model(1.7, 0)),
        ("items less sharp (1.7), off by 0.5", by_model(1.7, 0.5)),
        ("items sharper (2.5), as stated", by_model(2.5, 0)),
        ("items sharper (2.5), off by 0.5", by_model(2.5, 0.5)),
        ("answers by the picture, off by 0.5", by_picture),
    )
    for name, answers in rows:
        say(row(name, [placed(ladders, answers, number) for number in range(count)]))


if __name__ == "__main__":
    main()
