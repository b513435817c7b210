"""How attempts at a drill are told."""

from dataclasses import replace
from datetime import date

import pytest

from learner import card
from rung import drilling, rated
from rung.cards import drill
from rung.drilling import Attempt
from rung.model import Kind, Memory

CONTENT = drill.Content(
    "Design it.",
    10,
    (drill.Section("design", "The design"),),
    (drill.Dimension("framing", "Framing", *"abcd"),),
    (),
    (),
)
CARD = card("top#drill", content=CONTENT, kind="drill", note_type="drill")


def attempt(number, level):
    return Attempt(number, date(2026, 11, 20 + number), Kind.REVIEW, 3, {"framing": level}, (), 9.0, {})


def heads(told):
    return [head + words.partition("  ")[0] for head, words in told if not head.startswith(" ")]


def test_attempts_are_told_from_the_first_on_or_from_the_last_back_below_the_trend():
    attempts = [attempt(1, 1), attempt(2, 2), attempt(3, 3)]
    trend = "Trend over 3 attempts: 33 % to 100 %, ↑ up 67 points"
    first, second, third = "1. 2026-11-21", "2. 2026-11-22", "3. 2026-11-23"
    assert heads(rated.past_lines(CARD, attempts)) == [first, second, third, trend]
    assert heads(rated.last_first(CARD, attempts)) == [trend, third, second, first]
    assert ("     ", "3 of 3 points (100 %)  ↑ up 34 points") in list(rated.last_first(CARD, attempts))
    assert heads(rated.last_first(CARD, attempts[:1])) == [first]


def test_attempts_in_a_line_each():
    assert rated.brief(CARD, [attempt(1, 1), attempt(2, 2), attempt(3, 2)]) == [
        "1. 2026-11-21  Hard (grade 3), 33 %, 9 of 10 min",
        "2. 2026-11-22  Hard (grade 3), 66 %, 9 of 10 min, ↑ up 33 points",
        "3. 2026-11-23  Hard (grade 3), 66 %, 9 of 10 min, = the same",
    ]


@pytest.mark.parametrize(
    ("day", "when"), [(20, "today"), (21, "today"), (22, "1 day ago"), (23, "2 days ago")]
)  # a clock may be set back
def test_how_long_ago_the_last_attempt_was(day, when):
    assert rated.ago([attempt(-1, 1), attempt(0, 1), attempt(1, 1)], date(2026, 11, day)) == f"the last one {when}"


def test_how_often_a_drill_was_done():
    assert rated.state([], due=False, draft=False) == "0 attempts"
    assert rated.state([attempt(1, 1)], due=False, draft=True) == "1 attempt, last 33 % on 2026-11-21, a draft"
    both = rated.state([attempt(1, 1), attempt(2, 2)], due=True, draft=True)
    assert both == "2 attempts, last 66 % on 2026-11-22, due, a draft"


def test_an_attempt_beside_the_last_one():
    assert rated.since_last([], [1]) == ""
    assert rated.since_last([attempt(1, 1)], [2]) == "Last time, on 2026-11-21: 33 %. ↑ up 33 points."
    assert rated.since_last([attempt(1, 1)], [1]) == "Last time, on 2026-11-21: 33 %. = the same."


def test_an_attempt_with_all_that_is_told_of_it():
    content = replace(
        CONTENT,
        rubric=(drill.Dimension("framing", "The *framing*", *"abcd"), drill.Dimension("cost", "Cost", *"abcd")),
        failures=(drill.Failure("late", "Came *late*"),),
    )
    first = replace(attempt(1, 2), ratings={"gone": 0, "framing": 2}, failures=("other",))
    second = replace(attempt(2, 1), ratings={"cost": 3, "framing": 1}, failures=("late",), minutes=9.5)
    assert list(rated.past_lines(card("top#drill", content=content, kind="drill"), [first, second])) == [
        ("1. ", "2026-11-21  Hard (grade 3), 9 of 10 min"),
        ("     ", "2 of 6 points (33 %)"),
        ("     ", "The framing  2 of 3  Strong"),
        ("     ", "gone         0 of 3  Weak"),
        ("     failed: ", "other"),
        ("2. ", "2026-11-22  Hard (grade 3), 9.5 of 10 min"),
        ("     ", "4 of 6 points (66 %)  ↑ up 33 points"),
        ("     ", "The framing  1 of 3  Passing    ↓ down 1"),
        ("     ", "Cost         3 of 3  Staff bar"),
        ("     failed: ", "Came late"),
        ("", "Trend over 2 attempts: 33 % to 66 %, ↑ up 33 points"),
    ]
    assert list(rated.past_lines(CARD, [first]))[-1] == ("     failed: ", "other")


def test_a_rated_drill_with_what_the_log_keeps():
    rating = rated.done(CARD, 7, drilling.Written({"design": "So.\n"}), [2], ["late"], 63_000)
    assert rating.took == 63_000
    assert rating.told == "Score: 2 of 3 points (66 %): Hard (grade 3)."
    assert rating.detail == {
        "seed": 7,
        "answer": {"design": "So."},
        "ratings": {"framing": 2},
        "failures": ["late"],
        "minutes": 1.1,
        "scored": 3,
    }


def test_as_what_a_drill_was_logged():
    memory = Memory(6, 2, 250, date(2026, 11, 29))
    assert rated.logged(Kind.REVIEW, 4, memory) == "Logged as a review: Good (grade 4). Due again on 2026-11-29."
    assert rated.logged(Kind.PRACTICE, 4, None) == "Logged as a practice: Good (grade 4)."
    said = "Logged as a redrill: Good (grade 4). The day's first answer sets the schedule: due again on 2026-11-29."
    assert rated.logged(Kind.REDRILL, 4, memory) == said
