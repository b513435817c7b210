"""Quizzes outside the schedule: what they share, and the one over calibration ladders. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest
from typing import TYPE_CHECKING

from rung import lines
from rung.cards import ordering
from rung.model import LEVELS, Expects
from rung.session import GIVEN, KEPT
from rung.shuffle import shuffled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from rung.model import Card, Question

ORDER, LEVEL, MISS = "order", "level", "miss"
NAMED, MISSED = 2, 1  # of a ladder: rungs to name the level of, rungs to find the miss of
PASSED = 3  # the grade from which an answer is right
PARTLY = frozenset((Expects.LETTERS, Expects.TICKS, Expects.NUMBERS))  # answers of many parts may be right in some


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question: `share` of the points, 0 to 1; of an order, the levels as they were put."""

    card: Card
    share: float
    order: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return self.share == 1


@dataclass(frozen=True, slots=True)
class Share:
    """The points had of the `count` questions on one thing."""

    name: str
    points: float
    count: int

    def __str__(self) -> str:
        return f"{round(self.points, 1):g} of {self.count}"


# ── what all quizzes share ───────────────────────────────────────────────────────────────────────


def topic(card: Card) -> str:
    """What a card is about, by its tag."""
    return next((tag.removeprefix("topic::") for tag in card.tags if tag.startswith("topic::")), "")


def share(expects: Expects, grade: int) -> float:
    """The points of a graded answer, 0 to 1: one of many parts may be right in some, others are right or wrong."""
    return grade / 5 if expects in PARTLY else float(grade >= PASSED)


def result(card: Card, asked: Question, words: str, grade: int) -> Result:
    """What comes of an answer with that grade; none at all is not one that is right in part."""
    order = ordering.order(asked, words) if card.kind == "ordering" and words else ()
    missed = asked.expects in GIVEN and not words
    return Result(card, 0 if missed else share(asked.expects, grade), order)


def detail(quiz: int, seed: int, words: str, placement: int = 0) -> dict[str, Any]:
    """What the log keeps of an answer in the quiz of that number; of one for `placement`, its place there, from 1 on."""
    kept = {"seed": seed, "answer": words[:KEPT], "quiz": quiz}
    return {**kept, "placement": placement} if placement else kept


def one_a_family(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The first card of every family: the others are given away by it."""
    first: dict[str, Card] = {}
    for card in cards:
        first.setdefault(card.family, card)
    return tuple(first.values())


def in_turn(cards: Iterable[Card], *names: Callable[[Card], str]) -> tuple[Card, ...]:
    """The cards, one for each value of the first of `names` in turn; among those of a value likewise by the next."""
    if not names:
        return tuple(cards)
    first, *rest = names
    groups: dict[str, list[Card]] = {}
    for card in cards:
        groups.setdefault(first(card), []).append(card)
    rows = zip_longest(*(in_turn(group, *rest) for group in groups.values()))
    return tuple(card for card in chain.from_iterable(rows) if card is not None)


def missed(results: Iterable[Result]) -> tuple[Card, ...]:
    """The cards that were not wholly right, the worst first."""
    wrong = sorted((result for result in results if not result.right), key=lambda result: result.share)
    return tuple(result.card for result in wrong)


def shares(results: Iterable[Result], name: Callable[[Card], str]) -> tuple[Share, ...]:
    """The share of each name that a card has, sorted; a card whose name is empty counts for none."""
    held: dict[str, list[float]] = {}
    for result in results:
        if called := name(result.card):
            held.setdefault(called, []).append(result.share)
    return tuple(Share(called, sum(held[called]), len(held[called])) for called in sorted(held))


def told(by: str, shares: Sequence[Share]) -> Iterator[str]:
    """Each share in a line, below what they are; nothing where there is none."""
    if not shares:
        return
    yield f"Score by {by} ({lines.plural(sum(share.count for share in shares), 'question')}):"
    names = [f"{share.name} {LEVELS.get(share.name, '')}".rstrip() for share in shares]
    width = max(map(len, names))
    for name, share in zip(names, shares, strict=True):
        yield f"  {name:<{width}}  {share}"


# ── ladders ──────────────────────────────────────────────────────────────────────────────────────


def task(card: Card) -> str:
    """What a ladder's card asks for: the order of the rungs, a level, or a miss; empty for its other cards."""
    if card.kind == "ordering":
        return ORDER
    if card.kind != "choice":
        return ""
    return MISS if card.part.endswith(".misses") else LEVEL


def questions(cards: Iterable[Card], seed: int, level: str = "") -> tuple[Card, ...]:
    """The cards of a quiz: misses first, then levels, then orders, so that nothing is shown before it is asked.

    Of every ladder a few, picked by `seed`; with a `level`, all that sets it apart from its neighbours.
    """
    by_task: dict[str, list[Card]] = {MISS: [], LEVEL: [], ORDER: []}
    ladders: dict[str, list[Card]] = {}
    for card in cards:
        if task(card):
            ladders.setdefault(card.note, []).append(card)
    for each in ladders.values():
        for card in _of_level(each, level) if level else _picked(each, seed):
            by_task[task(card)].append(card)
    return tuple(card for group in by_task.values() for card in shuffled(group, lambda card: card.id, seed))


def _picked(cards: Sequence[Card], seed: int) -> list[Card]:
    mixed = shuffled(cards, lambda card: card.id, seed)
    most = {ORDER: 1, LEVEL: NAMED, MISS: MISSED}
    return [card for name, count in most.items() for card in [c for c in mixed if task(c) == name][:count]]


def _of_level(cards: Sequence[Card], level: str) -> list[Card]:
    levels = list(LEVELS)
    place = levels.index(level)
    below = levels[max(0, place - 1)]
    near = levels[max(0, place - 1) : place + 2]
    wanted = {LEVEL: near, MISS: [below, level]}
    return [card for card in cards if card.level in wanted.get(task(card), ())]


def misses(cards: Iterable[Card]) -> dict[tuple[str, str], str]:
    """What the rung of each (ladder, level) missed."""
    asked = (card for card in cards if task(card) == MISS)
    return {
        (card.note, card.level): next(item.text for item in card.content.options if item.id == card.content.right)
        for card in asked
    }


def moves(results: Iterable[Result], misses: Mapping[tuple[str, str], str]) -> tuple[tuple[str, str, str], ...]:
    """For every wrong answer (ladder, level, move to the next level), once each, by ladder and level.

    `misses` tells what the rung of a (ladder, level) missed.
    """
    wrong = {(result.card.note, level) for result in results if not result.right for level in _confused(result)}
    return tuple((name, level, misses[name, level]) for name, level in sorted(wrong) if (name, level) in misses)


def _confused(result: Result) -> Iterator[str]:
    """The level asked for; of an order, each level that was put above the one after it."""
    if result.card.level:
        yield result.card.level
    place = {level: number for number, level in enumerate(result.order)}
    yield from (low for low, high in pairwise(LEVELS) if place.get(low, 0) > place.get(high, 0))
