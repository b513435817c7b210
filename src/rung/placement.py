"""Placement: at which level a learner answers, from a dozen questions on ladders, each chosen by those before. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rung import quiz, shuffle
from rung.ability import ITEMS, PRIOR
from rung.counts import Placement
from rung.model import Expects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from rung.ability import Posterior
    from rung.counts import PlacedRow
    from rung.model import Card
    from rung.quiz import Result

LEAST, MOST = 12, 20  # items
CHOICES = 6  # every sixth item is a choice, a rung's miss and a rung's level in turn; orders tell most, but tire
SHOWN = 3  # weakest topics
CLEARLY = 0.5  # levels below the range
BACK = ((1.5, 28), (1.0, 14), (CLEARLY, 7))  # levels below the range, and after how many days a card comes back


def item(card: str) -> str:
    """The item that a card of a ladder is, by its id; empty for cards that the learner grades."""
    part = card.partition("#")[2]
    return part if part in ITEMS else ""


def most(cards: Iterable[Card]) -> int:
    """How many of these cards a placement may ask: one of a family, since the others are given away by it."""
    return min(MOST, len({card.family for card in cards if item(card.id)}))


def next_card(cards: Iterable[Card], results: Sequence[Result], seed: int) -> Card | None:
    """What to ask after what has come so far; None where nothing is left or enough is known.

    Of the topics that had fewest turns, and within them of such decks, the card from which most information is
    expected; `seed` picks among those that are alike.
    """
    posterior = after(results)
    if len(results) >= MOST or (len(results) >= LEAST and posterior.narrow):
        return None
    asked = [each.card for each in results]
    families = {card.family for card in asked}
    left = [card for card in cards if item(card.id) and card.family not in families]
    turn, place = divmod(len(asked), CHOICES)
    if place == CHOICES - 1:
        wanted = (quiz.MISS, quiz.LEVEL)[turn % 2]
        left = [card for card in left if quiz.task(card) == wanted] or left
    for name in (quiz.topic, lambda card: card.deck):
        turns = Counter(map(name, asked))
        fewest = min((turns[name(card)] for card in left), default=0)
        left = [card for card in left if turns[name(card)] == fewest]
    worth = {name: posterior.information(name) for name in sorted({item(card.id) for card in left})}
    mixed = shuffle.shuffled(left, lambda card: card.id, seed)
    return max(mixed, key=lambda card: worth[item(card.id)], default=None)


# ── what is told at the end ──────────────────────────────────────────────────────────────────────


def after(results: Iterable[Result]) -> Posterior:
    """What is known of the learner from those answers."""
    return _known((item(each.card.id), each.share) for each in results)


def placement(results: Sequence[Result], day: date) -> Placement:
    return _placement(after(results), day, len(results))


def weakest(results: Sequence[Result]) -> tuple[Card, ...]:
    """The cards that went worse than is expected at the learner's level, the worst first."""
    posterior = after(results)
    beyond = {each.card: each.share - posterior.expected(item(each.card.id)) for each in results}
    return tuple(sorted((card for card, by in beyond.items() if by < 0), key=lambda card: beyond[card]))


def topics(cards: Iterable[Card]) -> tuple[str, ...]:
    """The first few of their topics."""
    return tuple(dict.fromkeys(filter(None, map(quiz.topic, cards))))[:SHOWN]


def moves(results: Sequence[Result], misses: Mapping[tuple[str, str], str]) -> tuple[tuple[Card, str], ...]:
    """What separates the likely level from the next: of each ladder that went worse than expected a card, and the move.

    `misses` tells what the rung of a (ladder, level) missed; nothing lies above the highest level.
    """
    level = after(results).likely
    return tuple((card, misses[card.note, level]) for card in weakest(results) if (card.note, level) in misses)


def intervals(results: Sequence[Result], cards: Iterable[Card], number: int) -> dict[str, int]:
    """The days after which those cards come back that lie CLEARLY below the range, by id: the clearer, the later.

    A card lies where half of the learners have it whole. Ladders that went worse than expected are left alone. Days of
    cards that lie alike are spread, up to twice the least, by the `number` of the quiz.
    """
    low, weak = after(results).low, {card.family for card in weakest(results)}
    found = {}
    for card in cards:
        name = item(card.id)
        if not name or card.family in weak:
            continue
        if days := days_below(round(low - ITEMS[name].steps[-1][1], 2)):
            found[card.id] = days + shuffle.seed(card.id, number) % days
    return found


def days_below(levels: float) -> int:
    """After how many days at least a card comes back that lies so many levels below the range; 0 where that is not clear."""
    return next((days for least, days in BACK if levels >= least), 0)


# ── history ──────────────────────────────────────────────────────────────────────────────────────


def history(rows: Iterable[PlacedRow]) -> tuple[Placement, ...]:
    """Every placement of a log, in the order in which they began; `rows` are its answers in their order.

    One is what has the same number on the same device, from place 1 on; those that were stopped are told as well.
    """
    runs: list[list[PlacedRow]] = []
    running: dict[tuple[str, int], list[PlacedRow]] = {}
    for row in rows:
        if item(row.card) and row.grade is not None:
            run = running.get((row.device, row.quiz))
            if run is None or row.place <= run[-1].place:
                run = running[row.device, row.quiz] = []
                runs.append(run)
            run.append(row)
    return tuple(_placed(run) for run in runs)


def _placed(run: Sequence[PlacedRow]) -> Placement:
    return _placement(_known((item(row.card), _share(row)) for row in run), run[0].day, len(run))


def _share(row: PlacedRow) -> float:
    """What a result of that answer holds."""
    expects = Expects.LETTERS if item(row.card) == "order" else Expects.LETTER
    return quiz.share(expects, row.grade) if row.answer else 0


def _placement(posterior: Posterior, day: date, items: int) -> Placement:
    low, high = posterior.range
    return Placement(day, low, posterior.likely, high, items)


def _known(answers: Iterable[tuple[str, float]]) -> Posterior:
    """What is known after answers to items, each with its share of the points."""
    posterior = PRIOR
    for name, share in answers:
        posterior = posterior.after(name, share)
    return posterior
