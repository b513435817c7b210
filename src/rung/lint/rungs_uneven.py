"""Rungs have 35 to 60 words, the longest 1.5 times the shortest at most: else length gives the level away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rung import text
from rung.lint import Finding
from rung.lint._examples import SAID, ladder
from rung.model import LEVELS, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView

SHORTEST, LONGEST = 35, 60  # words
UNEVEN = 1.5


def found(note: NoteView) -> Iterator[Finding]:
    if note.type == "ladder":
        fields: Any = note.fields
        words = {level: len(text.line(getattr(fields.rungs, level).says).split()) for level in LEVELS}
        yield from _out_of_bounds(words)
        yield from _uneven(words)


def _out_of_bounds(words: dict[str, int]) -> Iterator[Finding]:
    for level, count in words.items():
        if not SHORTEST <= count <= LONGEST:
            message = f"{level} is {count} word{'s' * (count != 1)} long"
            mend = f"say it in {SHORTEST} to {LONGEST}, so that length does not give the level away"
            yield Finding(("rungs", level, "says"), message, mend)


def _uneven(words: dict[str, int]) -> Iterator[Finding]:
    shortest, longest = min(words, key=lambda level: words[level]), max(words, key=lambda level: words[level])
    if words[longest] > UNEVEN * words[shortest]:
        message = f"{longest} is {words[longest]} words long, {shortest} only {words[shortest]}"
        mend = f"keep the longest rung within {UNEVEN} times the shortest"
        yield Finding(("rungs", longest, "says"), message, mend)


GOOD = ladder(SAID)
BAD = Refusal(
    ladder(SAID | {"L4": "I would deploy it at night and look at the errors in the morning."}),
    (
        "deck.yaml:8:13: warning: L4 is 14 words long [rungs-uneven]",
        "deck.yaml:25:13: warning: L7 is 43 words long, L4 only 14 [rungs-uneven]",
    ),
)
