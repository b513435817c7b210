"""A back holds sixty words at most: nobody compares what they said with a page.

Drawings and code do not count, nor do the backs of drills, sheets and checklists, which are read piece by piece.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.lint._prose import prose
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import CardView, NoteView

MOST = 60  # words


def found(note: NoteView) -> Iterator[Finding]:
    for card in note.cards:
        if (words := _words(card)) > MOST:
            yield Finding(card.at, f"the back is {words} words long", f"say it in {MOST}, or split it in two")


def _words(card: CardView) -> int:
    """How long the back of a card is that is read as a whole; 0 for any other."""
    back = ""
    if card.kind == "recall":
        back = card.content.answer
    elif card.kind == "cloze":
        back = text.filled(card.content.text)
    elif card.kind != "choice":
        return 0
    whole = f"{back}\n\n{card.content.extra}"
    if len(whole.split()) <= MOST:  # marks count here too, so it is not longer than that
        return 0
    return len(text.line(prose(whole)).split())


_LONG = (
    "I would send a small share of the traffic to the new model, compare both on the guardrails every hour, and step"
    " back by a flag without a deployment as soon as one of them moves; meanwhile the old model stays warm, so that"
    " the way back takes seconds, and the log of both answers is kept for a week, by which the team can look up what"
    " went wrong, for whom and since when."
)
GOOD = """\
- framework: canary
  name: Canary
  example:
    prompt: How do you release a new ranker?
    answer: >-
      A small share of the traffic, both models compared on the guardrails, and a flag that takes it
      all back within seconds, since the old model stays warm.
"""
BAD = Refusal(
    f"""\
- framework: canary
  name: Canary
  example:
    prompt: How do you release a new ranker?
    answer: >-
{fill(_LONG, 96, initial_indent=" " * 6, subsequent_indent=" " * 6)}
""",
    (f"deck.yaml:7:5: warning: the back is {len(_LONG.split())} words long [back-too-long]",),
)
