"""Drawings: what each grammar knows, where things stand, and that no text makes one fail or act."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from time import perf_counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_notes
from rung import drawings, text
from rung.drawings import _ink, flow
from rung.notes import architecture, tree

GANTT = """\
Edge: auth and routing          0-12 ms
Candidate retrieval            12-27 ms
Cache, beside it                0-20.5 ms
"""
FLOW = """\
[Edge gateway] = edge
* [Rec service] = rec-svc
edge -> rec-svc: slot-routed <request>
rec-svc -> retrieval
rec-svc -> rank: the pool
rank -> edge: back
"""
TREE = """\
Objective in writing?
  no -> go back
  yes -> How soon?
    under 5 s -> streaming -> a must
    later -> a batch
"""
SPINE = """\
[Edge gateway] = edge
[Rec service] = rec-svc
[Candidate retrieval] = retrieval
[ANN index] = ann
[Coarse rank] = coarse
[Fine rank] = fine
[Online feature store] = online
[Streaming pipeline] = stream
[Re-rank] = rerank
[Training pipeline] = training
[Degraded-mode model] = fallback
[Event log] = log
[Observability] = board
edge -> rec-svc: slot-routed request
rec-svc -> retrieval: Layer 1
retrieval -> ann: query
rec-svc -> coarse: Layer 2
rec-svc -> online: feature lookup
rec-svc -> fine: Layer 3
rec-svc -> rerank: Layer 4
stream -> online: fresh features
rec-svc -> fallback: circuit breaker
training -> fine: daily
training -> ann: weekly
stream -> log
log -> training: impressions
rec-svc -> log: what was shown
"""
SAMPLES = [("gantt", GANTT), ("flow", FLOW), ("tree", TREE), ("flow", SPINE)]


def root(svg):
    return ElementTree.fromstring(svg)


def words(svg):
    return ["".join(each.itertext()) for each in root(svg).iter("text")]


def rectangles(svg):
    """(left, top, right, bottom) of every rectangle."""
    sizes = [[float(each.get(key)) for key in ("x", "y", "width", "height")] for each in root(svg).iter("rect")]
    return [(x, y, x + width, y + height) for x, y, width, height in sizes]


def routes(svg):
    """The corners of every line that ends in an arrow."""
    for each in root(svg).iter("path"):
        if each.get("stroke-width"):
            found = re.findall(r"(?:[ML]|Q[^ ]+ [^ ]+ )(-?[\d.]+) (-?[\d.]+)", each.get("d"))
            yield [(float(x), float(y)) for x, y in found]


# ── all of them ──────────────────────────────────────────────────────────────────────────────────


def test_the_drawings_there_are():
    assert drawings.names() == ("flow", "gantt", "tree")


@pytest.mark.parametrize(("name", "body"), SAMPLES)
def test_a_drawing_says_in_words_what_it_shows_and_brings_nothing_along(name, body):
    svg = drawings.svg(name, body)
    assert svg == drawings.svg(name, body)
    assert (root(svg).tag, root(svg).get("role"), root(svg).get("width")) == ("svg", "img", "100%")
    assert [each.tag for each in root(svg)][:2] == ["title", "desc"]
    assert root(svg).find("desc").text == body.rstrip("\n")
    assert not re.search(r' id=|url\(|href|<script|<style|https?:|class="(?!drawing)|#[0-9a-f]{3}|\n', svg)


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("gantt", GANTT, "Gantt chart, 0 to 27 ms"),
        ("flow", FLOW, "4 boxes and 4 arrows"),
        ("flow", "a -> a", "1 box and 1 arrow"),
        ("tree", TREE, "Decision tree: Objective in writing?"),
    ],
)
def test_the_title_of_a_drawing(name, body, title):
    assert root(drawings.svg(name, body)).find("title").text == title


@pytest.mark.parametrize(("name", "body"), SAMPLES)
def test_everything_is_inside_and_letters_are_large_enough_for_a_phone(name, body):
    svg = drawings.svg(name, body)
    left, top, right, bottom = map(float, root(svg).get("viewBox").split())
    assert (left, top, right) == (0, 0, 360)
    assert float(root(svg).get("font-size")) * 340 / right >= 11
    for x, y, end, below in rectangles(svg):
        assert 0 < x < end < right
        assert 0 < y < below < bottom
    for each in root(svg).iter("text"):
        for line in each.iter("tspan"):
            length = _ink.length(line.text, bold=each.get("font-weight") == "bold")
            start = float(line.get("x")) - {"middle": length / 2, "end": length}.get(each.get("text-anchor"), 0)
            assert 0 <= start <= start + length <= right
            assert 10 <= float(line.get("y")) <= bottom - 3
    for route in routes(svg):
        assert all(0 < x < right and 0 < y < bottom for x, y in route)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("", FLOW),
        ("_ink", FLOW),
        ("mermaid", FLOW),
        ("flow now", FLOW),
        ("gantt", ""),
        ("gantt", "Edge 0-12 ms"),  # one space
        ("gantt", "Edge  0-12"),
        ("gantt", "  0-12 ms"),
        ("gantt", "Edge  12-10 ms"),
        ("gantt", "Edge  0-0 ms"),
        ("gantt", "Edge  0-12 ms\nRank  12-13 s"),
        ("gantt", "Edge  0-1e9 ms"),
        ("gantt", "Edge  0-1234567890 ms"),
        ("gantt", "Edge  0-12 ms\n" * 41),
        ("flow", ""),
        ("flow", "a->b"),
        ("flow", "a -> B"),
        ("flow", "a -> b\nand more"),
        ("flow", "a -> b\na -> b: again"),
        ("flow", "[A] = a\n[B] = a"),
        ("flow", "[] = a"),
        ("flow", "\n".join(f"[A] = a{n}" for n in range(41))),
        ("flow", "\n".join(f"a -> b{n}" for n in range(40))),
        ("flow", "\n".join(f"a{n % 9} -> b{n // 9}" for n in range(81))),
        ("tree", ""),
        ("tree", "Only a question?"),
        ("tree", "A?\n  no\n  yes -> b"),
        ("tree", "A?\n   no -> three spaces"),
        ("tree", "A?\n    no -> too deep"),
        ("tree", "A?\nno -> not deep enough"),
        ("tree", "  A?\n    no -> b"),
        ("tree", "A?\n  -> b"),
        ("tree", "A?" + "".join(f"\n{'  ' * depth}a -> b" for depth in range(1, 10))),
        ("tree", "A?" + "\n  a -> b" * 120),
        ("flow", f"[{'a' * 10_000}] = a"),
    ],
)
def test_what_no_grammar_knows_is_no_drawing(name, body):
    assert drawings.svg(name, body) == ""


def test_the_largest_drawings_there_are():
    assert drawings.svg("gantt", "Edge  0-12 ms\n" * 40)
    assert drawings.svg("flow", "\n".join(f"a -> b{n}" for n in range(39)))
    assert drawings.svg("flow", "\n".join(f"a{n % 9} -> b{n // 9}" for n in range(80)))
    assert drawings.svg("tree", "A?" + "".join(f"\n{'  ' * depth}a -> b" for depth in range(1, 9)))
    assert drawings.svg("tree", "A?" + "\n  a -> b" * 119)


LONG = {
    "tree": "q" * 9_000 + "\n  a -> b",
    "gantt": "a" + " " * 9_000 + "b",
    "flow": "\n".join(f"b{n % 40} -> b{n * 7 % 39}: {n}" for n in range(80)),
}


@pytest.mark.parametrize("name", LONG)
def test_no_drawing_takes_long(name):
    start = perf_counter()
    drawings.svg(name, LONG[name])
    assert perf_counter() - start < 1  # a twentieth of it here


LINES = st.one_of(
    st.from_regex(flow.EDGE, fullmatch=True),
    st.from_regex(flow.BOX, fullmatch=True),
    st.from_regex(r" {0,4}[ab]{1,3} -> .{1,9}", fullmatch=True),
    st.from_regex(r".{1,9}  [0-9]{1,3}-[0-9]{1,3} ms", fullmatch=True),
    st.text(max_size=12),
)


@given(st.sampled_from(["flow", "gantt", "tree"]), st.lists(LINES, max_size=8))
def test_whatever_stands_there_is_a_drawing_or_code(name, lines):
    body = "\n".join(lines)
    shown = text.html(drawings.fence(name, lines))
    assert shown.startswith((f'<svg class="drawing {name}"', f'<pre><code class="language-{name}">'))
    if "\r" not in body and "\x00" not in body:
        assert shown.startswith("<svg") == bool(drawings.svg(name, text.visible(body) + "\n"))


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("gantt", "</desc><script>&\"'  0-1 <b>"),
        ("flow", "[</desc><script>&\"'] = a\na -> b: <b>"),
        ("tree", "</desc><script>&\"'?\n  <b> -> <i>"),
    ],
)
def test_words_are_never_markup(name, body):
    svg = drawings.svg(name, body)
    assert {each.tag for each in root(svg).iter()} <= {"svg", "title", "desc", "rect", "path", "text", "tspan"}
    assert "<b>" in "".join(words(svg))


def test_a_fence_holds_its_lines():
    assert drawings.fence("flow", ("a -> b", "b -> c")) == "```flow\na -> b\nb -> c\n```"
    assert drawings.fence("tree", ("```", "````x")) == "`````tree\n```\n````x\n`````"


# ── words that fit ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "room", "lines"),
    [
        ("Online feature store", 85, ("Online", "feature store")),
        ("Degraded-mode model", 90, ("Degraded-", "mode model")),
        ("in/out", 30, ("in/", "out")),
        ("Uninterruptible", 50, ("Uninter", "ruptible")),
        ("漢漢漢漢", 25, ("漢漢", "漢漢")),
        ("", 50, ("",)),
    ],
)
def test_words_are_wrapped_where_they_may_be(words, room, lines):
    assert _ink.wrapped(words, room) == lines


@given(st.text(max_size=60), st.floats(14, 200))
def test_no_line_is_too_long_and_no_word_is_lost(words, room):
    lines = _ink.wrapped(words, room)
    assert all(_ink.length(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


# ── gantt ────────────────────────────────────────────────────────────────────────────────────────


def test_a_bar_stands_where_its_time_is():
    svg = drawings.svg("gantt", GANTT)
    bars = [(round(left, 1), round(right, 1)) for left, _, right, _ in rectangles(svg)]
    assert bars == [(2.0, 160.2), (160.2, 358.0), (2.0, 272.3)]  # 27 ms are 356 wide
    assert words(svg) == [
        "0", "5", "10", "15", "20", "27 ms",
        "Edge: auth and routing", "0–12", "12 ms",
        "Candidate retrieval", "12–27", "15 ms",
        "Cache, beside it", "0–20.5", "20.5 ms",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("end", "ticks"),
    [
        ("100", ["0", "20", "40", "60", "80", "100 h"]),
        ("0.3", ["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3 h"]),
        ("999999999", ["0", "200,000,000", "400,000,000", "600,000,000", "800,000,000", "999,999,999 h"]),
        ("1", ["0", "0.2", "0.4", "0.6", "0.8", "1 h"]),
        ("61", ["0", "20", "40", "61 h"]),
    ],
)
def test_the_axis_ends_with_the_last_bar(end, ticks):
    assert words(drawings.svg("gantt", f"a  0-{end} h"))[: len(ticks)] == ticks


def test_what_takes_no_time_is_seen_and_inside():
    svg = drawings.svg("gantt", "start  0-0 h\nwork  0-9 h\nend  9-9 h")
    assert [(left, right) for left, _, right, _ in rectangles(svg)] == [(2, 4), (2, 358), (356, 358)]


# ── tree ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_tree_stands_further_right_with_every_answer():
    svg = drawings.svg("tree", TREE)
    assert words(svg) == [
        "Objective in writing?", "no", "go back", "yes", "How soon?", "under 5 s", "streaming -> a must", "later", "a batch",
    ]  # fmt: skip
    assert [left for left, *_ in rectangles(svg)] == [1, 21, 21, 41, 41]
    tops = [top for _, top, _, _ in rectangles(svg)]
    assert tops == sorted(tops)
    edged = [each.get("stroke") == "currentColor" for each in root(svg).iter("rect")]
    assert edged == [True, False, True, False, False]  # the questions


# ── flow ─────────────────────────────────────────────────────────────────────────────────────────


def rows(body):
    """The names of the boxes by row and column."""
    slots = flow._layout(flow._flow(body)).slots
    found = {}
    for box, (row, column) in slots.items():
        found.setdefault(row, {})[column] = box
    return [dict(sorted(found[row].items())) for row in sorted(found)]


@pytest.mark.parametrize(
    ("body", "stand"),
    [
        ("a -> b", [{0: "a"}, {0: "b"}]),
        ("b -> c\na -> b\na -> c", [{0: "a"}, {0: "b"}, {0: "c"}]),  # the longest way counts
        ("a -> b\nb -> a", [{0: "a"}, {0: "b"}]),  # what leads back is no way
        ("a -> a", [{0: "a"}]),
        ("a -> b\nb -> c\nd -> c", [{0: "a"}, {0: "b", 1: "d"}, {0: "c"}]),  # d just above what it feeds
        ("[X] = x\na -> b", [{0: "a"}, {0: "b"}, {0: "x"}]),  # x stands apart
        ("a -> b\na -> c\na -> d", [{1: "a"}, {0: "b", 1: "c", 2: "d"}]),
        ("a -> d\nb -> c", [{0: "a", 1: "b"}, {0: "d", 1: "c"}]),  # without crossing
        ("a -> d\nb -> e\nc -> d", [{0: "a", 1: "c", 2: "b"}, {1: "d", 2: "e"}]),
        ("a -> b\na -> c\na -> d\na -> e", [{0: "a"}, {0: "b", 1: "c"}, {0: "d", 1: "e"}]),  # two by two
        ("".join(f"a -> b{n}\n" for n in range(5)), [{1: "a"}, {0: "b0", 1: "b1"}, {0: "b2", 1: "b3", 2: "b4"}]),
    ],
)
def test_boxes_stand_below_all_that_leads_to_them(body, stand):
    assert rows(body) == stand


def test_the_boxes_of_a_real_architecture_stand_in_layers():
    assert rows(SPINE) == [
        {1: "edge"},
        {1: "rec-svc", 2: "stream"},
        {0: "retrieval", 1: "coarse", 2: "online"},
        {0: "rerank", 1: "fallback", 2: "log"},
        {1: "training"},
        {0: "ann", 1: "fine"},
        {1: "board"},
    ]


def test_what_arrows_carry_stands_below_by_number():
    shown = ["1", "2", "3", "1", "slot-routed <request>", "2", "the pool", "3", "back"]
    assert words(drawings.svg("flow", FLOW)) == ["Edge gateway", "Rec service", "retrieval", "rank", *shown]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a -> b: some words", ["a", "b", "some words"]),
        ("a -> b: more words than fit beside the arrow", ["a", "b", "1", "1", "more words than fit beside the arrow"]),
        ("a -> b: one\na -> c: two", ["a", "b", "c", "1", "2", "1", "one", "2", "two"]),
        ("a -> b: one\nb -> c\na -> c: by", ["a", "b", "c", "1", "2", "1", "one", "2", "by"]),
    ],
)
def test_what_an_arrow_carries_stands_beside_it_where_there_is_room(body, shown):
    assert words(drawings.svg("flow", body)) == shown


def test_the_box_it_is_about_is_bold_and_what_leads_back_is_dashed():
    svg = root(drawings.svg("flow", FLOW))
    assert next("".join(each.itertext()) for each in svg.iter("text") if each.get("font-weight")) == "Rec service"
    assert [bool(each.get("style")) for each in svg.iter("rect")] == [False, True, False, False]
    lines = [each for each in svg.iter("path") if each.get("stroke-width")]
    assert [bool(each.get("stroke-dasharray")) for each in lines] == [False, False, False, True]


IDS = st.sampled_from("abcdefghijklm")
EDGES = st.lists(st.tuples(IDS, IDS), min_size=1, max_size=16, unique=True)


def drawn(edges):
    return drawings.svg("flow", "\n".join(f"{start} -> {end}" for start, end in edges))


@given(EDGES)
def test_arrows_lead_from_box_to_box_and_through_none(edges):
    svg, boxes = drawn(edges), {end for edge in edges for end in edge}
    places = dict(zip(flow._layout(flow._flow("\n".join(map(" -> ".join, edges)))).slots, rectangles(svg), strict=True))
    assert set(places) == boxes
    for a, b in combinations(places.values(), 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
    for (start, end), route in zip(edges, routes(svg), strict=True):
        assert route[0] == pytest.approx(((places[start][0] + places[start][2]) / 2, places[start][3]), abs=0.11)
        assert places[end][0] < route[-1][0] < places[end][2]
        assert route[-1][1] == pytest.approx(places[end][1] - 6, abs=0.11)  # where the tip begins
        for a, b in pieces(route):
            for left, top, right, bottom in places.values():
                assert (
                    max(a[0], b[0]) <= left
                    or min(a[0], b[0]) >= right
                    or max(a[1], b[1]) <= top
                    or min(a[1], b[1]) >= bottom
                )


@given(EDGES)
def test_lines_of_different_boxes_never_lie_on_each_other(edges):
    straight = [
        (edge[0], a, b) for edge, route in zip(edges, routes(drawn(edges)), strict=True) for a, b in pieces(route)
    ]
    for (one, a, b), (other, c, d) in combinations(straight, 2):
        for along, across in ((0, 1), (1, 0)):
            level = a[across] == b[across] and c[across] == d[across] and abs(a[across] - c[across]) < 1
            low, high = (
                max(min(a[along], b[along]), min(c[along], d[along])),
                min(max(a[along], b[along]), max(c[along], d[along])),
            )
            assert one == other or not (level and high - low > 0.5), (one, other, a, b, c, d)


def pieces(route):
    """The straight pieces of a route, without its rounded corners."""
    return [(a, b) for a, b in pairwise(route) if (a[0] == b[0]) != (a[1] == b[1])]


# ── what notes draw ──────────────────────────────────────────────────────────────────────────────


def note(kind, **fields):
    return kind.Note.model_validate(fields)


def box(id_, name="", why="It is there.", fed="false"):
    return {"id": id_, "name": name or id_.title(), "why": why, "fed": fed}


PHOTOS = note(
    architecture,
    name="Photo search",
    boxes=(box("gateway", "*Gateway*"), box("search"), box("index", "Vector [index] = x", fed="true"), box("board")),
    edges=(
        {"from": "gateway", "to": "search", "carries": "a *query*\n\nof words"},
        {"from": "search", "to": "index"},
    ),
)


def test_an_architecture_is_drawn_whole():
    drawn = architecture.drawing(PHOTOS)
    assert drawn.split("\n") == [
        "```flow",
        "[Gateway] = gateway",
        "[Search] = search",
        "[Vector [index] = x] = index",
        "[Board] = board",
        "gateway -> search: a query of words",
        "search -> index",
        "```",
    ]
    assert words(text.html(drawn))[:5] == ["Gateway", "Search", "Vector [index] = x", "Board", "a query of words"]


def test_a_box_is_drawn_with_what_touches_it_but_no_answer_of_another_card():
    drawn = [architecture.around(PHOTOS, each).split("\n")[1:-1] for each in PHOTOS.boxes]
    assert drawn == [
        ["* [Gateway] = gateway", "[Search] = search", "gateway -> search: a query of words"],
        ["[Gateway] = gateway", "* [Search] = search", "gateway -> search: a query of words"],  # what feeds the index is asked
        ["[Search] = search", "* [Vector [index] = x] = index", "search -> index"],
        [],
    ]  # fmt: skip


def test_what_feeds_a_box_is_listed_where_there_are_several():
    feeds = {"from": "gateway", "to": "index", "carries": "new *pictures*"}
    boxes = (box("gateway"), box("index", fed="true"), box("search"))
    edges = (feeds, {"from": "search", "to": "index"}, {"from": "index", "to": "search"})
    more = note(architecture, name="A", boxes=boxes, edges=edges)
    fed = next(draft.content for draft in architecture.cards(more) if draft.facet == "feeds")
    assert fed.answer == "- **Gateway**: new *pictures*\n- **Search**"
    assert fed.extra.split("\n")[-3:] == ["gateway -> index: new pictures", "search -> index", "```"]


def options(boxes):
    drafts = architecture.cards(note(architecture, name="A", boxes=boxes, edges=()))
    return {draft.item: [item.id for item in draft.content.options] for draft in drafts if draft.kind == "choice"}


def test_a_box_is_picked_among_four_that_stay_the_same_when_another_comes():
    boxes = [box(id_, why=f"For {id_}.") for id_ in "abcdef"]
    picked = options(boxes)
    assert all(id_ in ids and len(ids) == 4 and ids == sorted(ids) for id_, ids in picked.items())
    assert len({tuple(ids) for ids in picked.values()}) > 1
    more = options([*boxes, box("z", why="For z.")])
    assert all(len(set(picked[id_]) - set(more[id_])) <= 1 for id_ in picked)


def test_no_box_is_a_wrong_option_that_the_same_words_justify():
    boxes = [
        box("a", why="Holds {{c1::the features}} of users."),
        box("b", why="Fetches {{c2::*The features*}} of items."),
        box("c", why="Trains."),
        box("d", why="trains."),
    ]
    assert options(boxes) == {"a": ["a", "c", "d"], "b": ["b", "c", "d"], "c": ["a", "b", "c"], "d": ["a", "b", "d"]}
    assert options(boxes[:2]) == {}


def test_the_name_of_a_box_is_no_part_of_what_asks_for_it():
    boxes = [box("a", "C++ store", "The c++ store holds.\n\nNot C++ stores."), box("b")]
    drafts = architecture.cards(note(architecture, name="A", boxes=boxes, edges=()))
    assert (
        next(draft.content.prompt for draft in drafts if draft.kind == "choice")
        == "Which box is this?\n\n> The … holds.\n> \n> Not C++ stores."
    )


SHARED = note(
    tree,
    name="Which index",
    questions=[{"id": id_, "asks": f"{id_.title()}?"} for id_ in ("size", "memory", "disk")],
    branches=[
        {"id": "few", "of": "size", "answer": "1 -> 5", "then": "compare *all*"},
        {"id": "many", "of": "size", "answer": "many", "to": "memory"},
        {"id": "huge", "of": "size", "answer": "huge", "then": "pay", "to": "disk"},
        {"id": "fits", "of": "memory", "answer": "yes", "then": "a graph"},
        {"id": "spills", "of": "memory", "answer": "no", "to": "disk"},
        {"id": "fast", "of": "disk", "answer": "fast", "then": "an index there"},
    ],
)


def test_a_tree_is_drawn_whole_and_a_question_once():
    drawn = tree.drawing(SHARED)
    assert drawn.split("\n") == [
        "```tree",
        "Size?",
        "  1 → 5 -> compare all",
        "  many -> Memory?",
        "    yes -> a graph",
        "    no -> Disk?",
        "      fast -> an index there",
        "  huge -> pay; then: Disk? (see above)",
        "```",
    ]
    assert words(text.html(drawn))[-1] == "pay; then: Disk? (see above)"


def test_a_walk_through_a_tree():
    assert tree.root(SHARED).asks == "Size?"
    assert [branch.id for branch in tree.branches(SHARED, "size")] == ["few", "many", "huge"]
    assert tree.question(SHARED, "disk").asks == "Disk?"
    ways = {id_: [branch.id for branch in way] for id_, way in tree.ways(SHARED).items()}
    assert ways == {"size": [], "memory": ["many"], "disk": ["huge"]}


def test_a_branch_shows_its_own_way_and_no_other():
    backs = {draft.item: (draft.content.answer, draft.content.extra) for draft in tree.cards(SHARED)}
    assert backs["few"] == ("compare *all*", "")
    assert backs["fits"] == ("a graph", "```tree\nSize?\n  many -> Memory?\n    yes -> a graph\n```")
    assert set(backs) == {"few", "huge", "fits", "fast"}


def chain(count):
    """A tree of `count` questions, each below the one before."""
    questions = [{"id": str(n), "asks": f"{n}?"} for n in range(count)]
    branches = [{"id": f"b{n}", "of": str(n), "answer": "on", "to": str(n + 1)} for n in range(count - 1)]
    branches.append({"id": "end", "of": str(count - 1), "answer": "on", "then": "stop"})
    return note(tree, name="Deep", questions=questions, branches=branches)


def test_the_deepest_tree_is_drawn_and_a_deeper_one_is_refused():
    assert list(tree.faults(chain(8))) == []
    assert "<svg" in text.html(tree.drawing(chain(8)))
    (fault,) = tree.faults(chain(9))
    assert fault.message == "this leads 9 questions deep, 8 is the most"
    assert "<svg" not in text.html(tree.drawing(chain(9)))


def test_of_a_tree_with_far_too_many_questions_nothing_else_is_told():
    assert [fault.message for fault in tree.faults(chain(2_000))] == [
        "2000 questions, 119 is the most",
        "2000 branches, 119 is the most",
    ]


def test_the_widest_tree_is_drawn_and_its_last_character_too():
    branches = [{"id": str(n), "of": "a", "answer": f"{n}", "then": "stop"} for n in range(119)]
    wide = note(tree, name="Wide", questions=[{"id": "a", "asks": "A?"}], branches=branches)
    assert list(tree.faults(wide)) == []
    assert "<svg" in text.html(tree.drawing(wide))
    for count, faults in ((9_989, 0), (9_990, 1)):
        branch = {"id": "b", "of": "a", "answer": "b", "then": "x" * count}
        long = note(tree, name="Long", questions=[{"id": "a", "asks": "A?"}], branches=[branch])
        assert len(list(tree.faults(long))) == faults
        assert ("<svg" in text.html(tree.drawing(long))) == (not faults)


def test_the_largest_architecture_is_drawn():
    boxes = [{"id": str(n), "name": f"Box {n}", "why": f"It is {n}."} for n in range(40)]
    edges = [{"from": str(n % 40), "to": str((n % 40 + 1 + n // 40) % 40)} for n in range(80)]
    large = note(architecture, name="Large", boxes=boxes, edges=edges)
    assert list(architecture.faults(large)) == []
    assert "<svg" in text.html(architecture.drawing(large))
    assert [
        fault.message for fault in architecture.faults(note(architecture, name="Large", boxes=boxes * 25, edges=[]))
    ] == [
        "1000 boxes, 40 is the most",
    ]


@pytest.mark.parametrize(
    ("kind", "families"),
    [
        (
            architecture,
            {
                "gateway": {"gateway.why", "gateway"},
                "search": {"search.why.c1", "search"},
                "encoder": {"encoder.why", "encoder"},
                "index": {"index.why", "index", "index.feeds"},
                "board": {"board.why", "board"},
                "order": {"order"},
            },
        ),
        (tree, {"few": {"few"}, "fit": {"fit"}, "spill": {"spill"}}),
    ],
)
def test_what_gives_each_other_away_is_a_family(kind, families):
    found = {}
    for card in compiled_notes(kind.EXAMPLES[0].source).decks[0].cards:
        found.setdefault(card.family.partition("#")[2], set()).add(card.id.partition("#")[2])
    assert found == families
