"""Charts: what they show in words, where it stands, and that it fits."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import root
from learner import day
from rung import ink
from rung.charts import columns, grid, heatmap, line, rows
from rung.charts.rows import Row

TOPICS = ["cold-start", "a-topic-of-many-words-in-a-row"]
CELLS = {("cold-start", "L4"): (3, 4), ("cold-start", "order"): (0, 1), (TOPICS[1], "L7"): (1000, 1000)}
YEAR = [(day(number - 371), number % 41 * (number % 3 > 0)) for number in range(371)]
WEEKS = [(day(7 * number), number, 5 * (number != 2)) for number in range(6)]

CHARTS = {
    "heatmap": heatmap.svg("Answers", YEAR),
    "columns": columns.svg("Cards due", [(day(number), number * 1000) for number in range(30)]),
    "rows": rows.svg("Times", [Row("under 5 s", "1,234", (1.0,)), Row("L4 <Mid>", "again 25", (0.25, 0.0, 0.5, 0.25))]),
    "line": line.svg("Retention", WEEKS),
    "grid": grid.svg("Ladders", TOPICS, ["L4", "L5", "L6", "L7", "order"], CELLS),
}


def rectangles(svg, *, strong=True):
    """(x, y, width, height, strength) of what shows a figure."""
    return [
        (*(float(each.get(name)) for name in ("x", "y", "width", "height")), float(each.get("fill-opacity")))
        for each in root(svg).iter("rect")
        if ("style" in each.attrib) == strong
    ]


def words(svg):
    return ["".join(each.itertext()) for each in root(svg).iter("text")]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_title_and_words_and_brings_nothing_along(name):
    svg = CHARTS[name]
    assert (root(svg).get("role"), root(svg).get("class")) == ("img", f"drawing {name}")
    assert [each.tag for each in root(svg)][:2] == ["title", "desc"]
    assert not re.search(r" id=|url\(|href|<script|<style|https?:|#[0-9a-f]{3}", svg)


@pytest.mark.parametrize("name", CHARTS)
def test_everything_is_inside_a_phone_s_width_and_no_words_lie_on_others(name):
    svg = CHARTS[name]
    _, _, right, bottom = map(float, root(svg).get("viewBox").split())
    assert right == ink.WIDTH
    spans = []
    for text in root(svg).iter("text"):
        for each in text.iter("tspan"):
            length = ink.length(each.text)
            start = float(each.get("x")) - {"middle": length / 2, "end": length}.get(text.get("text-anchor"), 0)
            assert -0.5 <= start <= start + length <= right + 0.5, each.text
            assert 10 <= float(each.get("y")) <= bottom - 2
            spans.append((float(each.get("y")), start, start + length))
    for one, other in pairwise(sorted(spans)):
        assert one[0] != other[0] or one[2] <= other[1]
    for x, y, width, height, _ in (*rectangles(svg), *rectangles(svg, strong=False)):
        assert 0 <= x <= x + width <= right
        assert 0 <= y <= y + height <= bottom


def test_a_year_in_two_halves_a_column_a_week():
    svg = heatmap.svg("Answers", YEAR)
    assert root(svg).find("desc").text.splitlines()[-2:] == ["November 2026: 428", "at most 40, on 27 Dec 2025"]
    assert len(rectangles(svg)) + len(rectangles(svg, strong=False)) == 371 + 5  # and the legend
    assert [each for each in words(svg) if "–" in each or each == "0"] == ["0", "1–10", "11–20", "21–30", "31–40"]
    titles = [each.text for each in root(svg).iter("title")]
    assert len(titles) == 1 + sum(count > 0 for _, count in YEAR)
    assert titles[-1] == "Sun 22 Nov 2026: 1"


@pytest.mark.parametrize(
    ("counts", "strengths"),
    [
        ([0, 1, 2, 3, 4], [0.25, 0.5, 0.75, 1]),
        ([5, 10, 11, 40, 20], [0.25, 0.25, 0.5, 1, 0.5]),
        ([1, 1, 0, 0, 0], [1, 1]),
    ],
)
def test_a_day_is_as_strong_as_the_quarter_of_the_most_it_lies_in(counts, strengths):
    svg = heatmap.svg("Answers", [(day(number), count) for number, count in enumerate(counts)])
    assert [each[-1] for each in rectangles(svg)][: len(strengths)] == strengths


def test_columns_are_as_high_as_what_they_stand_for():
    svg = columns.svg("Cards due", [(day(0), 10), (day(1), 5), (day(2), 0), (day(7), 1)])
    assert [height for *_, height, _ in rectangles(svg)] == [110, 55, 11]
    assert words(svg) == ["10", "23 Nov", "30 Nov"]
    assert root(svg).find("desc").text == "Mon 23 Nov: 10\nTue 24 Nov: 5\nWed 25 Nov: 0\nMon 30 Nov: 1"


def test_rows_show_their_shares_side_by_side():
    found = rectangles(CHARTS["rows"])
    assert [round(width) for _, _, width, _, _ in found] == [356, 88, 177, 88]
    assert [strength for *_, strength in found] == [0.8, 0.2, 0.7, 1]
    assert root(CHARTS["rows"]).find("desc").text == "under 5 s: 1,234\nL4 <Mid>: again 25"


def test_a_line_is_broken_where_a_week_has_nothing():
    strokes = [each.get("d") for each in root(CHARTS["line"]).iter("path") if "style" in each.attrib]
    assert [stroke.count("L") for stroke in strokes[::2]] == [1, 2]
    assert [stroke.count("h0") for stroke in strokes[1::2]] == [2, 3]
    assert strokes[0].split("L")[0] == "M50 118"
    assert root(CHARTS["line"]).find("desc").text.splitlines() == [
        "week of 23 Nov 2026: 0 % of 5",
        "week of 30 Nov 2026: 20 % of 5",
        "week of 14 Dec 2026: 60 % of 5",
        "week of 21 Dec 2026: 80 % of 5",
        "week of 28 Dec 2026: 100 % of 5",
    ]


def test_a_grid_says_how_many_of_how_many():
    assert root(CHARTS["grid"]).find("desc").text.splitlines() == [
        "cold-start: L4 3 of 4, order 0 of 1", "a-topic-of-many-words-in-a-row: L7 1000 of 1000",
    ]  # fmt: skip
    assert [each for each in words(CHARTS["grid"]) if "/" in each] == ["3/4", "0/1", "1000/1000"]
    assert [strength for *_, strength in rectangles(CHARTS["grid"])] == [0.2625, 0.35]


@given(st.lists(st.integers(0, 10**6), max_size=400))
def test_any_counts_make_a_picture(counts):
    days = [(day(0) + timedelta(number), count) for number, count in enumerate(counts)]
    for svg in (
        heatmap.svg("Answers", days),
        columns.svg("Due", days),
        line.svg("R", [(*each, each[1]) for each in days]),
    ):
        assert root(svg).find("title") is not None
