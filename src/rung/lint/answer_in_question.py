"""A question does not hold its answer: a card that gives itself away is passed without being known."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import CardView, NoteView

WORDS = re.compile(r"[^\W_]+(?:[.,:]\d+)*%?")  # 0.5% is one word
LONGEST = 60  # characters of an answer that a message shows


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if card.kind in ("cloze", "recall", "choice") and len(card.answer) > 1:
            asked = f"{card.title} {card.question}"
            if _stands_in(card.answer, asked) and not _named_beside_others(card, asked):
                whose = f"the answer of c{card.hole}" if card.hole else "the answer"
                where = "heading" if _stands_in(card.answer, card.title) else "question"
                answer = shorten(card.answer, LONGEST, placeholder=" …")
                yield Finding(card.at, f"{whose} stands in its {where}: {answer}", MEND[where])


MEND = {"question": "say the rest in other words", "heading": "choose another heading, or ask for something else"}


def _named_beside_others(card: CardView, asked: str) -> bool:
    """Whether the question names another option too, as in “recall or judgement?”, and so tells nothing."""
    options = card.content.options if card.kind == "choice" else ()
    return any(_stands_in(text.line(each.text), asked) for each in options if each.id != card.content.right)


def _stands_in(answer: str, asked: str) -> bool:
    """Whether the words of `answer` stand in `asked`, one behind the other."""
    answer, asked = answer.casefold(), asked.casefold()
    first = WORDS.search(answer)
    if not first or first[0] not in asked:
        return False
    words = WORDS.findall(answer)
    if not all(word in asked for word in words):
        return False
    return f" {' '.join(words)} " in f" {' '.join(WORDS.findall(asked))} "


GOOD = """\
- fact: ttl
  text: With a TTL of one hour, a feature is stale for at most {{c1::60 minutes}}.
"""
BAD = Refusal(
    """\
- fact: ttl
  text: A TTL of one hour means that a feature is at most {{c1::one hour}} old.
""",
    ("deck.yaml:5:9: warning: the answer of c1 stands in its question: one hour [answer-in-question]",),
)
