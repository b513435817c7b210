"""A worksheet: lines to fill in with numbers, each in its typical range, that must add up; and questions to put to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import sheet
from rung.drafts import clozes, hole, twice
from rung.fields import Answer, Fields, Holed, Id, NoteFields, Part, Plain
from rung.formula import FormulaError, parsed_check
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._numbers import Unreadable, amount, known, names_a_number, tried, typeable
from rung.paper import BLANK, Page, Section, paragraphs, table, ticks, unbroken
from rung.quantity import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.notes._numbers import At

KIN = "lines"  # the back of the sheet shows every range


class Given(Fields):
    id: Id = Field(description="Its name in checks.")
    name: Plain = Field(description="What is given.")
    value: Plain = Field(description="How much, a number.")
    unit: Plain = Field("ms", description="The unit of all numbers of the sheet.")


class Line(Part):
    name: Answer = Field(description="What is filled in.")
    low: Plain = Field(description="The least that is typical.")
    high: Plain = Field(description="The most.")
    filled: Plain = Field(description="The number of the example.")
    step: Plain | None = Field(None, description="The step of the sheet that it belongs to.")


class Check(Part):
    says: Plain = Field(description="What must hold, in words.")
    formula: Plain = Field(description="Two formulas with `==` or `<=` between them; in ids, `-` becomes `_`.")


class Ask(Part):
    step: Plain | None = Field(None, description="The step of the sheet that it belongs to.")
    asks: Plain = Field(description="The question.")
    usually: Holed = Field(description="The usual answer.")


class Note(NoteFields):
    name: Plain = Field(description="The name of the worksheet.")
    given: Given = Field(description="What is known from the start.")
    lines: tuple[Line, ...] = Field(description="The lines to fill in, in order.")
    checks: tuple[Check, ...] = Field((), description="What must hold between them.")
    asks: tuple[Ask, ...] = Field((), description="Questions to answer from the filled sheet.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    content, _ = filled(note)
    if content:
        yield Draft("sheet", content, facet="fill", at=("lines",), kin=KIN)
        for place, line in enumerate(content.lines):
            says = f"**{line.name}** typically takes {hole(sheet.typical(line, content.unit))}."
            yield from clozes(says, item=line.id, facet="range", at=("lines", place, "low"), kin=KIN)
    for place, ask in enumerate(note.asks):
        yield from clozes(ask.usually, item=ask.id, at=("asks", place, "usually"), lead=ask.asks)


def page(note: Note) -> Page:
    """The sheet to fill in, then, folded away, filled in."""
    unit = note.given.unit
    ranges = [(line.name, line.step or "", unbroken(f"{line.low} to {line.high} {unit}")) for line in note.lines]
    given = f"**{note.given.name}:** {BLANK} {unit}"
    numbered = [(f"{place}. ", ask) for place, ask in enumerate(note.asks, 1)]
    asked = "\n".join(f"{number}{ask.asks}\n\n{' ' * len(number)}{BLANK}\n" for number, ask in numbered)
    usual = "\n".join(f"{number}{ask.asks} — {text.filled(ask.usually)}" for number, ask in numbered)
    blank = table(("Line", "Step", "Typical", f"Yours, {unit}"), [(*each, BLANK) for each in ranges])
    filled_in = table(
        ("Line", "Step", "Typical", "Filled in"),
        [(*each, f"**{unbroken(f'{line.filled} {unit}')}**") for each, line in zip(ranges, note.lines, strict=True)],
    )
    sections = (
        Section("", paragraphs(given, blank)),
        Section("It must add up", ticks(check.says for check in note.checks)),
        Section("Then answer", asked),
        Section(f"Filled in for {note.given.value} {unit}", paragraphs(filled_in, usual), folded=True),
    )
    brief = f"**{note.name}:** {', '.join(f'{name} {takes}' for name, _, takes in ranges)}."
    return Page(note.name, tuple(section for section in sections if section.text), brief)


def faults(note: Note) -> Iterator[Fault]:
    for key in ("lines", "checks", "asks"):
        yield from twice((item.id for item in getattr(note, key)), (key,))
    if not note.lines:
        yield Fault(("lines",), '"lines" is empty', "list what is to be filled in")
    if any(line.id == note.given.id for line in note.lines):
        yield Fault(("given", "id"), f'a line has the id "{note.given.id}" too', "give one of them another id")
    yield from filled(note)[1]


def filled(note: Note) -> tuple[sheet.Content | None, list[Fault]]:
    """The sheet with its example, and what is wrong in it; there is none where something is."""
    found: list[Fault] = []
    given = tried(found, amount, note.given.value, note.given.unit, ("given", "value"))
    lines = [tried(found, _line, line, note.given.unit, ("lines", place)) for place, line in enumerate(note.lines)]
    if given is not None:
        tried(found, typeable, (given, *(line.filled for line in lines if line)), note.given.unit, ("given", "unit"))
    if found or given is None or not lines:
        return None, found
    rules = tuple(sheet.Rule(check.says, " ".join(check.formula.split())) for check in note.checks)
    asks = f"{note.given.name}: **{shown(given, note.given.unit)}**. Fill in a number for each line:"
    content = sheet.Content(
        asks,
        note.given.unit,
        sheet.Given(note.given.id, note.given.name, given),
        tuple(line for line in lines if line),
        rules,
    )
    for place, rule in enumerate(rules):
        tried(found, _holds, rule, content, ("checks", place, "formula"))
    return None if found else content, found


def _line(line: Line, unit: str, at: At) -> sheet.Line:
    """A line of the sheet; raises Unreadable."""
    low, high, number = (amount(getattr(line, key), unit, (*at, key)) for key in ("low", "high", "filled"))
    if low >= high:
        message = f"a range from {line.low} to {line.high} holds nothing"
        raise Unreadable(Fault((*at, "low"), message, "put the smaller number under `low`"))
    if not low <= number <= high:
        message = f"{line.filled} is outside {line.low} to {line.high}"
        raise Unreadable(Fault((*at, "filled"), message, "fill in a typical number, or widen the range"))
    return sheet.Line(line.id, line.name, low, high, number)


def _holds(rule: sheet.Rule, content: sheet.Content, at: At) -> None:
    """Raises Unreadable where the example breaks a rule, or the rule cannot be read."""
    values = sheet.values(content, [line.filled for line in content.lines])
    try:
        check = parsed_check(rule.check)
    except FormulaError as error:
        if id_ := _unnameable(rule, content):
            mend = "give it another id, which begins with a small letter and is no word of Python"
            raise Unreadable(Fault(at, f'the id "{id_}" cannot stand in a formula', mend)) from None
        raise Unreadable(Fault(at, str(error), error.mend)) from None
    for name in (*check.left.names, *check.right.names):
        if name not in values:
            raise Unreadable(Fault(at, f'the check names "{name}", which is not there', known(name, tuple(values))))
    if wrong := sheet.broken(rule, values, content.unit):
        raise Unreadable(Fault(at, f"the example breaks this check: {wrong}", "change a filled number, or the check"))


def _unnameable(rule: sheet.Rule, content: sheet.Content) -> str | None:
    """The first id that stands in the rule and can stand in no formula, such as `in` or `2nd`."""
    written = re.findall(r"\w+", rule.check)
    ids = (content.given.id, *(line.id for line in content.lines))
    names = {id_: sheet.variable(id_) for id_ in ids}
    return next((id_ for id_, name in names.items() if name in written and not names_a_number(name)), None)


EXAMPLES = (
    Example(
        """\
- worksheet: latency-budget
  name: Latency worksheet
  given: {id: sla, name: SLA at p99, value: 100, unit: ms}
  lines:
    - {id: edge, name: Edge, low: 10, high: 20, filled: 12, step: "1"}
    - {id: retrieval, name: Retrieval, low: 10, high: 40, filled: 38, step: "2"}
    - {id: fine-rank, name: Fine rank, low: 30, high: 60, filled: 50, step: "2"}
  checks:
    - {id: sum, says: The layers fill what the edge leaves., formula: sla - edge == retrieval + fine_rank}
    - {id: half, says: The ranker stays within half of it., formula: fine_rank <= sla / 2}
  asks:
    - {id: lever, step: "3", asks: "Which line dominates?", usually: "{{c1::Fine rank}}, by far."}
""",
        (
            "#edge.range.c1 cloze: Edge typically takes […]. => 10 to 20 ms",
            "#fill sheet: SLA at p99: 100 ms. Fill in a number for each line: => Edge 12 ms, Retrieval 38 ms, Fine rank 50 ms",
            "#fine-rank.range.c1 cloze: Fine rank typically takes […]. => 30 to 60 ms",
            "#lever.c1 cloze: Which line dominates? […], by far. => Fine rank",
            "#retrieval.range.c1 cloze: Retrieval typically takes […]. => 10 to 40 ms",
        ),
    ),
)

_HEAD = """\
- worksheet: latency-budget
  name: Latency worksheet
  given: {id: sla, name: SLA at p99, value: 100, unit: ms}
"""

REFUSALS = (
    Refusal(
        f"""\
{_HEAD}  lines:
    - {{id: edge, name: Edge, low: 10, high: 20, filled: 12}}
    - {{id: rank, name: Rank, low: 60, high: 90, filled: 80}}
  checks:
    - {{id: sum, says: The lines fill it., formula: sla - edge == rank}}
    - {{id: half, says: Half is enough., formula: ranks <= sla / 2}}
    - {{id: cap, says: There is a cap., formula: rank < sla}}
""",
        (
            "deck.yaml:11:52: error: the example breaks this check: 100 - 12 = 88 ms, not 80 ms",
            'deck.yaml:12:50: error: the check names "ranks", which is not there',
            "deck.yaml:13:49: error: this is no check",
        ),
    ),
    Refusal(
        f"""\
{_HEAD}  lines:
    - {{id: edge, name: Edge, low: 20, high: 10, filled: 12}}
    - {{id: rank, name: Rank, low: 60, high: 90, filled: 95}}
    - {{id: sla, name: Reply, low: few, high: 10, filled: 8}}
""",
        (
            'deck.yaml:6:15: error: a line has the id "sla" too',
            "deck.yaml:8:35: error: a range from 20 to 10 holds nothing",
            "deck.yaml:9:57: error: 95 is outside 60 to 90",
            'deck.yaml:10:35: error: "few" is no number in ms',
        ),
    ),
    Refusal(
        f"""\
{_HEAD}  lines:
    - {{id: in, name: Edge, low: 10, high: 20, filled: 12}}
    - {{id: 2nd-rank, name: Rank, low: 60, high: 90, filled: 88}}
  checks:
    - {{id: most, says: The edge is quick., formula: in <= sla}}
    - {{id: half, says: The rank fits., formula: 2nd_rank <= sla}}
    - {{id: cap, says: There is a cap., formula: sla + <= 200}}
""",
        (
            'deck.yaml:11:53: error: the id "in" cannot stand in a formula',
            'deck.yaml:12:49: error: the id "2nd-rank" cannot stand in a formula',
            "deck.yaml:13:49: error: this is no formula",
        ),
    ),
    Refusal(
        """\
- worksheet: growth
  name: Growth
  given: {id: all, name: All users, value: 200, unit: million users}
  lines:
    - {id: daily, name: Daily, low: 10, high: 90, filled: 80}
""",
        ("deck.yaml:6:55: error: this unit cannot be typed",),
    ),
)
