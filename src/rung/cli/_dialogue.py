"""A dialogue by lines, the same in a terminal with rich and in a pipe without: show, ask, read an answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rung import text
from rung.cli import _out

if TYPE_CHECKING:
    from rich.console import Console

    from rung.model import Question


class Over(Exception):
    """The learner's input has ended."""


@dataclass
class Dialogue:
    """Where cards are shown; `rich` is False for plain lines."""

    rich: bool

    @cached_property
    def console(self) -> Console:
        from rich.console import Console

        return Console(highlight=False, markup=False, emoji=False)

    def line(self, words: str = "", style: str = "") -> None:
        """One line of our own words."""
        if self.rich:
            self.console.print(words, style=style)
        else:
            _out.put(words)

    def markdown(self, markdown: str) -> None:
        """A text of a card."""
        if self.rich:
            from rich.padding import Padding

            self.console.print(Padding(_markdown(markdown), (0, 0, 0, 2)))
        else:
            for row in text.plain(markdown).split("\n"):
                _out.put(f"  {row}" if row else "")

    def question(self, title: str, question: Question) -> None:
        """Heading, prompt and lettered options of a card."""
        self.line(text.visible(title), "bold cyan")
        self.markdown(question.prompt)
        for option in question.options:
            self.line()
            self.option(option.letter, option.text)

    def option(self, letter: str, markdown: str) -> None:
        if self.rich:
            from rich.table import Table

            grid = Table.grid(padding=(0, 1))
            grid.add_row(f"  {letter}.", _markdown(markdown))
            self.console.print(grid)
        else:
            _out.put(f"  {letter}. {text.line(markdown)}")

    def ask(self, prompt: str) -> str:
        """The next line the learner types, trimmed; raises Over at the end of input."""
        sys.stdout.write(f"{prompt} " if prompt else "")
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if not typed:
            _out.put()
            raise Over
        typed = typed.strip()
        if not sys.stdin.isatty():
            _out.put(text.visible(typed))
        return typed


def _markdown(markdown: str) -> Any:
    """`markdown` for rich, by our own parser: raw HTML, markup and escape sequences are text."""
    from rich.markdown import Markdown

    shown = Markdown("", hyperlinks=False)
    shown.parsed = [_known(token) for token in text.parsed(markdown)]
    return shown


def _known(token: Any) -> Any:
    """The token with its math as text, which rich has no name for."""
    for child in token.children or []:
        if child.type == "math":
            child.type = "text"
    return token
