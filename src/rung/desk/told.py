"""What a quiz says, as it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from rung import rendered, text
from rung.quizzes import MARKDOWN, OWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.quizzes import Told

INDENT = 2  # columns before what is not our own words


def drawn(told: Iterable[Told]) -> Group:
    """Line below line; where one is folded, it goes on below its beginning."""
    return Group(*map(_line, told))


def _line(told: Told) -> Any:
    if told.style == MARKDOWN:
        return Padding(rendered.markdown(told.words), (0, 0, 0, INDENT))
    if told.style == OWN:
        return rendered.own(told.words)
    words = told.words.lstrip()
    return Padding(Text(text.visible(words), told.style), (0, 0, 0, len(told.words) - len(words)))
