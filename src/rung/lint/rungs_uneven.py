"""Rungs have 35 to 60 words, the longest 1.5 times the shortest at most: else length gives the level away."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from rung import text
from rung.lint import Finding
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


# ── examples: one ladder for this rule and the next ──────────────────────────────────────────────

SAID = {
    "L4": "I would put the new model on every server at night, when there is little traffic, and look at errors and"
    " latency in the morning; if anything looks wrong by then, we deploy the old model again the same day.",
    "L5": "One percent of the traffic goes to the new model first, then ten, then all of it, and at each step I look"
    " at errors and latency; a flag brings the old model back without a deployment.",
    "L6": "Before any user sees it, the new model answers in the shadow of the old one, so that scores can be"
    " compared; then small shares of traffic follow, each with a metric that must hold, and the step back is"
    " automatic.",
    "L7": "What does a bad hour cost us? That number sets how large each step may be, how long the old model stays"
    " warm, and whether a shadow run is worth its machines; for this slot I would skip it and take smaller steps.",
}


def ladder(said: dict[str, str]) -> str:
    """A ladder with these answers, as a deck has it."""
    rungs = "".join(f"    {level}:\n      says: >-\n{_folded(said[level])}\n{_rest(level)}" for level in LEVELS)
    head = "- ladder: rollout\n  question: How do you roll out a new model?\n  rungs:\n"
    return f"{head}{rungs}  pattern: A rollout is {{{{c1::a budget for harm}}}}, spent in steps.\n"


def _folded(words: str) -> str:
    return fill(words, 80, initial_indent=" " * 8, subsequent_indent=" " * 8)


def _rest(level: str) -> str:
    misses = {"L4": "Everybody meets it at once.", "L5": "Nobody compared the scores.", "L6": "No step has a price."}
    last = "      scores: It derives every step from {{c1::the cost of a failure}}.\n"
    return f"      misses: {misses[level]}\n" if level in misses else last


GOOD = ladder(SAID)
BAD = Refusal(
    ladder(SAID | {"L4": "I would deploy it at night and look at the errors in the morning."}),
    (
        "deck.yaml:8:13: warning: L4 is 14 words long [rungs-uneven]",
        "deck.yaml:25:13: warning: L7 is 43 words long, L4 only 14 [rungs-uneven]",
    ),
)
