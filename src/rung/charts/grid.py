"""A row a thing, a column a question: how many were right of how many in each cell, the stronger the more of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import ink
from rung.charts import _axes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LINE, CELL = 20.0, 18.0
WIDEST = 52.0  # of a column
STRONGEST = 0.35  # words on it stay readable


def svg(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], tuple[int, int]]
) -> str:
    """`cells` are (how many, of how many) by (row, column); names of rows that are too long go on in a second line."""
    width = min(WIDEST, 0.66 * ink.WIDTH / max(1, len(columns)))
    left = _axes.RIGHT - width * len(columns)
    pieces = [
        ink.letters((name,), left + (place + 0.5) * width, 12, anchor="middle", soft=True)
        for place, name in enumerate(columns)
    ]
    y, told = 18.0, []
    for row in rows:
        lines = ink.wrapped(row, left - 8)
        pieces.append(ink.letters(lines, _axes.LEFT, y + 13))
        held = [(place, name, cells[row, name]) for place, name in enumerate(columns) if (row, name) in cells]
        pieces += [_cell(left + place * width, y, width, *cell) for place, _, cell in held]
        told.append(f"{row}: " + ", ".join(f"{name} {part} of {whole}" for _, name, (part, whole) in held))
        y += LINE + ink.LINE * (len(lines) - 1)
    return ink.drawing("grid", title, "\n".join(told), y, pieces)


def _cell(x: float, y: float, width: float, part: int, whole: int) -> str:
    words = f"{part}/{whole}"
    drawn = _axes.bar(x + 1, y, width - 2, CELL, STRONGEST * part / whole, rounded=3)
    return drawn + ink.letters((words,), x + width / 2, y + 13, anchor="middle")
