"""A dialogue by lines, the same in a terminal with rich and in a pipe without: show, ask, read an answer."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rung import text
from rung.cli import _out
from rung.model import Expects
from rung.quizzes import MARKDOWN, OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.console import Console

    from rung.model import Question
    from rung.quizzes import Told

SHORT = 60  # characters of an option that needs no blank line around it
SAID = {"y": True, "yes": True, "n": False, "no": False, "": False}  # what words at a `[y/N]` mean
SAY = "Type y or n, or Enter for no."


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
            self.console.print(_out.folded(text.visible(words), sys.stdout), style=style)
        else:
            _out.put(_out.folded(words, sys.stdout))

    @property
    def width(self) -> int:
        """Columns of the terminal, or of COLUMNS."""
        return self.console.width if self.rich else _out.columns()

    def row(self, pieces: Iterable[str]) -> None:
        """Our own words side by side; where they are wider than the terminal, a line ends between two of them."""
        line = ""
        for piece in pieces:
            longer = f"{line}   {piece}" if line else f"  {piece}"
            if line and len(longer) > self.width:
                self.line(line)
                longer = f"  {piece}"
            line = longer
        self.line(line)

    def markdown(self, markdown: str) -> None:
        """A text of a card."""
        if self.rich:
            from rich.padding import Padding

            from rung import rendered

            self.console.print(Padding(rendered.markdown(markdown), (0, 0, 0, 2)))
        else:
            for row, drawn in text.rows(markdown):
                self.wrapped("  ", row, drawn=drawn)

    def words(self, words: str) -> None:
        """Words of the learner's own, line by line as they were written."""
        if self.rich:
            from rung import rendered

            self.console.print(rendered.own(words))
        else:
            for row in words.split("\n"):
                self.wrapped("  ", row)

    def tell(self, told: Iterable[Told]) -> None:
        """What a quiz says."""
        show = {MARKDOWN: self.markdown, OWN: self.words}
        for each in told:
            if each.style in show:
                show[each.style](each.words)
            else:
                self.line(each.words, each.style)

    def beside(self, head: str, words: str, other: str, markdown: str) -> None:
        """The learner's own words, and a text of a card to the right of them; for a wide, rich terminal."""
        from rich.table import Table

        from rung import rendered

        table = Table(box=None, expand=True, show_edge=False, padding=(0, 1))
        for each in (f"  {head}", other):
            table.add_column(each, ratio=1, header_style="dim")
        table.add_row(rendered.own(words), rendered.markdown(markdown))
        self.console.print(table)

    def question(self, title: str, question: Question) -> None:
        """Heading, prompt and lettered options of a card."""
        self.line(title, "bold cyan")
        self.markdown(question.prompt)
        if question.expects is Expects.TICKS:  # its points are the answer; how many there are helps to find them
            self.line()
            self.line(f"  {question.how}.", "dim")
            return
        spaced = any(len(option.text) > SHORT for option in question.options)
        for number, option in enumerate(question.options):
            if spaced or not number:
                self.line()
            self.option(option.letter, option.text)

    def option(self, letter: str, markdown: str) -> None:
        if self.rich:
            from rich.table import Table

            from rung import rendered

            grid = Table.grid(padding=(0, 1))
            grid.add_row(f"  {letter}.", rendered.markdown(markdown))
            self.console.print(grid)
        else:
            self.wrapped(f"  {letter}. ", text.line(markdown))

    def named_options(self, options: Sequence[tuple[str, str, str]]) -> None:
        """Rows of a letter, a name of our own and a text of a card, which has a column to itself."""
        if self.rich:
            from rich.table import Table
            from rich.text import Text

            from rung import rendered

            grid = Table.grid(padding=(0, 1))
            for letter, name, markdown in options:
                grid.add_row(f"  {letter}.", Text(name, "bold"), rendered.markdown(markdown))
            self.console.print(grid)
            return
        longest = max(len(name) for _, name, _ in options)
        for letter, name, markdown in options:
            self.wrapped(f"  {letter}. {name:<{longest}} ", text.line(markdown))

    @staticmethod
    def wrapped(head: str, words: str, *, drawn: bool = False) -> None:
        """Plain words at the width of the terminal, or of COLUMNS."""
        _out.put("\n".join(_out.wrapped(words, _out.columns(), head=head, drawn=drawn)))

    def ask(self, prompt: str) -> str:
        """The next line the learner types, trimmed; raises Over at the end of input."""
        return self.read(prompt).strip()

    @staticmethod
    def read(prompt: str) -> str:
        """The next line as it is typed, without its end; raises Over at the end of input."""
        _out.write(f"{_out.folded(prompt, sys.stdout, spare=1)} ", now=True)
        typed = sys.stdin.readline()
        if not typed:
            _out.put()
            raise Over
        typed = typed.rstrip("\r\n")
        if not sys.stdin.isatty():
            _out.put(typed)
        return typed

    def agrees(self, prompt: str) -> bool:
        """Whether the learner says yes; the end of input is a no."""
        try:
            while (said := SAID.get(self.ask(f"{prompt} [y/N]").casefold())) is None:
                self.line(SAY)
        except Over:
            return False
        return said

    def picked(self, count: int) -> int | None:
        """The place of the one that the learner picks of a list numbered from 1; None for none, and outside a terminal."""
        while _out.interactive():
            try:
                words = self.ask(f"Which one? 1 to {count}, Enter for none:")
            except Over:
                break
            if words.removeprefix(":") in ("", "q"):
                break
            if words.isascii() and words.isdecimal() and 1 <= int(words[:9]) <= count:
                self.line()
                return int(words) - 1
            self.line(f"Type a number from 1 to {count}, or Enter for none.")
        return None

    @contextmanager
    def sitting(self, sum_up: Callable[[], None]) -> Iterator[None]:
        """A sitting to its end, or until the learner stops; then it is summed up."""
        try:
            yield
        except Over:
            pass
        except KeyboardInterrupt:
            self.line()
            raise
        finally:
            sum_up()
