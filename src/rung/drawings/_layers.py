"""Where the boxes of a flow stand: in rows from the top down, each below all that leads to it, at most three abreast."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from rung import graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Edge = tuple[str, str]
Slot = tuple[int, int]  # row and column, from 0

ABREAST = 3  # boxes; more would be too narrow for their names on a phone
SWEEPS = 4


def placed(boxes: Sequence[str], edges: Sequence[Edge]) -> tuple[dict[str, Slot], int]:
    """The slot of each box, and the number of columns. Boxes that no edge touches stand at the bottom."""
    layers = _layers(boxes, _forward(boxes, edges))
    widest = max(map(len, layers))
    columns = 2 if widest == 4 else min(widest, ABREAST)  # four stand better two by two
    rows: list[Sequence[str]] = []
    movable = []
    for layer in layers:
        chunks = list(_chunks(layer, columns))
        rows.extend(chunks)
        movable.extend([len(chunks) == 1] * len(chunks))
    return _settled(rows, movable, edges, columns), columns


def _forward(boxes: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """The edges without those that lead back to a box on the way to them."""
    back = {place for place, _ in graph.circles(boxes, edges)}
    return [edge for place, edge in enumerate(edges) if place not in back]


def _layers(boxes: Sequence[str], edges: Sequence[Edge]) -> list[list[str]]:
    """Layers by the longest way that leads to a box; what nothing leads to stands just above what it leads to."""
    depth = dict.fromkeys(boxes, 0)
    for _ in boxes:
        for start, end in edges:
            depth[end] = max(depth[end], depth[start] + 1)
    into = {end for _, end in edges}
    for box in boxes:
        below = [depth[end] for start, end in edges if start == box]
        if box not in into and below:
            depth[box] = min(below) - 1
    touched = into | {start for start, _ in edges}
    layers = [[box for box in boxes if box in touched and depth[box] == level] for level in range(len(boxes))]
    return [layer for layer in (*layers, [box for box in boxes if box not in touched]) if layer]


def _chunks(layer: Sequence[str], columns: int) -> Iterator[Sequence[str]]:
    """The layer in rows of nearly the same length."""
    count = -(-len(layer) // columns)
    for place in range(count):
        yield layer[len(layer) * place // count : len(layer) * (place + 1) // count]


def _settled(
    rows: Sequence[Sequence[str]], movable: Sequence[bool], edges: Sequence[Edge], columns: int
) -> dict[str, Slot]:
    """The columns that cost least, found row by row; boxes of a layer that is one row may change places."""
    slots = {box: (row, column) for row, boxes in enumerate(rows) for column, box in enumerate(boxes)}
    for _ in range(SWEEPS):
        for row, boxes in enumerate(rows):
            ways = (permutations if movable[row] else combinations)(range(columns), len(boxes))
            options = [{box: (row, column) for box, column in zip(boxes, way, strict=True)} for way in ways]
            best: dict[str, Slot] = min(options, key=lambda option: _cost(slots | option, option, edges, columns))
            slots |= best
    return slots


def _cost(slots: dict[str, Slot], row: dict[str, Slot], edges: Sequence[Edge], columns: int) -> float:
    """How far edges go sideways, how many cross, and, where that is all one, how far `row` is from the middle."""
    ends = [(slots[start], slots[end]) for start, end in edges]
    sideways = sum(abs(a[1] - b[1]) for a, b in ends)
    short = [(a, b) for a, b in ends if b[0] == a[0] + 1]
    crossings = sum(a[0] == c[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0 for (a, b), (c, d) in combinations(short, 2))
    middle = sum(abs(column - (columns - 1) / 2) for _, column in row.values())
    order = sum(a[1] > b[1] for a, b in combinations(row.values(), 2))
    return sideways + 1.5 * crossings + 0.1 * middle + 0.05 * order
