"""A table: rows and columns of facts, asked from row to cell and back, and the order of the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import paper, text
from rung.cards import choice, ordering, recall
from rung.drafts import clozes, twice
from rung.fields import Answer, Facet, Fields, Id, NoteFields, Part, Plain, Text
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike, unknown
from rung.notes._options import wrong
from rung.notes._orders import FEWEST, MOST, no_order

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW, CELL = "{row}", "{cell}"


class Column(Fields):
    id: Facet = Field(description="Its id for ever, unique among the columns.")
    asks: Plain = Field(description="What is asked to get the cell; {row} stands for the name of the row.")
    reverse: Plain | None = Field(None, description="What is asked to get the row; {cell} stands for the cell.")


class Row(Part):
    name: Answer = Field(description="What the row is called.")
    cells: dict[Id, Text] = Field({}, description="Its cells by column; one with holes makes clozes.")
    weights: dict[Id, Plain] = Field({}, description="The source's words for how much each column counts; no cards.")
    also: tuple[Plain, ...] = Field((), description="What else a learner may call the row in a plan; no cards.")


class Note(NoteFields):
    name: Plain = Field(description="What the table is about; stands above its cards.")
    columns: tuple[Column, ...] = Field(description="What is asked of every row that has such a cell.")
    rows: tuple[Row, ...] = Field(description="The rows, in their right order where they have one.")
    order: Plain | None = Field(None, description="What the order of the rows goes by, e.g. from first to last.")
    weights: dict[Plain, int] = Field({}, description="What the words of the rows' `weights` count, from 0 up.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    for place, row in enumerate(note.rows):
        for column in note.columns:
            if column.id in row.cells:
                yield from _cell(note, row, column, ("rows", place, "cells", column.id))
    if note.order:
        items = tuple(ordering.Item(row.id, row.name) for row in note.rows)
        order = ordering.Content(f"Put these in order, {note.order}.", items, note.order)
        yield Draft("ordering", order, facet="order", at=("order",), kin="order")


def _cell(note: Note, row: Row, column: Column, at: tuple[str | int, ...]) -> Iterator[Draft]:
    cell, asked = row.cells[column.id], column.asks.replace(ROW, row.name)
    if text.holes(cell):
        yield from clozes(cell, item=row.id, facet=column.id, at=at, lead=asked)
    else:
        yield Draft("recall", recall.Content(asked, cell), row.id, column.id, at)
    if column.reverse:
        prompt = column.reverse.replace(CELL, text.filled(cell))
        options = tuple(choice.Item(each.id, each.name) for each in _options(note, row, column))
        yield Draft("choice", choice.Content(prompt, options, row.id), row.id, f"{column.id}-back", at)


def _options(note: Note, row: Row, column: Column) -> tuple[Row, ...]:
    """The row and a few others that have such a cell."""
    others = (each for each in note.rows if each is not row and column.id in each.cells)
    return row, *wrong(others, f"{row.id}.{column.id}")


def page(note: Note) -> paper.Page:
    """The table; printed by itself only when asked for."""
    names = (f"**{row.name[:1].upper()}{row.name[1:]}**" for row in note.rows)
    cells = ([row.cells.get(each.id, row.weights.get(each.id, "")) for each in note.columns] for row in note.rows)
    roomy = len(note.columns) <= 2  # room for the questions, which say more than a word does
    heads = [each.asks.replace(ROW, "…") if roomy else paper.spelt(each.id, each.asks) for each in note.columns]
    told = paper.table(("", *heads), [(name, *row) for name, row in zip(names, cells, strict=True)])
    brief = f"### {note.name}\n\n{told}" if any(row.cells for row in note.rows) else ""
    return paper.Page(note.name, (paper.Section("", told),), brief, alone=False)


def faults(note: Note) -> Iterator[Fault]:
    yield from twice((column.id for column in note.columns), ("columns",))
    yield from twice((row.id for row in note.rows), ("rows",))
    yield from alike((row.name for row in note.rows), ("rows",), "name")
    yield from _nameless(note)
    yield from _unknown(note)
    yield from _undecided(note)
    if note.order:
        yield from no_order(len(note.rows), "row", "rows", ("order",), f"leave it out, or have {FEWEST} to {MOST} rows")
    for word, number in note.weights.items():
        if number < 0:
            yield Fault(("weights", word), f"{number} is no weight", "weigh from 0 up")


def _nameless(note: Note) -> Iterator[Fault]:
    """Questions that would be the same for every row, or for every cell."""
    for place, column in enumerate(note.columns):
        if ROW not in column.asks:
            message = "this does not say which row it asks about"
            yield Fault(("columns", place, "asks"), message, f"write {ROW} where the name of the row belongs")
        if column.reverse and CELL not in column.reverse:
            message = "this does not show the cell that it asks about"
            yield Fault(("columns", place, "reverse"), message, f"write {CELL} where the cell belongs")


def _unknown(note: Note) -> Iterator[Fault]:
    columns = [column.id for column in note.columns]
    for place, row in enumerate(note.rows):
        for key, mapping in (("cells", row.cells), ("weights", row.weights)):
            for name in mapping:
                if name not in columns:
                    yield unknown(name, columns, "column", "table", ("rows", place, key, name), key=True)
        for column, word in row.weights.items():
            if word not in note.weights:
                yield unknown(word, note.weights, "weight", "table", ("rows", place, "weights", column))


def _undecided(note: Note) -> Iterator[Fault]:
    """Rows that a question back to the row could not tell apart, and columns that have nothing to choose from."""
    for number, column in enumerate(note.columns):
        cells: dict[str, Row] = {}
        having = [(place, row) for place, row in enumerate(note.rows) if column.reverse and column.id in row.cells]
        for place, row in having:
            shown = text.line(text.filled(row.cells[column.id])).casefold()
            if (other := cells.setdefault(shown, row)) is not row:
                message = f'this cell also stands in the row "{other.id}", so "{column.id}" cannot be asked back'
                mend = "say what sets the two apart, or leave out `reverse`"
                yield Fault(("rows", place, "cells", column.id), message, mend)
        if column.reverse and len(cells) < 2:
            message = f'fewer than two rows differ in "{column.id}", so there is nothing to choose from'
            yield Fault(("columns", number, "reverse"), message, "leave out `reverse`, or add cells", key=True)


EXAMPLES = (
    Example(
        """\
- table: kitchen
  name: The stations of a kitchen
  columns:
    - id: does
      asks: What does the station “{row}” do?
      reverse: "Which station does this: {cell}?"
    - {id: needs, asks: "What does the station “{row}” depend on?"}
  rows:
    - id: cold
      name: Garde manger
      cells: {does: makes salads and cold plates, needs: "A fridge below {{c1::5 °C}}."}
    - id: hot
      name: Saucier
      cells: {does: sautés and makes sauces}
    - id: sweet
      name: Pâtissier
      cells: {does: "bakes {{c1::desserts}}", needs: An oven of its own.}
  order: in the order of the menu
""",
        (
            "#cold.does recall: What does the station “Garde manger” do? => makes salads and cold plates",
            "#cold.does-back choice: Which station does this: makes salads and cold plates? => Garde manger",
            "#cold.needs.c1 cloze: What does the station “Garde manger” depend on? A fridge below […]. => 5 °C",
            "#hot.does recall: What does the station “Saucier” do? => sautés and makes sauces",
            "#hot.does-back choice: Which station does this: sautés and makes sauces? => Saucier",
            "#order ordering: Put these in order, in the order of the menu. => Garde manger < Saucier < Pâtissier",
            "#sweet.does-back choice: Which station does this: bakes desserts? => Pâtissier",
            "#sweet.does.c1 cloze: What does the station “Pâtissier” do? bakes […] => desserts",
            "#sweet.needs recall: What does the station “Pâtissier” depend on? => An oven of its own.",
        ),
    ),
    Example(
        """\
- table: seasons
  name: What a garden asks for
  columns:
    - {id: water, asks: "How much watering does a garden need in {row}?"}
    - {id: seeds, asks: "How much sowing does a garden need in {row}?"}
  rows:
    - {id: spring, name: Spring, cells: {seeds: Nearly all of it.}, weights: {water: some, seeds: a lot}}
    - {id: summer, name: Summer, cells: {water: Every evening.}, weights: {water: a lot, seeds: little}}
  weights: {a lot: 3, some: 2, little: 1}
""",
        (
            "#spring.seeds recall: How much sowing does a garden need in Spring? => Nearly all of it.",
            "#summer.water recall: How much watering does a garden need in Summer? => Every evening.",
        ),
    ),
)

_HEAD = """\
- table: kitchen
  name: The stations of a kitchen
  columns:
    - id: does
      asks: What does “{row}” do?
"""

REFUSALS = (
    Refusal(
        f"""\
{_HEAD}\
  rows:
    - {{id: hot, name: Saucier, cells: {{dose: sauces}}}}
    - {{id: sweet, name: Pâtissier, cells: {{does: desserts}}, weights: {{doing: much, does: mcuh}}}}
  weights: {{much: 2}}
""",
        (
            'deck.yaml:10:40: error: "dose" is no column of this table',
            'deck.yaml:11:71: error: "doing" is no column of this table',
            'deck.yaml:11:90: error: "mcuh" is no weight of this table',
        ),
    ),
    Refusal(
        f"""\
{_HEAD}\
      reverse: "Who does this: {{cell}}?"
  rows:
    - {{id: hot, name: Saucier, cells: {{does: cooks}}}}
    - {{id: fish, name: Poissonnier, cells: {{does: Cooks}}}}
    - {{id: sweet, name: Pâtissier, cells: {{does: bakes}}}}
""",
        ('deck.yaml:12:51: error: this cell also stands in the row "hot", so "does" cannot be asked back',),
    ),
    Refusal(
        f"""\
{_HEAD}\
  rows:
    - {{id: hot, name: Saucier, cells: {{does: sauces}}}}
    - {{id: warm, name: saucier, cells: {{does: soups}}}}
""",
        ('deck.yaml:11:24: error: "saucier" stands twice under "rows"',),
    ),
    Refusal(
        """\
- table: kitchen
  name: The stations of a kitchen
  columns:
    - {id: does, asks: What does it do?, reverse: Who does it?}
  rows:
    - {id: hot, name: Saucier, cells: {does: sauces}}
    - {id: hot, name: Pâtissier}
""",
        (
            "deck.yaml:7:24: error: this does not say which row it asks about",
            'deck.yaml:7:42: error: fewer than two rows differ in "does", so there is nothing to choose from',
            "deck.yaml:7:51: error: this does not show the cell that it asks about",
            'deck.yaml:10:12: error: the id "hot" stands twice in this note',
        ),
    ),
    Refusal(
        f"""\
{_HEAD}\
      reverse: "Who does this: {{cell}}?"
  rows:
    - {{id: hot, name: Saucier, cells: {{does: sauces}}}}
    - {{id: sweet, name: Pâtissier}}
  order: from first to last
""",
        (
            'deck.yaml:9:7: error: fewer than two rows differ in "does", so there is nothing to choose from',
            "deck.yaml:13:3: error: 2 rows cannot be put in order",
        ),
    ),
    Refusal(
        f"""\
{_HEAD}\
  rows:
    - {{id: hot, name: Saucier, cells: {{does: "sauces # and more", Is: hot}}}}
    - {{id: cold, name: Garde manger, cells: salads}}
    - id: sweet
      name: Pâtissier
      cells:
        does: a {{{{c1::tart
  weights: {{much: a lot}}
""",
        (
            'deck.yaml:10:67: error: "Is" is no id',
            'deck.yaml:11:45: error: "cells" should have keys of its own',
            "deck.yaml:15:15: error: hole c1 is never closed",
            'deck.yaml:16:19: error: "much" should be a whole number',
        ),
    ),
    Refusal(
        """\
- table: kitchen
  name: Who does what
  columns: [{id: c1, asks: "What does the {row} make?"}]
  rows: [{id: hot, name: Saucier, cells: {c1: sauces}}]
""",
        ('deck.yaml:6:18: error: "c1" reads like the number of a hole',),
    ),
)
