"""A card asks one thing: of two, one is forgotten sooner, and a single grade cannot say which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.lint._prose import own_words, written
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView

AND_WHY = re.compile(r"\band (?:why|when|how|what|where|which|who)\b", re.IGNORECASE)
TWO_CLAUSES = re.compile(r";\s|,? and (?:it|they|we|you|he|she|there|I) [a-z]")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
PLACE = re.compile(r"\{[^{}]*\}")  # what a note type fills in


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if card.kind == "cloze":
            holes = text.holes(card.content.text)
            if any(hole.number == card.hole and TWO_CLAUSES.search(hole.answer) for hole in holes):
                message = f"hole c{card.hole} holds two facts: {card.answer}"
                yield Finding(card.at, message, "give each a hole of its own, or leave one out")
        elif card.kind == "recall" and _two(card.content.prompt) and _author_asks_two(note, card.content.prompt):
            yield Finding(card.at, "this asks two things at once", "ask one, and the other in a card of its own")


def _two(asked: str) -> bool:
    """Whether the last paragraph asks twice, or its last sentence for two things; what stands before tells the case."""
    own = own_words(asked).rpartition("\n\n")[2]
    asks = own.count("?")
    return asks > 1 or (asks == 1 and AND_WHY.search(SENTENCE_END.split(own)[-1]) is not None)


def _author_asks_two(note: NoteView, prompt: str) -> bool:
    """Whether a single text of the note asks both: what its note type adds to that is not the author's to mend."""
    return any(_two(each) and all(piece in prompt for piece in PLACE.split(each)) for each in written(note.fields))


GOOD = """\
- framework: shadow
  name: Shadow run
  example:
    prompt: A ranker is to be replaced. What does its shadow run show first?
    answer: Whether both models score the same requests alike, before any user sees a difference.
"""
BAD = Refusal(
    """\
- framework: shadow
  name: Shadow run
  example:
    prompt: What does a shadow run show, and when does it end?
    answer: Whether both models score the same requests alike. It ends after a week without a difference.
""",
    ("deck.yaml:7:5: warning: this asks two things at once [two-facts]",),
)
