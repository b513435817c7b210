"""A named framework: what it solves, when to use it, and its steps, with what each does, takes and commits to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import text
from rung.cards import ordering, recall
from rung.drafts import clozes, hole, twice
from rung.fields import Answer, Fields, Holed, NoteFields, Part, Plain, Text, Yes
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._orders import FEWEST, MOST
from rung.paper import Page, Section, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator


class Step(Part):
    name: Answer = Field(description="What the step is called.")
    job: Text | None = Field(None, description="What it does, without its name; holes are cards.")
    budget: Answer | None = Field(None, description="What it may take, e.g. 15 ms.")
    from_: Answer | None = Field(None, alias="from", description="What goes in, e.g. 100M items; goes with `to`.")
    to: Answer | None = Field(None, description="What comes out, e.g. 1,000 items.")
    beside: Yes = Field(False, description="It stands beside the step before: which of the two comes first is all one.")
    commits: Holed | None = Field(None, description="What it commits the design to.")


class Worked(Fields):
    prompt: Plain = Field(description="What is asked.")
    answer: Plain = Field(description="A staff-level answer, at most 60 words.")


class Note(NoteFields):
    name: Answer = Field(description="The name of the framework.")
    calls: Plain = Field("step", description="What it calls its steps.")
    ordered: Yes = Field(True, description="Whether the order of the steps matters.")
    solves: Text | None = Field(None, description="The problem it solves. Without a hole its name is the answer.")
    when: Text | None = Field(None, description="When to use it. Without a hole its name is the answer.")
    not_: Text | None = Field(None, alias="not", description="When not to. Without a hole its name is the answer.")
    steps: tuple[Step, ...] = Field((), description="Its steps, in order; none where only the name is known.")
    example: Worked | None = Field(None, description="The worked example.")


SAYINGS = (
    ("solves", "solves", "solves this"),
    ("when", "is for", "is for this"),
    ("not_", "is not for", "is not for this"),
)


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    for field, with_holes, without in SAYINGS:
        if saying := getattr(note, field):
            yield from _saying(note, saying, field.rstrip("_"), with_holes, without)
    if note.ordered and len(note.steps) >= FEWEST:
        items = tuple(
            ordering.Item(step.id, step.name, rank=rank)  # not its job, from which other cards ask its name
            for step, rank in zip(note.steps, _ranks(note), strict=True)
        )
        content = ordering.Content(f"Put the {note.calls}s of **{note.name}** in order.", items, "first to last")
        yield Draft("ordering", content, facet="order", at=("steps",), kin="order")
    for place, step in enumerate(note.steps):
        yield from _step(note, place, step)
    if note.example:
        worked = recall.Content(f"**{note.name}**, worked: {note.example.prompt}", note.example.answer)
        yield Draft("recall", worked, facet="example", at=("example",))


def _saying(note: Note, saying: str, facet: str, with_holes: str, without: str) -> Iterator[Draft]:
    if text.holes(saying):
        yield from clozes(saying, facet=facet, at=(facet,), lead=f"**{note.name}** {with_holes}:")
    else:
        asked = f"{hole(note.name, 'which framework')} {without}: {saying}"
        yield from clozes(asked, facet=facet, at=(facet,), title="Named framework")
        if facet == "solves":
            content = recall.Content(f"Which problem does **{note.name}** solve?", saying)
            yield Draft("recall", content, facet="problem", at=(facet,), title="Named framework", kin=facet)


def _step(note: Note, place: int, step: Step) -> Iterator[Draft]:
    at = ("steps", place)
    name = hole(step.name, f"which {note.calls}")
    if step.job:
        yield from clozes(f"{name}: {text.filled(step.job)}", item=step.id, facet="name", at=(*at, "name"))
        yield from clozes(step.job, item=step.id, facet="job", at=(*at, "job"), lead=f"**{step.name}**:")
    elif not note.ordered and len(note.steps) > 1:
        others = ", ".join(f"**{each.name}**" for each in note.steps if each is not step)
        beside = f"Beside {others}, **{note.name}** has {name}."
        yield from clozes(beside, item=step.id, facet="beside", at=(*at, "name"), kin="order")
    if note.ordered and len(note.steps) >= FEWEST and not _tied(note, place):
        where = _place(note, place, name)
        yield from clozes(where, item=step.id, facet="place", at=(*at, "name"), kin="order")
    if step.budget:
        budget = f"**{step.name}** may take {hole(step.budget)}."
        yield from clozes(budget, item=step.id, facet="budget", at=(*at, "budget"))
    if step.from_ and step.to:
        flow = f"**{step.name}** gets {hole(step.from_)} and hands on {{{{c2::{step.to}}}}}."
        yield from clozes(flow, item=step.id, facet="flow", at=(*at, "from"))
    if step.commits:
        yield from clozes(step.commits, item=step.id, facet="commits", at=(*at, "commits"), lead=f"**{step.name}**:")


def _ranks(note: Note) -> Iterator[int | None]:
    """The rank of each step: that of the one it stands beside, else its own place, which goes without saying."""
    rank = 0
    for place, step in enumerate(note.steps):
        rank = rank if step.beside else place
        yield rank if step.beside else None


def _tied(note: Note, place: int) -> bool:
    """Whether the step or a neighbour has no place of its own, so that to ask for it would be unfair."""
    return any(step.beside for step in note.steps[max(0, place - 1) : place + 3])


def _place(note: Note, place: int, name: str) -> str:
    before = f"after **{note.steps[place - 1].name}**" if place else ""
    after = f"before **{note.steps[place + 1].name}**" if place + 1 < len(note.steps) else ""
    if before and after:
        return f"Between **{note.steps[place - 1].name}** and **{note.steps[place + 1].name}** stands {name}."
    return f"First, {after}, stands {name}." if after else f"Last, {before}, stands {name}."


def page(note: Note) -> Page:
    """One page; by itself only where the steps are more than names."""
    told = (("Solves", note.solves), ("When", note.when), ("When not", note.not_))
    heads = (
        " → ".join(step.name for step in note.steps) if note.ordered else ", ".join(step.name for step in note.steps)
    )
    says = paragraphs(*(f"**{lead}** {saying}" for lead, saying in told if saying))
    sections = [Section("", says)]
    if note.steps:
        steps = "\n\n".join(_told(note, place, step) for place, step in enumerate(note.steps, 1))
        sections.append(Section(f"The {note.calls}s", steps))
    if note.example:
        sections.append(Section(f"Worked: {note.example.prompt}", note.example.answer, folded=True))
    against = f"*Solves:* {note.solves}" if note.solves else ""
    brief = paragraphs(f"**{note.name}.** {heads or against}")
    return Page(note.name, tuple(sections), brief, alone=any(step.job or step.commits for step in note.steps))


def _told(note: Note, place: int, step: Step) -> str:
    """A step under a heading of its own: what it takes and hands on, what it does, what it commits to."""
    flow = f"{step.from_} → {step.to}" if step.from_ and step.to else ""
    takes = " · ".join(filter(None, (step.budget, flow)))
    number = f"{place}. " if note.ordered else ""
    return paragraphs(
        f"### {number}{step.name}{f' *{takes}*' if takes else ''}",
        step.job,
        step.commits and f"> {' '.join(step.commits.split())}",
    )


def faults(note: Note) -> Iterator[Fault]:
    yield from twice((step.id for step in note.steps), ("steps",))
    if note.ordered and len(note.steps) > MOST:
        message = f"{len(note.steps)} steps are too many to put in order, {MOST} is the most"
        yield Fault(("steps",), message, "split the framework, or write `ordered: false`")
    for place, step in enumerate(note.steps):
        if (step.from_ is None) != (step.to is None):
            key, other = ("to", "from") if step.from_ is None else ("from", "to")
            at = ("steps", place, key)
            yield Fault(at, f'"{key}" stands without "{other}"', f'add "{other}", or take "{key}" away', key=True)


EXAMPLES = (
    Example(
        """\
- framework: spine
  name: The Spine
  calls: layer
  solves: Ranking millions of items within a tenth of a second.
  when: Any {{c1::personalised}} feed.
  steps:
    - {id: retrieval, name: Retrieval, job: Finds what might fit., budget: 15 ms, from: 100M items, to: "1,000 items"}
    - id: coarse
      name: Coarse rank
      job: Trims the pool with a {{c1::cheap}} model.
      commits: Without it the {{c1::feature lookup}} explodes.
    - {id: fine, name: Fine rank, job: Picks the order.}
  example: {prompt: Design a feed., answer: "Layers first, then budgets."}
""",
        (
            "#coarse.commits.c1 cloze: Coarse rank: Without it the […] explodes. => feature lookup",
            "#coarse.job.c1 cloze: Coarse rank: Trims the pool with a […] model. => cheap",
            "#coarse.name.c1 cloze: [which layer…]: Trims the pool with a cheap model. => Coarse rank",
            "#coarse.place.c1 cloze: Between Retrieval and Fine rank stands [which layer…]. => Coarse rank",
            "#example recall: The Spine, worked: Design a feed. => Layers first, then budgets.",
            "#fine.name.c1 cloze: [which layer…]: Picks the order. => Fine rank",
            "#fine.place.c1 cloze: Last, after Coarse rank, stands [which layer…]. => Fine rank",
            "#order ordering: Put the layers of The Spine in order. => Retrieval < Coarse rank < Fine rank",
            "#problem recall: Which problem does The Spine solve? => Ranking millions of items within a tenth"
            " of a second.",
            "#retrieval.budget.c1 cloze: Retrieval may take […]. => 15 ms",
            "#retrieval.flow.c1 cloze: Retrieval gets […] and hands on 1,000 items. => 100M items",
            "#retrieval.flow.c2 cloze: Retrieval gets 100M items and hands on […]. => 1,000 items",
            "#retrieval.name.c1 cloze: [which layer…]: Finds what might fit. => Retrieval",
            "#retrieval.place.c1 cloze: First, before Coarse rank, stands [which layer…]. => Retrieval",
            "#solves.c1 cloze: [which framework…] solves this: Ranking millions of items within a tenth of a"
            " second. => The Spine",
            "#when.c1 cloze: The Spine is for: Any […] feed. => personalised",
        ),
    ),
    Example(
        """\
- framework: trip
  name: The Trip
  steps:
    - {id: pack, name: Pack, job: Fill the bag.}
    - {id: book, name: Book, job: Buy the ticket., beside: true}
    - {id: ride, name: Ride, job: Take the train.}
    - {id: rest, name: Rest, job: Sit down.}
""",
        (
            "#book.name.c1 cloze: [which step…]: Buy the ticket. => Book",
            "#order ordering: Put the steps of The Trip in order. => Pack < Book < Ride < Rest",
            "#pack.name.c1 cloze: [which step…]: Fill the bag. => Pack",
            "#rest.name.c1 cloze: [which step…]: Sit down. => Rest",
            "#rest.place.c1 cloze: Last, after Ride, stands [which step…]. => Rest",
            "#ride.name.c1 cloze: [which step…]: Take the train. => Ride",
        ),
    ),
    Example(
        """\
- framework: triangle
  name: The Triangle
  calls: corner
  ordered: false
  steps:
    - {id: cheap, name: Cheap}
    - {id: fast, name: Fast}
    - {id: good, name: Good}
""",
        (
            "#cheap.beside.c1 cloze: Beside Fast, Good, The Triangle has [which corner…]. => Cheap",
            "#fast.beside.c1 cloze: Beside Cheap, Good, The Triangle has [which corner…]. => Fast",
            "#good.beside.c1 cloze: Beside Cheap, Fast, The Triangle has [which corner…]. => Good",
        ),
    ),
)

REFUSALS = (
    Refusal(
        """\
- framework: spine
  name: The Spine
  steps:
    - name: Coarse rank
      job: Trims the pool.
""",
        ('deck.yaml:7:7: error: a step lacks the key "id"',),
    ),
    Refusal(
        """\
- framework: spine
  name: The Spine
  steps:
    - {id: coarse, name: Coarse rank, job: Trims the pool., from: 100M}
    - {id: coarse, name: Fine rank, job: Picks the order.}
""",
        (
            'deck.yaml:7:61: error: "from" stands without "to"',
            'deck.yaml:8:12: error: the id "coarse" stands twice in this note',
        ),
    ),
    Refusal(
        "- framework: spine\n  name: std::spine\n",
        ("deck.yaml:5:9: error: this becomes the answer of a hole, which its marks would break",),
    ),
    Refusal(
        "- framework: spine\n  name: The {{c1::Spine}}\n",
        ("deck.yaml:5:9: error: no hole may stand here",),
    ),
)
