"""How attempts at a drill are told."""

from datetime import date

from learner import card
from rung import rated
from rung.cards import drill
from rung.drilling import Attempt
from rung.model import Kind

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
