"""No two cards ask the same: with two answers to one question, each is right half of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.lint import Finding
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if card.twin:
            mend = "say what sets the two apart, or leave one out"
            yield Finding(card.at, f"this asks the same as {card.twin}", mend)


GOOD = """\
- fact: home-peak
  text: The home page slot peaks at {{c1::80k}} requests a second.
- fact: search-peak
  text: The search slot peaks at {{c1::40k}} requests a second.
"""
BAD = Refusal(
    """\
- fact: home-peak
  text: The slot peaks at {{c1::80k}} requests a second.
- fact: search-peak
  text: The slot peaks at {{c1::40k}} requests a second.
""",
    ("deck.yaml:7:9: warning: this asks the same as deck/home-peak#text.c1 [duplicate-front]",),
)
