"""A Gantt chart: a line a bar, its name, two spaces or more, from where to where, and the unit.

Edge: auth and routing          0-12 ms
Candidate retrieval            12-27 ms
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

from rung import ink

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPAN = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)-([0-9]{1,9}(?:\.[0-9]{1,6})?) ([^ ]{1,12})")
MOST = 40  # bars
LEFT, RIGHT, TOP = 2.0, ink.WIDTH - 2, 4.0
BAR, GAP = 10.0, 9.0
TICKS = 6  # steps of the axis at most


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    start: float
    end: float
    unit: str


def svg(body: str) -> str:
    bars = _bars(body)
    if not bars:
        return ""
    last, unit = max(bar.end for bar in bars), bars[0].unit
    figures = max(ink.length(_takes(bar), bold=True) for bar in bars) + 10
    pieces, bands, y = [], [], TOP
    for bar in bars:
        drawn, y = _row(bar, y, last, figures)
        pieces.append(drawn)
        bands.append(y - GAP - BAR)
    title = f"Gantt chart, 0 to {_figure(last)} {unit}"
    return ink.drawing("gantt", title, body, y + 18, (*_axis(last, unit, y, bands), *pieces))


def _bars(body: str) -> tuple[Bar, ...]:
    """The bars, none where a line is no bar, units differ or nothing takes any time."""
    bars = []
    for line in filter(str.strip, body.split("\n")):
        name, _, span = line.rstrip().rpartition("  ")
        match = SPAN.fullmatch(span.strip())
        if not match or not name.strip():
            return ()
        bars.append(Bar(" ".join(name.split()), float(match[1]), float(match[2]), match[3]))
    sound = all(bar.start <= bar.end and bar.unit == bars[0].unit for bar in bars)
    return tuple(bars) if sound and len(bars) <= MOST and any(bar.end for bar in bars) else ()


def _takes(bar: Bar) -> str:
    return f"{_figure(bar.end - bar.start)} {bar.unit}"


def _row(bar: Bar, y: float, last: float, figures: float) -> tuple[str, float]:
    """A bar below its name, its span and, `figures` wide, what it takes; and where the next row begins."""
    span = f"{_figure(bar.start)}–{_figure(bar.end)}"
    room = RIGHT - LEFT - figures - ink.length(span) - 10
    lines = ink.wrapped(bar.name, room)
    start, end = _across(bar.start, last), _across(bar.end, last)
    below = y + ink.LINE * len(lines)
    drawn = (
        ink.letters(lines, LEFT, y + 11)
        + ink.letters((span,), RIGHT - figures, y + 11, anchor="end", soft=True)
        + ink.letters((_takes(bar),), RIGHT, y + 11, anchor="end", bold=True)
        + f'<rect x="{ink.number(min(start, RIGHT - 2))}" y="{ink.number(below)}"'
        f' width="{ink.number(max(2, end - start))}" height="{ink.number(BAR)}" rx="2"'
        f' style="fill:{ink.ACCENT}" fill-opacity=".8"/>'
    )
    return drawn, below + BAR + GAP


def _across(value: float, last: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / last


def _axis(last: float, unit: str, y: float, bands: Sequence[float]) -> Iterator[str]:
    """Thin lines behind the bars, which begin at `bands`, not behind words; their values stand below at `y`."""
    ticks = _ticks(last)
    for value in ticks:
        x = ink.number(_across(value, last))
        lines = "".join(f"M{x} {ink.number(band - 2)}v{ink.number(BAR + 4)}" for band in bands)
        yield f'<path d="{lines}" stroke="currentColor" stroke-opacity=".3"/>'
    for value in ticks:
        anchor = "start" if not value else "end" if value == last else "middle"
        words = f"{_figure(value)} {unit}" if value == last else _figure(value)
        yield ink.letters((words,), _across(value, last), y + 12, anchor=anchor, soft=True)


def _ticks(last: float) -> Sequence[float]:
    """0, the end, and round values between that leave room for their figures."""
    power = 10.0 ** floor(log10(last / TICKS))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step * TICKS >= last)
    between = [round(step * count, 9) for count in range(1, TICKS + 1)]
    return (0.0, *(value for value in between if last - value > last * 0.16), last)


def _figure(value: float) -> str:
    return f"{round(value, 6):,.6f}".rstrip("0").rstrip(".")
