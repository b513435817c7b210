"""Drawings: a plain text that reads well in a terminal, drawn as an SVG where there is HTML.

A drawing is a fenced code block whose info word names it. One module a drawing, registered by being here; each gives
what `Drawing` lists. An SVG takes its colours from the text around it, knows no ids and asks for nothing outside.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 10_000  # characters
BACKTICKS = re.compile("`{3,}")


class Drawing(Protocol):
    """What a module of this folder gives. `svg` is empty for a text that its grammar does not know."""

    def svg(self, body: str) -> str: ...


@cache
def names() -> tuple[str, ...]:
    """Every drawing, sorted."""
    return registry.names(__path__)


def svg(name: str, body: str) -> str:
    """The SVG of `body`, on one line; empty where there is no drawing of that name, or it does not know the text."""
    if name not in names() or len(body) > LONGEST:
        return ""
    return cast("Drawing", registry.module(__name__, name)).svg(body)


def characters(lines: Iterable[str]) -> int:
    """How long `lines` are as the text of a drawing; one longer than LONGEST is not drawn."""
    return sum(len(line) + 1 for line in lines)


def fence(name: str, lines: Iterable[str]) -> str:
    """The Markdown that shows `lines` as the drawing `name`."""
    body = "\n".join(lines)
    marks = "`" * max([3, *(len(run) + 1 for run in BACKTICKS.findall(body))])
    return f"{marks}{name}\n{body}\n{marks}"
