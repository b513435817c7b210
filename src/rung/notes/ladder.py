"""A calibration ladder: one question answered at four levels, what each answer missed, and what scored the top."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import choice, ordering
from rung.drafts import clozes
from rung.fields import Fields, Holed, NoteFields, Plain
from rung.model import LEVELS, Draft, Example, Refusal
from rung.paper import Page, Section
from rung.shuffle import seed, shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rung.model import Fault

KIN = "levels"


class Rung(Fields):
    says: Plain = Field(description="What a candidate of this level answers, 35 to 60 words.")
    misses: Plain = Field(description="What the answer missed: the move to the next level.")


class Top(Fields):
    says: Plain = Field(description="What a candidate of this level answers, 35 to 60 words.")
    scores: Holed = Field(description="What scored the top level.")


class Rungs(Fields):
    L4: Rung = Field(description="The Mid answer.")
    L5: Rung = Field(description="The Senior answer.")
    L6: Rung = Field(description="The Staff answer.")
    L7: Top = Field(description="The Principal answer.")


class Note(NoteFields):
    question: Plain = Field(description="What the interviewer asks.")
    setting: Plain | None = Field(None, description="What the interviewer is after, or has told you, in a sentence.")
    rungs: Rungs = Field(description="The answers, L4 to L7.")
    pattern: Holed = Field(description="The portable pattern.")


def title(note: Note) -> str:
    return note.question


def cards(note: Note) -> Iterator[Draft]:
    mixed = tuple(_levels(note))  # new cards come in this order, which must not give a level away
    yield from shuffled(mixed, lambda draft: draft.part, seed(note.question, 0))
    yield from clozes(note.pattern, facet="pattern", at=("pattern",), lead="The pattern to carry elsewhere:")


def _levels(note: Note) -> Iterator[Draft]:
    """The cards that ask for levels; whoever has seen the order, or three of the levels, knows the rest."""
    rungs = {level: getattr(note.rungs, level) for level in LEVELS}
    misses = tuple(choice.Item(level, rung.misses) for level, rung in rungs.items() if isinstance(rung, Rung))
    levels = tuple(choice.Item(level, f"{level} {name}") for level, name in LEVELS.items())
    asked = _asked(note, "Put the answers in order, from L4 to L7.")
    order = ordering.Content(asked, tuple(_items(rungs)), "from L4 to L7")
    yield Draft("ordering", order, facet="order", kin=KIN)
    for level, rung in rungs.items():
        at = ("rungs", level)
        asked = _asked(note, "Which level is this answer?", rung.says)
        which = choice.Content(asked, levels, level, True, _told(rung))
        yield Draft("choice", which, item=level, at=(*at, "says"), level=level, kin=KIN)
        if isinstance(rung, Rung):
            asked = _asked(note, "What keeps this answer from the next level?", rung.says)
            missed = choice.Content(asked, misses, level)
            yield Draft("choice", missed, item=level, facet="misses", at=(*at, "misses"), level=level, kin=KIN)
        else:
            lead, where = f"What scored {level}:", (*at, "scores")
            yield from clozes(rung.scores, item=level, facet="scores", at=where, lead=lead, level=level, kin=KIN)


def page(note: Note) -> Page:
    """The question, its answers folded away; printed by itself only when asked for."""
    folded = [
        Section(f"{level} {name}", f"{(rung := getattr(note.rungs, level)).says}\n\n> {_told(rung)}", folded=True)
        for level, name in LEVELS.items()
    ]
    pattern = Section("The pattern to carry elsewhere", text.filled(note.pattern), folded=True)
    brief = f"**{note.question}** {text.filled(note.pattern)}"
    return Page(note.question, (Section("", note.setting or ""), *folded, pattern), brief, alone=False)


def faults(note: Note) -> Iterable[Fault]:
    return ()


def _asked(note: Note, asks: str, answer: str = "") -> str:
    """What a card asks, in the note's setting, about the answer where it is of one."""
    return "\n\n".join(filter(None, (note.setting, asks, answer and f"> {answer}")))


def _items(rungs: dict[str, Rung | Top]) -> Iterator[ordering.Item]:
    for level, rung in rungs.items():
        note = f"Missed: {rung.misses}" if isinstance(rung, Rung) else ""
        yield ordering.Item(level, rung.says, f"{level} {LEVELS[level]}", note)


def _told(rung: Rung | Top) -> str:
    return f"It missed: {rung.misses}" if isinstance(rung, Rung) else f"What scored: {text.filled(rung.scores)}"


# A ladder for the examples below; the texts stand apart so that the cards can be named after them.
_SETTING = "A shop with ten ranking servers; the old model has served it for a year."
_L4 = (
    "I would replace the old model by the new one on all servers at night, when there is little traffic, and look at"
    " the error rate and the latency in the morning. If anything looks wrong by then, we deploy the old model again."
)
_L5 = (
    "I would send one percent of the traffic to the new model first, then ten, then all of it, and watch error rate and"
    " latency at every step. A feature flag lets us go back to the old model without a deployment."
)
_L6 = (
    "Before any user sees it, the new model answers in the shadow of the old one, so that we can compare scores. Then"
    " come small shares of traffic, each with a metric that must hold, and the step back is automatic when it does not."
)
_L7 = (
    "I would first ask what a bad hour costs, since that sets how large each step may be. Shadow, shares and the"
    " automatic step back follow from that number, and so does how long we keep the old model warm and its features"
    " filled."
)
_MISSES = {
    "L4": "Everybody meets a bad model at once.",
    "L5": "Nobody has compared the answers before users see them.",
    "L6": "The steps are chosen by habit and not by what a failure costs.",
}


def _folded(indent: int, words: str) -> str:
    return "\n".join(wrap(words, 76, initial_indent=" " * indent, subsequent_indent=" " * indent))


EXAMPLES = (
    Example(
        f"""\
- ladder: rollout
  question: How do you roll out a new model?
  setting: "{_SETTING}"
  rungs:
    L4:
      says: >-
{_folded(8, _L4)}
      misses: {_MISSES["L4"]}
    L5:
      says: >-
{_folded(8, _L5)}
      misses: {_MISSES["L5"]}
    L6:
      says: >-
{_folded(8, _L6)}
      misses: {_MISSES["L6"]}
    L7:
      says: >-
{_folded(8, _L7)}
      scores: It derives every step from {{{{c1::the cost of a failure}}}}.
  pattern: A rollout is {{{{c1::a budget for harm}}}}, spent in steps.
""",
        (
            f"#L4 choice: {_SETTING} Which level is this answer? {_L4} => L4 Mid",
            f"#L4.misses choice: {_SETTING} What keeps this answer from the next level? {_L4} => {_MISSES['L4']}",
            f"#L5 choice: {_SETTING} Which level is this answer? {_L5} => L5 Senior",
            f"#L5.misses choice: {_SETTING} What keeps this answer from the next level? {_L5} => {_MISSES['L5']}",
            f"#L6 choice: {_SETTING} Which level is this answer? {_L6} => L6 Staff",
            f"#L6.misses choice: {_SETTING} What keeps this answer from the next level? {_L6} => {_MISSES['L6']}",
            f"#L7 choice: {_SETTING} Which level is this answer? {_L7} => L7 Principal",
            "#L7.scores.c1 cloze: What scored L7: It derives every step from […]. => the cost of a failure",
            f"#order ordering: {_SETTING} Put the answers in order, from L4 to L7. => L4 Mid < L5 Senior < L6 Staff < L7 Principal",
            "#pattern.c1 cloze: The pattern to carry elsewhere: A rollout is […], spent in steps. => a budget for harm",
        ),
    ),
)

REFUSALS = (
    Refusal(
        f"""\
- ladder: rollout
  question: How do you roll out a new model?
  rungs:
    L4: {{says: Just do it., misses: A plan.}}
    L5:
      says: >-
{_folded(8, _L5)}
      misses: {_MISSES["L5"]}
    L6:
      says: >-
{_folded(8, _L6)}
      misses: {_MISSES["L6"]}
    L7:
      says: >-
{_folded(8, _L7)}
      scores: It derives every step from {{{{c1::the cost of a failure}}}}.
  pattern: A rollout is {{{{c1::a budget for harm}}}}, spent in steps.
""",
        (
            "deck.yaml:7:16: warning: L4 is 3 words long [rungs-uneven]",
            "deck.yaml:16:13: warning: L6 is 45 words long, L4 only 3 [rungs-uneven]",
        ),
    ),
    Refusal(
        """\
- ladder: rollout
  question: How do you roll out a new model?
  rungs:
    L4: {says: At night., misses: A plan.}
    L5: {says: In steps., missed: A shadow.}
    L6: {says: In the shadow first., misses: The cost.}
    L8: {says: By cost., scores: "{{c1::Cost}} decides."}
  pattern: A rollout is {{c1::a budget for harm}}.
""",
        (
            'deck.yaml:7:5: error: rungs lacks the key "L7"',
            'deck.yaml:8:9: error: L5 lacks the key "misses"',
            'deck.yaml:8:27: error: "missed" is no key of L5',
            'deck.yaml:10:5: error: "L8" is no key of rungs',
        ),
    ),
)
