"""A contrast: two to four sides, what each says in every dimension, and which side a thing belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import choice, recall
from rung.drafts import clozes, twice
from rung.fields import Answer, Facet, Fields, Holed, Id, NoteFields, Part, Plain
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike, shared, unknown
from rung.paper import Page, Section, paragraphs, table

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST, MOST = 2, 4  # sides


class Side(Fields):
    id: Facet = Field(description="Its id for ever, unique among the sides.")
    name: Answer = Field(description="What the side is called.")


class Dimension(Part):
    name: Plain = Field(description="What is compared.")
    says: dict[Id, Plain] = Field(description="What each side says to it, by the id of the side.")


class Thing(Part):
    side: Id = Field(description="The id of the side it belongs to.")
    says: Plain = Field(description="What is to be placed; names no side.")
    why: Plain | None = Field(None, description="Why it belongs there; stands on the back.")


class Note(NoteFields):
    name: Plain = Field(description="What is contrasted; stands above the cards.")
    sides: tuple[Side, ...] = Field(description="The sides, two to four.")
    asks: Plain = Field("Which side is this?", description="What is asked of an item.")
    dimensions: tuple[Dimension, ...] = Field((), description="What is compared, side by side.")
    items: tuple[Thing, ...] = Field((), description="What belongs to one side alone.")
    move: Holed | None = Field(None, description="The move that makes the difference.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    for place, dimension in enumerate(note.dimensions):
        for side in note.sides:
            if side.id in dimension.says:  # `faults` tells of one that is not
                content = recall.Content(_asked(note, dimension, side), dimension.says[side.id])
                yield Draft("recall", content, dimension.id, side.id, ("dimensions", place, "says", side.id))
    options = tuple(choice.Item(side.id, side.name) for side in note.sides)
    for place, item in enumerate(note.items):
        if any(side.id == item.side for side in note.sides):
            which = choice.Content(f"{note.asks}\n\n> {item.says}", options, item.side, True, item.why or "")
            yield Draft("choice", which, item=item.id, at=("items", place, "says"))
    if note.move:
        yield from clozes(note.move, facet="move", at=("move",), lead="The move that makes the difference:")


def _asked(note: Note, dimension: Dimension, asked: Side) -> str:
    """What the other sides say, and the question what this one does."""
    others = [side for side in note.sides if side is not asked and side.id in dimension.says]
    said = "; ".join(f"{side.name}: “{dimension.says[side.id]}”" for side in others)
    return f"**{dimension.name}.** {said} And **{asked.name}**?"


def page(note: Note) -> Page:
    """Side beside side; printed by itself only when asked for."""
    names = {side.id: side.name for side in note.sides}
    rows = [(f"**{each.name}**", *(each.says.get(side, "") for side in names)) for each in note.dimensions]
    compared = table(("", *names.values()), rows)
    placed = table(
        ("Said", "Side", "Why"), [(each.says, names.get(each.side, ""), each.why or "") for each in note.items]
    )
    sections = [Section("", compared), Section(note.asks, placed, folded=True)]
    sections += [Section("The move that makes the difference", text.filled(note.move))] if note.move else []
    brief = paragraphs(f"### {note.name}", compared, note.move) if compared or note.move else ""
    return Page(note.name, tuple(section for section in sections if section.text), brief, alone=False)


def faults(note: Note) -> Iterator[Fault]:
    if not FEWEST <= len(note.sides) <= MOST:
        message = f"a contrast has {FEWEST} to {MOST} sides, not {len(note.sides)}"
        yield Fault(("sides",), message, "name those that differ, or write a table")
    sides = [side.id for side in note.sides]
    yield from twice(sides, ("sides",))
    yield from alike((side.name for side in note.sides), ("sides",), "name")
    yield from twice((each.id for each in note.dimensions), ("dimensions",))
    yield from twice((item.id for item in note.items), ("items",))
    yield from shared((item.id for item in note.items), (each.id for each in note.dimensions), ("items",))
    for place, dimension in enumerate(note.dimensions):
        at = ("dimensions", place, "says")
        for name in dimension.says:
            if name not in sides:
                yield unknown(name, sides, "side", "contrast", (*at, name), key=True)
        for name in sides:
            if name not in dimension.says:
                yield Fault(at, f'says lacks the side "{name}"', f"add `{name}: …`")
    for place, item in enumerate(note.items):
        if item.side not in sides:
            yield unknown(item.side, sides, "side", "contrast", ("items", place, "side"))


EXAMPLES = (
    Example(
        """\
- contrast: bread
  name: Yeast bread and sourdough
  sides:
    - {id: yeast, name: Yeast bread}
    - {id: sour, name: Sourdough}
  asks: Which bread is this?
  dimensions:
    - id: rise
      name: Time to rise
      says: {yeast: An hour or two., sour: Half a day.}
  items:
    - {id: starter, side: sour, says: You feed it every week., why: A starter is alive.}
    - {id: packet, side: yeast, says: You open a packet.}
  move: Sourdough plans {{c1::a day ahead}}.
""",
        (
            "#move.c1 cloze: The move that makes the difference: Sourdough plans […]. => a day ahead",
            "#packet choice: Which bread is this? You open a packet. => Yeast bread",
            "#rise.sour recall: Time to rise. Yeast bread: “An hour or two.” And Sourdough? => Half a day.",
            "#rise.yeast recall: Time to rise. Sourdough: “Half a day.” And Yeast bread? => An hour or two.",
            "#starter choice: Which bread is this? You feed it every week. => Sourdough",
        ),
    ),
    Example(
        """\
- contrast: travel
  name: Ways to travel
  sides: [{id: rail, name: Train}, {id: road, name: Car}, {id: air, name: Plane}]
  dimensions:
    - id: limit
      name: What sets the speed
      says: {rail: The track., road: The traffic., air: The queue at the gate.}
  items:
    - {id: sleep, side: rail, says: You arrive rested in the centre of the town.}
""",
        (
            "#limit.air recall: What sets the speed. Train: “The track.”; Car: “The traffic.” And Plane?"
            " => The queue at the gate.",
            "#limit.rail recall: What sets the speed. Car: “The traffic.”; Plane: “The queue at the gate.” And Train?"
            " => The track.",
            "#limit.road recall: What sets the speed. Train: “The track.”; Plane: “The queue at the gate.” And Car?"
            " => The traffic.",
            "#sleep choice: Which side is this? You arrive rested in the centre of the town. => Train",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- contrast: bread
  name: Yeast bread and sourdough
  sides: [{id: yeast, name: Yeast bread}, {id: sour, name: Sourdough}]
  dimensions:
    - {id: rise, name: Time to rise, says: {yeast: An hour or two., sours: Half a day.}}
  items:
    - {id: starter, side: soar, says: You feed it every week.}
    - {id: rise, side: yeast, says: You open a packet.}
""",
        (
            'deck.yaml:8:44: error: says lacks the side "sour"',
            'deck.yaml:8:69: error: "sours" is no side of this contrast',
            'deck.yaml:10:27: error: "soar" is no side of this contrast',
            'deck.yaml:11:12: error: the id "rise" stands twice in this note',
        ),
    ),
    Refusal(
        """\
- contrast: turns
  name: Left and right
  sides: [{id: left, name: Left}, {id: right, name: "*left*"}]
  items:
    - {id: heart, side: left, says: The heart beats here.}
""",
        ('deck.yaml:6:53: error: "*left*" stands twice under "sides"',),
    ),
    Refusal(
        """\
- contrast: bread
  name: Yeast bread alone
  sides: [{id: yeast, name: Yeast bread}]
  items:
    - {id: packet, side: yeast, says: You open a packet.}
""",
        ("deck.yaml:6:10: error: a contrast has 2 to 4 sides, not 1",),
    ),
    Refusal(
        """\
- contrast: bread
  name: Yeast bread and sourdough
  sides: [{id: yeast, name: Yeast bread}, {id: sour, name: Sourdough}]
  dimensions:
    - {id: rise, name: Time to rise, says: {yeast: An hour., sour: [Half, a day]}}
    - {id: crust, name: Crust}
""",
        (
            "deck.yaml:8:68: error: this should be text",
            'deck.yaml:9:7: error: a dimension lacks the key "says"',
        ),
    ),
)
