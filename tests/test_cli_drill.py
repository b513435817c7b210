"""`rung drill`: written against the clock, rated, compared."""

from __future__ import annotations

import pytest

from drill_text import CARD, KEPT, RATE, asides, draft, drafts, events
from rung.cli.drill import GRADING


def test_a_drill_from_prompt_to_score(drills, timed, rung, tmp_path):
    typed = f"\n@62 Hash [the] keys.\n\n- one\n.\nA hot key.\n.\n@100\n{RATE}A c\n\n"
    code, out, err = timed("drill", "top-list", typed=typed)
    assert (code, err) == (0, "")
    assert (
        out
        == f"""\
small/top-list
  Design a list of the hundred most played songs, fresh within a minute.

  10 minutes, in these sections:
  1. The design
  2. The largest risk

Enter starts the clock (10:00 left), q stops: 
Write section by section. A line with nothing but a dot ends a section.
Every line is kept as you enter it. These are commands:
:e editor   :b section before   :s your text   :p prompt   :q stop   :? help

The design (1 of 2)
10:00 The design> Hash [the] keys.
8:58 The design> 
8:58 The design> - one
8:58 The design> .

The largest risk (2 of 2)
8:58 The largest risk> A hot key.
8:58 The largest risk> .
8:58 Enter goes on to the rating; :b goes back, :e edits, :q stops: 
You wrote 8 words in 2:42.

Rate your answer. Weak counts 0, Passing 1, Strong 2, Staff bar 3.
:s your text   :p prompt   :b dimension before   :q stop   :? help

Framing (1 of 4)
  A. Weak      Starts to draw at once.
  B. Passing   Asks for the load.
  C. Strong    Asks for load and deadline, and says what they decide.
  D. Staff bar Also names the answer that would make the design pointless.
Your level, A to D: b

Numbers (2 of 4)
  A. Weak      none
  B. Passing   one
  C. Strong    a budget
  D. Staff bar a budget with its lever
Your level, A to D: c

Failure (3 of 4)
  A. Weak      not named
  B. Passing   one
  C. Strong    one and its sign
  D. Staff bar one and its price
Your level, A to D: d

Close (4 of 4)
  A. Weak      stops
  B. Passing   sums up
  C. Strong    names the risk
  D. Staff bar names what to do first
Your level, A to D: a

Your answer and the model solution

The design
You:
  Hash [the] keys.

  - one
Model solution:
  Keys are hashed to shards; each shard keeps a sorted list in memory.

The largest risk
You:
  A hot key.
Model solution:
  A hot key outgrows its shard; split it by time and merge on read.

Common failures
  A. Boxes without a number.
  B. Only the day on which nothing fails.
  C. No word on what was left out.
Letters of those that happened to you, Enter for none, :b to rate again: A c

Score: 6 of 12 points (50 %): Again (grade 2).
Easy takes all points, Good 80 %, Hard 60 %; less is Again. So Passing throughout is Again, Strong throughout Hard.
  1 Again (1 d)   2 Hard (1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [1 Again]: 
Logged as a review: Again (grade 2). Due again on 2026-11-22.
What you wrote stays in {asides(tmp_path)[0]}
See: rung drill small/top-list --past
"""
    )
    assert drafts(tmp_path) == []
    (event,) = events(rung)
    assert (event["kind"], event["card"], event["grade"], event["took"]) == ("review", CARD, 2, 162_000)
    assert event["detail"] == {
        "seed": event["detail"]["seed"],
        "answer": {"design": "Hash [the] keys.\n\n- one", "risk": "A hot key."},
        "ratings": {"framing": 1, "numbers": 2, "failure": 3, "close": 0},
        "failures": ["boxes", "silent"],
        "minutes": 2.7,
        "scored": 2,
    }
    assert rung("doctor")[0] == 0


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_entered_after_the_time_is_marked_and_so_is_what_follows(drills, timed, rung):
    typed = f"\nIn time.\n@601 Begun in time.\nLate.\n\n.\nLate too.\n.\n@9\n{RATE}\n"
    _, out, _ = timed("drill", "top-list", typed=typed)
    told = "The time was up: this line is kept, and marked [late], as is all that follows.\n"
    assert out.count("The time") == 1
    assert f"10:00 The design> Begun in time.\n{told}+0:01 The design> Late.\n" in out
    assert "You wrote 8 words, 6 of them late, in 10:10.\n" in out
    answer = {"design": "In time.\n[late] Begun in time.\n[late] Late.", "risk": "[late] Late too."}
    (event,) = events(rung)
    assert (event["detail"]["answer"], event["detail"]["minutes"], event["took"]) == (answer, 10.2, 610_000)


@pytest.mark.parametrize(
    "typed", ["\nOne.\n@600 .\nLate.\n", "\nOne.\n@600 \nLate.\n", "\n.\nOne.\n.\n@600 :x\n:b\nLate.\n"]
)
def test_when_the_time_is_up_it_is_said_before_the_next_line(drills, timed, tmp_path, typed):
    _, out, _ = timed("drill", "top-list", typed=f"{typed}:q\n")
    told = "The time is up. What you enter now is kept, and marked [late].\n"
    assert out.count("The time") == out.count(told) == 1
    assert out.index(told) < out.index("> Late.")
    assert "\nOne.\n" in draft(tmp_path)
    assert "[late] Late.\n" in draft(tmp_path)
    assert "There is a draft: 2 words, 1 of them late, in" in timed("drill", "top-list", typed="q\n")[1]


@pytest.mark.parametrize("stop", ["@200 :q\n", "@200 ^C\n"])
def test_time_spent_thinking_counts_when_the_drill_is_stopped(drills, timed, stop):
    timed("drill", "top-list", typed=f"\n@60 One.\n{stop}")
    assert "There is a draft: 1 word in 1 of 2 sections, 4:20 used.\n" in timed("drill", "top-list", typed="q\n")[1]


def test_the_time_stands_still_between_two_sittings_and_while_rating(drills, timed, rung):
    timed("drill", "top-list", typed="@500\n@60 One.\n@5 Two.\n:q\n")
    timed.passed[0] += 1_000_000
    _, out, _ = timed("drill", "top-list", typed=f"\n@10 Three.\n.\n.\n\n@999 b\n{RATE}\n")
    assert "There is a draft: 2 words in 1 of 2 sections, 1:05 used.\n" in out
    assert "Enter goes on with it (8:55 left), n starts anew, q stops: \n" in out
    assert "8:55 The design> Three.\n8:45 The design> .\n" in out
    assert events(rung)[0]["took"] == 75_000


def test_the_commands_of_writing_and_rating(drills, rung):
    typed = (
        "\nOne.\n:s\n:p\n:x\n:next\n?\n.\nTwo.\n:b\nThree.\n.\n.\nmore\n:b\n.\n\nx\nb\n:b\na\n:s\nc\nd\na\nz\naa\n:q\n"
    )
    _, out, _ = rung("drill", "top-list", typed=typed)
    assert out.count("The design\n  One.\nThe largest risk\n  Nothing.\n") == 1
    assert out.count("  1. The design\n  2. The largest risk\n") == 2
    assert "There is no command :x; :? lists them.\n" in out
    assert "There is no command :next; :? lists them.\n" in out
    assert out.count("Every line is kept as you enter it. These are commands:\n") == 2
    assert "The design (1 of 2)\n  One.\n" in out
    assert "Every section has had its turn; :b goes back to write more.\n" in out
    assert "Type one of the letters A B C D; :? helps.\n" in out
    assert out.count("Framing (1 of 4)\n") == 2
    assert out.count("Numbers (2 of 4)\n") == 3  # once more after :b, and after :s
    assert out.count("The design\n  One.\n  Three.\nThe largest risk\n  Two.\n") == 1
    assert out.count("Type letters of A B C, each once, or Enter for none; :? helps.\n") == 2
    assert out.endswith(KEPT)


# ── rating and grading ───────────────────────────────────────────────────────────────────────────


def test_the_learner_may_overrule_the_grade(drills, rung):
    _, out, _ = rung("drill", "top-list", typed=f"\nOne.\n.\n.\n\n{RATE}\n?\nx\n2\n")
    assert f"Grade [1 Again]: ?\n{GRADING}\n" in out
    assert "Grade [1 Again]: 2\nLogged as a review: Hard (grade 3). Due again on 2026-11-22.\n" in out
    (event,) = events(rung)
    assert (event["grade"], event["detail"]["scored"]) == (3, 2)


@pytest.mark.parametrize("end", ["", "q\n", ":q\n", "^C\n"])
def test_to_stop_at_the_grade_logs_what_the_ratings_score(drills, timed, rung, tmp_path, end):
    code, out, _ = timed("drill", "top-list", typed=f"\nOne.\n.\n.\n\n{RATE}b\n{end}")
    assert code == (130 if "C" in end else 0)
    assert "Logged as a review: Again (grade 2). Due again on 2026-11-22.\nWhat you wrote stays in " in out
    (event,) = events(rung)
    assert (event["grade"], event["detail"]["failures"]) == (2, ["happy"])
    assert drafts(tmp_path) == []


def test_whoever_saw_the_solution_may_rate_again(drills, rung):
    _, out, _ = rung("drill", "top-list", typed=f"\nOne.\n.\n.\n\nd\nd\nd\nd\n:b\n{RATE}b\n\n")
    assert out.count("Framing (1 of 4)\n") == 2
    assert out.count("Your answer and the model solution\n") == 1
    (event,) = events(rung)
    assert (event["detail"]["ratings"]["framing"], event["detail"]["failures"]) == (1, ["happy"])


def test_a_second_blank_line_is_told_how_a_section_ends(drills, rung):
    _, out, _ = rung("drill", "top-list", typed="\nOne.\n\nTwo.\n\n\n:q\n")
    told = "A line with nothing but a dot ends the section.\n"
    assert [piece.count("The design> ") for piece in out.split(told)] == [5, 1]
