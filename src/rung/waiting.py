"""Cards that wait, and the line that they stand in. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING

from rung.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

APART = 10  # cards from one of a family to the next


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that waits in a sitting, and as what its answer will be logged; `new` where it was never answered."""

    card: str
    family: str
    kind: Kind = Kind.REVIEW
    new: bool = False


def queue(
    due: Sequence[Waiting],
    new: Mapping[str, Sequence[Waiting]],
    reviews: int,
    news: int,
    met: frozenset[str] = frozenset(),
    turns: Callable[[Mapping[str, Sequence[Waiting]]], Iterable[Waiting]] | None = None,
) -> tuple[Waiting, ...]:
    """The cards of a sitting: the first `reviews` of `due`, then `news` new ones, families kept apart.

    `due` stands in its order already; `new` holds each deck's cards in file order. They are taken deck by deck in
    turn, or in the order that `turns` makes of them, one a family at most and none of the families in `met`, which had
    their new card today.
    """
    families = set(met)
    fresh = (turns or _in_turn)({deck: _one_a_family(waiting, families) for deck, waiting in new.items()})
    return apart((*due[: max(0, reviews)], *islice(fresh, max(0, news))))


def apart(waiting: Iterable[Waiting], distance: int = APART) -> tuple[Waiting, ...]:
    """The same cards, those of a family `distance` cards apart; those for whom there is no such place come last."""
    placed: list[Waiting] = []
    free: dict[str, int] = {}  # family -> the first place it may take
    held: dict[str, deque[Waiting]] = {}
    turns: list[tuple[int, str]] = []  # a heap of the families that are held back, by the place they may take

    def place(each: Waiting) -> None:
        free[each.family] = len(placed) + distance
        placed.append(each)

    def release() -> None:
        _, family = heappop(turns)
        place(held[family].popleft())
        if held[family]:
            heappush(turns, (free[family], family))
        else:
            del held[family]

    for each in waiting:
        while turns and turns[0][0] <= len(placed):
            release()
        if each.family in held:
            held[each.family].append(each)
        elif free.get(each.family, 0) > len(placed):
            held[each.family] = deque([each])
            heappush(turns, (free[each.family], each.family))
        else:
            place(each)
    while turns:
        release()
    return tuple(placed)


def _one_a_family(waiting: Iterable[Waiting], met: set[str]) -> list[Waiting]:
    """The first card of each family that is not in `met`, which from then on it is."""
    first: dict[str, Waiting] = {}
    for each in waiting:
        if each.family not in met:
            first.setdefault(each.family, each)
    met.update(first)
    return list(first.values())


def _in_turn(new: Mapping[str, Sequence[Waiting]]) -> Iterator[Waiting]:
    return (waiting for waiting in chain.from_iterable(zip_longest(*new.values())) if waiting is not None)
