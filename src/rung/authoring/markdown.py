"""What the generated pages are made of: examples as a deck says them, blocks and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung import compiler

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKUP = re.compile(r"[\\`*_\[<&|~]")
HEAD = "title: A deck\nsource: {course: A course, lesson: One}\nnotes:\n"
"""What stands above the notes of an example, so that the first of them is on line 4."""


def compiled(source: str) -> compiler.Compiled:
    """What notes compile to, or a whole deck."""
    whole = source if source.startswith("title:") else HEAD + source
    return compiler.compiled({"deck.yaml": whole.encode()}, (), 1)


def said(source: str) -> str:
    """What `rung check` says of a note, if anything."""
    problems = "".join(f"{problem}\n" for problem in compiled(source).problems)
    return f"\n{fenced('text', problems)}" if problems else ""


def fenced(language: str, block: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block)), default=0))
    return f"{fence}{language}\n{block}{fence}\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *map(tuple, rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(words: str) -> str:
    """Plain words as Markdown for a cell of a table."""
    return MARKUP.sub(r"\\\g<0>", " ".join(words.split()))
