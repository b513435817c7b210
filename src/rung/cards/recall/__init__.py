"""Recall: say the answer in your own words, look, and grade yourself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung import text
from rung.model import AnkiType, Expects, Question, Score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card

SECONDS = None


@dataclass(frozen=True, slots=True)
class Content:
    """`extra` stands on the back, below the answer."""

    prompt: str
    answer: str
    extra: str = ""


def fault(content: Content) -> str:
    return ""


def ask(content: Content, seed: int) -> Question:
    return Question(content.prompt, Expects.THOUGHT, "Say it aloud, then look")


def score(content: Content, question: Question, answer: str) -> Score:
    return Score()


def back(content: Content, question: Question, answer: str) -> str:
    return f"{content.answer}\n\n{content.extra}" if content.extra else content.answer


def gist(content: Content) -> tuple[str, str]:
    return text.line(content.prompt), text.line(content.answer)


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_401,
    name="Rung Recall",
    fields=(
        ("Prompt", 1_790_110_401),
        ("Title", 1_790_110_402),
        ("Answer", 1_790_110_403),
        ("Extra", 1_790_110_404),
        ("Source", 1_790_110_405),
        ("Id", 1_790_110_406),
        ("Spare1", 1_790_110_407),
        ("Spare2", 1_790_110_408),
        ("Spare3", 1_790_110_409),
    ),
    template_id=1_790_120_401,
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    extra = text.html(content.extra)
    return {"Prompt": text.html(content.prompt), "Answer": text.html(content.answer), "Extra": extra}
