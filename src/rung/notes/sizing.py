"""A back-of-envelope sizing: numbers worked out from fresh numbers each time, fixed figures, and advice.

A quantity draws its numbers from ranges and asks for what its formula gives; `{name}` in its question and its derivation
stands for a drawn number. Formulas know `+ - * / **`, parentheses, `min`, `max`, `ceil`, `log2` and `sqrt`. Numbers may
be written as `50k`, `100M`, `2B` or `5%`, where a share counts as 0.05; an answer in `%` is in per cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung.cards import number
from rung.drafts import clozes, twice
from rung.fields import Holed, NoteFields, Part, Plain
from rung.formula import parsed, spelled
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._numbers import amount, formula, tolerance, tried, typeable, unknown_in
from rung.notes._ranges import Range, ends_of, untold, variable_of
from rung.paper import Page, Section, bullets, table, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.notes._numbers import At


class Quantity(Part):
    asks: Plain = Field(description="The question, with `{name}` for each number it draws.")
    where: dict[Plain, Range] = Field(description="The numbers: a name, and a range or what it is.")
    formula: Plain = Field(description="The answer, from those names.")
    unit: Plain = Field(description="The unit of the answer, such as GPUs or GB/s.")
    tolerance: Plain = Field("5%", description="How far an answer may be off, as a share.")
    because: Plain = Field(description="The derivation in words, with `{name}` for its numbers.")


class Figure(Part):
    asks: Plain = Field(description="The question.")
    is_: Plain = Field(alias="is", description="The answer, a number.")
    unit: Plain = Field(description="Its unit.")
    tolerance: Plain = Field("5%", description="How far an answer may be off, as a share.")
    because: Plain | None = Field(None, description="Where it comes from.")


class Advice(Part):
    says: Holed = Field(description="What to heed when sizing.")


class Note(NoteFields):
    name: Plain = Field(description="What is sized.")
    quantities: tuple[Quantity, ...] = Field((), description="What is worked out from fresh numbers.")
    figures: tuple[Figure, ...] = Field((), description="Numbers that stay what they are.")
    advice: tuple[Advice, ...] = Field((), description="What to heed.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    for place, quantity in enumerate(note.quantities):
        at = ("quantities", place)
        drawn, _ = _drawn(quantity, at)
        if drawn:
            yield Draft("number", drawn, item=quantity.id, at=(*at, "asks"))
    for place, figure in enumerate(note.figures):
        at = ("figures", place)
        fixed, _ = _fixed(figure, at)
        if fixed:
            yield Draft("number", fixed, item=figure.id, at=(*at, "asks"))
    for place, advice in enumerate(note.advice):
        yield from clozes(advice.says, item=advice.id, at=("advice", place, "says"))


def page(note: Note) -> Page:
    """Formulas, figures and advice, an example of each formula folded away; a piece of its deck's sheet."""
    formulas = table(
        ("What", "Formula"), [(number.NAMED.sub(r"*\1*", each.asks), _told(each)) for each in note.quantities]
    )
    figures = table(
        ("What", "How much"), [(each.asks, unbroken(f"**{each.is_} {each.unit}**")) for each in note.figures]
    )
    sections = (
        Section("Work it out", formulas),
        Section("Figures to know", figures),
        Section("Heed", bullets(each.says for each in note.advice)),
        Section("An example of each", bullets(filter(None, map(_example, note.quantities))), folded=True),
    )
    brief = bullets(f"{each.id.replace('-', ' ')}: {_told(each)}" for each in note.quantities)
    told = tuple(section for section in sections if section.text)
    return Page(note.name, told, brief and f"**{note.name}**\n\n{brief}", alone=False)


def _told(quantity: Quantity) -> str:
    return f"`{spelled(parsed(quantity.formula), {})}` {quantity.unit}"


def _example(quantity: Quantity) -> str:
    """The question with fresh numbers, and the derivation with them."""
    asked, _ = _drawn(quantity, ())
    if not asked:
        return ""
    question = number.ask(asked, 0)
    _, *derivation = number.back(asked, question, "").split("\n\n")
    return f"{question.prompt} {' — '.join(derivation)}"


def faults(note: Note) -> Iterator[Fault]:
    if not (note.quantities or note.figures or note.advice):
        yield Fault((), "this sizing asks nothing", "give it quantities, figures or advice")
    for place, quantity in enumerate(note.quantities):
        yield from _drawn(quantity, ("quantities", place))[1]
    for place, figure in enumerate(note.figures):
        yield from _fixed(figure, ("figures", place))[1]
    for key in ("quantities", "figures", "advice"):
        yield from twice((item.id for item in getattr(note, key)), (key,))


def _fixed(figure: Figure, at: At) -> tuple[number.Content | None, list[Fault]]:
    """What a figure asks, and what is wrong in it; nothing is asked where something is."""
    found: list[Fault] = []
    right = tried(found, amount, figure.is_, figure.unit, (*at, "is"))
    share = tried(found, tolerance, figure.tolerance, (*at, "tolerance"))
    if right is None or share is None:
        return None, found
    tried(found, typeable, (right,), figure.unit, (*at, "unit"))
    if found:
        return None, found
    return number.Content(figure.asks, figure.unit, share, right, extra=figure.because or ""), found


def _drawn(quantity: Quantity, at: At) -> tuple[number.Content | None, list[Fault]]:
    """What a quantity asks, and what is wrong in it; nothing is asked where something is."""
    found: list[Fault] = []
    share = tried(found, tolerance, quantity.tolerance, (*at, "tolerance"))
    read = [tried(found, variable_of, name, each, (*at, "where", name)) for name, each in quantity.where.items()]
    variables = tuple(variable for variable in read if variable)
    whole = tried(found, formula, quantity.formula, tuple(quantity.where), (*at, "formula"))
    found.extend(unknown_in(quantity.asks, tuple(quantity.where), (*at, "asks")))
    found.extend(unknown_in(quantity.because, tuple(quantity.where), (*at, "because")))
    if whole:
        found.extend(untold(quantity.asks, variables, whole, at))
    if whole and len(variables) == len(quantity.where):
        ends = tried(found, ends_of, whole, variables, (*at, "formula"))
        tried(found, typeable, ends or (), quantity.unit, (*at, "unit"))
    if found or share is None:
        return None, found
    asked = number.Content(
        quantity.asks, quantity.unit, share, formula=quantity.formula, variables=variables, because=quantity.because
    )
    return asked, found


EXAMPLES = (
    Example(
        """\
- sizing: ranking
  name: Fine-rank capacity
  quantities:
    - id: gpus
      asks: How many GPUs for {qps} QPS at {candidates} candidates each?
      where:
        qps: {from: 50k, to: 400k, step: 50k}
        candidates: {from: 100, to: 300, step: 50}
        rate: {is: 8000}
      formula: qps * candidates / rate
      unit: GPUs
      because: "{qps} × {candidates} candidates a second, of which a GPU scores {rate}."
    - id: sample
      asks: Of {users} users, {share} see the change. How many are those?
      where:
        users: {from: 1M, to: 5M, step: 500k}
        share: {from: 1%, to: 5%, step: 1%}
      formula: users * share
      unit: users
      tolerance: 1%
      because: "{share} of {users}."
  figures:
    - {id: steady, asks: "How many fine-rank GPUs at peak?", is: 5000, unit: GPUs, because: "25 a rack."}
    - {id: bandwidth, asks: "What does the feature store send at peak?", is: 298, unit: GB/s, tolerance: 8%}
  advice:
    - {id: round, says: "Round the count up to a multiple of {{c1::the rack}}."}
""",
        (
            "#bandwidth number: What does the feature store send at peak? => 298 GB/s",
            "#gpus number: How many GPUs for 300,000 QPS at 150 candidates each? => 5,625 GPUs",
            "#round.c1 cloze: Round the count up to a multiple of […]. => the rack",
            "#sample number: Of 4M users, 1% see the change. How many are those? => 40,000 users",
            "#steady number: How many fine-rank GPUs at peak? => 5,000 GPUs",
        ),
    ),
)

_GPUS = """\
- sizing: ranking
  name: Fine-rank capacity
  quantities:
    - id: gpus
      asks: How many GPUs for {qps} QPS?
"""
_REST = "      unit: GPUs\n      because: By the rate.\n"

REFUSALS = (
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 50k, to: 400k, step: 50k}}, rate: {{from: 0, to: 10, step: 5}}}}
      formula: qps / rate
{_REST}""",
        (
            'deck.yaml:8:13: error: the question does not tell "rate", which changes each time',
            "deck.yaml:10:16: error: the formula may divide by zero",
        ),
    ),
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 50k, to: 400k, step: 50k}}, rate: {{is: 8000}}}}
      formula: qps / rates
{_REST}""",
        ('deck.yaml:10:16: error: the formula names "rates", which is not there',),
    ),
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 50k, to: 400k, step: 50k}}, rate: {{is: 8000}}}}
      formula: qps / 8000
{_REST}""",
        ('deck.yaml:9:54: error: "rate" does not stand in the formula',),
    ),
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 50k, to: 400k, step: 50k}}}}
      formula: qps // 2; import os
{_REST}""",
        ('deck.yaml:10:16: error: "; import os" is not known in a formula',),
    ),
    Refusal(
        f"""\
{_GPUS}      where:
        qps: {{from: 400k, to: 50k, step: 50k}}
        rate: {{from: 1k, to: 10k, step: 4k}}
        Cost: {{is: 5}}
        share: {{from: 1%, is: 5%}}
        wide: {{from: 0, to: 1e300, step: 1e-300}}
      formula: qps / rate
{_REST}""",
        (
            "deck.yaml:10:21: error: from 400k to 50k there is nothing to draw",
            "deck.yaml:11:41: error: steps of 4k do not lead from 1k to 10k",
            'deck.yaml:12:9: error: "Cost" cannot stand in a formula',
            'deck.yaml:13:9: error: "share" should have from, to and step, or is alone',
            "deck.yaml:14:42: error: from 0 to 1e300 there are too many steps of 1e-300",
        ),
    ),
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 50k, to: 400k, step: some}}}}
      formula: qps / 8000
      unit: GPUs
      tolerance: 5
      because: By the {{rate}}.
  figures:
    - {{id: index, asks: "How large is the index?", is: 143 GPUs, unit: GB}}
""",
        (
            'deck.yaml:9:48: error: "some" is no number',
            'deck.yaml:12:18: error: "5" is no tolerance',
            'deck.yaml:13:16: error: "{rate}" stands for no number',
            "deck.yaml:15:56: error: the number is in GB, not GPUs",
        ),
    ),
    Refusal(
        f"""\
{_GPUS}      where: {{qps: {{from: 1e299, to: 3e299, step: 1e299}}}}
      formula: qps * 8000
{_REST}    - id: nodes
      asks: How many for {{qps}} QPS?
      where: {{qps: {{from: 1k, to: 3k, step: 1k}}}}
      formula: qps / 20
      unit: 1,000 tokens
      because: By the rate.
  figures:
    - {{id: warm, asks: "How warm may it be?", is: 27, unit: °C}}
    - {{id: users, asks: "How many users are there?", is: 200, unit: million users}}
""",
        (
            "deck.yaml:10:16: error: the formula grows too large to be typed",
            "deck.yaml:17:13: error: this unit cannot be typed",
            "deck.yaml:20:61: error: this unit cannot be typed",
            "deck.yaml:21:69: error: this unit cannot be typed",
        ),
    ),
    Refusal("- sizing: ranking\n  name: Fine-rank capacity\n", ("deck.yaml:4:3: error: this sizing asks nothing",)),
)
