"""A decision tree: questions, and what each answer leads to, which is the next question or what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from rung import drawings, graph, text
from rung.cards import recall
from rung.drafts import twice
from rung.drawings.tree import DEEPEST, LINES
from rung.fields import Answer, Fields, Id, NoteFields, Part, Plain
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._edges import loose, too_long, too_many
from rung.paper import Page, Section, bullets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = LINES - 1  # branches, each a line below the first question; no more questions, for each has a branch


class Question(Fields):
    id: Id = Field(description="Its id, by which branches name it.")
    asks: Plain = Field(description="The question.")


class Branch(Part):
    of: Id = Field(description="The id of the question that it answers.")
    answer: Answer = Field(description="The answer that leads here.")
    then: Plain | None = Field(None, description="What follows.")
    to: Id | None = Field(None, description="The id of the question that comes next.")
    aside: Plain | None = Field(None, description="A remark, shown on the back.")


class Note(NoteFields):
    name: Plain = Field(description="What the tree decides.")
    questions: tuple[Question, ...] = Field(description="Its questions, the first one first.")
    branches: tuple[Branch, ...] = Field(description="The answers to them, and where they lead.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    found = ways(note)
    for place, branch in enumerate(note.branches):
        if branch.then:
            asked = f"“{question(note, branch.of).asks}” — *{branch.answer}.* What follows?"
            drawn = _way(note, (*found[branch.of], branch))
            answer = f"{branch.then}\n\n{branch.aside}" if branch.aside else branch.then
            at = ("branches", place, "then")
            yield Draft("recall", recall.Content(asked, answer, drawn), branch.id, at=at)


# ── walking ──────────────────────────────────────────────────────────────────────────────────────


def root(note: Note) -> Question:
    """The question at which a walk begins."""
    return note.questions[0]


def question(note: Note, id_: str) -> Question:
    return next(each for each in note.questions if each.id == id_)


def branches(note: Note, question_id: str) -> tuple[Branch, ...]:
    """The answers to a question; a walk ends at one that leads `to` no other."""
    return tuple(branch for branch in note.branches if branch.of == question_id)


def ways(note: Note) -> dict[str, tuple[Branch, ...]]:
    """For every question that can be reached, the branches that lead to it from the root, along a shortest way."""
    found = graph.ways(_edges(note), root(note).id)
    return {id_: tuple(note.branches[place] for place in places) for id_, places in found.items()}


def _edges(note: Note) -> Sequence[tuple[str, str | None]]:
    return [(branch.of, branch.to) for branch in note.branches]


# ── drawings ─────────────────────────────────────────────────────────────────────────────────────


def drawing(note: Note) -> str:
    """The whole tree, as Markdown."""
    return drawings.fence("tree", _lines(note))


def _lines(note: Note) -> Iterator[str]:
    """The tree line by line."""
    yield text.line(root(note).asks)
    for branch, depth, again in _told(note):
        yield _line(branch, note, depth) + (" (see above)" if again else "")


def _told(note: Note) -> Iterator[tuple[Branch, int, bool]]:
    """The branches as they are drawn: how deep, and whether the next question stands above: it is told once."""
    for place, depth, again in graph.outline(_edges(note), root(note).id):
        yield note.branches[place], depth, again


def _way(note: Note, steps: Sequence[Branch]) -> str:
    """A walk as a drawing, without the other answers, which are other cards; none of a single step."""
    lines = [_line(step, note, depth) for depth, step in enumerate(steps, 1)]
    return drawings.fence("tree", (text.line(root(note).asks), *lines)) if len(steps) > 1 else ""


def _line(branch: Branch, note: Note, depth: int) -> str:
    """An answer and what comes of it: what follows, the next question, or the one and then the other."""
    answer = text.words(branch.answer).replace(" -> ", " → ")  # the arrow of the line is its first
    return f"{'  ' * depth}{answer} -> {'; then: '.join(map(text.line, _follows(branch, note)))}"


def _follows(branch: Branch, note: Note) -> Sequence[str]:
    return [each for each in (branch.then, branch.to and question(note, branch.to).asks) if each]


def page(note: Note) -> Page:
    """The drawing, then remarks and pictures, which it has no room for; on a cheat sheet the tree as a list."""
    asides = [f"{question(note, each.of).asks} *{each.answer}*: {each.aside}" for each in note.branches if each.aside]
    pictured = [f"*{each.answer}*: {each.then}" for each in note.branches if text.pictures(each.then or "")]
    sections = (Section("", drawing(note)), Section("Remarks", bullets([*asides, *pictured])))
    points = "\n".join(_point(branch, note, depth, again=again) for branch, depth, again in _told(note))
    told = tuple(section for section in sections if section.text)
    return Page(note.name, told, f"**{note.name}.** {root(note).asks}\n\n{points}")


def _point(branch: Branch, note: Note, depth: int, *, again: bool) -> str:
    words = f"*{branch.answer}* → {'; then: '.join(_follows(branch, note))}{' (see above)' if again else ''}"
    return f"{'  ' * (depth - 1)}- {' '.join(words.split())}"


# ── faults ───────────────────────────────────────────────────────────────────────────────────────


def faults(note: Note) -> Iterator[Fault]:
    if not note.questions:
        yield Fault(("questions",), '"questions" is empty', "list at least one question under it")
        return
    counts = {"questions": (len(note.questions), MOST), "branches": (len(note.branches), MOST)}
    if many := tuple(too_many(counts)):
        yield from many  # and nothing else: what follows takes the longer the more there are
        return
    yield from twice((each.id for each in note.questions), ("questions",))
    yield from twice((branch.id for branch in note.branches), ("branches",))
    yield from _dead(note)
    ids = [each.id for each in note.questions]
    ends = ({"of": branch.of, "to": branch.to} for branch in note.branches)
    unknown = tuple(loose(ends, ids, "question", "tree", "branches"))
    yield from unknown or (*_circles(note), *_out_of_reach(note)) or _too_large(note)


def _too_large(note: Note) -> Iterator[Fault]:
    """What would not fit into the drawing."""
    for branch, depth, again in _told(note):
        if branch.to and not again and depth == DEEPEST:
            at = ("branches", note.branches.index(branch), "to")
            yield Fault(at, f"this leads {DEEPEST + 1} questions deep, {DEEPEST} is the most", "split the note")
    yield from too_long(_lines(note), "branches")


def _dead(note: Note) -> Iterator[Fault]:
    """Branches that lead nowhere, questions that none leaves."""
    for place, branch in enumerate(note.branches):
        if branch.then is None and branch.to is None:
            mend = "say what follows in `then`, or the next question in `to`"
            yield Fault(("branches", place, "id"), f'the branch "{branch.id}" leads nowhere', mend)
    for place, each in enumerate(note.questions):
        if not branches(note, each.id):
            mend = f"write a branch `of: {each.id}`, or take the question out"
            yield Fault(("questions", place, "id"), f'the question "{each.id}" has no branches', mend)


def _circles(note: Note) -> Iterator[Fault]:
    for place, circle in graph.circles((each.id for each in note.questions), _edges(note)):
        mend = "let it lead to a question further down, or say what follows in `then`"
        yield Fault(("branches", place, "to"), f"this goes round in a circle: {' -> '.join(circle)}", mend)


def _out_of_reach(note: Note) -> Iterator[Fault]:
    found = ways(note)
    for place, each in enumerate(note.questions):
        if each.id not in found:
            mend = "let a branch lead to it, or take it out"
            yield Fault(("questions", place, "id"), f'no way leads to the question "{each.id}"', mend)


EXAMPLES = (
    Example(
        """\
- tree: indexing
  name: How to look for near vectors
  questions:
    - {id: size, asks: "How many vectors are there?"}
    - {id: memory, asks: "Do they fit into memory?"}
  branches:
    - {id: few, of: size, answer: under a hundred thousand, then: compare with every one, aside: It is exact.}
    - {id: many, of: size, answer: more, to: memory}
    - {id: fit, of: memory, answer: "yes", then: a graph in memory}
    - {id: spill, of: memory, answer: "no", then: "an index on disk, with *compressed* vectors in front"}
""",
        (
            "#few recall: “How many vectors are there?” — under a hundred thousand. What follows? => compare"
            " with every one It is exact.",
            "#fit recall: “Do they fit into memory?” — yes. What follows? => a graph in memory",
            "#spill recall: “Do they fit into memory?” — no. What follows? => an index on disk, with"
            " compressed vectors in front",
        ),
    ),
)

_HEAD = """\
- tree: indexing
  name: How to look for near vectors
  questions:
    - {id: size, asks: "How many vectors are there?"}
    - {id: memory, asks: "Do they fit into memory?"}
  branches:
    - {id: few, of: size, answer: few, then: compare with every one}
"""

REFUSALS = (
    Refusal(
        f"""\
{_HEAD}\
    - {{id: many, of: size, answer: many, to: memory}}
    - {{id: fit, of: memory, answer: "yes", to: size}}
""",
        ("deck.yaml:12:48: error: this goes round in a circle: size -> memory -> size",),
    ),
    Refusal(
        f"""\
{_HEAD}\
    - {{id: many, of: size, answer: many}}
    - {{id: more, of: size, answer: more, to: memory}}
    - {{id: fit, of: memory, answer: "yes", then: a graph}}
""",
        ('deck.yaml:11:12: error: the branch "many" leads nowhere',),
    ),
    Refusal(
        f"""\
{_HEAD}\
    - {{id: fit, of: memory, answer: "yes", then: a graph}}
""",
        ('deck.yaml:8:12: error: no way leads to the question "memory"',),
    ),
    Refusal(
        f"""\
{_HEAD}\
    - {{id: many, of: size, answer: many, to: memory}}
""",
        ('deck.yaml:8:12: error: the question "memory" has no branches',),
    ),
    Refusal(
        f"""\
{_HEAD}\
    - {{id: many, of: sizes, answer: many, to: memory}}
    - {{id: fit, of: memory, answer: "yes", to: disk}}
""",
        (
            'deck.yaml:11:22: error: "sizes" is no question of this tree',
            'deck.yaml:12:48: error: "disk" is no question of this tree',
        ),
    ),
    Refusal(
        f"""\
{_HEAD}\
    - {{id: few, of: size, answer: many, to: memory}}
    - {{id: fit, of: memory, answer: "yes", then: a graph}}
""",
        ('deck.yaml:11:12: error: the id "few" stands twice in this note',),
    ),
    Refusal(
        "- tree: indexing\n  name: An index\n  questions:\n"
        + "".join(f"    - {{id: q{n}, asks: Is it {n}?}}\n" for n in range(9))
        + "  branches:\n"
        + "".join(f"    - {{id: to-{n}, of: q{n - 1}, answer: more, to: q{n}}}\n" for n in range(1, 9))
        + "    - {id: end, of: q8, answer: more, then: stop}\n",
        ("deck.yaml:24:44: error: this leads 9 questions deep, 8 is the most",),
    ),
    Refusal(
        "- tree: indexing\n  name: An index\n  questions:\n    - {id: size, asks: How many?}\n  branches:\n"
        + "".join(f"    - {{id: is-{n}, of: size, answer: it is {n}, then: stop}}\n" for n in range(120)),
        ("deck.yaml:8:3: error: 120 branches, 119 is the most",),
    ),
    Refusal(
        "- tree: indexing\n  name: An index\n  questions:\n    - {id: size, asks: How many?}\n  branches:\n"
        f"    - {{id: few, of: size, answer: few, then: {'x' * 9_981}}}\n",
        ("deck.yaml:8:3: error: the drawing has 10001 characters, 10000 is the most",),
    ),
    Refusal(
        "- tree: indexing\n  name: An index\n  questions: []\n  branches: []\n",
        ('deck.yaml:6:14: error: "questions" is empty',),
    ),
)
