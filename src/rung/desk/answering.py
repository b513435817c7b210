"""What a question is answered with on the desk, and how, in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.desk.answers import Number, Panels
from rung.desk.order import Order
from rung.model import Expects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.desk.answers import Line
    from rung.model import Question


def for_question(question: Question) -> Iterator[Panels | Line]:
    """What a question is answered with; nothing for a thought."""
    if question.expects is Expects.LETTER:
        yield Panels(question.options)
    elif question.expects is Expects.LETTERS:
        yield Order(question.options)
    elif question.expects in (Expects.NUMBER, Expects.NUMBERS):
        yield Number(question.how)


def how(question: Question) -> str:
    """How to answer, which a terminal of lines tells in other words."""
    if question.expects is Expects.LETTER:
        first, *_, last = (option.letter for option in question.options)
        return f"{first} to {last} picks; or use the arrows, then Enter."
    if question.expects is Expects.LETTERS:
        return "Shift with an arrow moves one, letters put theirs next; then Enter."
    if question.expects in (Expects.NUMBER, Expects.NUMBERS):
        return f"{question.how}; then Enter."
    return f"{question.how if question.expects is Expects.TICKS else 'Say it aloud'}. Then Enter."
