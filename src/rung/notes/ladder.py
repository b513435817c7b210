"""A calibration ladder: one question answered at four levels, what each answer missed, and what scored the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import choice, ordering
from rung.drafts import clozes
from rung.fields import Fields, Holed, NoteFields, Plain
from rung.model import LEVELS, Draft, Example, Fault, Refusal, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 35, 60  # words of a rung
UNEVEN = 1.5


class Rung(Fields):
    says: Plain = Field(description="What a candidate of this level answers, 35 to 60 words.")
    misses: Plain = Field(description="What the answer missed: the move to the next level.")


class Top(Fields):
    says: Plain = Field(description="What a candidate of this level answers, 35 to 60 words.")
    scores: Holed = Field(description="What scored the top level.")


class Rungs(Fields):
    L4: Rung
    L5: Rung
    L6: Rung
    L7: Top


class Note(NoteFields):
    question: Plain = Field(description="What the interviewer asks.")
    setting: Plain | None = Field(None, description="What the interviewer is after, in a sentence.")
    rungs: Rungs = Field(description="The answers, L4 to L7.")
    pattern: Holed = Field(description="The portable pattern.")


def title(note: Note) -> str:
    return note.question


def cards(note: Note) -> Iterator[Draft]:
    rungs = {level: getattr(note.rungs, level) for level in LEVELS}
    misses = tuple(choice.Item(level, rung.misses) for level, rung in rungs.items() if isinstance(rung, Rung))
    levels = tuple(choice.Item(level, f"{level} {name}") for level, name in LEVELS.items())
    yield Draft("ordering", ordering.Content(_asked(note), tuple(_items(rungs)), "from L4 to L7"), facet="order", at=())
    for level, rung in rungs.items():
        at = ("rungs", level)
        which = choice.Content(f"Which level is this answer?\n\n> {rung.says}", levels, level, True, _told(rung))
        yield Draft("choice", which, item=level, at=(*at, "says"), level=level)
        if isinstance(rung, Rung):
            missed = choice.Content(f"What keeps this answer from the next level?\n\n> {rung.says}", misses, level)
            yield Draft("choice", missed, item=level, facet="misses", at=(*at, "misses"), level=level)
        else:
            yield from clozes(
                rung.scores, item=level, facet="scores", at=(*at, "scores"), lead=f"What scored {level}:", level=level
            )
    yield from clozes(note.pattern, facet="pattern", at=("pattern",), lead="The pattern to carry elsewhere:")


def faults(note: Note) -> Iterator[Fault]:
    words = {level: len(text.line(getattr(note.rungs, level).says).split()) for level in LEVELS}
    for level, count in words.items():
        if not SHORTEST <= count <= LONGEST:
            yield _warning(
                ("rungs", level, "says"),
                f"{level} has {count} words",
                f"say it in {SHORTEST} to {LONGEST}, so that length does not give the level away",
            )
    shortest, longest = min(words, key=lambda level: words[level]), max(words, key=lambda level: words[level])
    if words[longest] > UNEVEN * words[shortest]:
        yield _warning(
            ("rungs", longest, "says"),
            f"{longest} has {words[longest]} words, {shortest} only {words[shortest]}",
            f"keep the longest rung within {UNEVEN} times the shortest",
        )


def _asked(note: Note) -> str:
    setting = f"\n\n{note.setting}" if note.setting else ""
    return f"Put the answers in order, from L4 to L7.{setting}"


def _items(rungs: dict[str, Rung | Top]) -> Iterator[ordering.Item]:
    for level, rung in rungs.items():
        note = f"Missed: {rung.misses}" if isinstance(rung, Rung) else ""
        yield ordering.Item(level, rung.says, f"{level} {LEVELS[level]}", note)


def _told(rung: Rung | Top) -> str:
    return f"It missed: {rung.misses}" if isinstance(rung, Rung) else f"What scored: {text.filled(rung.scores)}"


def _warning(at: tuple[str, ...], message: str, mend: str) -> Fault:
    return Fault(at, message, mend, Severity.WARNING)


_WORDS = (
    "we keep a cache of the last features of every user and of every item, and when the store is slow or away we read"
    " from that cache and try again with growing pauses until the store answers as it did before."
)
_L4, _L5, _L6, _L7 = (f"{number}, {_WORDS}" for number in ("First", "Second", "Third", "Fourth"))

EXAMPLES = (
    Example(
        f"""\
- ladder: outage
  question: What happens when the feature store fails?
  rungs:
    L4:
      says: {_L4}
      misses: What users get when the cache is cold.
    L5:
      says: {_L5}
      misses: What the fallback model was trained on.
    L6:
      says: {_L6}
      misses: That every failure is a branch of its own.
    L7:
      says: {_L7}
      scores: It load-tests {{{{c1::the degraded path}}}} at peak.
  pattern: Degradation is {{{{c1::designed}}}}.
""",
        (
            f"#L4 choice: Which level is this answer? {_L4} => L4 Mid",
            f"#L4.misses choice: What keeps this answer from the next level? {_L4} => What users get when the cache is cold.",
            f"#L5 choice: Which level is this answer? {_L5} => L5 Senior",
            f"#L5.misses choice: What keeps this answer from the next level? {_L5} => What the fallback model was trained on.",
            f"#L6 choice: Which level is this answer? {_L6} => L6 Staff",
            f"#L6.misses choice: What keeps this answer from the next level? {_L6} => That every failure is a branch of its own.",
            f"#L7 choice: Which level is this answer? {_L7} => L7 Principal",
            "#L7.scores.c1 cloze: What scored L7: It load-tests […] at peak. => the degraded path",
            "#order ordering: Put the answers in order, from L4 to L7. => L4 Mid < L5 Senior < L6 Staff < L7 Principal",
            "#pattern.c1 cloze: The pattern to carry elsewhere: Degradation is […]. => designed",
        ),
    ),
)

REFUSALS = (
    Refusal(
        f"""\
- ladder: outage
  question: What happens when the feature store fails?
  rungs:
    L4: {{says: Retry., misses: The rest.}}
    L5: {{says: "{_L5}", misses: x}}
    L6: {{says: "{_L6}", misses: y}}
    L7: {{says: "{_L7}", scores: "{{{{c1::z}}}}"}}
  pattern: Degradation is {{{{c1::designed}}}}.
""",
        (
            "deck.yaml:7:16: warning: L4 has 1 words",
            f"deck.yaml:8:16: warning: L5 has {len(_L5.split())} words, L4 only 1",
        ),
    ),
    Refusal(
        f"""\
- ladder: outage
  question: What happens when the feature store fails?
  rungs:
    L4: {{says: "{_L4}", misses: x}}
    L5: {{says: "{_L5}", missed: x}}
    L6: {{says: "{_L6}", misses: y}}
    L8: {{says: "{_L7}", scores: "{{{{c1::z}}}}"}}
  pattern: Degradation is {{{{c1::designed}}}}.
""",
        (
            'deck.yaml:7:5: error: rungs lacks the key "L7"',
            'deck.yaml:8:9: error: L5 lacks the key "misses"',
            f'deck.yaml:8:{20 + len(_L5)}: error: "missed" is no key of L5',
            'deck.yaml:10:5: error: "L8" is no key of rungs',
        ),
    ),
)
