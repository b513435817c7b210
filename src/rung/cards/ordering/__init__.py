"""Ordering: put items in their right order. Scored by inversions: pairs that stand the wrong way round."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import combinations
from typing import TYPE_CHECKING

from rung import text
from rung.cards import _items
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score
from rung.shuffle import lettered, seed, shuffled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to order; `label` and `note` show on the back only. Items of one `rank` may stand in any order."""

    id: str
    text: str
    label: str = ""
    note: str = ""
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """`items` in the right order; `along` says what the order goes by, e.g. "from L4 to L7"; `extra` stands on the back."""

    prompt: str
    items: tuple[Item, ...]
    along: str = ""
    extra: str = ""


def fault(content: Content) -> str:
    return _items.fault([item.id for item in content.items])


def ask(content: Content, seed: int) -> Question:
    options = lettered((item.id, item.text) for item in shuffled(content.items, lambda item: item.id, seed))
    letters = "".join(option.letter for option in reversed(options))
    return Question(
        content.prompt, Expects.LETTERS, f"Type all letters {content.along or 'in order'}, e.g. {letters}", options
    )


def score(content: Content, question: Question, answer: str) -> Score:
    """Grade by the share D of inverted pairs: none 5, up to 1/6 3, 1/3 2, 1/2 1, more 0."""
    given = order(question, answer)
    wrong = inversions(content, given)
    pairs = len(given) * (len(given) - 1) // 2
    grade = next((grade for grade, parts in ((5, 0), (3, 1), (2, 2), (1, 3)) if 6 * wrong <= parts * pairs), 0)
    return Score(grade, ("In order." if not wrong else f"{wrong} of {pairs} pairs out of order.",))


def inversions(content: Content, given: Sequence[str]) -> int:
    """How many pairs of `given` (item ids) stand the wrong way round."""
    ranks = dict(zip((item.id for item in content.items), _ranks(content), strict=True))
    return sum(ranks[early] > ranks[late] for early, late in combinations(given, 2))


def back(content: Content, question: Question, answer: str) -> str:
    ranks = _ranks(content)
    given = order(question, answer) if answer else tuple(item.id for item in content.items)
    put = [given.index(item.id) for item in content.items]
    rows = "\n".join(
        _row(place + 1, item, None if ranks[put[place]] == ranks[place] else put[place] + 1)
        for place, item in enumerate(content.items)
    )
    return f"{rows}\n\n{content.extra}" if content.extra else rows


def gist(content: Content) -> tuple[str, str]:
    return text.line(content.prompt), " < ".join(item.label or text.line(item.text) for item in content.items)


def order(question: Question, answer: str) -> tuple[str, ...]:
    """The ids of the items in the order that was typed; raises NotAnAnswer."""
    ids = {option.letter: option.id for option in question.options}
    letters = [letter for letter in answer.upper() if letter.isalnum()]
    if sorted(letters) != sorted(ids):
        raise NotAnAnswer(f"Type each of the letters {' '.join(ids)} once, first to last.")
    return tuple(ids[letter] for letter in letters)


def _ranks(content: Content) -> tuple[int, ...]:
    """The rank of each item; places and ranks count from 0."""
    return tuple(place if item.rank is None else item.rank for place, item in enumerate(content.items))


def _row(place: int, item: Item, wrong: int | None) -> str:
    put = "" if wrong is None else f" (you put it at {wrong})"
    head = f"**{item.label}**{put}: {item.text}" if item.label else f"{item.text}{put}"
    return f"{place}. {head}" + (f"\\\n   *{item.note}*" if item.note else "")


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_201,
    name="Rung Ordering",
    fields=(
        ("Prompt", 1_790_110_201),
        ("Title", 1_790_110_202),
        ("Items", 1_790_110_203),
        ("Answer", 1_790_110_204),
        ("Extra", 1_790_110_205),
        ("Source", 1_790_110_206),
        ("Id", 1_790_110_207),
        ("Spare1", 1_790_110_208),
        ("Spare2", 1_790_110_209),
        ("Spare3", 1_790_110_210),
    ),
    template_id=1_790_120_201,
    scripts=("shared.js", "ordering/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    asked = ask(content, seed(card.root, 0))
    was = {option.id: option.letter for option in asked.options}
    items = _items.listed((option.id, option.text) for option in asked.options)
    answer = "".join(
        f'<li data-id="{escape(item.id)}" data-rank="{rank}">'
        + (f"<b>{text.html_inline(item.label)}:</b> " if item.label else "")
        + f"<span>{text.html_inline(item.text)}</span>"
        + f' <small class="was">({was[item.id]})</small>'
        + (f'<div class="note">{text.html_inline(item.note)}</div>' if item.note else "")
        + "</li>"
        for item, rank in zip(content.items, _ranks(content), strict=True)
    )
    return {
        "Prompt": text.html(content.prompt),
        "Items": f'<ol class="items" type="A">{items}</ol>',
        "Answer": f'<ol class="answer">{answer}</ol>',
        "Extra": text.html(content.extra),
    }
