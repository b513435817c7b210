"""Boxes and arrows, from the top down. A line names a box, `*` marks the one it is about; or leads from box to box.

[Edge gateway] = edge
* [Rec service] = rec-svc
edge -> rec-svc: slot-routed request
rec-svc -> retrieval
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import ink
from rung.drawings._layers import placed
from rung.drawings._routes import Grid, Routes, routed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rung.drawings._layers import Edge, Slot

BOX = re.compile(r"(\* )?\[(.+)\] = ([a-z0-9-]+)")
EDGE = re.compile(r"([a-z0-9-]+) -> ([a-z0-9-]+)(?:: (.+))?")
BOXES, EDGES = 40, 80  # at most
GAP = 12.0  # between rows without arrows
WIDTHS = {1: 180.0, 2: 140.0, 3: 99.0}  # of a box, by the number of columns


@dataclass(frozen=True, slots=True)
class Flow:
    """`names` by id, in the order of the text; `edges` with what they carry; the ids `marked`."""

    names: Mapping[str, str]
    edges: Mapping[Edge, str]
    marked: frozenset[str]


def svg(body: str) -> str:
    flow = _flow(body)
    return _drawn(flow, body) if flow else ""


def _flow(body: str) -> Flow | None:
    names: dict[str, str] = {}
    edges: dict[Edge, str] = {}
    marked = set()
    for line in filter(None, map(str.strip, body.split("\n"))):
        if box := BOX.fullmatch(line):
            if box[3] in names:
                return None
            names[box[3]] = box[2].strip()
            if box[1]:
                marked.add(box[3])
        elif edge := EDGE.fullmatch(line):
            if (edge[1], edge[2]) in edges:
                return None
            edges[edge[1], edge[2]] = (edge[3] or "").strip()
        else:
            return None
    for end in (end for edge in edges for end in edge):
        names.setdefault(end, end)
    if not names or len(names) > BOXES or len(edges) > EDGES:
        return None
    return Flow(names, edges, frozenset(marked))


# ── the drawing ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything's place: `slots` of boxes, `lines` of words in them, the upper and lower edges of rows, the top of each
    channel (the last one lies below the last row), and the bottom of all."""

    slots: Mapping[str, Slot]
    lines: Mapping[str, tuple[str, ...]]
    grid: Grid
    routes: Routes
    tops: Sequence[float]
    bottoms: Sequence[float]
    channels: Sequence[float]


def _layout(flow: Flow) -> Layout:
    edges = tuple(flow.edges)
    slots, columns = placed(tuple(flow.names), edges)
    grid = Grid(columns, WIDTHS[columns], ink.WIDTH)
    room = grid.width - 2 * ink.PAD + 4
    lines = {id_: ink.wrapped(name, room, bold=id_ in flow.marked) for id_, name in flow.names.items()}
    routes = routed(slots, edges, grid)
    count = max(row for row, _ in slots.values()) + 1
    channels, tops, bottoms, y = [], [], [], 2.0
    for row in range(count):
        channels.append(y)
        tops.append(y + (routes.height(row) or (GAP if row else 0)))
        bottoms.append(tops[-1] + ink.LINE * max(len(lines[id_]) for id_, slot in slots.items() if slot[0] == row) + 11)
        y = bottoms[-1]
    return Layout(slots, lines, grid, routes, tops, bottoms, [*channels, y])


def _drawn(flow: Flow, body: str) -> str:
    layout = _layout(flow)
    beside = dict(_beside(flow, layout))
    numbers: dict[Edge, int] = {}
    for edge, words in flow.edges.items():
        if words and edge not in beside:
            numbers[edge] = len(numbers) + 1
    pieces = [*_boxes(flow, layout), *_arrows(flow, layout, numbers), *beside.values()]
    count = len(layout.tops)
    bottom = layout.channels[-1] + layout.routes.height(count, last=True) + 2
    legend, bottom = _legend([(number, flow.edges[edge]) for edge, number in numbers.items()], bottom)
    title = f"{_count(len(flow.names), 'box', 'boxes')} and {_count(len(flow.edges), 'arrow', 'arrows')}"
    return ink.drawing("flow", title, body, bottom, (*pieces, *legend))


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _boxes(flow: Flow, layout: Layout) -> Iterator[str]:
    for id_, (row, column) in layout.slots.items():
        middle, top, bottom = layout.grid.middle(column), layout.tops[row], layout.bottoms[row]
        look = "marked" if id_ in flow.marked else ""
        lines = layout.lines[id_]
        first = (top + bottom - ink.LINE * len(lines)) / 2 + 11.5
        yield ink.box(middle - layout.grid.width / 2, top, layout.grid.width, bottom - top, look)
        yield ink.letters(lines, middle, first, anchor="middle", bold=id_ in flow.marked)


def _arrows(flow: Flow, layout: Layout, numbers: Mapping[Edge, int]) -> Iterator[str]:
    for edge in flow.edges:
        (start, column), (end, _) = layout.slots[edge[0]], layout.slots[edge[1]]
        points = layout.routes.points(
            edge, layout.grid.middle(column), (start, end), layout.tops, layout.bottoms, layout.channels
        )
        x, y = points[-1]
        route = ink.path([*points[:-1], (x, y - 6)])
        back = ' stroke-dasharray="4 3"' if end <= start else ""
        yield f'<path d="{route}" fill="none" stroke="currentColor" stroke-width="1.2"{back}/>'
        tip = f"M{ink.number(x)} {ink.number(y)}l-4 -8h8z"
        yield f'<path d="{tip}"/>'
        if edge in numbers:
            yield ink.letters((str(numbers[edge]),), x + 6, y - 4, bold=True)


def _beside(flow: Flow, layout: Layout) -> Iterator[tuple[Edge, str]]:
    """What the arrows carry whose channel has room for it: one straight arrow, and nothing else."""
    for edge, words in flow.edges.items():
        row, column = layout.slots[edge[1]]
        x = layout.grid.middle(column)
        alone = layout.routes.crossed[row] == {edge[0]} and not layout.routes.tracks[row]
        fits = ink.length(words) <= ink.WIDTH - x - 12
        if words and alone and fits and layout.slots[edge[0]] == (row - 1, column):
            yield edge, ink.letters((words,), x + 9, layout.tops[row] - 10, soft=True)


def _legend(entries: Sequence[tuple[int, str]], y: float) -> tuple[list[str], float]:
    """What numbered arrows carry, in two columns where that is much shorter, and the bottom below."""
    if not entries:
        return [], y
    one, two = (_columns(entries, y + 20, columns) for columns in (1, 2))
    return two if two[1] - y < 0.75 * (one[1] - y) else one


def _columns(entries: Sequence[tuple[int, str]], y: float, columns: int) -> tuple[list[str], float]:
    each = -(-len(entries) // columns)
    wide = ink.WIDTH / columns
    pieces, bottoms = [], [y] * columns
    for place, (number, words) in enumerate(entries):
        column = place // each
        lines = ink.wrapped(words, wide - 24)
        pieces.append(ink.letters((str(number),), column * wide + 16, bottoms[column], anchor="end", bold=True))
        pieces.append(ink.letters(lines, column * wide + 22, bottoms[column]))
        bottoms[column] += ink.LINE * len(lines) + 2
    return pieces, max(bottoms) - 10
