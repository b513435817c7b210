"""A follow-up probe: what the interviewer asks, the points an answer needs, what the probe tests, and its pattern.

Its cards carry the deck's title as heading, so let that say which system is being discussed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import checklist
from rung.drafts import clozes
from rung.fields import Holed, NoteFields, Plain
from rung.model import Draft, Example, Refusal
from rung.notes._points import Point, point_clozes, point_faults, to_tick
from rung.paper import Page, Section, bullets, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.model import Fault


class Note(NoteFields):
    asks: Plain = Field(description="What the interviewer asks.")
    tests: Holed | None = Field(None, description="What the question is after.")
    points: tuple[Point, ...] = Field(description="The points a good answer has, two to four.")
    pattern: Holed | None = Field(None, description="What to carry elsewhere.")


def title(note: Note) -> str:
    return ""


def cards(note: Note) -> Iterator[Draft]:
    asked = f"“{note.asks}”"
    points = checklist.Content(f"The interviewer probes: {asked} What do you answer?", to_tick(note.points))
    yield Draft("checklist", points, facet="points", at=("points",), kin="points")
    if note.tests:
        yield from clozes(note.tests, facet="tests", at=("tests",), lead=f"{asked} — what the question is after:")
    if note.pattern:
        lead = f"{asked} — the pattern to carry elsewhere:"
        yield from clozes(note.pattern, facet="pattern", at=("pattern",), lead=lead)
    yield from point_clozes(note.points, "points", f"{asked} —", kin="points")


def page(note: Note) -> Page:
    """The question, all else folded away; printed by itself only when asked for."""
    points = bullets(point.point for point in note.points)
    folded = [("The points of an answer", points), ("What it is after", note.tests), ("The pattern", note.pattern)]
    sections = tuple(Section(heading, text.filled(told), folded=True) for heading, told in folded if told)
    brief = paragraphs(
        f"**“{note.asks}”** {note.pattern or note.tests or ''}", "" if note.pattern or note.tests else points
    )
    return Page(f"“{note.asks}”", sections, brief, alone=False)


def faults(note: Note) -> Iterator[Fault]:
    yield from point_faults(note.points, "points")


_LONG = "Old events go first. " * 7 + "Labels stay here."  # 31 words

EXAMPLES = (
    Example(
        """\
- probe: half-the-budget
  asks: If we halved your storage, what would you drop?
  tests: Whether you know {{c1::what each byte earns}}.
  points:
    - {id: raw, point: Raw events older than a month go first; nobody trains on them.}
    - {id: labels, point: "Labels stay, because they {{c1::cannot be made again}}."}
  pattern: Cut where {{c1::the loss is smallest}}, not where the bill is biggest.
""",
        (
            "#labels.c1 cloze: “If we halved your storage, what would you drop?” — Labels stay, because they […]. =>"
            " cannot be made again",
            "#pattern.c1 cloze: “If we halved your storage, what would you drop?” — the pattern to carry elsewhere:"
            " Cut where […], not where the bill is biggest. => the loss is smallest",
            "#points checklist: The interviewer probes: “If we halved your storage, what would you drop?” What do"
            " you answer? => Raw events older than a month go first; nobody trains on them; Labels stay, because"
            " they cannot be made again",
            "#tests.c1 cloze: “If we halved your storage, what would you drop?” — what the question is after:"
            " Whether you know […]. => what each byte earns",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- probe: half-the-budget
  asks: If we halved your storage, what would you drop?
  points:
    - {id: raw, point: Raw events older than a month.}
""",
        ('deck.yaml:7:5: error: "points" lists only one',),
    ),
    Refusal(
        f"""\
- probe: half-the-budget
  asks: If we halved your storage, what would you drop?
  points:
    - {{id: raw, point: "{_LONG}"}}
    - {{id: labels, point: Labels stay.}}
""",
        ("deck.yaml:7:24: error: this text is 31 words long",),
    ),
    Refusal(
        """\
- probe: half-the-budget
  asks: If we halved your storage, what would you drop?
  points:
    - {id: raw, point: Raw events go first.}
    - {id: raw, point: Labels stay.}
""",
        ('deck.yaml:8:12: error: the id "raw" stands twice in this note',),
    ),
    Refusal(
        """\
- probe: half-the-budget
  asks: If we halved your storage, what would you drop?
  points:
    - {id: raw, point: Raw events go first.}
    - {id: tests, point: "Labels stay, because they {{c1::cannot be made again}}."}
  tests: Whether you know {{c1::what each byte earns}}.
""",
        ('deck.yaml:8:12: error: the id "tests" makes a second card half-the-budget#tests.c1',),
    ),
)
