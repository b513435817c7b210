"""At most four things are recalled at once: a longer list is learnt by rote, and failed for one item.

Items to be put in order may be more, as they are shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung.lint import Finding
from rung.lint._prose import prose
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import CardView, NoteView

MOST = 4
ONE = 1  # whatever is no list is one thing
LONGEST_ITEM = 4  # words; a list of longer pieces is a sentence with commas
BULLET = re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}[.)])[ \t]", re.MULTILINE)
BETWEEN = re.compile(r"[,;] (?:and |or )?")
JOINED = re.compile(r" (?:and|or|&) ")
SENTENCES = re.compile(r"[.!?:] \S")  # more than one, or a list with a heading


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        items = _items(card)
        if items > MOST:
            yield Finding(
                card.at, f"{items} things to recall at once", f"ask for {MOST} at most, or for each by itself"
            )


def _items(card: CardView) -> int:
    """How many things a card wants recalled; ONE where it is no list."""
    if card.kind == "checklist":
        return len(card.content.points)
    if card.hole:
        return _enumerated(card.answer)
    if card.kind != "recall":
        return ONE
    bullets = len(BULLET.findall(prose(card.content.answer)))
    return bullets or (ONE if SENTENCES.search(card.answer) else _enumerated(card.answer))


def _enumerated(words: str) -> int:
    """How many items a list in running words has; ONE for anything else."""
    if words.count(", ") + words.count("; ") < MOST - 1:
        return ONE
    *_, last = items = BETWEEN.split(words)
    if any(len(item.split()) > LONGEST_ITEM for item in items[1:-1]):
        return ONE
    return len(items) + (JOINED.search(last) is not None)


GOOD = """\
- fact: log-fields
  text: Beside the features, each prediction is logged with {{c1::model version, score and time}}.
"""
BAD = Refusal(
    """\
- fact: log-fields
  text: Each prediction is logged with {{c1::features, model version, score, time and request id}}.
""",
    ("deck.yaml:5:9: warning: 5 things to recall at once [list-too-long]",),
)
