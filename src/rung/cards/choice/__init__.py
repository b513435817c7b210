"""Choice: pick the one right answer among a few."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rung import text
from rung.cards import _items
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score
from rung.shuffle import lettered, seed, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card, Option

SECONDS = 45


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Content:
    """`right` is the id of the right option; `fixed` keeps the options in their own order; `extra` stands on the back."""

    prompt: str
    options: tuple[Item, ...]
    right: str
    fixed: bool = False
    extra: str = ""


def fault(content: Content) -> str:
    ids = [item.id for item in content.options]
    return _items.fault(ids) or (
        "" if content.right in ids else f'the right option, "{content.right}", is none of them'
    )


def ask(content: Content, seed: int) -> Question:
    items = content.options if content.fixed else shuffled(content.options, lambda item: item.id, seed)
    options = lettered((item.id, item.text) for item in items)
    return Question(
        content.prompt, Expects.LETTER, f"Type a letter, {options[0].letter} to {options[-1].letter}", options
    )


def score(content: Content, question: Question, answer: str) -> Score:
    right = _right(content, question)
    if _given(question, answer).id == content.right:
        return Score(5, ("Right.",))
    return Score(1, (f"Not so: it is {right.letter}.",))


def back(content: Content, question: Question, answer: str) -> str:
    right = _right(content, question)
    shown = f"**{right.letter}.** {right.text}"
    if answer and (given := _given(question, answer)).id != content.right:
        shown += f"\n\nYou chose {given.letter}: {given.text}"
    return f"{shown}\n\n{content.extra}" if content.extra else shown


def gist(content: Content) -> tuple[str, str]:
    return text.line(content.prompt), next(text.line(item.text) for item in content.options if item.id == content.right)


def _right(content: Content, question: Question) -> Option:
    return next(option for option in question.options if option.id == content.right)


def _given(question: Question, answer: str) -> Option:
    for option in question.options:
        if answer.strip().upper() == option.letter:
            return option
    raise NotAnAnswer(f"Type one of the letters {' '.join(option.letter for option in question.options)}.")


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_301,
    name="Rung Choice",
    fields=(
        ("Prompt", 1_790_110_301),
        ("Title", 1_790_110_302),
        ("Options", 1_790_110_303),
        ("Answer", 1_790_110_304),
        ("Extra", 1_790_110_305),
        ("Source", 1_790_110_306),
        ("Id", 1_790_110_307),
        ("Spare1", 1_790_110_308),
        ("Spare2", 1_790_110_309),
        ("Spare3", 1_790_110_310),
    ),
    template_id=1_790_120_301,
    scripts=("shared.js", "choice/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    asked = ask(content, seed(card.root, 0))
    right = _right(content, asked)
    options = _items.listed((option.id, option.text) for option in asked.options)
    fixed = " data-fixed" if content.fixed else ""
    return {
        "Prompt": text.html(content.prompt),
        "Options": f'<ol class="options" type="A"{fixed}>{options}</ol>',
        "Answer": f'<span data-id="{escape(right.id)}"><b>{right.letter}.</b> {text.html_inline(right.text)}</span>',
        "Extra": text.html(content.extra),
    }
