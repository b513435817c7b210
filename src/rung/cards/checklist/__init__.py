"""Checklist: say the points aloud, look, and tick those you had. Scored by their share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from rung import text
from rung.cards import _items, _share
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score
from rung.shuffle import lettered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card

SECONDS = None
BETWEEN = re.compile(r"[\s,;.-]")  # what may stand between letters; alone it ticks nothing
TOLD = 40  # characters of a point in a remark


@dataclass(frozen=True, slots=True)
class Point:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """`points` in the author's order, lettered in it; `extra` stands on the back."""

    prompt: str
    points: tuple[Point, ...]
    extra: str = ""


def fault(content: Content) -> str:
    return _items.fault([point.id for point in content.points])


def ask(content: Content, seed: int) -> Question:
    options = lettered((point.id, point.text) for point in content.points)
    return Question(content.prompt, Expects.TICKS, f"Say it aloud; {_count(content)}", options)


def score(content: Content, question: Question, answer: str) -> Score:
    """Grade by the share of points that are ticked."""
    had = ticked(question, answer)
    left = [option for option in question.options if option.letter not in had]
    grade = _share.grade(len(had), len(content.points))
    remark = f"{len(had)} of {_count(content)}"
    if had and left:
        names = (f"{option.letter}. {shorten(_line(option.text), TOLD, placeholder=' ...')}" for option in left)
        return Score(grade, (f"{remark}; you left out: {'; '.join(names)}",))
    return Score(grade, (f"{remark}.",))


def ticked(question: Question, answer: str) -> str:
    """The letters that were typed, in capitals, none for nothing or a dash; raises NotAnAnswer."""
    letters = [option.letter for option in question.options]
    given = BETWEEN.sub("", answer).upper()
    if len(set(given)) < len(given) or not set(given) <= set(letters):
        raise NotAnAnswer(f"Type the letters of the points you had, each once, of {' '.join(letters)}; - for none.")
    return given


def back(content: Content, question: Question, answer: str) -> str:
    """The points as a list; after an answer each has a box before it, with an x where it was ticked."""
    had = ticked(question, answer)
    boxes = {
        option.letter: rf"\[{'x' if option.letter in had else ' '}\] " if answer else "" for option in question.options
    }
    points = "\n".join(
        f"- {boxes[option.letter]}**{option.letter}.** " + option.text.replace("\n", "\n  ")
        for option in question.options
    )
    return f"{points}\n\n{content.extra}" if content.extra else points


def gist(content: Content) -> tuple[str, str]:
    return text.line(content.prompt), "; ".join(_line(point.text) for point in content.points)


def _line(point: str) -> str:
    return text.line(point).removesuffix(".")


def _count(content: Content) -> str:
    return f"{len(content.points)} point{'s' * (len(content.points) != 1)}"


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_501,
    name="Rung Checklist",
    fields=(
        ("Prompt", 1_790_110_501),
        ("Title", 1_790_110_502),
        ("Points", 1_790_110_503),
        ("Extra", 1_790_110_504),
        ("Source", 1_790_110_505),
        ("Id", 1_790_110_506),
        ("Spare1", 1_790_110_507),
        ("Spare2", 1_790_110_508),
        ("Spare3", 1_790_110_509),
    ),
    template_id=1_790_120_501,
    scripts=("shared.js", "checklist/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    how = ask(content, 0).how
    points = _items.listed((point.id, point.text) for point in content.points)
    return {
        "Prompt": f'{text.html(content.prompt)}<p class="how">{how}.</p>',
        "Points": f'<ul class="points">{points}</ul>',
        "Extra": text.html(content.extra),
    }
