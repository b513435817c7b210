"""Walks over what leads from one thing to another: ids, and edges as (from, to), whose order is kept. Pure."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Edge = tuple[str, str | None]  # one that ends where it is leads to None


def ways(edges: Sequence[Edge], start: str) -> dict[str, tuple[int, ...]]:
    """For every id that can be reached, the places of the edges that lead to it from `start`, along a shortest way."""
    leading = _leading(edges)
    found: dict[str, tuple[int, ...]] = {start: ()}
    waiting = deque(found)
    while waiting:
        here = waiting.popleft()
        for place, to in leading.get(here, ()):
            if to and to not in found:
                found[to] = (*found[here], place)
                waiting.append(to)
    return found


def outline(edges: Sequence[Edge], start: str) -> Iterator[tuple[int, int, bool]]:
    """The places of the edges below `start`, each above what it leads to: how deep, and whether that is told already."""
    leading = _leading(edges)
    told = {start}
    waiting = [(place, to, 1) for place, to in reversed(leading.get(start, ()))]
    while waiting:
        place, to, depth = waiting.pop()
        yield place, depth, to in told
        if to and to not in told:
            told.add(to)
            waiting.extend((place, to, depth + 1) for place, to in reversed(leading.get(to, ())))


def circles(ids: Iterable[str], edges: Sequence[Edge]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The places of the edges that lead back to an id on the way to them, each with the ids of its circle.

    Found depth first, from each of `ids` in turn.
    """
    leading = _leading(edges)
    done: set[str] = set()
    for start in ids:
        way = {} if start in done else {start: iter(leading.get(start, ()))}
        while way:
            here = next(reversed(way))
            step = next(way[here], None)
            if step is None:
                done.add(here)
                del way[here]
                continue
            place, to = step
            if to in way:
                passed = list(way)
                yield place, (*passed[passed.index(to) :], to)
            elif to and to not in done:
                way[to] = iter(leading.get(to, ()))


def _leading(edges: Sequence[Edge]) -> Mapping[str, Sequence[tuple[int, str | None]]]:
    """What each id leads to, with the places of the edges."""
    found: dict[str, list[tuple[int, str | None]]] = {}
    for place, (start, end) in enumerate(edges):
        found.setdefault(start, []).append((place, end))
    return found
