"""A drill: a prompt to answer in writing against the clock, a rubric to rate oneself by, and a model solution.

`rung drill` runs it; `rung review` asks it only with the setting `drills_in_review = true`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from rung import paper
from rung.cards import drill
from rung.drafts import twice
from rung.fields import Fields, Id, NoteFields, Plain, quoted, refusal
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike, unknown
from rung.notes._points import MOST, uncounted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 7, 15  # minutes
DIMENSIONS = 4
FEWEST_FAILURES = 3
LINES = 7  # to write on in each section, on paper
LEVELS = ("weak", "passing", "strong", "staff")


def _minutes(value: Any) -> int:
    digits = str(value)
    if digits.isascii() and digits.isdecimal() and SHORTEST <= int(digits[:9]) <= LONGEST:
        return int(digits)
    raise refusal(
        f"a drill takes {SHORTEST} to {LONGEST} minutes, not {quoted(value)}",
        f"write a whole number from {SHORTEST} to {LONGEST}; cut a longer drill in two",
    )


Minutes = Annotated[
    int,
    BeforeValidator(_minutes),
    WithJsonSchema({"type": "integer", "minimum": SHORTEST, "maximum": LONGEST}),
]


class Section(Fields):
    id: Id = Field(description="Its id for ever, unique among the sections.")
    name: Plain = Field(description="Its heading.")


class Dimension(Fields):
    id: Id = Field(description="Its id for ever, unique in the rubric: past ratings are kept under it.")
    name: Plain = Field(description="What is rated.")
    weak: Plain = Field(description="What a weak answer does; counts 0.")
    passing: Plain = Field(description="What a passing answer does; counts 1.")
    strong: Plain = Field(description="What a strong answer does; counts 2.")
    staff: Plain = Field(description="What an answer at the staff bar does; counts 3.")

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, data: Any) -> Any:
        """A dimension that lacks levels is refused by its name; a misspelt key is left to be told as such."""
        if isinstance(data, dict) and data.get("name") and data.keys() <= cls.model_fields.keys():
            lacking = [level for level in LEVELS if level not in data]
            if lacking:
                levels = f"the level{'s' * (len(lacking) > 1)} {', '.join(lacking)}"
                mend = "describe it: " + ", ".join(f"`{level}: …`" for level in lacking)
                raise refusal(f"the dimension {quoted(data['name'])} lacks {levels}", mend)
        return data


class Solved(Fields):
    id: Id = Field(description="The id of the section.")
    text: Plain = Field(description="What a staff answer says in it.")


class Failure(Fields):
    id: Id = Field(description="Its id for ever, unique among the failures.")
    failure: Plain = Field(description="What goes wrong often.")


class Note(NoteFields):
    prompt: Plain = Field(description="The task, as an interviewer puts it; may have paragraphs.")
    minutes: Minutes = Field(description=f"The time to write in, {SHORTEST} to {LONGEST}.")
    sections: tuple[Section, ...] = Field(description="The sections of the answer, in order.")
    rubric: tuple[Dimension, ...] = Field(description="What the answer is rated on: four dimensions.")
    solution: tuple[Solved, ...] = Field(description="The model solution, an entry for each section.")
    failures: tuple[Failure, ...] = Field(description=f"Common failures, {FEWEST_FAILURES} to {MOST}.")


def title(note: Note) -> str:
    return "Drill"


def cards(note: Note) -> Iterator[Draft]:
    solved = {each.id: each.text for each in note.solution}
    content = drill.Content(
        prompt=note.prompt,
        minutes=note.minutes,
        sections=tuple(drill.Section(each.id, each.name) for each in note.sections),
        rubric=tuple(
            drill.Dimension(each.id, each.name, each.weak, each.passing, each.strong, each.staff)
            for each in note.rubric
        ),
        solution=tuple(drill.Solved(each.id, solved[each.id]) for each in note.sections if each.id in solved),
        failures=tuple(drill.Failure(each.id, each.failure) for each in note.failures),
    )
    yield Draft("drill", content, facet="drill", at=("prompt",))


def page(note: Note) -> paper.Page:
    """The drill on paper: room to write, the rubric, and folded away the solution; printed only when asked for."""
    rubric = paper.table(
        ("Rate yourself", *(f"{level}, {points}" for points, level in enumerate(drill.LEVELS))),
        [(f"**{each.name}**", each.weak, each.passing, each.strong, each.staff) for each in note.rubric],
    )
    names = {section.id: section.name for section in note.sections}
    solution = "\n\n".join(f"### {names.get(each.id, each.id)}\n\n{each.text}" for each in note.solution)
    sections = (
        paper.Section("", note.prompt),
        *(paper.Section(section.name, "\n\n".join([paper.BLANK] * LINES)) for section in note.sections),
        paper.Section("", rubric),
        paper.Section("A model solution", solution, folded=True),
        paper.Section("Common failures", paper.ticks(each.failure for each in note.failures), folded=True),
    )
    return paper.Page(f"Drill{f': {note.topic}' if note.topic else ''}, {note.minutes} minutes", sections, alone=False)


def faults(note: Note) -> Iterator[Fault]:
    if not note.sections:
        yield Fault(("sections",), '"sections" is empty', "list at least one section under it")
    for key in ("sections", "rubric", "solution", "failures"):
        yield from twice((each.id for each in getattr(note, key)), (key,))
    yield from alike((section.name for section in note.sections), ("sections",), "name")
    yield from _unsolved(note)
    if (count := len(note.rubric)) != DIMENSIONS:
        message = f"the rubric has {count} dimension{'s' * (count != 1)}, not {DIMENSIONS}"
        yield Fault(("rubric",), message, f"give it exactly {DIMENSIONS}, each with its own levels")
    yield from uncounted(note.failures, ("failures",), FEWEST_FAILURES)


def _unsolved(note: Note) -> Iterable[Fault]:
    sections, solved = [each.id for each in note.sections], [each.id for each in note.solution]
    for id_ in sections:
        if id_ not in solved:
            message = f'the solution lacks the section "{id_}"'
            yield Fault(("solution",), message, f"add `- {{id: {id_}, text: …}}`")
    for place, id_ in enumerate(solved):
        if id_ not in sections:
            yield unknown(id_, sections, "section", "drill", ("solution", place, "id"))


_RUBRIC = """\
  rubric:
    - id: framing
      name: Framing
      weak: Starts to draw at once.
      passing: Asks for the load.
      strong: Asks for load and deadline, and says what they decide.
      staff: Also names the answer that would make the design pointless.
    - {id: numbers, name: Numbers, weak: none, passing: one, strong: a budget, staff: a budget with its lever}
    - {id: failure, name: Failure, weak: not named, passing: one, strong: one and its sign, staff: one and its price}
    - {id: close, name: Close, weak: stops, passing: sums up, strong: names the risk, staff: names what to do first}
"""
_SOLVED = """\
  solution:
    - {id: design, text: Keys are hashed to shards; each shard keeps a sorted list in memory.}
    - {id: risk, text: A hot key outgrows its shard; split it by time and merge on read.}
"""
_FAILURES = """\
  failures:
    - {id: boxes, failure: Boxes without a number.}
    - {id: happy, failure: Only the day on which nothing fails.}
    - {id: silent, failure: No word on what was left out.}
"""
_OPENING = """\
- drill: top-list
  prompt: Design a list of the hundred most played songs, fresh within a minute.
  minutes: 10
"""
_SECTIONS = """\
  sections:
    - {id: design, name: The design}
    - {id: risk, name: The largest risk}
"""

EXAMPLES = (
    Example(
        _OPENING + _SECTIONS + _RUBRIC + _SOLVED + _FAILURES,
        (
            "#drill drill: Design a list of the hundred most played songs, fresh within a minute."
            " => 10 minutes, rated on Framing, Numbers, Failure, Close",
        ),
    ),
)

REFUSALS = (
    Refusal(
        _OPENING.replace("  minutes: 10\n", "") + _SECTIONS + _RUBRIC + _SOLVED + _FAILURES,
        ('deck.yaml:4:3: error: drill "top-list" lacks the key "minutes"',),
    ),
    Refusal(
        _OPENING.replace("10", "45") + _SECTIONS + _RUBRIC + _SOLVED + _FAILURES,
        ('deck.yaml:6:12: error: a drill takes 7 to 15 minutes, not "45"',),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC.replace("      strong: Asks", "      # Asks") + _SOLVED + _FAILURES,
        ('deck.yaml:11:7: error: the dimension "Framing" lacks the level strong',),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC.replace("strong: a budget", "stong: a budget") + _SOLVED + _FAILURES,
        (
            'deck.yaml:17:7: error: an item of rubric lacks the key "strong"',
            'deck.yaml:17:62: error: "stong" is no key of an item of rubric',
        ),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC[: _RUBRIC.index("    - {id: close")] + _SOLVED + _FAILURES,
        ("deck.yaml:11:5: error: the rubric has 3 dimensions, not 4",),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC + _SOLVED.replace("id: risk", "id: rest") + _FAILURES,
        (
            'deck.yaml:21:5: error: the solution lacks the section "risk"',
            'deck.yaml:22:12: error: "rest" is no section of this drill',
        ),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC + _SOLVED + _FAILURES[: _FAILURES.index("    - {id: silent")],
        ('deck.yaml:24:5: error: "failures" lists only two',),
    ),
    Refusal(
        _OPENING + _SECTIONS.replace("The largest risk", "The design") + _RUBRIC + _SOLVED + _FAILURES,
        ('deck.yaml:9:24: error: "The design" stands twice under "sections"',),
    ),
    Refusal(
        _OPENING + _SECTIONS + _RUBRIC.replace("id: close", "id: numbers") + _SOLVED + _FAILURES,
        ('deck.yaml:19:12: error: the id "numbers" stands twice in this note',),
    ),
)
