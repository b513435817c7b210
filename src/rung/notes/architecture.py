"""An architecture: its boxes, each with what justifies it aloud, what flows between them, and the way of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from rung import drawings, text
from rung.cards import choice, ordering, recall
from rung.drafts import clozes, twice
from rung.drawings.flow import BOXES, EDGES
from rung.fields import Answer, Fields, Id, NoteFields, Part, Plain, Text, Yes
from rung.model import Draft, Example, Fault, Refusal, Severity
from rung.notes._edges import idle, loose, too_long, too_many
from rung.notes._faults import alike, unknown
from rung.notes._options import wrong
from rung.notes._orders import FEWEST, MOST, no_order
from rung.paper import Page, Section, bullets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Box(Part):
    name: Answer = Field(description="What the box is called.")
    why: Text = Field(description="What justifies it, said aloud. Without a hole all of it is the answer.")
    fed: Yes = Field(False, description="Also ask what feeds it.")
    apart: Yes = Field(False, description="It stands by itself: no arrow touches it.")


class Edge(Fields):
    from_: Id = Field(alias="from", description="The id of the box it leaves.")
    to: Id = Field(description="The id of the box it leads to.")
    carries: Plain | None = Field(None, description="What it carries.")


class Note(NoteFields):
    name: Plain = Field(description="What the architecture is of.")
    boxes: tuple[Box, ...] = Field(description="Its boxes, in the order in which they are told.")
    edges: tuple[Edge, ...] = Field(description="What flows from box to box.")
    path: tuple[Id, ...] = Field((), description="The ids of the boxes a request passes in order, three at least.")


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    for place, box in enumerate(note.boxes):
        yield from _box(note, place, box)
    if note.path:
        names = {box.id: box.name for box in note.boxes}
        items = tuple(ordering.Item(id_, names[id_]) for id_ in note.path)
        asked = "Put the boxes in the order in which a request passes them."
        content = ordering.Content(asked, items, "first to last", drawing(note))
        yield Draft("ordering", content, facet="order", at=("path",), kin="order")


def _box(note: Note, place: int, box: Box) -> Iterator[Draft]:
    at = ("boxes", place, "why")
    if text.holes(box.why):
        yield from clozes(box.why, item=box.id, facet="why", at=at, lead=f"**{box.name}**:")
    else:
        content = recall.Content(f"Why is **{box.name}** on the board?", box.why, around(note, box))
        yield Draft("recall", content, box.id, "why", at)
    options = tuple(choice.Item(each.id, each.name) for each in _options(note, box))
    if len(options) > 1:
        unnamed = re.sub(rf"(?<!\w){re.escape(box.name)}(?!\w)", "…", text.filled(box.why), flags=re.IGNORECASE)
        asked = "Which box is this?\n\n> " + unnamed.replace("\n", "\n> ")
        yield Draft("choice", choice.Content(asked, options, box.id), box.id, "", at)
    if box.fed:
        fed = recall.Content(f"What feeds **{box.name}**?", _feeders(note, box), around(note, box, feeds_only=True))
        yield Draft("recall", fed, box.id, "feeds", ("boxes", place, "fed"))


def _options(note: Note, box: Box) -> Iterator[Box]:
    """The box and up to three others, in the order of the note; none that the same words would justify."""
    told = _told(box)
    picked = wrong((each for each in note.boxes if each is not box and not told & _told(each)), box.id)
    return (each for each in note.boxes if each is box or each in picked)


def _told(box: Box) -> set[str]:
    """What is to be recalled of a box: the answers of its holes, else all that justifies it."""
    answers = [hole.answer for hole in text.holes(box.why)] or [box.why]
    return {text.words(answer).casefold() for answer in answers}


def _feeders(note: Note, box: Box) -> str:
    names = {each.id: each.name for each in note.boxes}
    into = [edge for edge in note.edges if edge.to == box.id]
    told = [f"**{names[edge.from_]}**" + (f": {edge.carries}" if edge.carries else "") for edge in into]
    return told[0] if len(told) == 1 else "\n".join(f"- {each}" for each in told)


# ── drawings ─────────────────────────────────────────────────────────────────────────────────────


def drawing(note: Note) -> str:
    """The whole architecture, as Markdown."""
    return drawings.fence("flow", _lines(note.boxes, note.edges))


def around(note: Note, box: Box, *, feeds_only: bool = False) -> str:
    """The box, marked, and what touches it, as Markdown; empty where nothing does.

    No arrow into another box whose feeds are asked: it would tell that answer.
    """
    asked = {each.id for each in note.boxes if each.fed}
    edges = [
        edge
        for edge in note.edges
        if edge.to == box.id or (edge.from_ == box.id and not feeds_only and edge.to not in asked)
    ]
    if not edges:
        return ""
    near = {box.id, *(end for edge in edges for end in (edge.from_, edge.to))}
    return drawings.fence("flow", _lines([each for each in note.boxes if each.id in near], edges, box.id))


def _lines(boxes: Iterable[Box], edges: Iterable[Edge], marked: str = "") -> Iterator[str]:
    for box in boxes:
        yield f"{'* ' if box.id == marked else ''}[{text.words(box.name)}] = {box.id}"
    for edge in edges:
        yield f"{edge.from_} -> {edge.to}" + (f": {text.line(edge.carries)}" if edge.carries else "")


def page(note: Note) -> Page:
    names = {box.id: box.name for box in note.boxes}
    way = " → ".join(names[id_] for id_ in note.path)
    whys = bullets(f"**{box.name}.** {box.why}" for box in note.boxes)
    sections = [Section("", drawing(note)), Section("Why each box exists, said aloud", whys)]
    sections += [Section("The way of a request", way)] if way else []
    return Page(note.name, tuple(sections), f"**{note.name}.** {way}" if way else "")


# ── faults ───────────────────────────────────────────────────────────────────────────────────────


def faults(note: Note) -> Iterator[Fault]:
    if not note.boxes:
        yield Fault(("boxes",), '"boxes" is empty', "list at least one box under it")
        return
    counts = {"boxes": (len(note.boxes), BOXES), "edges": (len(note.edges), EDGES)}
    if large := tuple(too_many(counts)) or tuple(too_long(_lines(note.boxes, note.edges), "boxes")):
        yield from large  # and nothing else: what follows takes the longer the more there are
        return
    yield from twice((box.id for box in note.boxes), ("boxes",))
    yield from alike((box.name for box in note.boxes), ("boxes",), "name")
    ends = ({"from": edge.from_, "to": edge.to} for edge in note.edges)
    yield from loose(ends, [box.id for box in note.boxes], "box", "architecture", "edges", many="boxes")
    yield from idle(((edge.from_, edge.to) for edge in note.edges), "edges")
    yield from _path(note)
    yield from _apart(note)


def _path(note: Note) -> Iterator[Fault]:
    ids = [box.id for box in note.boxes]
    for place, id_ in enumerate(note.path):
        if id_ not in ids:
            yield unknown(id_, ids, "box", "architecture", ("path", place), many="boxes")
        if id_ in note.path[:place]:
            yield Fault(("path", place), f'the path passes "{id_}" twice', "keep the place that is worth knowing")
    if note.path:
        yield from no_order(len(note.path), "box", "boxes", ("path",), f"name {FEWEST} to {MOST}, or leave it out")


def _apart(note: Note) -> Iterator[Fault]:
    """Boxes that nothing touches though they do not say so, or the other way round; fed ones without a feeder."""
    touched = {end for edge in note.edges for end in (edge.from_, edge.to)}
    fed = {edge.to for edge in note.edges}
    for place, box in enumerate(note.boxes):
        if box.fed and box.id not in fed:
            yield Fault(("boxes", place, "fed"), f'nothing feeds "{box.id}"', "draw an edge to it, or leave `fed` out")
        if box.id not in touched and not box.apart:
            mend = "draw its edges, or write `apart: true` where it stands by itself"
            yield Fault(("boxes", place, "id"), f'no edge touches "{box.id}"', mend, Severity.WARNING)
        if box.id in touched and box.apart:
            mend = "leave `apart` out, or take its edges away"
            yield Fault(("boxes", place, "apart"), f'"{box.id}" stands apart, yet an edge touches it', mend)


EXAMPLES = (
    Example(
        """\
- architecture: photos
  name: Photo search
  boxes:
    - {id: gateway, name: Gateway, why: Turns callers without a key away before they cost anything.}
    - {id: search, name: Search service, why: "The Search service owns {{c1::the order of the calls}}."}
    - {id: encoder, name: Encoder, why: Makes vectors of words and pictures.}
    - {id: index, name: Vector index, why: Finds what is near without looking at everything., fed: true}
    - {id: board, name: Dashboard, why: Shows which box is slow., apart: true}
  edges:
    - {from: gateway, to: search, carries: a query}
    - {from: search, to: encoder}
    - {from: search, to: index, carries: its vector}
    - {from: encoder, to: index, carries: new pictures}
  path: [gateway, search, encoder, index]
""",
        (
            "#board choice: Which box is this? Shows which box is slow. => Dashboard",
            "#board.why recall: Why is Dashboard on the board? => Shows which box is slow.",
            "#encoder choice: Which box is this? Makes vectors of words and pictures. => Encoder",
            "#encoder.why recall: Why is Encoder on the board? => Makes vectors of words and pictures.",
            "#gateway choice: Which box is this? Turns callers without a key away before they cost anything."
            " => Gateway",
            "#gateway.why recall: Why is Gateway on the board? => Turns callers without a key away before"
            " they cost anything.",
            "#index choice: Which box is this? Finds what is near without looking at everything. => Vector index",
            "#index.feeds recall: What feeds Vector index? => - Search service: its vector - Encoder: new pictures",
            "#index.why recall: Why is Vector index on the board? => Finds what is near without looking at everything.",
            "#order ordering: Put the boxes in the order in which a request passes them. => Gateway < Search"
            " service < Encoder < Vector index",
            "#search choice: Which box is this? The … owns the order of the calls. => Search service",
            "#search.why.c1 cloze: Search service: The Search service owns […]. => the order of the calls",
        ),
    ),
)

_BOXES = """\
- architecture: photos
  name: Photo search
  boxes:
    - {id: gateway, name: Gateway, why: Turns callers away.}
    - {id: index, name: Vector index, why: Finds what is near.}
"""

REFUSALS = (
    Refusal(
        f"""\
{_BOXES}\
  edges:
    - {{from: gateway, to: indexes}}
    - {{from: gateway, to: index}}
  path: [gateway, index, gateway, encoder]
""",
        (
            'deck.yaml:10:27: error: "indexes" is no box of this architecture',
            'deck.yaml:12:26: error: the path passes "gateway" twice',
            'deck.yaml:12:35: error: "encoder" is no box of this architecture',
        ),
    ),
    Refusal(
        f"""\
{_BOXES}\
    - {{id: gateway, name: vector index, why: Adds., fed: true}}
  edges:
    - {{from: index, to: index}}
    - {{from: gateway, to: index, carries: words}}
    - {{from: gateway, to: index, carries: pictures}}
  path: [gateway, index]
""",
        (
            'deck.yaml:9:12: error: the id "gateway" stands twice in this note',
            'deck.yaml:9:27: error: "vector index" stands twice under "boxes"',
            'deck.yaml:9:58: error: nothing feeds "gateway"',
            'deck.yaml:11:25: error: this leads from "index" to itself',
            'deck.yaml:13:27: error: a second edge from "gateway" to "index"',
            "deck.yaml:14:3: error: 2 boxes cannot be put in order",
        ),
    ),
    Refusal(
        f"""\
{_BOXES}\
    - {{id: board, name: Dashboard, why: Shows what is slow.}}
    - {{id: encoder, name: Encoder, why: Makes vectors., apart: true}}
  edges:
    - {{from: gateway, to: encoder}}
    - {{from: encoder, to: index}}
""",
        (
            'deck.yaml:9:12: warning: no edge touches "board"',
            'deck.yaml:10:64: error: "encoder" stands apart, yet an edge touches it',
        ),
    ),
    Refusal(
        "- architecture: photos\n  name: Photo search\n  boxes:\n"
        + "".join(f"    - {{id: b{n}, name: Box {n}, why: It is number {n}.}}\n" for n in range(41))
        + "  edges:\n"
        + "".join(f"    - {{from: b{n % 9}, to: b{9 + n // 9}}}\n" for n in range(81)),
        ("deck.yaml:6:3: error: 41 boxes, 40 is the most", "deck.yaml:48:3: error: 81 edges, 80 is the most"),
    ),
    Refusal(
        f"{_BOXES}  edges:\n    - {{from: gateway, to: index, carries: {'x' * 9_939}}}\n",
        ("deck.yaml:6:3: error: the drawing has 10001 characters, 10000 is the most",),
    ),
    Refusal(
        "- architecture: photos\n  name: Photo search\n  boxes: []\n  edges: []\n",
        ('deck.yaml:6:10: error: "boxes" is empty',),
    ),
)
