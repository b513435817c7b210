"""A row a thing: its name, what is told of it, and below them a bar, whole or in parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import ink
from rung.charts import _axes

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = _axes.RIGHT - _axes.LEFT
BAR, GAP = 8.0, 9.0
WHOLE = (0.8,)  # strengths of the parts of a bar, from left to right
FOUR = (0.2, 0.45, 0.7, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """`parts` are shares of the width, at most 1 in all."""

    name: str
    told: str
    parts: tuple[float, ...]


def svg(title: str, rows: Sequence[Row]) -> str:
    pieces, y = [], 3.0
    for row in rows:
        pieces.append(
            ink.letters((row.name,), _axes.LEFT, y + 12)
            + ink.letters((row.told,), _axes.RIGHT, y + 12, anchor="end", soft=True)
        )
        pieces.append(_bar(row.parts, y + 17))
        y += 17 + BAR + GAP
    return ink.drawing("rows", title, "\n".join(f"{row.name}: {row.told}" for row in rows), y, pieces)


def _bar(parts: Sequence[float], y: float) -> str:
    """The parts side by side, on a faint bar that is the whole."""
    drawn, x = _axes.bar(_axes.LEFT, y, WIDTH, BAR, 0), _axes.LEFT
    for share, strength in zip(parts, WHOLE if len(parts) == 1 else FOUR, strict=True):
        if share:
            drawn += _axes.bar(x, y, max(1.5, share * WIDTH - (len(parts) > 1)), BAR, strength)
        x += share * WIDTH
    return drawn
