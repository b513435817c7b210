"""Boxes and arrows: where they stand, and what a note draws."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_notes
from drawn import FLOW, SPINE, rectangles, root, routes, words
from rung import drawings, text
from rung.drawings import flow
from rung.notes import architecture


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


# ── what notes draw ──────────────────────────────────────────────────────────────────────────────────


def note(**fields):
    return architecture.Note.model_validate(fields)


def box(id_, name="", why="It is there.", fed="false"):
    return {"id": id_, "name": name or id_.title(), "why": why, "fed": fed}


PHOTOS = note(
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
    more = note(name="A", boxes=boxes, edges=edges)
    fed = next(draft.content for draft in architecture.cards(more) if draft.facet == "feeds")
    assert fed.answer == "- **Gateway**: new *pictures*\n- **Search**"
    assert fed.extra.split("\n")[-3:] == ["gateway -> index: new pictures", "search -> index", "```"]


def options(boxes):
    drafts = architecture.cards(note(name="A", boxes=boxes, edges=()))
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
    drafts = architecture.cards(note(name="A", boxes=boxes, edges=()))
    assert (
        next(draft.content.prompt for draft in drafts if draft.kind == "choice")
        == "Which box is this?\n\n> The … holds.\n> \n> Not C++ stores."
    )


def test_the_largest_architecture_is_drawn():
    boxes = [{"id": str(n), "name": f"Box {n}", "why": f"It is {n}."} for n in range(40)]
    edges = [{"from": str(n % 40), "to": str((n % 40 + 1 + n // 40) % 40)} for n in range(80)]
    large = note(name="Large", boxes=boxes, edges=edges)
    assert list(architecture.faults(large)) == []
    assert "<svg" in text.html(architecture.drawing(large))
    assert [fault.message for fault in architecture.faults(note(name="Large", boxes=boxes * 25, edges=[]))] == [
        "1000 boxes, 40 is the most",
    ]


def test_what_gives_each_other_away_is_a_family():
    found = {}
    for card in compiled_notes(architecture.EXAMPLES[0].source).decks[0].cards:
        found.setdefault(card.family.partition("#")[2], set()).add(card.id.partition("#")[2])
    assert found == {
        "gateway": {"gateway.why", "gateway"},
        "search": {"search.why.c1", "search"},
        "encoder": {"encoder.why", "encoder"},
        "index": {"index.why", "index", "index.feeds"},
        "board": {"board.why", "board"},
        "order": {"order"},
    }
