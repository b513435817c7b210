"""Walks: shortest ways, outlines that tell everything once, and circles."""

from __future__ import annotations

import pytest

from rung import graph

EDGES = (("a", "b"), ("a", None), ("b", "c"), ("a", "c"), ("c", "d"), ("x", "y"))


def test_ways_are_shortest_and_lead_to_all_that_can_be_reached():
    assert graph.ways(EDGES, "a") == {"a": (), "b": (0,), "c": (3,), "d": (3, 4)}
    assert graph.ways((), "a") == {"a": ()}


def test_an_outline_has_every_edge_and_tells_once_what_it_leads_to():
    assert list(graph.outline(EDGES, "a")) == [(0, 1, False), (2, 2, False), (4, 3, False), (1, 1, False), (3, 1, True)]
    assert list(graph.outline([("a", "a")], "a")) == [(0, 1, True)]


@pytest.mark.parametrize(
    ("edges", "circles"),
    [
        (EDGES, []),
        ([("a", "a")], [(0, ("a", "a"))]),
        ([("a", "b"), ("b", None), ("b", "c"), ("c", "b")], [(3, ("b", "c", "b"))]),
        ([("a", "b"), ("b", "a"), ("b", "a")], [(1, ("a", "b", "a")), (2, ("a", "b", "a"))]),
        ([("c", "b"), ("b", "c")], [(0, ("b", "c", "b"))]),  # from b, which stands first
        ([("y", "z"), ("z", "y")], []),  # that no id leads to
    ],
)
def test_what_goes_round_is_found_with_its_circle(edges, circles):
    assert list(graph.circles("abc", edges)) == circles
