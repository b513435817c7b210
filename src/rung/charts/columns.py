"""A column a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import ink
from rung.charts import _axes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TOP, HEIGHT = 18.0, 110.0
FLOOR = TOP + HEIGHT


def svg(title: str, days: Sequence[tuple[date, int]]) -> str:
    """Mondays are named; the highest column says how much it stands for."""
    most = max((count for _, count in days), default=0)
    step = (_axes.RIGHT - _axes.LEFT) / max(1, len(days))
    pieces = [_axes.across(FLOOR)]
    for place, (day, count) in enumerate(days):
        high = HEIGHT * count / most if most else 0
        if count:
            name = f"{day:%a %d %b}: {count:,}"
            pieces.append(
                _axes.bar(_axes.LEFT + place * step, FLOOR - max(1.5, high), step - 2, max(1.5, high), 0.8, name=name)
            )
    if most:
        place = next(place for place, (_, count) in enumerate(days) if count == most)
        words = f"{most:,}"
        x = min(_axes.LEFT + (place + 0.5) * step, _axes.RIGHT - ink.length(words) / 2)
        pieces.append(ink.letters((words,), max(x, ink.length(words) / 2), TOP - 5, anchor="middle"))
    mondays = [(_axes.LEFT + place * step, f"{day:%d %b}") for place, (day, _) in enumerate(days) if not day.weekday()]
    pieces.append(_axes.below(mondays, FLOOR + 15))
    told = "\n".join(f"{day:%a %d %b}: {count:,}" for day, count in days)
    return ink.drawing("columns", title, told, FLOOR + 20, pieces)
