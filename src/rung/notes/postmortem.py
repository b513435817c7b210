"""A failed interview: what happened, where the level was decided, what should have been said, and the lesson.

`happened` stands on the front of the cards that ask for the mistake and its mend, so it must name neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pydantic import Field, field_validator, model_validator

from rung import text
from rung.cards import checklist, recall
from rung.drafts import clozes
from rung.fields import Holed, NoteFields, Plain, slug
from rung.model import Draft, Example, Refusal
from rung.notes._points import SAID, Point, point_clozes, point_faults, to_tick, within
from rung.paper import Page, Section, bullets, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.model import Fault

HAPPENED = 80  # words
KIN = "moment"  # the moment, what should have been said and the lesson tell each other in part


class Note(NoteFields):
    name: Plain = Field(description="What went wrong, in a few words; the heading of its cards but the moment's.")
    setting: Plain = Field(description="Who sat there, in which interview, and how far it had gone.")
    happened: Plain = Field(description="What was said, at most 80 words, without naming the mistake.")
    moment: Plain = Field(description="Where the level was decided, and why, at most 60 words.")
    should: tuple[Point, ...] = Field(description="What should have been said, two to four points.")
    lesson: Holed = Field(description="The lesson.")
    company: Plain | None = Field(None, description="The type of company; its cards are tagged `company::…` with it.")
    cost: Plain | None = Field(None, description="What it cost the candidate; shown with what should have been said.")

    _short = field_validator("moment")(within(SAID))
    _brief = field_validator("happened")(within(HAPPENED))

    @model_validator(mode="after")
    def _tagged(self) -> Self:
        tag = f"company::{slug(self.company)}" if self.company else ""
        return self.model_copy(update={"tags": (*self.tags, tag)}) if tag and tag not in self.tags else self


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    asked = f"{note.setting}\n\n{note.happened}\n\nWhere was the level decided, and why?"
    moment = recall.Content(asked, note.moment)
    yield Draft("recall", moment, facet="moment", at=("moment",), title="Post-mortem", kin=KIN)  # its name tells it
    cost = f"What it cost: {note.cost}" if note.cost else ""
    should = checklist.Content(f"{note.happened}\n\nWhat should have been said?", to_tick(note.should), cost)
    yield Draft("checklist", should, facet="should", at=("should",), kin=KIN)
    yield from point_clozes(note.should, "should", "What should have been said:", kin=KIN)
    yield from clozes(note.lesson, facet="lesson", at=("lesson",), lead="The lesson:", kin=KIN)


def page(note: Note) -> Page:
    """What happened, and folded away where the level was decided; printed by itself only when asked for."""
    asked = Section("", paragraphs(note.setting, note.happened, "*Where was the level decided, and why?*"))
    should = bullets(point.point for point in note.should)
    lesson = paragraphs(note.lesson, note.cost and f"*What it cost:* {note.cost}")
    folded = [("The moment", note.moment), ("What should have been said", should), ("The lesson", lesson)]
    sections = tuple(Section(heading, text.filled(told), folded=True) for heading, told in folded)
    return Page(note.name, (asked, *sections), f"**{note.name}.** {text.filled(note.lesson)}", alone=False)


def faults(note: Note) -> Iterator[Fault]:
    yield from point_faults(note.should, "should")


EXAMPLES = (
    Example(
        """\
- postmortem: rollback
  name: The release without a way back
  setting: A Senior candidate for Staff at a delivery service, last of four interviews, on forecasting demand.
  happened: >-
    The interviewer asked what happens if the new model is bad. The candidate described better offline tests. Asked
    again, for the night on which they were not enough, the candidate described more of them.
  moment: >-
    At the second asking. Tests lower the odds of a bad release; the question was what ends one, and there was no answer.
  should:
    - {id: back, point: "The old model stays warm, and {{c1::one switch}} brings it back."}
    - {id: alarm, point: A metric that moves within minutes throws the switch.}
  lesson: Asked twice, a question is about {{c1::running the system}}, not about building it.
  company: Delivery service
  cost: One level.
""",
        (
            "#back.c1 cloze: What should have been said: The old model stays warm, and […] brings it back. => one"
            " switch",
            "#lesson.c1 cloze: The lesson: Asked twice, a question is about […], not about building it. => running"
            " the system",
            "#moment recall: A Senior candidate for Staff at a delivery service, last of four interviews, on"
            " forecasting demand. The interviewer asked what happens if the new model is bad. The candidate"
            " described better offline tests. Asked again, for the night on which they were not enough, the"
            " candidate described more of them. Where was the level decided, and why? => At the second asking. Tests"
            " lower the odds of a bad release; the question was what ends one, and there was no answer.",
            "#should checklist: The interviewer asked what happens if the new model is bad. The candidate described"
            " better offline tests. Asked again, for the night on which they were not enough, the candidate"
            " described more of them. What should have been said? => The old model stays warm, and one switch brings"
            " it back; A metric that moves within minutes throws the switch",
        ),
    ),
)

REFUSALS = (
    Refusal(
        f"""\
- postmortem: rollback
  name: The release without a way back
  setting: A Senior candidate for Staff.
  happened: {"Asked, the candidate described better tests. " * 14}
  moment: {"Tests only lower the odds of it. " * 9}
  should:
    - {{id: back, point: The old model stays warm.}}
    - {{id: alarm, point: A metric throws the switch.}}
  lesson: A question is about running the system.
""",
        (
            "deck.yaml:7:13: error: this text is 84 words long",
            "deck.yaml:8:11: error: this text is 63 words long",
            "deck.yaml:12:11: error: this text has no hole",
        ),
    ),
    Refusal(
        """\
- postmortem: rollback
  name: The release without a way back
  setting: A Senior candidate for Staff.
  happened: Asked twice, the candidate described better tests.
  moment: At the second asking.
  should: []
  lesson: A question is about {{c1::running the system}}.
""",
        ('deck.yaml:9:11: error: "should" is empty',),
    ),
)
