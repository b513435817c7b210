"""Drawings: what each grammar knows, that words fit, and that no text makes one fail or act."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import FLOW, GANTT, SPINE, TREE, rectangles, root, routes, words
from rung import drawings, ink, text
from rung.drawings import flow

SAMPLES = [("gantt", GANTT), ("flow", FLOW), ("tree", TREE), ("flow", SPINE)]


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
            length = ink.length(line.text, bold=each.get("font-weight") == "bold")
            start = float(line.get("x")) - {"middle": length / 2, "end": length}.get(each.get("text-anchor"), 0)
            assert 0 <= start <= start + length <= right
            assert 10 <= float(line.get("y")) <= bottom - 3
    for route in routes(svg):
        assert all(0 < x < right and 0 < y < bottom for x, y in route)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("", FLOW),
        ("_routes", FLOW),
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
    start = process_time()
    drawings.svg(name, LONG[name])
    assert process_time() - start < 1  # a twentieth of it here


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


# ── words that fit ───────────────────────────────────────────────────────────────────────────────────


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
    assert ink.wrapped(words, room) == lines


@given(st.text(max_size=60), st.floats(14, 200))
def test_no_line_is_too_long_and_no_word_is_lost(words, room):
    lines = ink.wrapped(words, room)
    assert all(ink.length(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())
