"""What charts share: shapes in the accent, lines behind them, and the words at their edges."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rung import ink

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT, RIGHT = 2.0, ink.WIDTH - 2  # letters may lean a little over their place


def bar(x: float, y: float, width: float, height: float, strength: float, *, name: str = "", rounded: float = 2) -> str:
    """A rectangle as strong as its figure; without strength, a faint one that shows where nothing is.

    A `name` shows where a mouse rests on it.
    """
    paint = f'style="fill:{ink.ACCENT}" fill-opacity="{strength:g}"' if strength else 'fill-opacity=".1"'
    size = f'width="{ink.number(width)}" height="{ink.number(height)}" rx="{rounded:g}"'
    told = f"><title>{escape(name)}</title></rect>" if name else "/>"
    return f'<rect x="{ink.number(x)}" y="{ink.number(y)}" {size} {paint}{told}'


def across(y: float, left: float = LEFT) -> str:
    """A thin line from one side to the other."""
    return (
        f'<path d="M{ink.number(left)} {ink.number(y)}H{ink.number(RIGHT)}" stroke="currentColor" stroke-opacity=".2"/>'
    )


def below(places: Iterable[tuple[float, str]], y: float) -> str:
    """Names under their places, as far as they have room; those to the right give way."""
    drawn, end = "", -1.0
    for x, name in places:
        if x > end and x + ink.length(name) <= ink.WIDTH:
            drawn += ink.letters((name,), x, y, soft=True)
            end = x + ink.length(name) + 4
    return drawn
