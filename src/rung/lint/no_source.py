"""A deck names its lesson, or is tagged `original`: a figure that nobody can look up is not worth learning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.lint import Finding
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.model import Deck

OWN = "original"


def found_in_deck(deck: Deck) -> Iterator[Finding]:
    if not deck.lesson and OWN not in deck.tags:
        mend = f"add `lesson: …` to it, or `tags: [{OWN}]` below it where the facts are your own"
        yield Finding((), "the source names no lesson", mend)


GOOD = """\
title: Feature stores
source: {course: Production AI Systems, lesson: 2.2}
notes:
  - fact: halves
    text: A feature store has two halves, one for training and one for {{c1::serving}}.
"""
BAD = Refusal(
    """\
title: Feature stores
source: {course: Production AI Systems}
notes:
  - fact: halves
    text: A feature store has two halves, one for training and one for {{c1::serving}}.
""",
    ("deck.yaml:2:1: warning: the source names no lesson [no-source]",),
)
