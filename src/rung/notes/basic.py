"""A question and its answer, as any flashcard program has them; several of one note are kept apart.

List the ways to ask for one fact together: the capital of a country, and the country of that capital.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung.cards import recall
from rung.drafts import twice
from rung.fields import NoteFields, Part, Plain
from rung.model import Draft, Example, Fault, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

KIN = "cards"  # each is asked by what another answers


class Sides(Part):
    front: Plain = Field(description="What is asked.")
    back: Plain = Field(description="The answer.")
    extra: Plain | None = Field(None, description="More to know; stands below the answer.")


class Note(NoteFields):
    title: Plain | None = Field(None, description="A short heading above the cards. Default: the deck's title.")
    cards: tuple[Sides, ...] = Field(description="Its cards, one or more.")


def title(note: Note) -> str:
    return note.title or ""


def cards(note: Note) -> Iterator[Draft]:
    for place, card in enumerate(note.cards):
        content = recall.Content(card.front, card.back, card.extra or "")
        yield Draft("recall", content, item=card.id, at=("cards", place, "front"), kin=KIN)


def faults(note: Note) -> Iterator[Fault]:
    if not note.cards:
        yield Fault(("cards",), '"cards" is empty', "list one under it, as {id: …, front: …, back: …}")
    yield from twice((card.id for card in note.cards), ("cards",))


EXAMPLES = (
    Example(
        """\
- basic: capital-of-france
  cards:
    - id: capital
      front: What is the capital of France?
      back: Paris
      extra: Since 987, with breaks.
    - id: country
      front: Which country is governed from Paris?
      back: France
""",
        (
            "#capital recall: What is the capital of France? => Paris",
            "#country recall: Which country is governed from Paris? => France",
        ),
    ),
)

REFUSALS = (
    Refusal("- basic: capital-of-france\n  cards: []\n", ('deck.yaml:5:10: error: "cards" is empty',)),
    Refusal(
        """\
- basic: capital-of-france
  cards:
    - {id: capital, front: "What is the capital of France?", back: Paris}
    - {id: capital, front: "Which country is governed from Paris?", back: France}
""",
        ('deck.yaml:7:12: error: the id "capital" stands twice in this note',),
    ),
    Refusal(
        """\
- basic: capital-of-france
  cards:
    - {id: capital, front: "The capital of France is {{c1::Paris}}.", back: Paris}
    - {id: country, front: "Which country is governed from Paris?"}
""",
        (
            "deck.yaml:6:28: error: no hole may stand here",
            'deck.yaml:7:7: error: a card lacks the key "back"',
        ),
    ),
)
