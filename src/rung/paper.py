"""Pages to print, and what they are made of: Markdown tables, lists to tick, and room to write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BLANK = "\\_" * 6  # a line to write on, as long as its cell allows
SPACES = re.compile(r"[ \t\n]+")  # no unbreakable ones
ABBREVIATED = ("ai", "ml", "llm", "rag")  # in ids
PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a page; `text` is Markdown. On a screen a folded one opens when asked for; on paper it is open."""

    heading: str
    text: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page to print. `brief` is the Markdown that stands for the note on its course's cheat sheet, empty for none;
    one that is not `alone` is printed only as a piece of other pages, or when asked for by name."""

    title: str
    sections: tuple[Section, ...]
    brief: str = ""
    alone: bool = True


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a column that is empty in every row is left out, and so is a head row without words."""
    listed = [[cell(each) for each in row] for row in rows]
    shown = [place for place in range(len(heads)) if any(row[place] for row in listed)]
    lines = [
        [heads[place] for place in shown],
        ["---"] * len(shown),
        *([row[place] for place in shown] for row in listed),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if listed else ""


def cell(markdown: str) -> str:
    """A text, its holes filled, as the cell of a table: on one line."""
    return PIPE.sub(r"\\|", SPACES.sub(" ", text.filled(markdown)).strip())


def spelt(id_: str, asked: str) -> str:
    """An id as the head of a column, spelt as the question spells it that asks for its cells."""
    named = re.search(id_.replace("-", "[ -]"), asked, re.IGNORECASE)
    first, *rest = (word.upper() if word in ABBREVIATED else word for word in id_.split("-"))
    return named[0] if named and not named[0].islower() else " ".join([first[:1].upper() + first[1:], *rest])


def ticks(items: Iterable[str]) -> str:
    """A list to tick off."""
    return bullets(f"[ ] {each}" for each in items)


def bullets(items: Iterable[str]) -> str:
    return "\n".join("- " + text.filled(each).replace("\n", "\n  ") for each in items)


def paragraphs(*texts: str | None) -> str:
    """What there is of `texts`, their holes filled, a blank line apart."""
    return "\n\n".join(text.filled(each) for each in texts if each)


def unbroken(words: str) -> str:
    """Words that stay on one line, such as a number and its unit."""
    return "\u00a0".join(words.split())
