"""Anything worth knowing that no other note type fits: Markdown with holes, one card a hole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung.drafts import clozes
from rung.fields import Holed, NoteFields, Plain
from rung.model import Example, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.model import Draft, Fault


class Note(NoteFields):
    title: Plain | None = Field(None, description="A short heading above the cards. Default: the deck's title.")
    text: Holed = Field(description="Markdown; every hole {{c1::answer}} is a card.")
    extra: Plain | None = Field(None, description="More to know; stands on the back, below the text.")


def title(note: Note) -> str:
    return note.title or ""


def cards(note: Note) -> Iterable[Draft]:
    return clozes(note.text, facet="text", at=("text",), extra=note.extra or "")


def faults(note: Note) -> Iterable[Fault]:
    return ()


EXAMPLES = (
    Example(
        """\
- fact: dominant-slot
  title: Traffic
  text: >-
    The {{c1::end-of-video}} slot peaks at {{c2::200k::how many}} requests a second,
    so it decides how many GPUs there must be.
""",
        (
            "#text.c1 cloze: The […] slot peaks at 200k requests a second, so it decides how many GPUs there must be."
            " => end-of-video",
            "#text.c2 cloze: The end-of-video slot peaks at [how many…] requests a second, so it decides how many GPUs"
            " there must be. => 200k",
        ),
    ),
)

REFUSALS = (
    Refusal(
        "- fact: peak\n  text: The peak is 320k\n",
        ("deck.yaml:5:9: error: this text has no hole",),
    ),
    Refusal(
        "- fact: peak\n  text: The {{c1::peak}} is slot # 2\n",
        ("deck.yaml:5:34: error: the text stops at this '#'",),
    ),
    Refusal(
        "- fact: peak\n  txt: The {{c1::peak}} is 320k\n",
        (
            'deck.yaml:4:3: error: fact "peak" lacks the key "text"',
            'deck.yaml:5:3: error: "txt" is no key of a fact',
        ),
    ),
    Refusal(
        '- fact: Peak QPS\n  text: "{{c1::320k}} at peak"\n',
        ('deck.yaml:4:9: error: "Peak QPS" is no id',),
    ),
    Refusal(
        "- fact: peak\n  text: At peak {{c1::320k {{c2::requests}} }}\n",
        ("deck.yaml:5:9: error: a hole stands inside hole c1",),
    ),
    Refusal(
        "- fact: peak\n  text: A peak of 320k requests a second is {{c1::320k}}\n",
        ("deck.yaml:5:9: warning: the answer of c1 stands in its question: 320k [answer-in-question]",),
    ),
    Refusal(
        "- fact: peak\n  text: In words it is {{c1::one two three four five six seven eight nine ten eleven twelve thirteen"
        " fourteen fifteen sixteen}}\n",
        ("deck.yaml:5:9: warning: hole c1 is 16 words long [hole-too-long]",),
    ),
)
