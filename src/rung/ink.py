"""What drawings and charts are made of: words that fit, boxes, lines, and the frame around them. Lengths are those of the viewBox,
which is as wide as a phone: one is a CSS pixel there."""

from __future__ import annotations

import unicodedata
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 360.0
SIZE = 12.0  # of letters
LINE = 15.0  # from one line of words to the next
PAD = 7.0  # between the words and the edge of a box
ACCENT = "var(--drawing-accent, currentColor)"

# Widths of letters in units of their size, those of a wide font, so that words fit in narrower ones too.
NARROW, SLIM, WIDE = "ijlI|!.,:;'’`", 'frt()[]{}/\\-–" ', "mwMW@%—…→"


def length(words: str, *, bold: bool = False) -> float:
    """How long `words` are at most."""
    return SIZE * sum(map(_width, words)) * (1.1 if bold else 1)


def _width(char: str) -> float:
    if unicodedata.combining(char):
        return 0
    if char in NARROW:
        return 0.34
    if char in SLIM:
        return 0.42
    if char in WIDE or unicodedata.east_asian_width(char) in "WF":
        return 1.0
    return 0.75 if char.isupper() or ord(char) > 0x2000 else 0.62


def wrapped(words: str, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """`words` in lines no longer than `room`; broken between words, after a hyphen or a slash, else within a word."""
    lines = [""]
    for piece in _pieces(words):
        if length((lines[-1] + piece).rstrip(), bold=bold) <= room:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for char in piece:
            if lines[-1] and length((lines[-1] + char).rstrip(), bold=bold) > room:
                lines.append("")
            lines[-1] += char
    return tuple(line.rstrip() for line in lines)


def _pieces(words: str) -> Iterable[str]:
    for word in words.split():
        piece = ""
        for char in word:
            piece += char
            if char in "-/" and len(piece) > 2:
                yield piece
                piece = ""
        yield piece + " "


def number(value: float) -> str:
    return f"{round(value, 1):g}"


def letters(
    lines: Sequence[str], x: float, y: float, *, anchor: str = "start", bold: bool = False, soft: bool = False
) -> str:
    """Lines of words, the first with its baseline at `y`; `soft` ones stand back."""
    style = (' font-weight="bold"' if bold else "") + (' opacity=".75"' if soft else "")
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    spans = "".join(
        f'<tspan x="{number(x)}" y="{number(y + place * LINE)}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f"<text{where}{style}>{spans}</text>"


def box(x: float, y: float, width: float, height: float, look: str = "") -> str:
    """A rectangle; `look` is empty, `marked` for the one it is about, or `tinted` for one without an edge."""
    paint = {
        "": 'fill="none" stroke="currentColor"',
        "marked": f'style="fill:{ACCENT};stroke:{ACCENT}" fill-opacity=".14" stroke-width="2.4"',
        "tinted": 'fill="currentColor" fill-opacity=".09"',
    }[look]
    size = f'width="{number(width)}" height="{number(height)}"'
    return f'<rect x="{number(x)}" y="{number(y)}" {size} rx="4" {paint}/>'


def path(points: Sequence[tuple[float, float]], corner: float = 5) -> str:
    """The `d` of a line through `points`, its corners rounded."""
    route = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    drawn = "M" + _point(route[0])
    for before, here, after in zip(route, route[1:], route[2:], strict=False):
        radius = min(corner, _distance(before, here) / 2, _distance(here, after) / 2)
        drawn += f"L{_point(_toward(here, before, radius))}Q{_point(here)} {_point(_toward(here, after, radius))}"
    return drawn + "L" + _point(route[-1])


def _point(point: tuple[float, float]) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])  # lines go straight across or straight down


def _toward(here: tuple[float, float], there: tuple[float, float], by: float) -> tuple[float, float]:
    share = by / (_distance(here, there) or 1)
    return here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share


def drawing(kind: str, title: str, body: str, height: float, pieces: Iterable[str]) -> str:
    """The whole SVG, on one line; its description is `body`, which says the same in words."""
    desc = escape(body.strip("\n")).replace("\n", "&#10;")
    return (
        f'<svg class="drawing {kind}" role="img"'
        f' viewBox="0 0 {number(WIDTH)} {number(height)}" width="100%"'
        ' style="display:block;max-width:30rem;height:auto;margin:.8em 0"'
        f' font-family="system-ui, sans-serif" font-size="{number(SIZE)}" fill="currentColor">'
        f"<title>{escape(title)}</title><desc>{desc}</desc>{''.join(pieces)}</svg>"
    )
