"""A checklist in a sitting: said aloud, looked up, ticked and logged."""

from __future__ import annotations

import json

import pytest

PROBED = """\
title: Forecasting demand
source: {course: A course, lesson: One}
notes:
  - probe: half-the-budget
    asks: If we halved your storage, what would you drop?
    points:
      - {id: raw, point: Raw events go first.}
      - {id: labels, point: Labels stay.}
      - {id: price, point: Each byte has a *price*.}
      - {id: review, point: Every quarter it is asked again.}
"""
CARD = "small/half-the-budget#points"


@pytest.fixture
def probed(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(PROBED)
    assert rung("build")[0] == 0


def rows(rung):
    """(kind, grade, detail without its seed) of every row of the log."""
    events = json.loads(rung("log", "--json")[1])["events"]
    return [
        (each["kind"], each["grade"], {key: value for key, value in each["detail"].items() if key != "seed"})
        for each in events
    ]


def test_a_checklist_is_asked_ticked_and_logged(probed, rung):
    code, out, err = rung("review", typed="\na c d\n\nq\n")
    assert (code, err) == (0, "")
    assert out.startswith(
        """\
[1/1] new
Forecasting demand
  The interviewer probes: “If we halved your storage, what would you drop?” What
  do you answer?

  Say it aloud; 4 points.

Enter shows the back: 

  - A. Raw events go first.
  - B. Labels stay.
  - C. Each byte has a price.
  - D. Every quarter it is asked again.
  small/half-the-budget#points
  A course, One
Type the letters of what you said, Enter for none: a c d
  3 of 4 points; you left out: B. Labels stay
  1 Again (today, 1 d)   2 Hard (today, 1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [2 Hard]: 

[2/2] again
"""
    )
    assert rows(rung) == [("review", 3, {"answer": "a c d", "scored": 3})]


@pytest.mark.parametrize(
    ("typed", "remark", "grade", "detail"),
    [
        ("DCBA\n\n", "4 of 4 points.", 5, {"answer": "DCBA", "scored": 5}),
        ("-\n\n", "0 of 4 points.", 0, {"answer": "-", "scored": 0}),
        ("\n\n", "0 of 4 points.", 0, {"scored": 0}),
        (
            "ab\n3\n",
            "2 of 4 points; you left out: C. Each byte has a price; D. Every",
            4,
            {"answer": "ab", "scored": 2},
        ),
    ],
)
def test_the_share_is_suggested_and_the_learner_may_overrule(probed, rung, typed, remark, grade, detail):
    assert f"\n  {remark}" in rung("review", typed=f"\n{typed}q\n")[1]
    assert rows(rung) == [("review", grade, detail)]


def test_commands_while_ticking_start_with_a_colon(probed, rung):
    _, out, _ = rung("review", typed="\nx\nq\n:x\n:q\n")
    told = "Type the letters of the points you had, each once, of A B C D; - for none."
    assert [line.partition("none: ")[2] or line for line in out.splitlines() if "none" in line or "command" in line] == [
        "x", told,
        "q", f"{told} The command is :q",
        ":x", "There is no command :x; :? lists them.",
        ":q",
    ]  # fmt: skip
    assert out.endswith("Nothing answered.\n")
    assert rows(rung) == []


def test_help_after_the_back_stays_where_it_was_asked(probed, rung):
    _, out, _ = rung("review", typed="\n:?\na c d\n?\n\nq\n")
    assert out.count("take back the last answer") == 2
    assert out.count("The interviewer probes") == 2  # the card once, and once more when it is drilled
    assert rows(rung) == [("review", 3, {"answer": "a c d", "scored": 3})]


def test_a_stop_before_the_ticks_logs_nothing(probed, rung):
    assert rung("review", typed="\n")[0] == 0
    assert rows(rung) == []
    assert rung("due")[1] == "0 due, 1 new\n"


def test_its_points_are_lettered_where_a_card_is_shown(probed, rung):
    shown = json.loads(rung("show", CARD, "--json")[1])
    assert [option["letter"] for option in shown["options"]] == ["A", "B", "C", "D"]
    assert rung("show", CARD)[1].count("Labels stay.") == 1  # on the back alone
