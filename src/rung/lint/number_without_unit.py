"""A number has its unit, or the name of what it counts: who only sees digits learns digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import CardView, NoteView

AMOUNT = r"\d[\d.,]*(?:\s?[-–]\s?\d[\d.,]*)?\s?(?:[kKMGTB]|bn|million|billion)?(?![\w%])"
BARE = re.compile(rf"[~≈<>≤≥±+−-]?\s?(?:(?:about|around|under|over|up to|at least|at most) )?{AMOUNT}")
MARKS = re.compile(r"[*_`]")
NO_NOUN = (
    "and|or|but|at|in|on|for|with|while|when|if|is|are|was|were|by|than|as|from|so|to|because|then|which|that|where|though"
    "|before|after|until|instead|not|here|there|overall|again|too|alone"
)
NOUN = re.compile(rf"[\s-]*(?:[%°×/]|(?!(?:{NO_NOUN})\b)[^\W\d_])")
WITH_NOUN = re.compile(rf"(?<![\w.,]){AMOUNT}{NOUN.pattern}")
RATIO_AFTER, RATIO_BEFORE = re.compile(r"\s*(?:to|:)\s*\d"), re.compile(r"\d\s*(?:to|:)\s*$")
JOINED = re.compile(r"(?:[$€£]\s?|[@#_^]|=\s?|[^\W\d_])$")  # a sign or a letter stands right before the number
ORDINAL = re.compile(
    r"\b(?:minute|hour|day|week|month|year|phase|step|stage|level|lesson|module|layer|round|version|top|rank|grade)\s+$",
    re.IGNORECASE,
)
QUANTITY = re.compile(r"\b(?:number|count|share|ratio|factor|score|percentage|probability)\b", re.IGNORECASE)
NAMED_IN_QUESTION = re.compile(rf"\bhow many\b|\bwhich\b|{QUANTITY.pattern}", re.IGNORECASE)
GENERIC = ("", "number", "how many", "how much", "count", "value", "figure", "amount", "range", "limit", "upper bound")
SENTENCE = re.compile(r"[.!?;]\s")


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if BARE.fullmatch(card.answer) and _nameless(card):
            message = f"{card.answer} has no unit and counts nothing"
            yield Finding(card.at, message, "put its unit or its noun behind it, in the hole or after it")


def _nameless(card: CardView) -> bool:
    """Whether neither the words around the number nor the question say what it counts."""
    if card.kind == "recall":
        return not NAMED_IN_QUESTION.search(card.question)
    if card.kind != "cloze":
        return False
    markdown = card.content.text
    return not any(_named(markdown, hole) for hole in text.holes(markdown) if hole.number == card.hole)


def _named(markdown: str, hole: text.Hole) -> bool:
    before, rest = _plain(markdown[: hole.start]), _plain(markdown[hole.end :])
    sentence = f"{SENTENCE.split(before)[-1]} … {SENTENCE.split(rest)[0]}"
    if hole.hint not in GENERIC or RATIO_AFTER.match(rest):
        return True
    if any(pattern.search(before) for pattern in (RATIO_BEFORE, JOINED, ORDINAL)):
        return True
    # Of “80k QPS at peak and 30k at night” the second number borrows the noun of the first, as in any range.
    return bool(NOUN.match(rest) or QUANTITY.search(sentence) or WITH_NOUN.search(sentence))


def _plain(markdown: str) -> str:
    return MARKS.sub("", text.filled(markdown))


GOOD = """\
- fact: end-of-video-peak
  text: The end-of-video slot peaks at {{c1::200k}} requests a second.
"""
BAD = Refusal(
    """\
- fact: end-of-video-peak
  text: At its peak, the end-of-video slot takes {{c1::200k}}.
""",
    ("deck.yaml:5:9: warning: 200k has no unit and counts nothing [number-without-unit]",),
)
