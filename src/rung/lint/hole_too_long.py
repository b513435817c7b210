"""A hole holds fifteen words at most: what is longer is recited, and nobody can tell whether it was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if card.hole and (words := len(card.answer.split())) > text.LONGEST_HOLE:
            mend = f"put it round what matters, {text.LONGEST_HOLE} words at most"
            yield Finding(card.at, f"hole c{card.hole} is {words} words long", mend)


GOOD = """\
- fact: point-in-time
  text: To keep the future out of training data, join each label with {{c1::the features known at that time}}.
"""
BAD = Refusal(
    """\
- fact: point-in-time
  text: >-
    To keep the future out of training data, {{c1::join each label with the values which its features
    had at the very moment when the prediction was made}}.
""",
    ("deck.yaml:5:9: warning: hole c1 is 19 words long [hole-too-long]",),
)
