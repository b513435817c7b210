"""A rung does not say its level, nor do low rungs alone hedge: levels differ by what is decided.

Who knows them by words such as “as a staff engineer”, or by a “maybe” in L4 and L5 only, has learnt nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rung.lint import Finding
from rung.lint._examples import SAID, ladder
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView

LEVEL_WORD = re.compile(
    r"\bas an? (?:mid|junior|senior|staff|principal)\b"
    r"|\bL[4-7]\b(?![ -](?:load|prox|rout|balanc|switch|gateway|traffic|GPU|card|health))",  # of networks, and a GPU
    re.IGNORECASE,
)
HEDGE = re.compile(r"\b(?:maybe|perhaps|probably|might|I think|I guess|I(?:'d| would) guess)\b", re.IGNORECASE)
LOW, HIGH = ("L4", "L5"), ("L6", "L7")


def found(note: NoteView) -> Iterator[Finding]:
    if note.type == "ladder":
        rungs: Any = note.fields
        said = {level: getattr(rungs.rungs, level).says for level in (*LOW, *HIGH)}
        for level, words in said.items():
            if leak := LEVEL_WORD.search(words):
                message = f"{level} says a level: {leak[0]}"
                yield Finding(("rungs", level, "says"), message, "let what it decides tell the level")
        if not any(HEDGE.search(said[level]) for level in HIGH):
            for level in LOW:
                if hedge := HEDGE.search(said[level]):
                    message = f"only the lower rungs hedge: {level} says {hedge[0]}"
                    yield Finding(("rungs", level, "says"), message, "take the hedge away, or give L6 or L7 one too")


GOOD = ladder(SAID)
BAD = Refusal(
    ladder(
        SAID
        | {
            "L5": SAID["L5"].replace("then all of it", "then probably all of it"),
            "L7": SAID["L7"].replace("That number sets", "As a principal, I let that number set"),
        }
    ),
    (
        "deck.yaml:14:13: warning: only the lower rungs hedge: L5 says probably [level-word-leak]",
        "deck.yaml:27:13: warning: L7 says a level: As a principal [level-word-leak]",
    ),
)
