"""`rung stats`: a few lines in the terminal, everything as JSON."""

from __future__ import annotations

import json

import pytest


def test_stats(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good", day="2026-11-20")
    rung("answer", "small/one#text.c1", "--grade", "again", "--took", "61000", day="2026-11-21")
    code, out, _ = rung("stats")
    assert code == 0
    assert out.splitlines()[:8] == [
        "Today      1 answer in 1 min",
        "Streak     2 days",
        "Retention  0 % of 1 review in 30 days",
        "Recall     100 % expected today of 1 learnt card",
        "In all     2 answers to 1 card",
        "",
        "Sat 21 Nov     0",
        "Sun 22 Nov     1  " + "█" * 40,
    ]
    assert out.splitlines()[6 + 14 :] == ["", "Recall expected today", "  A course  100 %"]


def test_stats_as_json(workspace, rung):
    """The names stay: scripts read them."""
    rung("answer", "small/one#text.c1", "--grade", "good", day="2026-11-20")
    rung("answer", "small/one#text.c1", "--grade", "again", "--took", "61000", day="2026-11-21")
    told = json.loads(rung("stats", "--json")[1])
    lists = {
        name: (len(told[name]), told[name][0] if told[name] else None) for name in told if isinstance(told[name], list)
    }
    assert {name: value for name, value in told.items() if name not in lists} == {
        "format": 1,
        "day": "2026-11-21",
        "answers": 1,
        "took": 61_000,
        "streak": 2,
        "retention": {"passed": 0, "reviews": 1},
        "totals": {"events": 2, "answers": 2, "took": 61_000, "cards": 1, "unknown": 0},
        "usual": 61_000,
        "interview": None,
    }
    assert lists == {
        "forecast": (30, {"day": "2026-11-21", "due": 0}),
        "days": (370, {"day": "2025-11-17", "answers": 0, "reviews": 0, "took": 0}),
        "weeks": (53, {"monday": "2025-11-17", "passed": 0, "reviews": 0}),
        "maturity": (3, {"name": "young", "least": 0, "below": 7, "passed": 0, "reviews": 1}),
        "times": (8, {"least": 0, "below": 5_000, "count": 0}),
        "eases": (10, {"least": 130, "below": 150, "count": 0}),
        "intervals": (7, {"least": 1, "below": 2, "count": 1}),
        "grades": (1, {"level": "", "counts": [0, 1, 0, 0, 1, 0]}),
        "ladders": (0, None),
        "leeches": (0, None),
        "hardest": (
            1, {"card": "small/one#text.c1", "title": "Small", "failed": 1, "reviews": 1},
        ),
        "placements": (0, None),
        "expected": (2, {"course": "", "level": "", "cards": 1, "recall": 1.0}),
    }  # fmt: skip
    assert told["forecast"][1] == {"day": "2026-11-22", "due": 1}
    assert told["days"][-1] == {"day": "2026-11-21", "answers": 1, "reviews": 1, "took": 61_000}


@pytest.fixture
def learnt(here, rung):
    """The cards of this repository, some of them hard: eight lapses of one, and a topic that is answered wrongly."""
    card = "production-ai-systems/recsys-spine/degradation#L5"
    for day in range(1, 20):
        grade = "good" if day % 2 else "again"
        assert rung("answer", card, "--grade", grade, day=f"2026-11-{day:02}")[0] == 0
    return rung


def test_the_weakest_topics_and_the_leeches_have_a_line_where_there_are_any(learnt):
    lines = learnt("stats")[1].splitlines()
    assert lines[:7] == [
        "Today      no answer",
        "Streak     0 days",
        "Retention  50 % of 18 reviews in 30 days",
        "Recall     80 % expected today of 1 learnt card",
        "Weakest    degradation 10 of 19",
        "Leeches    1 card",
        "In all     19 answers to 1 card",
    ]
    assert lines[-1] == "  Production AI Systems  80 %  L5 80 %"
    told = json.loads(learnt("stats", "--json")[1])
    assert told["ladders"] == [{"topic": "degradation", "level": "L5", "right": 10, "answers": 19}]
    (leech,) = told["leeches"]
    assert leech == {
        "card": "production-ai-systems/recsys-spine/degradation#L5",
        "title": "How does the system degrade when the feature store fails?",
        "lapses": 9,
        "ease": 250,
        "suspended": False,
    }
