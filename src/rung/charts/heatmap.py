"""A year day by day: a column a week, Monday at the top, half a year above the other, so that a phone has room."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rung import ink
from rung.charts import _axes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

HALF = 27  # weeks
LEFT = 32.0  # room for the names of days
STEP = (ink.WIDTH - LEFT) / HALF
CELL = STEP - 2
HEIGHT = 7 * STEP + 30  # of half a year, with the names of its months
STRENGTHS = (0.25, 0.5, 0.75, 1.0)


def svg(title: str, days: Sequence[tuple[date, int]]) -> str:
    """`days` are in a row and begin on a Monday."""
    most = max((count for _, count in days), default=0)
    halves = [days[: HALF * 7], days[HALF * 7 :]]
    pieces = [piece for place, half in enumerate(halves) if half for piece in _half(half, place * HEIGHT, most)]
    bottom = HEIGHT * sum(map(bool, halves))
    months = ((month, sum(count for _, count in each)) for month, each in groupby(days, lambda day: f"{day[0]:%B %Y}"))
    told = [f"{month}: {count:,}" for month, count in months if count]
    if most:
        told.append(f"at most {most:,}, on {next(day for day, count in days if count == most):%d %b %Y}")
    return ink.drawing("heatmap", title, "\n".join(told), bottom + 16, (*pieces, *_legend(bottom + 2, most)))


def _half(days: Sequence[tuple[date, int]], top: float, most: int) -> Iterator[str]:
    begins = [(LEFT + place // 7 * STEP, f"{day:%b}") for place, (day, _) in enumerate(days) if day.day == 1]
    yield _axes.below(begins, top + 11)
    for place, name in ((0, "Mon"), (2, "Wed"), (4, "Fri")):
        yield ink.letters((name,), _axes.LEFT, top + 17 + place * STEP + CELL - 1, soft=True)
    for place, (day, count) in enumerate(days):
        name = f"{day:%a %d %b %Y}: {count:,}" if count else ""
        x, y = LEFT + place // 7 * STEP, top + 17 + place % 7 * STEP
        yield _axes.bar(x, y, CELL, CELL, _strength(count, most), name=name)


def _strength(count: int, most: int) -> float:
    """By the quarter of the most that a count lies in."""
    return STRENGTHS[-(-4 * count // most) - 1] if count else 0


def _legend(y: float, most: int) -> Iterator[str]:
    """What each strength stands for."""
    x = LEFT
    spans = [(quarter, quarter * most // 4 + 1, (quarter + 1) * most // 4) for quarter in range(4)]
    for strength, first, last in [(0.0, 0, 0), *((STRENGTHS[q], first, last) for q, first, last in spans)]:
        if first <= last:
            words = f"{first:,}" if first == last else f"{first:,}–{last:,}"
            yield _axes.bar(x, y, CELL, CELL, strength) + ink.letters((words,), x + STEP + 2, y + CELL - 1, soft=True)
            x += STEP + ink.length(words) + 12
