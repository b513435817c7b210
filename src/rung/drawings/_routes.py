"""The lines of a flow: down from a box, across in the channel between two rows, past other rows in the gutters beside
the columns, and down onto a box. Lines from one box share their way; those of different boxes never lie on each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.drawings._layers import Edge, Slot

STUB = 9.0  # from a box to the first line across
TRACK = 8.0  # between lines across
DROP = 20.0  # from the last line across to the box below: room for an arrow and its number
PORT = 28.0  # between arrows that end at one box: room for a number of two digits
LANE = 5.0  # between lines in a gutter
PERMUTED = 5  # lines across whose every order is tried


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of `width`, evenly spread over `whole`."""

    columns: int
    width: float
    whole: float

    @property
    def gutter(self) -> float:
        return (self.whole - self.columns * self.width) / (self.columns + 1)

    def middle(self, column: int) -> float:
        return self.gutter + self.width / 2 + column * (self.width + self.gutter)

    def between(self, gutter: int) -> float:
        """The middle of the gutter to the left of the column of that number."""
        return self.gutter / 2 + gutter * (self.width + self.gutter)


@dataclass(frozen=True, slots=True)
class Routes:
    """For each edge where it ends (`ports`) and in which lane it passes rows (`lanes`, only where it does); for each
    channel, which lies above the row of its number, its sources that go across, in order, and all that cross it."""

    ports: Mapping[Edge, float]
    lanes: Mapping[Edge, float]
    tracks: Mapping[int, Sequence[str]]
    crossed: Mapping[int, set[str]]

    def height(self, channel: int, *, last: bool = False) -> float:
        """How high the channel is, none where nothing is in it; onto no box leads what is in the `last`."""
        if not self.crossed.get(channel):
            return 0
        return STUB + TRACK * len(self.tracks[channel]) + (0 if last else DROP)

    def points(
        self, edge: Edge, exit_: float, rows: tuple[int, int], tops: Sequence[float], bottoms: Sequence[float],
        channels: Sequence[float],
    ) -> list[tuple[float, float]]:  # fmt: skip
        """The corners of an edge that leaves at `exit_`; `tops` and `bottoms` are those of rows, `channels` their tops."""
        source, port = edge[0], self.ports[edge]
        first, last = rows[0] + 1, rows[1]
        points = [(exit_, bottoms[rows[0]])]
        x = exit_
        for channel, to in ((first, self.lanes.get(edge, port)), (last, port)):
            if to != x:
                y = channels[channel] + STUB + TRACK * self.tracks[channel].index(source)
                points += [(x, y), (to, y)]
                x = to
        return [*points, (port, tops[rows[1]])]


def routed(slots: Mapping[str, Slot], edges: Sequence[Edge], grid: Grid) -> Routes:
    lanes = _lanes(slots, edges, grid)
    ports = _ports(slots, edges, lanes, grid)
    ups: dict[tuple[int, str], set[float]] = defaultdict(set)
    downs: dict[tuple[int, str], set[float]] = defaultdict(set)
    crossed: dict[int, set[str]] = defaultdict(set)
    for edge in edges:
        (start, column), (end, _) = slots[edge[0]], slots[edge[1]]
        ups[start + 1, edge[0]].add(grid.middle(column))
        downs[end, edge[0]].add(ports[edge])
        if edge in lanes:
            forward = end > start
            (downs if forward else ups)[start + 1, edge[0]].add(lanes[edge])
            (ups if forward else downs)[end, edge[0]].add(lanes[edge])
        for channel in range(min(start + 1, end), max(start + 1, end) + 1):
            crossed[channel].add(edge[0])
    tracks = {}
    for channel in crossed:
        across = [key for key in dict.fromkeys((channel, edge[0]) for edge in edges) if len(ups[key] | downs[key]) > 1]
        tracks[channel] = _in_order(across, ups, downs)
    return Routes(ports, lanes, tracks, crossed)


def _lanes(slots: Mapping[str, Slot], edges: Sequence[Edge], grid: Grid) -> dict[Edge, float]:
    """Where each edge that does not lead to the next row passes the others: the nearest gutter, shared by its source."""
    chosen: dict[Edge, int] = {}
    for edge in edges:
        (start, column), (end, to) = slots[edge[0]], slots[edge[1]]
        if end == start + 1:
            continue
        own = {gutter for other, gutter in chosen.items() if other[0] == edge[0]}
        taken = [{other[0] for other, gutter in chosen.items() if gutter == each} for each in range(grid.columns + 1)]

        costs = []
        for gutter in range(grid.columns + 1):
            x = grid.between(gutter)
            way = abs(x - grid.middle(column)) + abs(x - grid.middle(to))
            costs.append((way + (0 if gutter in own else 10 + 15 * len(taken[gutter])), gutter))
        chosen[edge] = min(costs)[1]
    lanes = {}
    for edge, gutter in chosen.items():
        sources = list(dict.fromkeys(other[0] for other, each in chosen.items() if each == gutter))
        spread = min(LANE, (grid.gutter - 4) / max(1, len(sources) - 1))
        lanes[edge] = grid.between(gutter) + spread * (sources.index(edge[0]) - (len(sources) - 1) / 2)
    return lanes


def _ports(
    slots: Mapping[str, Slot], edges: Sequence[Edge], lanes: Mapping[Edge, float], grid: Grid
) -> dict[Edge, float]:
    """Where edges end on the upper side of their box: side by side, from left to right as they come."""
    ports = {}
    leaving = {slots[edge[0]] for edge in edges}
    for box, (row, column) in slots.items():
        middle = grid.middle(column)
        arriving = sorted(
            (lanes.get(edge, grid.middle(slots[edge[0]][1])), place, edge)
            for place, edge in enumerate(edges) if edge[1] == box
        )  # fmt: skip
        if not arriving:
            continue
        straight = next((place for place, (x, _, _) in enumerate(arriving) if x == middle), None)
        left = straight if straight is not None else (len(arriving) - 1) / 2
        if straight is None and (row - 1, column) in leaving and len(arriving) % 2:
            left += 0.5 if arriving[len(arriving) // 2][0] < middle else -0.5  # the middle is the way of the box above
        spread = min(PORT, (grid.width / 2 - 8) / max(1, left, len(arriving) - 1 - left))
        for place, (_, _, edge) in enumerate(arriving):
            ports[edge] = middle + spread * (place - left)
    return ports


def _in_order(
    across: Sequence[tuple[int, str]],
    ups: Mapping[tuple[int, str], set[float]],
    downs: Mapping[tuple[int, str], set[float]],
) -> tuple[str, ...]:
    """The sources that go across a channel, in the order, from the top, in which they cross least."""

    def crossings(order: Sequence[tuple[int, str]]) -> int:
        count = 0
        for place, upper in enumerate(order):
            for lower in order[place + 1 :]:
                count += _within(downs[upper], ups[lower] | downs[lower])
                count += _within(ups[lower], ups[upper] | downs[upper])
        return count

    ways = permutations(across) if len(across) <= PERMUTED else [tuple(across)]
    return tuple(source for _, source in min(ways, key=crossings))


def _within(points: set[float], line: set[float]) -> int:
    return sum(min(line) <= point <= max(line) for point in points)
