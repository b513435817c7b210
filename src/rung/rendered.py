"""Texts of cards, and a learner's own words, for rich: no markup, no escape sequences."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.markdown import CodeBlock, Markdown
from rich.padding import Padding
from rich.text import Text

from rung import lines, text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class _Block(CodeBlock):
    """The lines of a drawing or of code, in the terminal's own colours."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in str(self.text).rstrip("\n").split("\n"):
            yield Text("\n".join(lines.wrapped(line, options.max_width, drawn=True)))


class _Markdown(Markdown):
    elements = Markdown.elements | {"fence": _Block, "code_block": _Block}


@cache
def _empty() -> _Markdown:
    """Nothing. To make one makes a parser, which takes longer than most texts, and which nobody asks."""
    return _Markdown("", hyperlinks=False)


def markdown(markdown: str) -> Markdown:
    """A text of a card, read by our own parser: raw HTML is text."""
    shown = copy(_empty())
    shown.parsed = [_known(token) for token in text.parsed(markdown)]
    return shown


def own(words: str) -> Padding:
    """The learner's words, line by line as they were written."""
    return Padding(Text(text.visible(words)), (0, 0, 0, 2))


def _known(token: Any) -> Any:
    """The token with its math as text, which rich has no name for."""
    for child in token.children or []:
        if child.type == "math":
            child.type = "text"
    return token
