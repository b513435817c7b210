"""A latency budget: what each line takes, which is the lever, what may overlap. Its critical path sums to the total.

Lines follow one another, but for one that runs `beside` another: of the two the longer counts.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import choice, number, recall
from rung.drafts import clozes, twice
from rung.fields import Answer, Holed, Id, NoteFields, Part, Plain, Text
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike
from rung.notes._numbers import amount, known, tried, typeable
from rung.paper import Page, Section, paragraphs, table, unbroken
from rung.quantity import shown
from rung.shuffle import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KIN = "lines"  # whoever has seen the drawing knows every line


class Line(Part):
    name: Answer = Field(description="What takes its time.")
    takes: Plain = Field(description="How long, in the unit of the budget.")
    why: Text | None = Field(None, description="What sets that. Without a hole it is asked for as a whole.")
    beside: Id | None = Field(None, description="The line that it runs beside, by its id.")


class Note(NoteFields):
    name: Plain = Field(description="What the budget is for.")
    total: Plain = Field(description="What there is to spend, in `unit`.")
    unit: Plain = Field("ms", description="The unit of all its numbers.")
    lines: tuple[Line, ...] = Field(description="The lines, in order.")
    lever: Id = Field(description="The line that is the biggest lever, by its id.")
    because: Holed | None = Field(None, description="Why that is the lever.")
    overlap: Holed | None = Field(None, description="What may overlap.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    total = shown(amount(note.total, note.unit, ()), note.unit)
    for place, line in enumerate(note.lines):
        yield _takes(note, place, total)
        yield from _why(line, ("lines", place, "why"))
    levers = tuple(choice.Item(line.id, line.name) for line in note.lines)
    asks = "Which line is the biggest lever that you control?"
    extra = "\n\n".join(filter(None, (text.filled(note.because or ""), drawing(note))))
    yield Draft("choice", choice.Content(asks, levers, note.lever, extra=extra), facet="lever", at=("lever",), kin=KIN)
    if note.because:
        lever = next(line.name for line in note.lines if line.id == note.lever)
        lead = f"**{lever}** is the lever:"
        yield from clozes(note.because, facet="because", at=("because",), lead=lead, kin=KIN)
    if note.overlap:
        yield from clozes(note.overlap, facet="overlap", at=("overlap",), lead="What may overlap:")


def _takes(note: Note, place: int, total: str) -> Draft:
    line = note.lines[place]
    asks = f"Of the {total}, how many does **{line.name}** get?"
    right = amount(line.takes, note.unit, ())
    content = number.Content(asks, note.unit, 0.0, right, extra=drawing(note))  # without its reason, a card of its own
    return Draft("number", content, item=line.id, at=("lines", place, "takes"), kin=KIN)


def _why(line: Line, at: tuple[str | int, ...]) -> Iterator[Draft]:
    if line.why and text.holes(line.why):
        yield from clozes(line.why, item=line.id, facet="why", at=at, lead=f"**{line.name}**:")
    elif line.why:
        content = recall.Content(f"What sets the time of **{line.name}**?", line.why)
        yield Draft("recall", content, item=line.id, facet="why", at=at)


# ── the drawing ──────────────────────────────────────────────────────────────────────────────────


def drawing(note: Note) -> str:
    """The budget as a fenced block `gantt`: a line a bar, with its name, start and end. The note has no faults."""
    takes = {line.id: amount(line.takes, note.unit, ()) for line in note.lines}
    starts = _starts(note, takes)
    rows = [
        (
            " ".join(text.line(line.name).replace("`", "'").split()),
            f"{_bare(starts[line.id])}-{_bare(starts[line.id] + takes[line.id])}",
        )
        for line in note.lines
    ]
    names, spans = (max(len(row[column]) for row in rows) for column in (0, 1))
    bars = "\n".join(f"{name:<{names}}  {span:>{spans}} {note.unit}" for name, span in rows)
    return f"```gantt\n{bars}\n```"


def _bare(amount: float) -> str:
    return f"{amount:.6f}".rstrip("0").rstrip(".")


def _starts(note: Note, takes: Mapping[str, float]) -> dict[str, float]:
    """When each line starts: behind the longest of those before it that stand beside each other, or with its partner."""
    starts: dict[str, float] = {}
    now = 0.0
    for line in note.lines:
        if not line.beside:
            starts[line.id] = now
            now += _longest(note, line, takes)
    return {line.id: starts[line.beside or line.id] for line in note.lines}


def _longest(note: Note, line: Line, takes: Mapping[str, float]) -> float:
    """What a line on the path takes, or the longest that runs beside it."""
    return max(takes[each.id] for each in note.lines if line.id in (each.id, each.beside))


def page(note: Note) -> Page:
    rows = [
        (line.name, unbroken(shown(amount(line.takes, note.unit, ()), note.unit)), line.why or "")
        for line in note.lines
    ]
    total = shown(amount(note.total, note.unit, ()), note.unit)
    lever = next(line.name for line in note.lines if line.id == note.lever)
    sections = (
        Section("", drawing(note)),
        Section(f"Where the {total} go", table(("Line", "Takes", "What sets it"), rows)),
        Section("The lever", paragraphs(f"**{lever}.** {note.because or ''}".rstrip())),
        Section("What may overlap", paragraphs(note.overlap)),
    )
    brief = f"**{note.name}, {total}:** {', '.join(f'{name} {takes}' for name, takes, _ in rows)}. Lever: {lever}."
    return Page(note.name, tuple(section for section in sections if section.text), brief)


# ── faults ───────────────────────────────────────────────────────────────────────────────────────


def faults(note: Note) -> Iterator[Fault]:
    found = [*twice((line.id for line in note.lines), ("lines",)), *_beside(note)]
    found += alike((line.name for line in note.lines), ("lines",), "name")
    if not 2 <= len(note.lines) <= len(LETTERS):
        found.append(Fault(("lines",), f"a budget has 2 to {len(LETTERS)} lines", "list what takes the time"))
    ids = tuple(line.id for line in note.lines)
    if note.lever not in ids:
        found.append(Fault(("lever",), f'there is no line "{note.lever}"', known(note.lever, ids)))
    total = tried(found, amount, note.total, note.unit, ("total",))
    takes = {}
    for place, line in enumerate(note.lines):
        at = ("lines", place, "takes")
        number_ = tried(found, amount, line.takes, note.unit, at)
        if number_ is not None and number_ <= 0:
            found.append(Fault(at, f"{line.takes} is no time to take", "write a number above zero"))
        takes[line.id] = number_ or 0.0
    if not found and total is not None:
        tried(found, typeable, (total, *takes.values()), note.unit, ("unit",))
        path = sum(_longest(note, line, takes) for line in note.lines if not line.beside)
        if not math.isclose(path, total, rel_tol=1e-9):
            took, given = shown(path, note.unit), shown(total, note.unit)
            mend = f"write `total: {shown(path)}`, change a line, or say which line runs `beside` another"
            found.append(Fault(("total",), f"the critical path takes {took}, the total is {given}", mend))
    yield from found


def _beside(note: Note) -> Iterator[Fault]:
    beside = {line.id: line.beside for line in note.lines}
    for place, line in enumerate(note.lines):
        at = ("lines", place, "beside")
        if line.beside == line.id:
            yield Fault(at, f'"{line.id}" cannot run beside itself', "name another line, or leave it out")
        elif line.beside and line.beside not in beside:
            yield Fault(at, f'there is no line "{line.beside}"', known(line.beside, tuple(beside)))
        elif line.beside and beside[line.beside] not in (None, line.beside):
            message = f'"{line.beside}" runs beside another line itself'
            yield Fault(at, message, f"write `beside: {beside[line.beside]}`, the line on the path")


EXAMPLES = (
    Example(
        """\
- budget: spine-budget
  name: The spine
  total: 100
  unit: ms
  lines:
    - {id: edge, name: Edge, takes: 20, why: Mostly a fixed cost.}
    - {id: retrieval, name: Candidate retrieval, takes: 25}
    - {id: profile, name: User profile, takes: 10, beside: retrieval}
    - {id: lookup, name: Feature lookup, takes: 35, why: "It grows with the {{c1::candidates}}."}
    - {id: rank, name: Fine rank, takes: 20}
  lever: lookup
  because: It scales with {{c1::how many are ranked}}.
  overlap: The profile is fetched {{c1::during retrieval}}.
""",
        (
            "#because.c1 cloze: Feature lookup is the lever: It scales with […]. => how many are ranked",
            "#edge number: Of the 100 ms, how many does Edge get? => 20 ms",
            "#edge.why recall: What sets the time of Edge? => Mostly a fixed cost.",
            "#lever choice: Which line is the biggest lever that you control? => Feature lookup",
            "#lookup number: Of the 100 ms, how many does Feature lookup get? => 35 ms",
            "#lookup.why.c1 cloze: Feature lookup: It grows with the […]. => candidates",
            "#overlap.c1 cloze: What may overlap: The profile is fetched […]. => during retrieval",
            "#profile number: Of the 100 ms, how many does User profile get? => 10 ms",
            "#rank number: Of the 100 ms, how many does Fine rank get? => 20 ms",
            "#retrieval number: Of the 100 ms, how many does Candidate retrieval get? => 25 ms",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- budget: spine-budget
  name: The spine
  total: 55
  lines:
    - {id: edge, name: Edge, takes: 20}
    - {id: lookup, name: edge, takes: 35}
  lever: lookup
""",
        ('deck.yaml:9:26: error: "edge" stands twice under "lines"',),
    ),
    Refusal(
        """\
- budget: spine-budget
  name: The spine
  total: 100
  lines:
    - {id: edge, name: Edge, takes: 20}
    - {id: retrieval, name: Candidate retrieval, takes: 25}
    - {id: profile, name: User profile, takes: 30, beside: retrieval}
    - {id: lookup, name: Feature lookup, takes: 35}
  lever: lookup
""",
        ("deck.yaml:6:10: error: the critical path takes 85 ms, the total is 100 ms",),
    ),
    Refusal(
        """\
- budget: spine-budget
  name: The spine
  total: 55
  unit: мс
  lines:
    - {id: edge, name: Edge, takes: 20}
    - {id: lookup, name: Feature lookup, takes: 35}
  lever: lookup
""",
        ("deck.yaml:7:9: error: this unit cannot be typed",),
    ),
    Refusal(
        """\
- budget: spine-budget
  name: The spine
  total: 0.1 GB
  lines:
    - {id: edge, name: Edge, takes: 0}
    - {id: retrieval, name: Candidate retrieval, takes: 25, beside: retrieval}
    - {id: profile, name: User profile, takes: 10, beside: geo}
    - {id: geo, name: Place, takes: 5, beside: edge}
    - {id: lookup, name: Feature lookup, takes: 35 to 40, beside: egde}
  lever: lookups
""",
        (
            "deck.yaml:6:10: error: the number is in ms, not GB",
            "deck.yaml:8:37: error: 0 is no time to take",
            'deck.yaml:9:69: error: "retrieval" cannot run beside itself',
            'deck.yaml:10:60: error: "geo" runs beside another line itself',
            'deck.yaml:12:49: error: "35 to 40" is not one number',
            'deck.yaml:12:67: error: there is no line "egde"',
            'deck.yaml:13:10: error: there is no line "lookups"',
        ),
    ),
)
