"""A timeline: the phases before a day, when each begins, and what belongs in it; some tasks are to do and no cards."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from rung.cards import choice, ordering
from rung.drafts import clozes, hole, twice
from rung.fields import Answer, Id, NoteFields, Part, Plain, Yes
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike, shared, unknown
from rung.notes._orders import FEWEST, MOST
from rung.paper import Page, Section, ticks, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator


class Phase(Part):
    name: Answer = Field(description="What the phase is called.")
    when: Answer = Field(description="When it begins, in words that fit behind `begins`, e.g. two weeks before.")
    days: int = Field(description="How many days before the day itself it begins; 0 is the day itself.")


class Task(Part):
    phase: Id = Field(description="The id of the phase it belongs to.")
    does: Plain = Field(description="What is to be done; does not say when.")
    card: Yes = Field(True, description="Whether it is a card; otherwise it is only there to be ticked off.")
    each: Literal["day", "phase"] = Field(
        "phase", description="Whether it is due every day of its phase or once in it."
    )
    count: int = Field(1, description="How many of it are due each time.")
    mock: Yes = Field(False, description="Whether it is a mock interview, which a plan counts the minutes of.")


class Note(NoteFields):
    name: Plain = Field(description="What the timeline leads up to; stands above its cards.")
    phases: tuple[Phase, ...] = Field(description="The phases, the earliest first.")
    tasks: tuple[Task, ...] = Field((), description="What belongs in the phases.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    if len(note.phases) >= FEWEST:
        items = tuple(ordering.Item(phase.id, phase.name) for phase in note.phases)
        order = ordering.Content("Put the phases in order, from first to last.", items, "from first to last")
        yield Draft("ordering", order, facet="order", at=("phases",), kin="order")
    for place, phase in enumerate(note.phases):
        at = ("phases", place)
        name = f"The phase that begins **{phase.when}** is called {hole(phase.name, 'which phase')}."
        yield from clozes(name, item=phase.id, facet="name", at=(*at, "name"))
        when = f"The phase **{phase.name}** begins {hole(phase.when, 'when')}."
        yield from clozes(when, item=phase.id, facet="when", at=(*at, "when"))
    options = tuple(choice.Item(phase.id, phase.when) for phase in note.phases)  # no names, which other cards ask for
    for place, task in enumerate(note.tasks):
        if task.card and any(phase.id == task.phase for phase in note.phases):  # `faults` tells of one that is not
            belongs = choice.Content(f"When does this belong?\n\n> {task.does}", options, task.phase, fixed=True)
            yield Draft("choice", belongs, item=task.id, at=("tasks", place, "does"))


def page(note: Note) -> Page:
    """What to tick off, phase by phase."""
    sections = [
        Section(f"{phase.name} — {phase.when}", ticks(told(task) for task in note.tasks if task.phase == phase.id))
        for phase in note.phases
    ]
    return Page(note.name, tuple(section for section in sections if section.text))


def told(task: Task) -> str:
    """What is to be done, and how many times."""
    times = [unbroken(f"{task.count} ×")] if task.count > 1 else []
    times += ["every day"] if task.each == "day" else []
    return task.does + (f" *({', '.join(times)})*" if times else "")


def faults(note: Note) -> Iterator[Fault]:
    if not 1 < len(note.phases) <= MOST:
        message = f"a timeline has 2 to {MOST} phases, not {len(note.phases)}"
        yield Fault(("phases",), message, "list at least two under it" if len(note.phases) < 2 else "split it in two")
    phases = [phase.id for phase in note.phases]
    yield from twice(phases, ("phases",))
    yield from alike((phase.name for phase in note.phases), ("phases",), "name")
    yield from alike((phase.when for phase in note.phases), ("phases",), "when")
    yield from twice((task.id for task in note.tasks), ("tasks",))
    yield from shared((task.id for task in note.tasks), phases, ("tasks",))
    for place, (before, phase) in enumerate(pairwise(note.phases), 1):
        if phase.days >= before.days:
            message = f"{phase.days} days before do not follow on {before.days}"
            yield Fault(("phases", place, "days"), message, "put the phases in order, the earliest first")
    for place, phase in enumerate(note.phases):
        if phase.days < 0:
            yield Fault(("phases", place, "days"), f"{phase.days} days lie behind the day itself", "count from 0 up")
    for place, task in enumerate(note.tasks):
        if task.phase not in phases:
            yield unknown(task.phase, phases, "phase", "timeline", ("tasks", place, "phase"))
        if task.count < 1:
            yield Fault(("tasks", place, "count"), f"{task.count} is no count", "write 1 or more, or leave it out")


EXAMPLES = (
    Example(
        """\
- timeline: race
  name: Before the race
  phases:
    - {id: build, name: Build-up, when: six weeks before, days: 42}
    - {id: taper, name: Taper, when: one week before, days: 7}
    - {id: start, name: Start, when: on the day, days: 0}
  tasks:
    - {id: long-run, phase: build, does: Run long once a week.}
    - {id: core, phase: build, does: Train the core., card: false, each: day, count: 2}
    - {id: rest, phase: taper, does: Run half as far as you could.}
""",
        (
            "#build.name.c1 cloze: The phase that begins six weeks before is called [which phase…]. => Build-up",
            "#build.when.c1 cloze: The phase Build-up begins [when…]. => six weeks before",
            "#long-run choice: When does this belong? Run long once a week. => six weeks before",
            "#order ordering: Put the phases in order, from first to last. => Build-up < Taper < Start",
            "#rest choice: When does this belong? Run half as far as you could. => one week before",
            "#start.name.c1 cloze: The phase that begins on the day is called [which phase…]. => Start",
            "#start.when.c1 cloze: The phase Start begins [when…]. => on the day",
            "#taper.name.c1 cloze: The phase that begins one week before is called [which phase…]. => Taper",
            "#taper.when.c1 cloze: The phase Taper begins [when…]. => one week before",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- timeline: race
  name: Before the race
  phases:
    - {id: taper, name: Taper, when: one week before, days: 7}
    - {id: build, name: Build-up, when: six weeks before, days: 42}
  tasks:
    - {id: long-run, phase: bild, does: Run long once a week.}
    - {id: taper, phase: taper, does: Run half as far., count: 0}
""",
        (
            "deck.yaml:8:65: error: 42 days before do not follow on 7",
            'deck.yaml:10:29: error: "bild" is no phase of this timeline',
            'deck.yaml:11:12: error: the id "taper" stands twice in this note',
            "deck.yaml:11:64: error: 0 is no count",
        ),
    ),
    Refusal(
        """\
- timeline: race
  name: Before the race
  phases:
    - {id: build, name: Build-up, when: six weeks before, days: 6w}
    - {id: start, name: Start, when: on the day, days: 0}
  tasks:
    - {id: core, phase: build, does: Train the core., each: days}
""",
        (
            'deck.yaml:7:65: error: "days" should be a whole number',
            "deck.yaml:10:61: error: \"each\" should be 'day' or 'phase'",
        ),
    ),
    Refusal(
        """\
- timeline: race
  name: Before the race
  phases:
    - {id: build, name: Build-up, when: weeks before, days: 42}
    - {id: taper, name: build-up, when: Weeks before, days: 7}
""",
        (
            'deck.yaml:8:25: error: "build-up" stands twice under "phases"',
            'deck.yaml:8:41: error: "Weeks before" stands twice under "phases"',
        ),
    ),
    Refusal(
        """\
- timeline: race
  name: Before the race
  phases:
    - {id: start, name: Start, when: on the day, days: -1}
""",
        (
            "deck.yaml:7:5: error: a timeline has 2 to 26 phases, not 1",
            "deck.yaml:7:56: error: -1 days lie behind the day itself",
        ),
    ),
)
