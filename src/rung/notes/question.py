"""A clarifying question of Phase 1: why it is asked, and what each answer changes downstream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.drafts import clozes, hole, twice
from rung.fields import Answer, Holed, NoteFields, Part, Plain, Text, Yes
from rung.model import Example, Fault, Refusal
from rung.paper import Page, Section, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rung.model import Draft


class Branch(Part):
    answer: Answer = Field(description="What the interviewer may answer.")
    changes: Text = Field(description="What that changes; without a hole all of it is the answer.")
    reverse: Yes = Field(False, description="Also ask the answer from the change, where the change points to it alone.")


class Note(NoteFields):
    asks: Plain = Field(description="The question, as it is put to the interviewer.")
    why: Holed = Field(description="Why it is asked.")
    branches: tuple[Branch, ...] = Field(description="What each answer changes.")


def title(note: Note) -> str:
    return "Clarifying question"


def cards(note: Note) -> Iterator[Draft]:
    asked = f"“{note.asks}”"
    yield from clozes(note.why, facet="why", at=("why",), lead=f"Why ask {asked}")
    for place, branch in enumerate(note.branches):
        at = ("branches", place)
        changes = branch.changes if text.holes(branch.changes) else hole(branch.changes)
        yield from clozes(changes, item=branch.id, at=(*at, "changes"), lead=f"{asked} — *{branch.answer}.*")
        if branch.reverse:
            told = f"{asked} — Which answer leads here? {text.filled(branch.changes)} *{hole(branch.answer)}*"
            yield from clozes(told, item=branch.id, facet="reverse", at=(*at, "answer"))


def page(note: Note) -> Page:
    why = text.filled(note.why)
    changes = table(("The answer", "What it changes"), [(branch.answer, branch.changes) for branch in note.branches])
    sections = (Section("", why), Section("What each answer changes", changes))
    return Page(note.asks, sections, f"**{note.asks}** {why}", alone=False)


def faults(note: Note) -> Iterable[Fault]:
    if not note.branches:
        return (Fault(("branches",), '"branches" is empty', "list at least one answer under it"),)
    return (*twice((branch.id for branch in note.branches), ("branches",)), *_broken(note))


def _broken(note: Note) -> Iterator[Fault]:
    """Changes without a hole that cannot be the answer of one as a whole."""
    for place, branch in enumerate(note.branches):
        whole = hole(branch.changes)
        sound = text.hole_answer(whole, 1) == branch.changes and not text.hole_fault(whole)
        if not text.holes(branch.changes) and not sound:
            mend = "mark what is to be recalled: {{c1::answer}}"
            yield Fault(("branches", place, "changes"), "this cannot be the answer of a hole as a whole", mend)


EXAMPLES = (
    Example(
        """\
- question: within-session
  asks: How soon must a view change the next recommendation?
  why: It decides between a {{c1::streaming}} pipeline and a {{c2::nightly batch}}.
  branches:
    - id: seconds
      answer: within seconds
      changes: A {{c1::streaming}} pipeline is a must.
    - id: days
      answer: by the next visit
      changes: a nightly batch will do
      reverse: true
""",
        (
            "#days.c1 cloze: “How soon must a view change the next recommendation?” — by the next visit. […]"
            " => a nightly batch will do",
            "#days.reverse.c1 cloze: “How soon must a view change the next recommendation?” — Which answer leads here?"
            " a nightly batch will do […] => by the next visit",
            "#seconds.c1 cloze: “How soon must a view change the next recommendation?” — within seconds."
            " A […] pipeline is a must. => streaming",
            "#why.c1 cloze: Why ask “How soon must a view change the next recommendation?” It decides between a […]"
            " pipeline and a nightly batch. => streaming",
            "#why.c2 cloze: Why ask “How soon must a view change the next recommendation?” It decides between a"
            " streaming pipeline and a […]. => nightly batch",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches:
    - answer: a minute
      changes: Retry.
""",
        ('deck.yaml:8:7: error: a branch lacks the key "id"',),
    ),
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches:
    - {id: minute, answer: a minute, changes: Retry.}
    - {id: minute, answer: an hour, changes: Fall back.}
""",
        ('deck.yaml:9:12: error: the id "minute" stands twice in this note',),
    ),
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches:
    - {id: why, answer: a minute, changes: Retry.}
""",
        ('deck.yaml:8:12: error: the id "why" makes a second card outage#why.c1',),
    ),
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches:
    - {id: minute, answer: a minute, changes: "Call store::retry."}
""",
        ("deck.yaml:8:47: error: this cannot be the answer of a hole as a whole",),
    ),
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches: []
""",
        ('deck.yaml:7:13: error: "branches" is empty',),
    ),
    Refusal(
        """\
- question: outage
  asks: How long may the store be away?
  why: It decides {{c1::the fallback}}.
  branches:
    - {id: minute, answer: a minute, changes: Retry., reverse: maybe}
""",
        ('deck.yaml:8:64: error: "maybe" is neither true nor false',),
    ),
)
