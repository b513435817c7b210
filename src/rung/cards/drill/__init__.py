"""Drill: an answer written against the clock, then rated by its writer on a rubric of four levels."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rung import text
from rung.cards import _items, _share
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card

SECONDS = None
LEVELS = ("Weak", "Passing", "Strong", "Staff bar")
TOP = len(LEVELS) - 1
LETTERS = "ABCD"
LONGEST = 600  # minutes
GRADED = """\
Easy takes all points, Good 80 %, Hard 60 %; less is Again. So Passing throughout is Again, Strong throughout Hard."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the answer."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What the answer is rated on, and what it looks like at each level."""

    id: str
    name: str
    weak: str
    passing: str
    strong: str
    staff: str

    @property
    def levels(self) -> tuple[str, ...]:
        """The descriptions by level, 0 to 3."""
        return self.weak, self.passing, self.strong, self.staff


@dataclass(frozen=True, slots=True)
class Solved:
    """The model solution of the section with this id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A common failure."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """`minutes` is the time to write in; the solution has an entry for each section, in their order."""

    prompt: str
    minutes: int
    sections: tuple[Section, ...]
    rubric: tuple[Dimension, ...]
    solution: tuple[Solved, ...]
    failures: tuple[Failure, ...]


def fault(content: Content) -> str:
    if not 1 <= content.minutes <= LONGEST:
        return f"it has {content.minutes} minutes, not 1 to {LONGEST}"
    if not content.rubric:
        return "it has no rubric"
    ids = [section.id for section in content.sections]
    if [solved.id for solved in content.solution] != ids:
        return "its solution is not one of its sections, each once and in their order"
    return "" if len(set(ids)) == len(ids) else "two of its sections have one id"


def ask(content: Content, seed: int) -> Question:
    listed = "\n".join(f"{number}. {section.name}" for number, section in enumerate(content.sections, 1))
    prompt = f"{content.prompt}\n\n**{content.minutes} minutes**, in these sections:\n\n{listed}"
    example = " ".join("2310"[place % 4] for place in range(len(content.rubric)))
    how = f"Type your levels in the order of the rubric, 0 to {TOP}, e.g. {example}"
    return Question(prompt, Expects.DRILL, how)


def score(content: Content, question: Question, answer: str) -> Score:
    """Grade by the share of all points that was reached."""
    levels = ratings(content, answer)
    points, most = sum(levels), TOP * len(levels)
    return Score(_share.grade(points, most), (f"{points} of {most} points ({percent(points, most)} %).",))


def ratings(content: Content, answer: str) -> tuple[int, ...]:
    """The level of each dimension, 0 to 3, from what `canonical` gives; raises NotAnAnswer."""
    levels = answer.split()
    if len(levels) != len(content.rubric) or not set(levels) <= set(map(str, range(len(LEVELS)))):
        raise NotAnAnswer(f"Type a level for each of the {len(content.rubric)} dimensions, 0 to {TOP}.")
    return tuple(map(int, levels))


def canonical(levels: Sequence[int]) -> str:
    """The answer that stands for these levels: `2 3 1 0`."""
    return " ".join(map(str, levels))


def percent(points: int, most: int) -> int:
    """The share in whole percent; only all points are a hundred."""
    return 100 * points // most


def back(content: Content, question: Question, answer: str) -> str:
    levels = ratings(content, answer) if answer else (None,) * len(content.rubric)
    names = {section.id: section.name for section in content.sections}
    pieces = ["**Rubric**"]
    for dimension, level in zip(content.rubric, levels, strict=True):
        pieces += [f"**{dimension.name}**", "\n".join(_rows(dimension, level))]
    pieces.append("**Model solution**")
    for solved in content.solution:
        pieces += [f"**{names[solved.id]}**", solved.text]
    pieces += ["**Common failures**", "\n".join(f"- {failure.text}" for failure in content.failures)]
    return "\n\n".join(pieces)


def _rows(dimension: Dimension, chosen: int | None) -> list[str]:
    return [
        f"- {LEVELS[level]}{' (you)' if level == chosen else ''}: {words}"
        for level, words in enumerate(dimension.levels)
    ]


def gist(content: Content) -> tuple[str, str]:
    rated = ", ".join(text.line(dimension.name) for dimension in content.rubric)
    return text.line(content.prompt), f"{content.minutes} minutes, rated on {rated}"


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_701,
    name="Rung Drill",
    fields=(
        ("Prompt", 1_790_110_701),
        ("Title", 1_790_110_702),
        ("Minutes", 1_790_110_703),
        ("Sections", 1_790_110_704),
        ("Rubric", 1_790_110_705),
        ("Solution", 1_790_110_706),
        ("Failures", 1_790_110_707),
        ("Extra", 1_790_110_708),
        ("Source", 1_790_110_709),
        ("Id", 1_790_110_710),
        ("Spare1", 1_790_110_711),
        ("Spare2", 1_790_110_712),
        ("Spare3", 1_790_110_713),
    ),
    template_id=1_790_120_701,
    scripts=("shared.js", "drill/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    names = {section.id: section.name for section in content.sections}
    sections = _items.listed((each.id, each.name) for each in content.sections)
    solution = "".join(
        f'<div data-id="{escape(each.id)}"><h4>{text.html_inline(names[each.id])}</h4>{text.html(each.text)}</div>'
        for each in content.solution
    )
    failures = _items.listed((each.id, each.text) for each in content.failures)
    return {
        "Prompt": text.html(content.prompt),
        "Minutes": str(content.minutes),
        "Sections": f'<ol class="sections">{sections}</ol>',
        "Rubric": _rubric(content.rubric),
        "Solution": solution,
        "Failures": f'<ul class="failures">{failures}</ul>',
    }


def _rubric(rubric: Sequence[Dimension]) -> str:
    return "".join(
        f'<details data-id="{escape(each.id)}"><summary>{text.html_inline(each.name)}</summary><ol class="levels" start="0">'
        + "".join(
            f"<li><b>{name}</b> {text.html_inline(words)}</li>" for name, words in zip(LEVELS, each.levels, strict=True)
        )
        + "</ol></details>"
        for each in rubric
    )
