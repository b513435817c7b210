"""In which order new cards come: the rounds of the interview in proportion to what they weigh. Pure."""

from __future__ import annotations

from collections import deque
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EVERY = ""  # the group of decks that serve every round, or that name none

T = TypeVar("T")


def group(rounds: Sequence[str], weights: Mapping[str, int]) -> str:
    """The group of a deck: the heaviest of its rounds, of several the first; EVERY where it serves all, or names none."""
    known = [each for each in rounds if each in weights]
    if not known or (len(known) == len(weights) and len(known) > 1):
        return EVERY
    return max(known, key=lambda each: weights[each])


def weight(name: str, weights: Mapping[str, int]) -> int:
    """What a group weighs; EVERY weighs as much as the heaviest round."""
    return max(weights.values(), default=1) if name == EVERY else weights[name]


def in_proportion(
    new: Mapping[str, Sequence[T]],
    rounds: Mapping[str, Sequence[str]],
    begun: Mapping[str, int],
    weights: Mapping[str, int],
) -> Iterator[T]:
    """All new cards. Next comes the group of which least has been begun for its weight (Webster's method of seats), and
    within it its decks take turns, in the order of `new`.

    `new` holds each deck's cards in their order, `rounds` what each deck serves, `begun` how many cards of it are known.
    """
    decks: dict[str, list[Sequence[T]]] = {}
    for deck, cards in new.items():
        decks.setdefault(group(rounds.get(deck, ()), weights), []).append(cards)
    lines = {name: deque(_in_turn(held)) for name, held in decks.items()}
    for name in sequence({name: len(line) for name, line in lines.items()}, by_group(begun, rounds, weights), weights):
        yield lines[name].popleft()


def sequence(waiting: Mapping[str, int], begun: Mapping[str, int], weights: Mapping[str, int]) -> Iterator[str]:
    """The groups whose turn it is, until none has cards waiting; those that weigh nothing come last."""
    left, had = dict(waiting), dict(begun)
    while any(left.values()):
        name = min((each for each, count in left.items() if count), key=lambda each: _claim(each, had, weights))
        left[name] -= 1
        had[name] = had.get(name, 0) + 1
        yield name


def _claim(name: str, had: Mapping[str, int], weights: Mapping[str, int]) -> tuple[float, int, str]:
    """What makes a group's turn come early: that it has had little for its weight, and then its weight."""
    heavy = weight(name, weights)
    return ((2 * had.get(name, 0) + 1) / heavy if heavy else float("inf")), -heavy, name


def by_group(
    counts: Mapping[str, int], rounds: Mapping[str, Sequence[str]], weights: Mapping[str, int]
) -> dict[str, int]:
    """The counts of decks as those of their groups."""
    found: dict[str, int] = {}
    for deck, count in counts.items():
        name = group(rounds.get(deck, ()), weights)
        found[name] = found.get(name, 0) + count
    return found


def _in_turn(decks: Sequence[Sequence[T]]) -> list[T]:
    return [each for each in chain.from_iterable(zip_longest(*decks)) if each is not None]
