"""The ladder that rules about rungs take their examples from."""

from __future__ import annotations

from textwrap import fill

from rung.model import LEVELS

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
