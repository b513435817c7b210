"""Shares over weeks: a line from 0 to 100 %, broken where a week has none."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rung import ink
from rung.charts import _axes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LEFT, TOP, HEIGHT = 50.0, 8.0, 110.0
FLOOR = TOP + HEIGHT


def svg(title: str, weeks: Sequence[tuple[date, int, int]]) -> str:
    """`weeks` are (its Monday, how many, of how many); every other month is named."""
    step = (_axes.RIGHT - 3 - LEFT) / max(1, len(weeks) - 1)
    pieces = []
    for percent in (0, 50, 100):
        y = FLOOR - HEIGHT * percent / 100
        pieces.append(_axes.across(y, LEFT) + ink.letters((f"{percent} %",), LEFT - 6, y + 4, anchor="end", soft=True))
    points = [
        (LEFT + place * step, FLOOR - HEIGHT * part / whole) if whole else None
        for place, (_, part, whole) in enumerate(weeks)
    ]
    for there, run in groupby(points, lambda point: point is not None):
        if there:
            pieces.append(_stroke([point for point in run if point]))
    months = [
        (LEFT + place * step, f"{day:%b}") for place, (day, _, _) in enumerate(weeks) if day.day <= 7 and day.month % 2
    ]
    pieces.append(_axes.below(months, FLOOR + 16))
    told = "\n".join(
        f"week of {day:%d %b %Y}: {100 * part / whole:.0f} % of {whole:,}" for day, part, whole in weeks if whole
    )
    return ink.drawing("line", title, told, FLOOR + 21, pieces)


def _stroke(points: Sequence[tuple[float, float]]) -> str:
    """A line with a dot at each point, so that one alone shows."""
    spots = [f"{ink.number(x)} {ink.number(y)}" for x, y in points]
    dots = "".join(f"M{spot}h0" for spot in spots)
    paint = f'style="stroke:{ink.ACCENT}" fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="M{"L".join(spots)}" {paint} stroke-width="1.6"/><path d="{dots}" {paint} stroke-width="4.5"/>'
