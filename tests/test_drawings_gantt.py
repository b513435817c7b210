"""Gantt charts: where bars stand, and their axis."""

from __future__ import annotations

import pytest

from drawn import GANTT, rectangles, words
from rung import drawings


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
