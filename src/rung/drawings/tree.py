"""A decision tree: a question, and below it, two spaces deeper, a line a branch: the answer, an arrow, what follows.

Objective in writing?
  no -> go back and run CLARO first
  yes -> How soon must a view count?
    under 5 s -> streaming pipeline, a must
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

ARROW = " -> "
DEEPEST = 8  # questions, one below the other
LINES = 120  # at most
STEP = 20.0  # to the right, for each depth
RAIL = 9.0  # of the line down, from the left edge of its question
GAP = 8.0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text: the `answer` (none at the root), what follows, and whether that is a question."""

    depth: int
    answer: str
    words: str
    asks: bool


def svg(body: str) -> str:
    rows = _rows(body)
    if not rows:
        return ""
    pieces: list[str] = []
    rails: dict[int, float] = {}  # where the line down from the question of each depth begins
    y = 2.0
    for row in rows:
        left = 1 + row.depth * STEP
        if row.depth:
            rail = left - STEP + RAIL
            answer = ink.wrapped(row.answer, ink.WIDTH - left - 4, bold=True)
            elbow = [(rail, rails[row.depth - 1]), (rail, y + 8), (left, y + 8)]
            pieces.append(f'<path d="{ink.path(elbow)}" fill="none" stroke="currentColor" stroke-opacity=".6"/>')
            pieces.append(ink.letters(answer, left + 4, y + 12, bold=True))
            rails[row.depth - 1] = y + 3  # the next branch goes on where this one turned off
            y += len(answer) * ink.LINE + 4
        lines = ink.wrapped(row.words, ink.WIDTH - left - 2 - 2 * ink.PAD)
        height = len(lines) * ink.LINE + 9
        pieces.append(ink.box(left, y, ink.WIDTH - 1 - left, height, "" if row.asks else "tinted"))
        pieces.append(ink.letters(lines, left + ink.PAD, y + 16))
        y += height
        rails[row.depth] = y
        y += GAP
    return ink.drawing("tree", f"Decision tree: {rows[0].words}", body, y - GAP + 2, pieces)


def _rows(body: str) -> Sequence[Row]:
    """The lines as rows, none where they are no tree."""
    lines = [line.rstrip() for line in body.split("\n") if line.strip()]
    depths = [(len(line) - len(line.lstrip(" "))) / 2 for line in lines]
    if not 2 <= len(lines) <= LINES or depths[0] != 0 or max(depths) > DEEPEST:
        return ()
    rows = []
    for place, (line, depth) in enumerate(zip(lines, depths, strict=True)):
        answer, arrow, words = line.strip().partition(ARROW) if place else ("", ARROW, line)
        if not (arrow and words.strip() and (answer or not place)) or (
            place and not 1 <= depth <= depths[place - 1] + 1
        ):
            return ()
        asks = place + 1 < len(lines) and depths[place + 1] > depth
        rows.append(Row(int(depth), answer.strip(), words.strip(), asks))
    return tuple(rows) if all(depth % 1 == 0 for depth in depths) else ()
