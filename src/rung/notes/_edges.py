"""Faults of notes whose pieces lead to each other and are drawn: ends that are not there, edges that tell nothing new,
and more than fits into a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import drawings
from rung.model import Fault
from rung.notes._faults import unknown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping


def loose(
    edges: Iterable[Mapping[str, str | None]], ids: Collection[str], one: str, whole: str, at: str, *, many: str = ""
) -> Iterator[Fault]:
    """A fault for each end, by its key, of the edges listed under `at` that is none of the `ids`; words as `unknown`."""
    for place, ends in enumerate(edges):
        for key, id_ in ends.items():
            if id_ is not None and id_ not in ids:
                yield unknown(id_, ids, one, whole, (at, place, key), many=many)


def idle(edges: Iterable[tuple[str, str]], at: str) -> Iterator[Fault]:
    """A fault for each of the edges listed under `at` that leads nowhere else, or where an earlier one leads."""
    seen: set[tuple[str, str]] = set()
    for place, (start, end) in enumerate(edges):
        if start == end:
            yield Fault((at, place, "to"), f'this leads from "{end}" to itself', "name the box it leads to")
        elif (start, end) in seen:
            message = f'a second edge from "{start}" to "{end}"'
            yield Fault((at, place, "to"), message, "say in one what both carry")
        seen.add((start, end))


def too_many(counts: Mapping[str, tuple[int, int]]) -> Iterator[Fault]:
    """A fault for each key under which more is listed than is drawn; how many there are, and how many there may be."""
    for key, (count, most) in counts.items():
        if count > most:
            yield Fault((key,), f"{count} {key}, {most} is the most", "split the note", key=True)


def too_long(lines: Iterable[str], at: str) -> Iterator[Fault]:
    """A fault at the key `at` where the lines of a drawing are longer than what is drawn."""
    if (size := drawings.characters(lines)) > drawings.LONGEST:
        message = f"the drawing has {size} characters, {drawings.LONGEST} is the most"
        yield Fault((at,), message, "say it shorter, or split the note", key=True)
