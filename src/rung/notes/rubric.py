"""An unspoken rubric, company by company: what interviewers weigh, why, how to signal it, and what they ask themselves.

`scores` stands in sentences such as “Google interviewers weigh …”; write it as a phrase, without a full stop.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from rung import text
from rung.cards import checklist, choice, recall
from rung.drafts import clozes, hole, twice
from rung.fields import Answer, Holed, NoteFields, Part, Plain, quoted
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike
from rung.notes._points import POINT, SAID, long_items, uncounted, within
from rung.paper import Page, Section, bullets, paragraphs, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

SCORES = text.LONGEST_HOLE  # words


class Signal(Part):
    company: Answer = Field(description="The company, with the level where that is known.")
    short: Answer = Field(description="The company in a word or two: “… interviewers weigh …”.")
    scores: Answer = Field(description="What its interviewers weigh, at most 15 words, without the company.")
    hurt: Plain | None = Field(None, description="What hurt them last: the reason, where one is known.")
    signal: Plain = Field(description="How to signal it, at most 60 words.")
    did: tuple[Plain, ...] = Field(description="What they ask of an answer, two to four: “Did the candidate …?”")

    _short = field_validator("scores")(within(SCORES))
    _brief = field_validator("signal")(within(SAID))


class Note(NoteFields):
    name: Plain = Field(description="Which interview it is the rubric of; the heading of its cards.")
    why: Holed | None = Field(None, description="Why it stands on no official rubric.")
    signals: tuple[Signal, ...] = Field(description="The companies, two at least.")
    everywhere: Holed | None = Field(None, description="The move that is respected everywhere.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    if note.why:
        yield from clozes(note.why, facet="why", at=("why",), lead="Why it stands on no official rubric:")
    if note.everywhere:
        yield from clozes(note.everywhere, facet="everywhere", at=("everywhere",), lead="Respected everywhere:")
    companies = tuple(choice.Item(signal.id, signal.company) for signal in note.signals)
    for place, signal in enumerate(note.signals):
        yield from _signal(signal, ("signals", place), companies)


def _signal(signal: Signal, at: tuple[str | int, ...], companies: tuple[choice.Item, ...]) -> Iterator[Draft]:
    weighed = f"**{signal.company}** interviewers weigh {hole(signal.scores)}."
    yield from clozes(weighed, item=signal.id, facet="scores", at=(*at, "scores"))
    whose = choice.Content(f"Whose interviewers weigh this: {signal.scores}?", companies, signal.id)
    yield Draft("choice", whose, item=signal.id, at=(*at, "company"))
    if signal.hurt:
        why = recall.Content(f"Why do **{signal.short}** interviewers weigh {signal.scores}?", signal.hurt)
        yield Draft("recall", why, item=signal.id, facet="hurt", at=(*at, "hurt"))
    asked = f"**{signal.short}** interviewers weigh {signal.scores}. How would you signal it?"
    yield Draft("recall", recall.Content(asked, signal.signal), item=signal.id, facet="signal", at=(*at, "signal"))
    asked = f"What do **{signal.short}** interviewers ask themselves about your answer? “Did the candidate …”"
    points = tuple(checklist.Point(f"did-{number}", did) for number, did in enumerate(signal.did, 1))
    yield Draft("checklist", checklist.Content(asked, points), item=signal.id, facet="did", at=(*at, "did"))


def page(note: Note) -> Page:
    why = [Section("", text.filled(note.why))] if note.why else []
    companies = [Section(signal.company, _lens(signal)) for signal in note.signals]
    everywhere = [Section("Respected everywhere", text.filled(note.everywhere))] if note.everywhere else []
    brief = bullets(f"**{signal.company}** weighs {signal.scores}" for signal in note.signals)
    return Page(note.name, (*why, *companies, *everywhere), f"**{note.name}**\n\n{brief}")


def _lens(signal: Signal) -> str:
    weighs = f"**Weighs {signal.scores}.** {signal.hurt or ''}".strip()
    return paragraphs(weighs, f"**Signal it:** {signal.signal}", ticks(signal.did))


def faults(note: Note) -> Iterator[Fault]:
    yield from twice((signal.id for signal in note.signals), ("signals",))
    yield from uncounted(note.signals, ("signals",))
    yield from alike((signal.company for signal in note.signals), ("signals",), "company")
    yield from alike((signal.scores for signal in note.signals), ("signals",), "scores")
    for place, signal in enumerate(note.signals):
        at = ("signals", place)
        yield from uncounted(signal.did, (*at, "did"))
        yield from long_items(signal.did, (*at, "did"), POINT)
        if re.search(rf"\b{re.escape(signal.short)}\b", signal.scores, re.IGNORECASE):
            message = f'"scores" names the company, {quoted(signal.short)}, which a card asks for'
            yield Fault((*at, "scores"), message, "say what is weighed without it")


EXAMPLES = (
    Example(
        """\
- rubric: forecasting
  name: What is weighed in a forecasting interview
  why: It comes from {{c1::what hurt them last}}, and nobody writes that down.
  signals:
    - id: grocer
      company: Grocer Staff
      short: Grocer
      scores: how waste is priced
      hurt: A heat wave left them with a warehouse of salad.
      signal: Say in money what a place too many costs, and what one too few does, before you name a loss.
      did:
        - Did the candidate price both ways of being wrong?
        - Did the candidate say who throws the food away?
    - id: airline
      company: Airline L6
      short: Airline
      scores: recovery from a bad day
      hurt: A storm filled every hub for three days.
      signal: Draw the day on which the forecast is useless, and say who decides then.
      did:
        - Did the candidate plan for a forecast that is wrong?
        - Did the candidate name who takes over?
  everywhere: At the end, return to {{c1::the price of an error}} that you agreed on at the start.
""",
        (
            "#airline choice: Whose interviewers weigh this: recovery from a bad day? => Airline L6",
            "#airline.did checklist: What do Airline interviewers ask themselves about your answer? “Did the"
            " candidate …” => Did the candidate plan for a forecast that is wrong?; Did the candidate name who takes"
            " over?",
            "#airline.hurt recall: Why do Airline interviewers weigh recovery from a bad day? => A storm filled"
            " every hub for three days.",
            "#airline.scores.c1 cloze: Airline L6 interviewers weigh […]. => recovery from a bad day",
            "#airline.signal recall: Airline interviewers weigh recovery from a bad day. How would you signal it? =>"
            " Draw the day on which the forecast is useless, and say who decides then.",
            "#everywhere.c1 cloze: Respected everywhere: At the end, return to […] that you agreed on at the start."
            " => the price of an error",
            "#grocer choice: Whose interviewers weigh this: how waste is priced? => Grocer Staff",
            "#grocer.did checklist: What do Grocer interviewers ask themselves about your answer? “Did the candidate"
            " …” => Did the candidate price both ways of being wrong?; Did the candidate say who throws the food"
            " away?",
            "#grocer.hurt recall: Why do Grocer interviewers weigh how waste is priced? => A heat wave left them"
            " with a warehouse of salad.",
            "#grocer.scores.c1 cloze: Grocer Staff interviewers weigh […]. => how waste is priced",
            "#grocer.signal recall: Grocer interviewers weigh how waste is priced. How would you signal it? => Say"
            " in money what a place too many costs, and what one too few does, before you name a loss.",
            "#why.c1 cloze: Why it stands on no official rubric: It comes from […], and nobody writes that down. =>"
            " what hurt them last",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- rubric: forecasting
  name: What is weighed in a forecasting interview
  signals:
    - id: grocer
      company: Grocer Staff
      short: Grocer
      scores: what a grocer throws away
      hurt: A heat wave.
      signal: Say what a place too many costs.
      did: [Did the candidate price both ways of being wrong?]
    - id: airline
      company: Airline L6
      short: Airline
      scores: What a grocer throws away
      hurt: A storm.
      signal: Say who decides then.
      did: [Did the candidate plan for a wrong forecast?, Did the candidate name who takes over?]
""",
        (
            'deck.yaml:10:15: error: "scores" names the company, "Grocer", which a card asks for',
            'deck.yaml:13:12: error: "did" lists only one',
            'deck.yaml:17:15: error: "What a grocer throws away" stands twice under "signals"',
        ),
    ),
    Refusal(
        """\
- rubric: forecasting
  name: What is weighed in a forecasting interview
  signals:
    - id: grocer
      company: Grocer Staff
      short: Grocer
      scores: one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
      hurt: A heat wave.
      signal: Say what a place too many costs.
      did: [Did the candidate price both ways of being wrong?, Did the candidate say who pays?]
""",
        ("deck.yaml:10:15: error: this text is 16 words long",),
    ),
)
